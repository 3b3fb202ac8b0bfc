import type { En16931Invoice, PaymentInstructions, VatBreakdown } from '../../invoicing/index.ts'
import {
  readAddress,
  readAllowances,
  readCreditorId,
  readCustomer,
  readSupplier,
  readTax,
  readTotals,
} from './read-ubl-parts.ts'
import { all, amount, day, first, paymentTerms, period, type Reading, said, take, text } from './reading.ts'
import type { ReceivedInvoice, ReceivedLine } from './received.ts'
import { gtinOf, ofLine, quantityOf } from './shared-parts.ts'
import type { XmlElement } from './xml-tree.ts'

/** A UBL `Invoice` or `CreditNote` of others in our model. */
export function readUbl(root: XmlElement, reading: Reading): ReceivedInvoice {
  const isCredit = root.name === 'CreditNote'
  const delivery = first(root, 'Delivery')
  const address = first(delivery, 'DeliveryLocation/Address')
  const terms = paymentTerms(
    all(root, 'PaymentTerms/Note')
      .map((note) => take(note) ?? '')
      .join('\n'),
  )
  return said({
    number: text(root, 'ID') ?? '',
    issuedOn: day(reading, root, 'IssueDate', 'BT-2') ?? '',
    typeCode: (text(root, `${root.name}TypeCode`) ?? '') as En16931Invoice['typeCode'],
    dueOn: day(reading, root, isCredit ? 'PaymentMeans/PaymentDueDate' : 'DueDate', 'BT-9'),
    buyerReference: text(root, 'BuyerReference'),
    ...readOrderReference(root),
    deliveryNoteNumber: text(root, 'DespatchDocumentReference/ID'),
    notes: all(root, 'Note').flatMap((note) => take(note) ?? []),
    precedingInvoices: all(root, 'BillingReference/InvoiceDocumentReference').map((preceding) =>
      said({ number: text(preceding, 'ID') ?? '', issuedOn: day(reading, preceding, 'IssueDate', 'BT-26') }),
    ) as En16931Invoice['precedingInvoices'],
    seller: readSupplier(first(root, 'AccountingSupplierParty/Party')),
    buyer: readCustomer(first(root, 'AccountingCustomerParty/Party')),
    deliverTo: address
      ? said({ name: text(delivery, 'DeliveryParty/PartyName/Name'), address: readAddress(address) })
      : undefined,
    deliveredOn: day(reading, delivery, 'ActualDeliveryDate', 'BT-72'),
    period: readPeriod(reading, root, 'BT-73'),
    payment: readPayment(root),
    paymentTermsText: terms.text,
    skonto: terms.skonto,
    allowances: readAllowances(reading, root, false),
    charges: readAllowances(reading, root, true),
    lines: all(root, `${root.name}Line`).map((line) => readLine(line, isCredit, reading)),
    ...readVat(root, reading),
  }) as ReceivedInvoice
}

function readOrderReference(root: XmlElement) {
  const orderNumber = text(root, 'OrderReference/SalesOrderID')
  const buyerOrderNumber = text(root, 'OrderReference/ID')
  // NA is what Peppol writes where the buyer gave none
  return said({
    orderNumber,
    buyerOrderNumber: orderNumber && buyerOrderNumber === 'NA' ? undefined : buyerOrderNumber,
  })
}

function readPeriod(reading: Reading, parent: XmlElement, term: string) {
  return period(
    day(reading, parent, 'InvoicePeriod/StartDate', term),
    day(reading, parent, 'InvoicePeriod/EndDate', term),
  )
}

