import { type Cents, decimalOfCents } from '../../../common/money.ts'
import { element, elements, textElement, type Xml, xmlDocument } from '../../documents/index.ts'
import type { En16931Invoice, PaymentInstructions, SupportingDocument, VatBreakdown } from './en16931.ts'
import { BUSINESS_PROCESS, type InvoiceProfile, SPECIFICATION_IDENTIFIER } from './profiles.ts'
import { compactIban, decimalOfRate, paymentTermsOf } from './term-texts.ts'
import { amount, dateTime, formattedDate, writeAllowanceCharge, writeLine, writePeriod } from './write-cii-lines.ts'
import { writeAddress, writeBuyer, writeSeller } from './write-cii-parties.ts'

export type CiiProfile = Exclude<InvoiceProfile, 'peppol'>

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
}

/**
 * The invoice as UN/CEFACT Cross Industry Invoice, elements in the order of the Factur-X schema. `en16931` is what a
 * hybrid PDF embeds as factur-x.xml, `xrechnung` the same with the German identifiers; `extended` adds a true reference
 * to the delivery note and its line to each invoice line. It writes what it is given; `checkRules` says if that's right.
 */
export function writeCii(
  invoice: En16931Invoice,
  profile: CiiProfile,
  { supporting = [] }: { supporting?: readonly SupportingDocument[] } = {},
): string {
  return xmlDocument(
    'rsm:CrossIndustryInvoice',
    NAMESPACES,
    element(
      'rsm:ExchangedDocumentContext',
      element('ram:BusinessProcessSpecifiedDocumentContextParameter', textElement('ram:ID', BUSINESS_PROCESS[profile])),
      element(
        'ram:GuidelineSpecifiedDocumentContextParameter',
        textElement('ram:ID', SPECIFICATION_IDENTIFIER[profile]),
      ),
    ),
    element(
      'rsm:ExchangedDocument',
      textElement('ram:ID', invoice.number),
      textElement('ram:TypeCode', invoice.typeCode),
      dateTime('ram:IssueDateTime', invoice.issuedOn),
      ...invoice.notes.map((note) => element('ram:IncludedNote', textElement('ram:Content', note))),
    ),
    element(
      'rsm:SupplyChainTradeTransaction',
      ...invoice.lines.map((line) => writeLine(line, profile === 'extended')),
      writeAgreement(invoice, supporting),
      writeDelivery(invoice),
      writeSettlement(invoice, profile),
    ),
  )
}

/** BT-10, BG-4, BG-7, BT-14, BT-13, BG-24 */
function writeAgreement(invoice: En16931Invoice, supporting: readonly SupportingDocument[]): Xml {
  return element(
    'ram:ApplicableHeaderTradeAgreement',
    textElement('ram:BuyerReference', invoice.buyerReference),
    writeSeller(invoice.seller),
    writeBuyer(invoice.buyer),
    element('ram:SellerOrderReferencedDocument', textElement('ram:IssuerAssignedID', invoice.orderNumber)),
    element('ram:BuyerOrderReferencedDocument', textElement('ram:IssuerAssignedID', invoice.buyerOrderNumber)),
    ...supporting.map(writeSupporting),
  )
}

/** BG-24; UNTDID 1001: 916 is a supporting document */
function writeSupporting({ number, description, fileName, mediaType, bytes }: SupportingDocument): Xml {
  return element(
    'ram:AdditionalReferencedDocument',
    textElement('ram:IssuerAssignedID', number),
    textElement('ram:TypeCode', '916'),
    textElement('ram:Name', description),
    textElement('ram:AttachmentBinaryObject', Buffer.from(bytes).toString('base64'), {
      mimeCode: mediaType,
      filename: fileName,
    }),
  )
}

/** BG-13, BT-72, BT-16 */
function writeDelivery(invoice: En16931Invoice): Xml {
  const { deliverTo } = invoice
  const delivery = elements(
    element(
      'ram:ShipToTradeParty',
      textElement('ram:Name', deliverTo?.name),
      deliverTo ? writeAddress(deliverTo.address) : elements(),
    ),
    element('ram:ActualDeliverySupplyChainEvent', dateTime('ram:OccurrenceDateTime', invoice.deliveredOn)),
    element('ram:DespatchAdviceReferencedDocument', textElement('ram:IssuerAssignedID', invoice.deliveryNoteNumber)),
  )
  // the schema demands the group, R008 forbids an empty one: without other words the goods went to the buyer (BG-13)
  const toBuyer = element(
    'ram:ShipToTradeParty',
    textElement('ram:Name', invoice.buyer.name),
    writeAddress(invoice.buyer.address),
  )
  return element('ram:ApplicableHeaderTradeDelivery', delivery || toBuyer)
}

