import { type CustomerSending, needsConsent, recipientsFor, type SentKind } from '../../../common/customers/sending.ts'
import type { Form, MessageProblem } from '../../../common/sending/api.ts'

/** What decides how a document reaches its customer. */
export interface SendableDocument {
  kind: SentKind
  formats: readonly string[]
  /** its PDF carries the e-invoice inside */
  hybrid: boolean
  customer: {
    kind: 'company' | 'consumer'
    vatTreatment: 'domestic' | 'intra-community' | 'export' | 'reverse-charge'
    invoiceFormat: Form
    email: string | null
    sending: CustomerSending
  }
}

const isInvoice = (kind: SentKind) => kind === 'invoice' || kind === 'correction'

/** In which forms a document can be sent: those it was issued in. Of a slip only the PDF. */
export function formsOf({ kind, formats, hybrid }: Pick<SendableDocument, 'kind' | 'formats' | 'hybrid'>): Form[] {
  const pdf: Form = isInvoice(kind) && hybrid ? 'factur-x' : 'pdf'
  const forms: Form[] = isInvoice(kind) ? ['xrechnung-ubl', 'xrechnung-cii', pdf] : [pdf]
  return forms.filter((form) => formats.includes(fileOf(form)))
}

/** The archived file that carries a form. */
export function fileOf(form: Form): string {
  return form === 'factur-x' ? 'pdf' : form
}

/** The form the customer wants, if the document has it; a PDF is taken as it was issued, with the e-invoice or without. */
export function formFor(document: SendableDocument): Form | null {
  const forms = formsOf(document)
  const wanted = document.customer.invoiceFormat
  if (isInvoice(document.kind) && wanted.startsWith('xrechnung')) return forms.includes(wanted) ? wanted : null
  return forms.find((form) => fileOf(form) === 'pdf') ?? null
}

export function isConsentMissing({ kind, customer }: SendableDocument, form: Form): boolean {
  return needsConsent(kind, form, customer) && customer.sending.consentOn === undefined
}

export type Plan =
  | { wanted: false }
  | {
      wanted: true
      form: Form
      recipients: readonly string[]
      /** why it can't go out by itself; it is shown and waits for somebody */
      problem: MessageProblem | null
    }

/** Whether and how a document goes out by itself when it is issued. */
export function planMessage(document: SendableDocument): Plan {
  const { kind, customer } = document
  if (!customer.sending.kinds.includes(kind)) return { wanted: false }
  const recipients = recipientsFor(kind, customer.sending, customer.email)
  const form = formFor(document)
  if (form === null) return { wanted: true, form: customer.invoiceFormat, recipients, problem: 'form-missing' }
  if (recipients.length === 0) return { wanted: true, form, recipients, problem: 'no-recipient' }
  return { wanted: true, form, recipients, problem: isConsentMissing(document, form) ? 'consent-missing' : null }
}
