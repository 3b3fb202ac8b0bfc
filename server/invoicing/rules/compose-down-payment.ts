import type { Address } from '../../../common/customers/api.ts'
import type { Day } from '../../../common/dates.ts'
import { type Cents, decimalOf } from '../../../common/money.ts'
import { decimalOfQuantity, ONE } from '../../../common/quantity.ts'
import { vatOf } from '../../../common/tax/vat.ts'
import type { StoredMerchant } from '../../branches/index.ts'
import type { CustomerRow } from '../../customers/index.ts'
import type { OrderLineRow, OrderRow } from '../../orders/index.ts'
import type { En16931Invoice, En16931Line } from '../e-invoice/en16931.ts'
import { netPriceFor } from '../e-invoice/net-price.ts'
import { breakdownOf, buyerOf, paymentOf, postal, sellerOf, termsText } from './compose-invoice.ts'
import { type DownPaymentUse, rateKey } from './down-payments.ts'
import { invoiceWords } from './invoice-words.ts'
import type { DownPaymentPlan } from './plan-down-payment.ts'
import { type CorrectionHead, correctionHead, reverseInvoice } from './reverse-invoice.ts'

export interface DownPaymentFacts {
  number: string
  issuedOn: Day
  dueOn: Day
  merchant: StoredMerchant
  customer: CustomerRow
  billTo: Address
  deliverTo: Address | undefined
  order: OrderRow
  lines: readonly OrderLineRow[]
  plan: DownPaymentPlan
  /** hundredths of a percent, where it was asked for so */
  percent: number | undefined
  expectedOn: Day | undefined
  /** money that came before the invoice, and the days it came */
  prepaid: Cents
  receivedOn: readonly Day[]
}

/** No piece is billed, so the quantity is a lump sum. UN/ECE Rec 20 */
const LUMP_SUM = 'LS'
const LINES_NAMED = 12

/**
 * The semantic invoice of a down payment: one line a rate that says what it is for, the order it belongs to, that
 * delivery is still to come (the expected day as BT-72, or in words that there is none yet, does for § 14 (4) no. 6 UStG;
 * an intra-community supply needs one, BR-IC-11), and when the money came if it did. Type 326: 386 is not in the list of BR-DE-17, and all files of an invoice say the same.
 */
export function composeDownPayment(facts: DownPaymentFacts): En16931Invoice {
  const { customer, order, plan, merchant, billTo, deliverTo } = facts
  const words = invoiceWords[customer.language]
  const { amounts } = plan
  const amountDue = amounts.payable - facts.prepaid
  const payment = paymentOf(facts, facts.number, amountDue)
  return {
    number: facts.number,
    issuedOn: facts.issuedOn,
    typeCode: '326',
    dueOn: facts.dueOn,
    buyerReference: customer.buyerReference ?? order.buyerOrderNumber ?? customer.number,
    buyerOrderNumber: order.buyerOrderNumber ?? undefined,
    orderNumber: order.number,
    notes: [
      words.beforeDelivery(order.number, facts.expectedOn),
      ...(facts.receivedOn.length > 0 ? [words.receivedOn(facts.receivedOn)] : []),
    ],
    precedingInvoices: [],
    seller: sellerOf(merchant),
    buyer: buyerOf(customer, billTo),
    deliverTo: deliverTo && { name: deliverTo.name, address: postal(deliverTo) },
    ...(facts.expectedOn ? { deliveredOn: facts.expectedOn } : {}),
    payment,
    paymentTermsText: facts.prepaid > 0 && amountDue === 0 ? words.alreadyPaid : termsText(facts, payment),
    skonto: [],
    allowances: [],
    charges: [],
    lines: plan.rates.map((r, i) => rateLine(r, i, facts)),
    vatBreakdown: amounts.perRate.map((r) => breakdownOf(r, facts)),
    totals: {
      linesNet: amounts.net,
      allowances: 0,
      charges: 0,
      net: amounts.net,
      vat: amounts.vat,
      gross: amounts.gross,
      prepaid: facts.prepaid,
      rounding: amounts.rounding,
      amountDue,
    },
  }
}

