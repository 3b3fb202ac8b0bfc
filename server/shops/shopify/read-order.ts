import type { ParkReason } from '../../../common/orders/api.ts'
import { documentAmounts } from '../../../common/tax/vat.ts'
import { agreedLine } from '../rules/agreed-line.ts'
import { checkTotals, type StatedTotals } from '../rules/check-totals.ts'
import { line, orNothing, words } from '../rules/plain-text.ts'
import {
  isRecord,
  pathOf,
  type ReadOptions,
  type ReadOrders,
  readAs,
  type ShopOrder,
  unreadable,
} from '../shop-order.ts'
import { readBuyer } from './read-buyer.ts'
import { type Part, type Reading, rateOf, readParts, settleShares, sum } from './read-parts.ts'
import { momentOf, readPayment } from './read-payment.ts'
import { type ShopifyOrder, shopifyOrder } from './shapes.ts'

/**
 * The orders of an answer of Admin GraphQL: {data: {order}}, {data: {orders: {nodes | edges}}}, an order by itself or a
 * list of any of these.
 */
export const readOrders: ReadOrders = (document, options) => ordersIn(document).map((raw) => readOrder(raw, options))

export function ordersIn(document: unknown, depth = 7): unknown[] {
  if (depth === 0) return [document]
  if (Array.isArray(document)) return document.flatMap((one) => ordersIn(one, depth - 1))
  if (!isRecord(document) || 'lineItems' in document) return [document]
  const { response, data, order, orders, nodes, edges, node } = document
  const inner = response ?? data ?? order ?? orders ?? nodes ?? edges ?? node
  return inner === undefined || inner === null ? [document] : ordersIn(inner, depth - 1)
}

function readOrder(raw: unknown, options: ReadOptions): ShopOrder {
  const parsed = shopifyOrder.safeParse(raw)
  const name = isRecord(raw) && typeof raw.name === 'string' ? orNothing(line(raw.name, 80)) : undefined
  if (!parsed.success) return unreadable(raw, pathOf(parsed.error), name ?? null)
  if (name === undefined) return unreadable(raw, 'name')
  const order = parsed.data
  const foreign = [order.currencyCode, order.presentmentCurrencyCode].find((currency) => currency !== 'EUR')
  if (foreign !== undefined) {
    const reason: ParkReason = { code: 'foreign-currency', facts: { currency: line(foreign, 10) } }
    return { order: null, externalNumber: name, problems: [reason, ...stateProblems(order)], raw }
  }
  const who = readBuyer(order)
  const read = readLines(order, {
    mode: order.taxesIncluded ? 'gross' : 'net',
    country: who.deliverTo?.country ?? 'DE',
    vatId: who.customer.vatId,
    asPlaced: order.cancelledAt !== '' && order.lineItems.every((item) => item.currentQuantity === 0),
  })
  const problems = [...stateProblems(order), ...read.problems]
  if (!read.lines.some((one) => one.kind === 'goods')) {
    // everything was taken out of it in the shop: as good as cancelled, and there is nothing to order
    const gone: ParkReason = { code: 'cancelled-in-shop', facts: { state: 'empty' } }
    return { order: null, externalNumber: name, problems: [gone, ...stateProblems(order)], raw }
  }
  return readAs(
    raw,
    {
      channel: options.channel,
      externalNumber: name,
      orderedAt: momentOf(order.processedAt || order.createdAt)?.toISOString(),
      currency: 'EUR',
      priceMode: order.taxesIncluded ? 'gross' : 'net',
      ...who,
      note: orNothing(words(order.note, 1000)),
      ...readPayment(order, options),
      lines: read.lines,
      totals: read.totals,
    },
    problems,
  )
}

