import { letterheadOf, type StoredMerchant } from '../branches/index.ts'
import type { CustomerRow } from '../customers/index.ts'
import type { NoteRow } from '../delivery/index.ts'
import { epcCode, type SkontoOffer } from '../documents/index.ts'
import type { En16931Invoice } from './e-invoice/en16931.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'

/** What is archived of an invoice or correction: what it says, and the merchant's paper and words around it. */
export function snapshotOf(
  invoice: En16931Invoice,
  skonto: SkontoOffer[],
  { customer, merchant, notes = [] }: { customer: CustomerRow; merchant: StoredMerchant; notes?: readonly NoteRow[] },
  corrects?: InvoiceSnapshot['corrects'],
): InvoiceSnapshot {
  const { account, remittance } = invoice.payment
  const due = invoice.totals.amountDue
  return {
    invoice,
    kind: corrects ? 'correction' : 'invoice',
    language: customer.language,
    letterhead: letterheadOf(merchant, customer.language),
    customerNumber: customer.number,
    contact: invoice.seller.contact,
    texts: corrects
      ? {}
      : {
          intro: merchant.texts.invoiceIntro,
          closing: merchant.texts.invoiceClosing,
          retentionOfTitle: merchant.texts.retentionOfTitle,
        },
    skonto,
    ...(account && due > 0
      ? {
          epcText: epcCode({
            name: account.holder ?? merchant.name,
            iban: account.iban,
            bic: account.bic,
            amount: due,
            text: remittance,
          }),
        }
      : {}),
    ...(corrects ? { corrects } : {}),
    hybrid: customer.invoiceFormat !== 'pdf',
    ...eInvoiceParts(customer, notes),
  }
}

// A collective invoice of a month may have hundreds; receivers refuse files of many megabytes.
const MOST_ATTACHED = 25

/** What this customer wants of his e-invoice beyond the core. */
function eInvoiceParts(
  { eInvoice }: CustomerRow,
  notes: readonly NoteRow[],
): Pick<InvoiceSnapshot, 'noteReferences' | 'attachNotes'> {
  const attachNotes = notes.map(({ number, documentId }) => ({ number: number!, documentId: documentId! }))
  return {
    ...(eInvoice.noteReferences ? { noteReferences: true } : {}),
    ...(eInvoice.attachNotes && notes.length > 0 && notes.length <= MOST_ATTACHED ? { attachNotes } : {}),
  }
}
