import type { Address } from '../../../common/customers/api.ts'
import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import { ONE } from '../../../common/quantity.ts'
import type { DocumentAmounts, VatCategory } from '../../../common/tax/vat.ts'
import type { StoredMerchant } from '../../branches/index.ts'
import type { ArticleText } from '../../catalog/index.ts'
import type { CustomerRow } from '../../customers/index.ts'
import { buyerEndpoint, type NoteLineRow, type NoteRow, sellerEndpoint } from '../../delivery/index.ts'
import type { SkontoOffer } from '../../documents/index.ts'
import type { OrderLineRow, OrderRow } from '../../orders/index.ts'
import type {
  Buyer,
  DocumentAllowance,
  En16931Invoice,
  En16931Line,
  PaymentInstructions,
  Seller,
  VatBreakdown,
} from '../e-invoice/en16931.ts'
import { netPriceFor } from '../e-invoice/net-price.ts'
import type { DownPaymentUse } from './down-payments.ts'
import { exemptionOf, invoiceWords } from './invoice-words.ts'
import type { PricedLine } from './price-lines.ts'

export type InvoiceLine = NoteLineRow & { orderLine: OrderLineRow; note: NoteRow }

export interface InvoiceFacts {
  number: string
  issuedOn: Day
  dueOn: Day
  skonto: readonly SkontoOffer[]
  merchant: StoredMerchant
  customer: CustomerRow
  billTo: Address
  deliverTo: Address | undefined
  orders: readonly OrderRow[]
  notes: readonly NoteRow[]
  lines: readonly PricedLine<InvoiceLine>[]
  amounts: DocumentAmounts
  prepaid: Cents
  /** what it deducts of down payments; `amounts` is what is left */
  deductions: readonly DownPaymentUse[]
  articles: ReadonlyMap<string, ArticleText>
}

/**
 * The semantic invoice (EN 16931) from what was delivered: § 14 (4) UStG contents, VAT per rate on the sum, delivery day
 * or period, the delivery notes by number. Shipping cost and surcharges are charges of the document, reductions of either
 * kind are allowances.
 */
export function composeInvoice(facts: InvoiceFacts): En16931Invoice {
  const words = invoiceWords[facts.customer.language]
  const goods = facts.lines.filter((l) => l.line.orderLine.kind === 'goods')
  // an invoice needs a line (BR-16): if only shipping cost is billed, it is the line
  const asLines = goods.length > 0 ? goods : facts.lines
  const others = goods.length > 0 ? facts.lines.filter((l) => l.line.orderLine.kind !== 'goods') : []
  const charges = others.filter((l) => l.net > 0).map((l) => documentAllowance(l, words.freight))
  const allowances = others.filter((l) => l.net < 0).map((l) => documentAllowance({ ...l, net: -l.net }, words.freight))
  const collective = facts.notes.length > 1
  const lines = [
    ...asLines.map((l, i) => invoiceLine(l, i, facts, collective)),
    ...deductionLines(facts.deductions, asLines.length, words),
  ]
  const days = facts.notes.map((n) => n.deliveredOn!).sort()
  const [from, to] = [days[0]!, days.at(-1)!]
  const sum = (list: readonly { amount?: Cents; net?: Cents }[]) =>
    list.reduce((total, x) => total + (x.amount ?? x.net ?? 0), 0)
  const commonOrderNumber = sameForAll(facts.orders.map((o) => o.buyerOrderNumber)) ?? undefined
  const amountDue = facts.amounts.payable - facts.prepaid
  const isPaid = amountDue === 0 && (facts.prepaid > 0 || facts.deductions.length > 0)
  const payment = paymentOf(facts, facts.number, amountDue)
  return {
    number: facts.number,
    issuedOn: facts.issuedOn,
    typeCode: '380',
    dueOn: facts.dueOn,
    buyerReference: facts.customer.buyerReference ?? commonOrderNumber ?? facts.customer.number,
    buyerOrderNumber: commonOrderNumber,
    orderNumber: facts.orders.length === 1 ? facts.orders[0]!.number : undefined,
    deliveryNoteNumber: collective ? undefined : facts.notes[0]!.number!,
    notes: collective ? [words.collective(facts.notes.map((n) => n.number!))] : [],
    precedingInvoices: precedingOf(facts.deductions),
    seller: sellerOf(facts.merchant),
    buyer: buyerOf(facts.customer, facts.billTo),
    deliverTo: facts.deliverTo && { name: facts.deliverTo.name, address: postal(facts.deliverTo) },
    ...(from === to ? { deliveredOn: from } : { period: { from, to } }),
    payment,
    paymentTermsText: isPaid ? words.alreadyPaid : termsText(facts, payment),
    skonto: facts.skonto.map((s) => ({ days: daysOf(facts.issuedOn, s.until), percent: s.percent })),
    allowances,
    charges,
    lines,
    vatBreakdown: facts.amounts.perRate.map((r) => breakdownOf(r, facts)),
    totals: {
      linesNet: sum(lines),
      allowances: sum(allowances),
      charges: sum(charges),
      net: facts.amounts.net,
      vat: facts.amounts.vat,
      gross: facts.amounts.gross,
      prepaid: facts.prepaid,
      rounding: facts.amounts.rounding,
      amountDue,
    },
  }
}

