import {
  element,
  elements,
  textElement,
  ublAddress,
  ublNamespaces,
  type Xml,
  xmlDocument,
} from '../../documents/index.ts'
import type { En16931Invoice, PaymentInstructions, SupportingDocument, VatBreakdown } from './en16931.ts'
import { BUSINESS_PROCESS, type InvoiceProfile, SPECIFICATION_IDENTIFIER } from './profiles.ts'
import { compactIban, decimalOfRate, paymentTermsOf } from './term-texts.ts'
import { amount, type UblOptions, writeDocumentAllowance, writeLine } from './write-ubl-lines.ts'
import { writeCustomer, writeSupplier } from './write-ubl-parties.ts'

export type UblProfile = Exclude<InvoiceProfile, 'extended'>

/**
 * The invoice as UBL 2.1: an `Invoice` (380, 384, 326, 389) or a `CreditNote` (381), elements in the order of the
 * schema. It writes what it is given; whether that's a proper invoice is said by `checkRules`.
 */
export function writeUbl(invoice: En16931Invoice, profile: UblProfile, options: UblOptions = {}): string {
  const root = invoice.typeCode === '381' ? 'CreditNote' : 'Invoice'
  return xmlDocument(
    root,
    ublNamespaces(root),
    writeHeader(invoice, profile, root),
    writeReferences(invoice),
    ...(options.supporting ?? []).map(writeSupporting),
    writeSupplier(invoice.seller, invoice.payment.directDebit?.creditorId),
    writeCustomer(invoice.buyer),
    writeDelivery(invoice),
    writePaymentMeans(invoice.payment, root === 'CreditNote' ? invoice.dueOn : undefined),
    element('cac:PaymentTerms', textElement('cbc:Note', paymentTermsOf(invoice))),
    ...invoice.allowances.map((allowance) => writeDocumentAllowance(allowance, false)),
    ...invoice.charges.map((charge) => writeDocumentAllowance(charge, true)),
    writeTaxTotal(invoice, profile),
    writeMonetaryTotal(invoice),
    ...invoice.lines.map((line) => writeLine(line, root, options)),
  )
}

/** BT-24 to BT-10 and BG-14 */
function writeHeader(invoice: En16931Invoice, profile: UblProfile, root: 'Invoice' | 'CreditNote'): Xml {
  // BT-22: Peppol takes one note only (PEPPOL-EN16931-R002)
  const notes = profile === 'peppol' ? [invoice.notes.join('\n')] : invoice.notes
  return elements(
    textElement('cbc:CustomizationID', SPECIFICATION_IDENTIFIER[profile]),
    textElement('cbc:ProfileID', BUSINESS_PROCESS[profile]),
    textElement('cbc:ID', invoice.number),
    textElement('cbc:IssueDate', invoice.issuedOn),
    // BT-9: a credit note has no due date of its own, it stands in its payment means
    root === 'Invoice' ? textElement('cbc:DueDate', invoice.dueOn) : elements(),
    textElement(`cbc:${root}TypeCode`, invoice.typeCode),
    ...notes.map((note) => textElement('cbc:Note', note)),
    textElement('cbc:DocumentCurrencyCode', 'EUR'),
    textElement('cbc:BuyerReference', invoice.buyerReference),
    element(
      'cac:InvoicePeriod',
      textElement('cbc:StartDate', invoice.period?.from),
      textElement('cbc:EndDate', invoice.period?.to),
    ),
  )
}

/** BT-13, BT-14, BG-3, BT-16 */
function writeReferences(invoice: En16931Invoice): Xml {
  // UBL has no sales order without an order id; NA is what Peppol writes for "the buyer gave none"
  const orderId = invoice.buyerOrderNumber || (invoice.orderNumber ? 'NA' : undefined)
  return elements(
    element('cac:OrderReference', textElement('cbc:ID', orderId), textElement('cbc:SalesOrderID', invoice.orderNumber)),
    ...invoice.precedingInvoices.map((preceding) =>
      element(
        'cac:BillingReference',
        element(
          'cac:InvoiceDocumentReference',
          textElement('cbc:ID', preceding.number),
          textElement('cbc:IssueDate', preceding.issuedOn),
        ),
      ),
    ),
    element('cac:DespatchDocumentReference', textElement('cbc:ID', invoice.deliveryNoteNumber)),
  )
}