function rateLine(rate: DownPaymentPlan['rates'][number], index: number, facts: DownPaymentFacts): En16931Line {
  const words = invoiceWords[facts.customer.language]
  const { plan, order, percent } = facts
  return {
    id: String(index + 1),
    quantity: ONE,
    unit: LUMP_SUM,
    net: rate.net,
    allowances: [],
    netPrice: netPriceFor(rate.net, 0, ONE),
    vatCategory: rate.category,
    vatRate: rate.rate,
    name: plan.whole
      ? words.wholeOrder(order.number)
      : words.downPayment(order.number, percent ? percentText(percent, facts.customer.language) : undefined),
    description: goodsOf(facts, rateKey(rate)),
  }
}

const percentText = (percent: number, language: 'de' | 'en'): string => {
  const text = decimalOf(percent, 2).replace(/\.?0+$/, '')
  return `${language === 'de' ? text.replace('.', ',') : text} %`
}

/** What is to be delivered at this rate, by quantity and name (§ 14 (4) no. 5 UStG). */
function goodsOf({ lines, customer }: DownPaymentFacts, key: string): string {
  const ordered = lines.filter(
    (l) =>
      rateKey({ category: l.vatCategory, rate: l.vatRate }) === key &&
      l.ordered - l.cancelled - l.returned > l.invoiced,
  )
  const named = ordered
    .slice(0, LINES_NAMED)
    .map((l) =>
      l.kind === 'goods'
        ? `${decimalOfQuantity(l.ordered - l.cancelled - l.returned - l.invoiced)} × ${l.name}`
        : l.name,
    )
  const more = ordered.length - named.length
  return [...named, ...(more > 0 ? [invoiceWords[customer.language].moreLines(more)] : [])].join('; ')
}

/** The correction of a down-payment invoice, or of what is left of it: the same lines, as much as is taken back. */
export function composeDownPaymentCorrection(
  corrected: En16931Invoice,
  uses: readonly DownPaymentUse[],
  head: CorrectionHead,
): En16931Invoice {
  const whole = corrected.lines.every((l) => uses.some((u) => sameRate(u, l) && u.payable === u.of.payable))
  if (whole) return reverseInvoice(corrected, head)
  const minus = (amount: Cents) => (amount === 0 ? 0 : -amount)
  const taken = corrected.vatBreakdown.flatMap((row) => {
    const use = uses.find((u) => u.of.category === row.category && u.of.rate === row.rate)
    return use ? [{ ...row, net: use.net, vat: vatOf(use.net, row.rate) }] : []
  })
  const sum = (amounts: readonly Cents[]) => amounts.reduce((a, b) => a + b, 0)
  const [net, vat, payable] = [
    sum(taken.map((t) => t.net)),
    sum(taken.map((t) => t.vat)),
    sum(uses.map((u) => u.payable)),
  ]
  const lines = corrected.lines.flatMap((line) => {
    const use = uses.find((u) => sameRate(u, line))
    return use ? [{ ...line, quantity: -ONE, net: minus(use.net), netPrice: netPriceFor(use.net, 0, ONE) }] : []
  })
  return {
    ...correctionHead(corrected, head),
    allowances: [],
    charges: [],
    lines: lines.map((l, i) => ({ ...l, id: String(i + 1) })),
    vatBreakdown: taken.map((t) => ({ ...t, net: minus(t.net), vat: minus(t.vat) })),
    totals: {
      linesNet: minus(net),
      allowances: 0,
      charges: 0,
      net: minus(net),
      vat: minus(vat),
      gross: minus(net + vat),
      prepaid: 0,
      rounding: minus(payable - net - vat),
      amountDue: minus(payable),
    },
  }
}

const sameRate = ({ of }: DownPaymentUse, line: En16931Line): boolean =>
  of.category === line.vatCategory && of.rate === line.vatRate