function invoiceLine(
  priced: PricedLine<InvoiceLine>,
  index: number,
  facts: InvoiceFacts,
  collective: boolean,
): En16931Line {
  const { orderLine, note, position } = priced.line
  const article = facts.articles.get(orderLine.articleId ?? '')
  const english = facts.customer.language === 'en'
  const words = invoiceWords[facts.customer.language]
  const buyerOrderNumber = facts.orders.find((o) => o.id === orderLine.orderId)?.buyerOrderNumber ?? undefined
  const discount = priced.netDiscount
  const agreed = orderLine.unitPrice
  const isNet = facts.orders[0]!.priceMode === 'net'
  return {
    id: String(index + 1),
    ...(collective ? { note: words.fromNote(note.number!, note.deliveredOn!, position, buyerOrderNumber) } : {}),
    deliveryNote: { number: note.number!, issuedOn: note.deliveredOn!, line: position },
    quantity: priced.quantity,
    unit: orderLine.unit,
    net: priced.net,
    period: { from: note.deliveredOn!, to: note.deliveredOn! },
    allowances: discount > 0 ? [{ amount: discount, reason: orderLine.discountReason ?? words.discount }] : [],
    netPrice: netPriceFor(priced.net, discount, priced.quantity, isNet ? agreed : undefined),
    vatCategory: orderLine.vatCategory,
    vatRate: orderLine.vatRate,
    name: (english ? article?.nameEn : undefined) ?? orderLine.name,
    articleNumber: orderLine.articleNumber ?? undefined,
    gtin: article?.gtin ?? undefined,
  }
}

/**
 * What was billed and received as down payment, taken off with its tax (§ 14 (5) sentence 2 UStG): the standard has no
 * structure of its own for it, so it is a negative line for each down-payment invoice and rate, and the invoice is named
 * as a preceding one (BG-3).
 */
function deductionLines(uses: readonly DownPaymentUse[], before: number, words: Words): En16931Line[] {
  return uses
    .filter((u) => u.net > 0)
    .map(({ of: { number, issuedOn, category, rate }, net }, i) => ({
      id: String(before + i + 1),
      quantity: -ONE,
      unit: 'LS',
      net: -net,
      allowances: [],
      netPrice: netPriceFor(net, 0, ONE),
      vatCategory: category,
      vatRate: rate,
      name: words.lessDownPayment(number, issuedOn),
      downPayment: { number, issuedOn },
    }))
}

type Words = (typeof invoiceWords)['de' | 'en']

