import type { ParkReason } from '../../../common/orders/api.ts'
import { type AgreedLine, agreedLine } from '../rules/agreed-line.ts'
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
import { type Reading, readParts, sum } from './read-parts.ts'
import { momentOf, readPayment } from './read-payment.ts'
import { type ShopwareOrder, shopwareOrder } from './shapes.ts'

/** The orders of an answer of the Admin API as JSON: {data: [...]}, {data: order}, an order by itself or a list of these. */
export const readOrders: ReadOrders = (document, options) => ordersIn(document).map((raw) => readOrder(raw, options))

export function ordersIn(document: unknown, depth = 5): unknown[] {
  if (depth === 0) return [document]
  if (Array.isArray(document)) return document.flatMap((one) => ordersIn(one, depth - 1))
  if (!isRecord(document) || 'orderNumber' in document || 'lineItems' in document) return [document]
  const inner = document.data ?? document.order ?? document.elements
  return inner === undefined || inner === null ? [document] : ordersIn(inner, depth - 1)
}

function readOrder(raw: unknown, options: ReadOptions): ShopOrder {
  const parsed = shopwareOrder.safeParse(raw)
  const given = isRecord(raw) && typeof raw.orderNumber === 'string' ? raw.orderNumber : ''
  const number = orNothing(line(given, 80))
  if (!parsed.success) return unreadable(raw, pathOf(parsed.error), number ?? null)
  if (number === undefined) return unreadable(raw, 'orderNumber')
  const order = parsed.data
  if (order.currency.isoCode !== 'EUR') {
    const reason: ParkReason = { code: 'foreign-currency', facts: { currency: line(order.currency.isoCode, 10) } }
    return { order: null, externalNumber: number, problems: [reason, ...stateProblems(order)], raw }
  }
  const who = readBuyer(order)
  const mode = order.price.taxStatus === 'gross' ? 'gross' : 'net'
  const read = readLines(order, { mode, country: who.deliverTo?.country ?? 'DE', vatId: who.customer.vatId })
  return readAs(
    raw,
    {
      channel: options.channel,
      externalNumber: number,
      orderedAt: momentOf(order.orderDateTime || order.createdAt)?.toISOString(),
      currency: 'EUR',
      priceMode: mode,
      ...who,
      note: orNothing(words(order.customerComment, 1000)),
      ...readPayment(order, options),
      lines: read.lines,
      totals: read.totals,
    },
    [...stateProblems(order), ...read.problems],
  )
}

function readLines(order: ShopwareOrder, reading: Reading) {
  const parts = readParts(order, reading)
  const totals = statedTotals(order, parts, reading)
  const taxed = parts.map((part) => ({
    amount: part.amount,
    category: part.vat?.category ?? ('E' as const),
    rate: part.vat?.rate ?? 0,
  }))
  const unexplained = parts.filter((part) => part.vat === null)
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
    ...(unexplained.length > 0 ? [] : checkTotals(taxed, reading.mode, totals)),
  ]
  return { lines: parts.map(agreedLine), totals, problems }
}

/** The shop's own totals: the taxes of the order by rate. Tax-free orders state none; then the lines say what is at 0 %. */
function statedTotals(order: ShopwareOrder, parts: readonly AgreedLine[], { mode }: Reading): StatedTotals {
  const { totalPrice, netPrice, calculatedTaxes } = order.price
  const byRate = Map.groupBy(calculatedTaxes, (row) => Math.round(row.taxRate * 100))
  const rates = new Set([...byRate.keys(), ...parts.map((part) => part.vat?.rate ?? 0)])
  const perRate = [...rates]
    .sort((a, b) => b - a)
    .map((rate) => {
      const rows = byRate.get(rate)
      const vat = sum((rows ?? []).map((row) => row.tax))
      const ours = sum(parts.filter((part) => (part.vat?.rate ?? 0) === rate).map((part) => part.amount))
      const price = rows ? sum(rows.map((row) => row.price)) : ours
      return { rate, net: mode === 'gross' ? price - vat : price, vat }
    })
    .filter((row) => row.net !== 0 || row.vat !== 0)
  return { gross: totalPrice, net: netPrice, perRate }
}

const SENT = new Set(['shipped', 'shipped_partially', 'returned', 'returned_partially'])
const PAID_BACK = new Set(['refunded', 'refunded_partially', 'chargeback'])

/** What happened to the order in the shop already, so that nobody delivers it twice or for nothing. */
function stateProblems(order: ShopwareOrder): ParkReason[] {
  const state = order.stateMachineState
  const sent = order.deliveries.find((one) => SENT.has(one.stateMachineState))
  const back = order.transactions.find((one) => PAID_BACK.has(one.stateMachineState))
  const problems: ParkReason[] = []
  if (state === 'cancelled') problems.push({ code: 'cancelled-in-shop', facts: { state } })
  if (back) problems.push({ code: 'refunded-in-shop', facts: { state: back.stateMachineState } })
  if (sent || state === 'completed')
    problems.push({ code: 'delivered-in-shop', facts: { state: sent?.stateMachineState ?? state } })
  return problems
}