/** BG-24 */
function writeSupporting({ number, description, fileName, mediaType, bytes }: SupportingDocument): Xml {
  return element(
    'cac:AdditionalDocumentReference',
    textElement('cbc:ID', number),
    textElement('cbc:DocumentDescription', description),
    element(
      'cac:Attachment',
      textElement('cbc:EmbeddedDocumentBinaryObject', Buffer.from(bytes).toString('base64'), {
        mimeCode: mediaType,
        filename: fileName,
      }),
    ),
  )
}

/** BG-13 */
function writeDelivery(invoice: En16931Invoice): Xml {
  const { deliverTo } = invoice
  return element(
    'cac:Delivery',
    textElement('cbc:ActualDeliveryDate', invoice.deliveredOn),
    deliverTo ? element('cac:DeliveryLocation', ublAddress('cac:Address', deliverTo.address)) : elements(),
    element('cac:DeliveryParty', element('cac:PartyName', textElement('cbc:Name', deliverTo?.name))),
  )
}

/** BG-16 */
function writePaymentMeans(payment: PaymentInstructions, dueOn: string | undefined): Xml {
  const { account, card, directDebit } = payment
  return element(
    'cac:PaymentMeans',
    textElement('cbc:PaymentMeansCode', payment.meansCode, { name: payment.meansText || undefined }),
    textElement('cbc:PaymentDueDate', dueOn),
    textElement('cbc:PaymentID', payment.remittance),
    card
      ? element(
          'cac:CardAccount',
          textElement('cbc:PrimaryAccountNumberID', card.lastDigits),
          // the schema wants a network, EN 16931 has none
          textElement('cbc:NetworkID', card.network || 'NA'),
          textElement('cbc:HolderName', card.holder),
        )
      : elements(),
    element(
      'cac:PayeeFinancialAccount',
      textElement('cbc:ID', compactIban(account?.iban)),
      textElement('cbc:Name', account?.holder),
      element('cac:FinancialInstitutionBranch', textElement('cbc:ID', account?.bic)),
    ),
    element(
      'cac:PaymentMandate',
      textElement('cbc:ID', directDebit?.mandateReference),
      element('cac:PayerFinancialAccount', textElement('cbc:ID', compactIban(directDebit?.debtorIban))),
    ),
  )
}

/** BT-110, BG-23 */
function writeTaxTotal(invoice: En16931Invoice, profile: UblProfile): Xml {
  return element(
    'cac:TaxTotal',
    amount('cbc:TaxAmount', invoice.totals.vat),
    ...invoice.vatBreakdown.map((breakdown) => writeTaxSubtotal(breakdown, profile)),
  )
}

function writeTaxSubtotal(breakdown: VatBreakdown, profile: UblProfile): Xml {
  // what is not subject to VAT has no rate (BR-48), but XRechnung wants one in every breakdown (BR-DE-14)
  const hasRate = breakdown.category !== 'O' || profile === 'xrechnung'
  return element(
    'cac:TaxSubtotal',
    amount('cbc:TaxableAmount', breakdown.net),
    amount('cbc:TaxAmount', breakdown.vat),
    element(
      'cac:TaxCategory',
      textElement('cbc:ID', breakdown.category),
      hasRate ? textElement('cbc:Percent', decimalOfRate(breakdown.rate)) : elements(),
      textElement('cbc:TaxExemptionReasonCode', breakdown.exemptionCode),
      textElement('cbc:TaxExemptionReason', breakdown.exemptionReason),
      element('cac:TaxScheme', textElement('cbc:ID', 'VAT')),
    ),
  )
}

/** BG-22 */
function writeMonetaryTotal({ totals, allowances, charges }: En16931Invoice): Xml {
  const optional = (name: string, cents: number, always: boolean): Xml =>
    cents !== 0 || always ? amount(name, cents) : elements()
  return element(
    'cac:LegalMonetaryTotal',
    amount('cbc:LineExtensionAmount', totals.linesNet),
    amount('cbc:TaxExclusiveAmount', totals.net),
    amount('cbc:TaxInclusiveAmount', totals.gross),
    optional('cbc:AllowanceTotalAmount', totals.allowances, allowances.length > 0),
    optional('cbc:ChargeTotalAmount', totals.charges, charges.length > 0),
    optional('cbc:PrepaidAmount', totals.prepaid, false),
    optional('cbc:PayableRoundingAmount', totals.rounding, false),
    amount('cbc:PayableAmount', totals.amountDue),
  )
}