/** BG-16; of several accounts the first, the others are listed beside. */
function readPayment(root: XmlElement): PaymentInstructions {
  const means = first(root, 'PaymentMeans')
  const code = first(means, 'PaymentMeansCode')
  const card = first(means, 'CardAccount')
  const account = first(means, 'PayeeFinancialAccount')
  const mandate = first(means, 'PaymentMandate')
  const network = text(card, 'NetworkID')
  const creditorId = readCreditorId(root)
  return said({
    meansCode: (take(code) ?? '') as PaymentInstructions['meansCode'],
    meansText: code?.attributes.name,
    remittance: text(means, 'PaymentID'),
    account: account
      ? said({
          iban: text(account, 'ID') ?? '',
          holder: text(account, 'Name'),
          bic: text(account, 'FinancialInstitutionBranch/ID'),
        })
      : undefined,
    card: card
      ? said({
          lastDigits: text(card, 'PrimaryAccountNumberID') ?? '',
          network: network === 'NA' ? undefined : network,
          holder: text(card, 'HolderName'),
        })
      : undefined,
    directDebit: mandate
      ? {
          mandateReference: text(mandate, 'ID') ?? '',
          creditorId: creditorId ?? '',
          debtorIban: text(mandate, 'PayerFinancialAccount/ID') ?? '',
        }
      : undefined,
  }) as PaymentInstructions
}

/** BG-22, BG-23. The VAT may stand there a second time in the accounting currency (BT-111). */
function readVat(root: XmlElement, reading: Reading): Pick<ReceivedInvoice, 'vatBreakdown' | 'totals'> {
  const currency = first(root, 'DocumentCurrencyCode')?.text
  const total =
    all(root, 'TaxTotal').find((t) => first(t, 'TaxAmount')?.attributes.currencyID === currency) ??
    first(root, 'TaxTotal')
  return {
    vatBreakdown: all(total, 'TaxSubtotal').map((subtotal) => readSubtotal(subtotal, reading)),
    totals: readTotals(reading, first(root, 'LegalMonetaryTotal'), first(total, 'TaxAmount')),
  }
}

function readSubtotal(subtotal: XmlElement, reading: Reading): VatBreakdown {
  const category = first(subtotal, 'TaxCategory')
  const { vatCategory, vatRate } = readTax(reading, category, 'BT-119')
  return said({
    net: amount(reading, subtotal, 'TaxableAmount', 'BT-116'),
    vat: amount(reading, subtotal, 'TaxAmount', 'BT-117'),
    category: vatCategory,
    rate: vatRate,
    exemptionReason: text(category, 'TaxExemptionReason'),
    exemptionCode: text(category, 'TaxExemptionReasonCode'),
  }) as VatBreakdown
}

function readLine(line: XmlElement, isCredit: boolean, reading: Reading): ReceivedLine {
  const item = first(line, 'Item')
  const object = first(line, 'DocumentReference')
  if (first(object, 'DocumentTypeCode')?.text === '130') take(first(object, 'DocumentTypeCode'))
  return said({
    id: text(line, 'ID') ?? '',
    note: text(line, 'Note'),
    deliveryNote: readDespatch(line, reading),
    invoicedObject: text(object, 'ID'),
    ...quantityOf(reading, first(line, isCredit ? 'CreditedQuantity' : 'InvoicedQuantity')),
    net: amount(reading, line, 'LineExtensionAmount', 'BT-131'),
    buyerOrderLine: text(line, 'OrderLineReference/LineID'),
    period: readPeriod(reading, line, 'BT-134'),
    allowances: ofLine(readAllowances(reading, line, false)),
    charges: ofLine(readAllowances(reading, line, true)),
    netPrice: text(line, 'Price/PriceAmount') ?? '',
    priceBase: Number(text(line, 'Price/BaseQuantity') ?? '1'),
    ...readTax(reading, first(item, 'ClassifiedTaxCategory'), 'BT-152'),
    name: text(item, 'Name') ?? '',
    description: text(item, 'Description'),
    articleNumber: text(item, 'SellersItemIdentification/ID'),
    gtin: gtinOf(first(item, 'StandardItemIdentification/ID')),
    inSums: true,
  }) as ReceivedLine
}

function readDespatch(line: XmlElement, reading: Reading): ReceivedLine['deliveryNote'] {
  const despatch = first(line, 'DespatchLineReference')
  const number = text(despatch, 'DocumentReference/ID')
  const issuedOn = day(reading, despatch, 'DocumentReference/IssueDate', 'BT-128')
  return number && issuedOn ? { number, issuedOn, line: Number(text(despatch, 'LineID')) } : undefined
}