function readLines(order: ShopifyOrder, reading: Reading) {
  const gross = reading.asPlaced ? order.totalPriceSet : order.currentTotalPriceSet
  const tax = reading.asPlaced ? order.totalTaxSet : order.currentTotalTaxSet
  const parts = settleShares(readParts(order, reading), reading.mode === 'gross' ? gross : gross - tax)
  const totals = statedTotals(order, parts, reading)
  const unexplained = parts.filter((part) => part.vat === null)
  const extra = extrasOf(order, parts, reading)
  const problems: ParkReason[] = [
    ...parts
      .filter((part) => part.kind === 'goods' && part.article === undefined)
      .map(
        (part): ParkReason => ({
          code: 'unknown-article',
          facts: { line: part.externalLine, name: part.name ?? null },
        }),
      ),
    ...unexplained.map((part): ParkReason => ({ code: 'no-vat-rate', facts: { line: part.externalLine } })),
    ...(unexplained.length > 0 || extra.length > 0 || reading.asPlaced
      ? []
      : checkTotals(taxed(parts), reading.mode, totals)),
    ...extra,
  ]
  // what was cancelled is nobody's total any more: ours are only given where the lines as placed make the shop's
  const known = !reading.asPlaced || checkTotals(taxed(parts), reading.mode, totals).length === 0
  return { lines: parts.map(agreedLine), totals: known ? totals : undefined, problems }
}

/** Tips, duties and fees of the checkout are in the shop's total and in no line we could deliver: a person decides. */
function extrasOf(order: ShopifyOrder, parts: readonly Part[], { mode, asPlaced }: Reading): ParkReason[] {
  // where the tip is a line of the order ("Tip") it is parked as the article it isn't
  const tip = parts.some((part) => part.article === undefined && part.amount === order.totalTipReceivedSet)
    ? 0
    : order.totalTipReceivedSet
  const all = { tip, duties: order.currentTotalDutiesSet, additionalFees: order.currentTotalAdditionalFeesSet }
  const facts = Object.fromEntries(Object.entries(all).filter(([, amount]) => amount !== 0))
  if (Object.keys(facts).length === 0) return []
  const stated = asPlaced ? order.totalPriceSet : order.currentTotalPriceSet
  return [{ code: 'totals-differ', facts: { stated, computed: documentAmounts(taxed(parts), mode).payable, ...facts } }]
}

/** The shop's own totals. It states the VAT of each rate; the net of a rate is what the lines of the rate leave. */
function statedTotals(order: ShopifyOrder, parts: readonly Part[], { mode, asPlaced }: Reading): StatedTotals {
  const gross = asPlaced ? order.totalPriceSet : order.currentTotalPriceSet
  const tax = asPlaced ? order.totalTaxSet : order.currentTotalTaxSet
  const taxes = asPlaced ? order.taxLines : order.currentTaxLines
  const rates = new Set([...taxes.map((one) => rateOf(one) ?? 0), ...parts.map((part) => part.vat?.rate ?? 0)])
  const perRate = [...rates]
    .sort((a, b) => b - a)
    .map((rate) => {
      const vat = sum(taxes.filter((one) => (rateOf(one) ?? 0) === rate).map((one) => one.priceSet))
      const amount = sum(parts.filter((part) => (part.vat?.rate ?? 0) === rate).map((part) => part.amount))
      return { rate, net: mode === 'gross' ? amount - vat : amount, vat }
    })
    .filter((row) => row.net !== 0 || row.vat !== 0)
  return { gross, net: gross - tax, perRate }
}

function taxed(parts: readonly Part[]) {
  return parts.map((part) => ({
    amount: part.amount,
    category: part.vat?.category ?? ('E' as const),
    rate: part.vat?.rate ?? 0,
  }))
}

const DELIVERED = new Set(['FULFILLED', 'PARTIALLY_FULFILLED'])

/** What happened to the order in the shop already, so that nobody delivers it twice or for nothing. */
function stateProblems(order: ShopifyOrder): ParkReason[] {
  const state = order.displayFulfillmentStatus
  const refunded = order.totalRefundedSet
  // paid back because the order became smaller is no refund of what is still ordered
  const overpaid = Math.max(0, order.totalReceivedSet - order.currentTotalPriceSet)
  const delivered = DELIVERED.has(state) || order.fulfillments.some((one) => one.status === 'SUCCESS')
  const problems: ParkReason[] = []
  if (order.cancelledAt !== '')
    problems.push({ code: 'cancelled-in-shop', facts: { state: line(order.cancelReason, 40) || 'CANCELLED' } })
  if (refunded > 0 && (refunded > overpaid || order.cancelledAt !== ''))
    problems.push({ code: 'refunded-in-shop', facts: { state: line(state, 40), refunded } })
  if (delivered) problems.push({ code: 'delivered-in-shop', facts: { state: line(state, 40) || 'FULFILLED' } })
  return problems
}