function writeSettlement(invoice: En16931Invoice, profile: CiiProfile): Xml {
  const { payment } = invoice
  return element(
    'ram:ApplicableHeaderTradeSettlement',
    textElement('ram:CreditorReferenceID', payment.directDebit?.creditorId),
    textElement('ram:PaymentReference', payment.remittance),
    textElement('ram:InvoiceCurrencyCode', 'EUR'),
    writePaymentMeans(payment),
    ...invoice.vatBreakdown.map((breakdown) => writeTradeTax(breakdown, profile)),
    writePeriod(invoice.period),
    ...invoice.allowances.map((allowance) => writeAllowanceCharge(allowance, false)),
    ...invoice.charges.map((charge) => writeAllowanceCharge(charge, true)),
    element(
      'ram:SpecifiedTradePaymentTerms',
      textElement('ram:Description', paymentTermsOf(invoice)),
      dateTime('ram:DueDateDateTime', invoice.dueOn),
      textElement('ram:DirectDebitMandateID', payment.directDebit?.mandateReference),
    ),
    writeMonetarySummation(invoice),
    // the schema (D16B) takes one, unlike BG-3; what concerns several says so in BT-22 and line by line
    ...invoice.precedingInvoices
      .slice(0, 1)
      .map((preceding) =>
        element(
          'ram:InvoiceReferencedDocument',
          textElement('ram:IssuerAssignedID', preceding.number),
          formattedDate(preceding.issuedOn),
        ),
      ),
  )
}

/** BG-16 */
function writePaymentMeans(payment: PaymentInstructions): Xml {
  const { account, card, directDebit } = payment
  return element(
    'ram:SpecifiedTradeSettlementPaymentMeans',
    textElement('ram:TypeCode', payment.meansCode),
    textElement('ram:Information', payment.meansText),
    element(
      'ram:ApplicableTradeSettlementFinancialCard',
      textElement('ram:ID', card?.lastDigits),
      textElement('ram:CardholderName', card?.holder),
    ),
    element('ram:PayerPartyDebtorFinancialAccount', textElement('ram:IBANID', compactIban(directDebit?.debtorIban))),
    element(
      'ram:PayeePartyCreditorFinancialAccount',
      textElement('ram:IBANID', compactIban(account?.iban)),
      textElement('ram:AccountName', account?.holder),
    ),
    element('ram:PayeeSpecifiedCreditorFinancialInstitution', textElement('ram:BICID', account?.bic)),
  )
}

/** BG-23 */
function writeTradeTax(breakdown: VatBreakdown, profile: CiiProfile): Xml {
  // what is not subject to VAT has no rate (BR-48), but XRechnung wants one in every breakdown (BR-DE-14)
  const hasRate = breakdown.category !== 'O' || profile === 'xrechnung'
  return element(
    'ram:ApplicableTradeTax',
    amount('ram:CalculatedAmount', breakdown.vat),
    textElement('ram:TypeCode', 'VAT'),
    textElement('ram:ExemptionReason', breakdown.exemptionReason),
    amount('ram:BasisAmount', breakdown.net),
    textElement('ram:CategoryCode', breakdown.category),
    textElement('ram:ExemptionReasonCode', breakdown.exemptionCode),
    hasRate ? textElement('ram:RateApplicablePercent', decimalOfRate(breakdown.rate)) : elements(),
  )
}

/** BG-22 */
function writeMonetarySummation({ totals, allowances, charges }: En16931Invoice): Xml {
  const optional = (name: string, cents: Cents, always: boolean): Xml =>
    cents !== 0 || always ? amount(name, cents) : elements()
  return element(
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    amount('ram:LineTotalAmount', totals.linesNet),
    optional('ram:ChargeTotalAmount', totals.charges, charges.length > 0),
    optional('ram:AllowanceTotalAmount', totals.allowances, allowances.length > 0),
    amount('ram:TaxBasisTotalAmount', totals.net),
    textElement('ram:TaxTotalAmount', decimalOfCents(totals.vat), { currencyID: 'EUR' }),
    optional('ram:RoundingAmount', totals.rounding, false),
    amount('ram:GrandTotalAmount', totals.gross),
    optional('ram:TotalPrepaidAmount', totals.prepaid, false),
    amount('ram:DuePayableAmount', totals.amountDue),
  )
}