function precedingOf(uses: readonly DownPaymentUse[]): En16931Invoice['precedingInvoices'] {
  const byNumber = new Map(uses.map(({ of }) => [of.number, { number: of.number, issuedOn: of.issuedOn }]))
  return [...byNumber.values()]
}

function documentAllowance(line: PricedLine<InvoiceLine>, freight: string): DocumentAllowance {
  const { orderLine } = line.line
  return {
    amount: line.net,
    vatCategory: orderLine.vatCategory,
    vatRate: orderLine.vatRate,
    reason: orderLine.name || freight,
    ...(orderLine.kind === 'shipping' && line.net > 0 ? { reasonCode: 'FC' } : {}),
  }
}

export function breakdownOf(
  row: { category: VatCategory; rate: number; net: Cents; vat: Cents },
  facts: Pick<InvoiceFacts, 'merchant' | 'customer'>,
): VatBreakdown {
  return { ...row, ...exemptionOf(row.category, facts.merchant.smallBusiness, facts.customer.language) }
}

export function sellerOf(merchant: StoredMerchant): Seller {
  return {
    name: merchant.name,
    tradingName: merchant.tradingName || undefined,
    registrationId: merchant.registerEntry || undefined,
    vatId: merchant.vatId || undefined,
    taxNumber: merchant.taxNumber || undefined,
    legalInformation: [merchant.legalForm, merchant.directors].filter(Boolean).join(', ') || undefined,
    ...(merchant.vatId || merchant.registerEntry ? {} : { identifier: merchant.taxNumber }),
    electronicAddress: sellerEndpoint(merchant),
    address: {
      street: merchant.street,
      postalCode: merchant.postalCode,
      city: merchant.city,
      country: merchant.country,
    },
    contact: { name: merchant.contactName, phone: merchant.phone, email: merchant.email },
  }
}

export function buyerOf(customer: CustomerRow, billTo: Address): Buyer {
  const contact = {
    // a person named in the address isn't named again
    name: billTo.additional ? undefined : customer.contact.name,
    phone: billTo.phone ?? customer.contact.phone,
    email: billTo.email ?? customer.contact.email,
  }
  return {
    name: billTo.name,
    customerNumber: customer.number,
    vatId: customer.vatId ?? undefined,
    electronicAddress: buyerEndpoint(customer),
    address: postal(billTo),
    ...(contact.name || contact.phone || contact.email ? { contact } : {}),
  }
}

export function postal({ street, additional, postalCode, city, country }: Address) {
  return { street, additional, postalCode: postalCode ?? '', city, country }
}

/** By transfer to us; with a mandate of the customer it is collected from him (SEPA direct debit, BG-19). */
export function paymentOf(
  { merchant, customer }: Pick<InvoiceFacts, 'merchant' | 'customer'>,
  number: string,
  amountDue: Cents,
): PaymentInstructions {
  const bank = merchant.bankAccounts[0]!
  const { mandate, debtorIban } = customer
  if (amountDue <= 0) return { meansCode: '1', remittance: number }
  if (mandate && debtorIban && merchant.creditorId) {
    const { creditorId } = merchant
    const directDebit = { mandateReference: mandate.reference, creditorId, debtorIban }
    return { meansCode: '59', remittance: number, directDebit }
  }
  return {
    meansCode: '58',
    remittance: number,
    account: { iban: bank.iban, holder: bank.holder ?? merchant.name, bic: bank.bic },
  }
}

export function termsText(
  { dueOn, customer }: Pick<InvoiceFacts, 'dueOn' | 'customer'>,
  { directDebit }: PaymentInstructions,
): string {
  const words = invoiceWords[customer.language]
  return directDebit ? words.collectedOn(dueOn, directDebit.mandateReference) : words.payableUntil(dueOn)
}

function daysOf(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

function sameForAll<T>(values: readonly T[]): T | undefined {
  return values.every((v) => v === values[0]) ? values[0] : undefined
}
