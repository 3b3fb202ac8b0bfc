import type { En16931Invoice, PaymentInstructions, VatBreakdown } from '../../invoicing/index.ts'
import {
  readAddress,
  readAllowances,
  readBuyer,
  readLogisticsCharges,
  readSeller,
  readTax,
  readTotals,
} from './read-cii-parts.ts'
import { all, amount, day, first, paymentTerms, period, type Reading, said, take, text } from './reading.ts'
import type { ReceivedInvoice, ReceivedLine } from './received.ts'
import { gtinOf, ofLine, quantityOf } from './shared-parts.ts'
import type { XmlElement } from './xml-tree.ts'

type Parent = XmlElement | undefined

/** A Cross Industry Invoice of others in our model, whichever profile of Factur-X or XRechnung it is. */
export function readCii(root: XmlElement, reading: Reading): ReceivedInvoice {
  const document = first(root, 'ExchangedDocument')
  const transaction = first(root, 'SupplyChainTradeTransaction')
  const agreement = first(transaction, 'ApplicableHeaderTradeAgreement')
  const delivery = first(transaction, 'ApplicableHeaderTradeDelivery')
  const settlement = first(transaction, 'ApplicableHeaderTradeSettlement')
  const terms = all(settlement, 'SpecifiedTradePaymentTerms')
  const { skonto, text: paymentTermsText } = paymentTerms(terms.map((t) => text(t, 'Description') ?? '').join('\n'))
  return said({
    number: text(document, 'ID') ?? '',
    issuedOn: day(reading, document, 'IssueDateTime/DateTimeString', 'BT-2') ?? '',
    typeCode: (text(document, 'TypeCode') ?? '') as En16931Invoice['typeCode'],
    dueOn: terms.map((t) => day(reading, t, 'DueDateDateTime/DateTimeString', 'BT-9')).find((d) => d !== undefined),
    buyerReference: text(agreement, 'BuyerReference'),
    buyerOrderNumber: text(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID'),
    orderNumber: text(agreement, 'SellerOrderReferencedDocument/IssuerAssignedID'),
    deliveryNoteNumber: text(delivery, 'DespatchAdviceReferencedDocument/IssuerAssignedID'),
    notes: all(document, 'IncludedNote/Content').flatMap((note) => take(note) ?? []),
    precedingInvoices: readPreceding(settlement, reading),
    seller: readSeller(first(agreement, 'SellerTradeParty')),
    buyer: readBuyer(first(agreement, 'BuyerTradeParty')),
    deliverTo: readDeliverTo(first(delivery, 'ShipToTradeParty')),
    deliveredOn: day(reading, delivery, 'ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString', 'BT-72'),
    period: readPeriod(settlement, reading, 'BT-73'),
    payment: readPayment(settlement),
    paymentTermsText,
    skonto,
    allowances: readAllowances(reading, settlement, false),
    charges: [...readAllowances(reading, settlement, true), ...readLogisticsCharges(reading, settlement)],
    lines: all(transaction, 'IncludedSupplyChainTradeLineItem').map((line) => readLine(line, reading)),
    vatBreakdown: all(settlement, 'ApplicableTradeTax').map((tax) => readBreakdown(tax, reading)),
    totals: readSums(settlement, reading),
  }) as ReceivedInvoice
}

function readPreceding(settlement: Parent, reading: Reading) {
  return all(settlement, 'InvoiceReferencedDocument').map((preceding) =>
    said({
      number: text(preceding, 'IssuerAssignedID') ?? '',
      issuedOn: day(reading, preceding, 'FormattedIssueDateTime/DateTimeString', 'BT-26'),
    }),
  )
}

function readDeliverTo(party: Parent): ReceivedInvoice['deliverTo'] {
  const address = first(party, 'PostalTradeAddress')
  return address
    ? (said({ name: text(party, 'Name'), address: readAddress(address) }) as ReceivedInvoice['deliverTo'])
    : undefined
}

function readPeriod(parent: Parent, reading: Reading, term: string) {
  const element = first(parent, 'BillingSpecifiedPeriod')
  return period(
    day(reading, element, 'StartDateTime/DateTimeString', term),
    day(reading, element, 'EndDateTime/DateTimeString', term),
  )
}

/** BG-16; of several accounts the first, the others are listed beside. */
function readPayment(settlement: Parent): PaymentInstructions {
  const means = first(settlement, 'SpecifiedTradeSettlementPaymentMeans')
  const card = first(means, 'ApplicableTradeSettlementFinancialCard')
  const account = first(means, 'PayeePartyCreditorFinancialAccount')
  const mandateReference = text(settlement, 'SpecifiedTradePaymentTerms/DirectDebitMandateID')
  const debtorIban = text(means, 'PayerPartyDebtorFinancialAccount/IBANID')
  return said({
    meansCode: (text(means, 'TypeCode') ?? '') as PaymentInstructions['meansCode'],
    meansText: text(means, 'Information'),
    remittance: text(settlement, 'PaymentReference'),
    account: account
      ? said({
          iban: text(account, 'IBANID') ?? text(account, 'ProprietaryID') ?? '',
          holder: text(account, 'AccountName'),
          bic: text(means, 'PayeeSpecifiedCreditorFinancialInstitution/BICID'),
        })
      : undefined,
    card: card ? said({ lastDigits: text(card, 'ID') ?? '', holder: text(card, 'CardholderName') }) : undefined,
    directDebit:
      mandateReference || debtorIban
        ? {
            mandateReference: mandateReference ?? '',
            creditorId: text(settlement, 'CreditorReferenceID') ?? '',
            debtorIban: debtorIban ?? '',
          }
        : undefined,
  }) as PaymentInstructions
}

/** BG-23 */
function readBreakdown(tax: XmlElement, reading: Reading): VatBreakdown {
  const { vatCategory, vatRate } = readTax(reading, tax, 'BT-119')
  return said({
    net: amount(reading, tax, 'BasisAmount', 'BT-116'),
    vat: amount(reading, tax, 'CalculatedAmount', 'BT-117'),
    category: vatCategory,
    rate: vatRate,
    exemptionReason: text(tax, 'ExemptionReason'),
    exemptionCode: text(tax, 'ExemptionReasonCode'),
  }) as VatBreakdown
}

/** BG-22. The VAT may stand there a second time in the accounting currency (BT-111). */
function readSums(settlement: Parent, reading: Reading): ReceivedInvoice['totals'] {
  const sums = first(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')
  const currency = first(settlement, 'InvoiceCurrencyCode')?.text
  const vat = all(sums, 'TaxTotalAmount').find((t) => [undefined, currency].includes(t.attributes.currencyID))
  return readTotals(reading, sums, vat)
}

function readLine(line: XmlElement, reading: Reading): ReceivedLine {
  const document = first(line, 'AssociatedDocumentLineDocument')
  const product = first(line, 'SpecifiedTradeProduct')
  const agreement = first(line, 'SpecifiedLineTradeAgreement')
  const price = first(agreement, 'NetPriceProductTradePrice')
  const settlement = first(line, 'SpecifiedLineTradeSettlement')
  const kind = text(document, 'LineStatusReasonCode')
  return said({
    id: text(document, 'LineID') ?? '',
    note: text(document, 'IncludedNote/Content'),
    deliveryNote: readDeliveryNote(line, reading),
    invoicedObject: readInvoicedObject(settlement),
    ...quantityOf(reading, first(line, 'SpecifiedLineTradeDelivery/BilledQuantity')),
    net: amount(reading, settlement, 'SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount', 'BT-131'),
    buyerOrderLine: text(agreement, 'BuyerOrderReferencedDocument/LineID'),
    period: readPeriod(settlement, reading, 'BT-134'),
    allowances: ofLine(readAllowances(reading, settlement, false)),
    charges: ofLine(readAllowances(reading, settlement, true)),
    netPrice: text(price, 'ChargeAmount') ?? '',
    priceBase: Number(text(price, 'BasisQuantity') ?? '1'),
    ...readTax(reading, first(settlement, 'ApplicableTradeTax'), 'BT-152'),
    name: text(product, 'Name') ?? '',
    description: text(product, 'Description'),
    articleNumber: text(product, 'SellerAssignedID'),
    gtin: gtinOf(first(product, 'GlobalID')),
    inSums: kind === undefined || kind === 'DETAIL',
  }) as ReceivedLine
}

/** EXTENDED: the delivery note behind a line. */
function readDeliveryNote(line: XmlElement, reading: Reading): ReceivedLine['deliveryNote'] {
  const note = first(line, 'SpecifiedLineTradeDelivery/DeliveryNoteReferencedDocument')
  if (!first(note, 'FormattedIssueDateTime')) return undefined
  const number = text(note, 'IssuerAssignedID')
  const issuedOn = day(reading, note, 'FormattedIssueDateTime/DateTimeString', 'BT-128')
  return number && issuedOn ? { number, issuedOn, line: Number(text(note, 'LineID')) } : undefined
}

/** BT-128 */
function readInvoicedObject(settlement: Parent): string | undefined {
  const object = all(settlement, 'AdditionalReferencedDocument').find((d) => first(d, 'TypeCode')?.text === '130')
  take(first(object, 'TypeCode'))
  take(first(object, 'ReferenceTypeCode'))
  return text(object, 'IssuerAssignedID')
}
