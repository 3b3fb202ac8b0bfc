import type { NewOrderInput, ParkReason } from '../../../common/orders/api.ts'
import { agreedLine } from '../rules/agreed-line.ts'
import { type Detail, detailsOf, findBuyerOrderNumber, findNote, findVatId } from '../rules/buyer-details.ts'
import { checkTotals, type StatedTotals } from '../rules/check-totals.ts'
import { line, orNothing, words } from '../rules/plain-text.ts'
import { type AddressInput, postalAddress } from '../rules/postal-address.ts'
import {
  isRecord,
  pathOf,
  type ReadOptions,
  type ReadOrders,
  readAs,
  type ShopOrder,
  unreadable,
} from '../shop-order.ts'
import { priceModeOf } from './price-mode.ts'
import { baseOf, type Part, type Reading, readParts } from './read-parts.ts'
import { momentOf, readPayment, refundedOf, standingPayments } from './read-payments.ts'
import { type VendureAddress, type VendureOrder, vendureOrder } from './shapes.ts'

/**
 * The orders of an answer of Vendure's Admin API: {data: {order}}, {data: {orders: {items}}}, a recorded
 * {query, variables, response}, an order by itself or a list of any of these.
 */
export const readOrders: ReadOrders = (document, options) => ordersIn(document).map((raw) => readOrder(raw, options))

function ordersIn(document: unknown, depth = 6): unknown[] {
  if (depth === 0) return [document]
  if (Array.isArray(document)) return document.flatMap((one) => ordersIn(one, depth - 1))
  if (!isRecord(document) || 'lines' in document) return [document]
  const inner = document.response ?? document.data ?? document.order ?? document.orders ?? document.items
  return inner === undefined || inner === null ? [document] : ordersIn(inner, depth - 1)
}

function readOrder(raw: unknown, options: ReadOptions): ShopOrder {
  const parsed = vendureOrder.safeParse(raw)
  const code = isRecord(raw) && typeof raw.code === 'string' ? orNothing(line(raw.code, 80)) : undefined
  if (!parsed.success) return unreadable(raw, pathOf(parsed.error), code ?? null)
  if (code === undefined) return unreadable(raw, 'code')
  const order = parsed.data
  if (order.currencyCode !== 'EUR') {
    const reason: ParkReason = { code: 'foreign-currency', facts: { currency: line(order.currencyCode, 10) } }
    return { order: null, externalNumber: code, problems: [reason, ...stateProblems(order)], raw }
  }
  const who = readBuyer(order)
  const asPlaced = order.state === 'Cancelled' && order.lines.every((row) => row.quantity === 0)
  const read = readLines(order, {
    mode: priceModeOf(order),
    country: who.deliverTo?.country ?? 'DE',
    vatId: who.customer.vatId,
    asPlaced,
  })
  const problems = [...stateProblems(order), ...read.problems]
  // a cancelled order that was placed empty and filled by a change: the shop keeps no quantity of it
  if (asPlaced && read.lines.length === 0) return { order: null, externalNumber: code, problems, raw }
  return readAs(
    raw,
    {
      channel: options.channel,
      externalNumber: code,
      orderedAt: momentOf(order.orderPlacedAt)?.toISOString(),
      currency: 'EUR',
      priceMode: read.mode,
      ...who,
      note: orNothing(words(findNote(detailsOf(order.customFields)), 1000)),
      ...readPayment(order, options),
      lines: read.lines,
      totals: read.totals,
    },
    problems,
  )
}

function readLines(order: VendureOrder, reading: Reading) {
  const first = linesIn(order, reading)
  if (reading.asPlaced) return { ...first, totals: placedTotals(order, first.parts), mode: reading.mode }
  if (reading.mode === 'gross' && first.problems.some((problem) => problem.code === 'totals-differ')) {
    // OrderLevelTaxCalculationStrategy puts the VAT on the nets of the order: then they are what was agreed, also in a
    // gross shop, because the gross lines don't make the total
    const asNet = linesIn(order, { ...reading, mode: 'net' })
    if (!asNet.problems.some((problem) => problem.code === 'totals-differ')) return { ...asNet, mode: 'net' as const }
  }
  return { ...first, mode: reading.mode }
}

function linesIn(order: VendureOrder, reading: Reading) {
  const parts = readParts(order, reading)
  const totals = statedTotals(order)
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
    ...(unexplained.length > 0 || reading.asPlaced ? [] : checkTotals(taxed(parts), reading.mode, totals)),
  ]
  return { parts, lines: parts.map(agreedLine), totals, problems }
}

/** Rows of the tax summary are one a rate and description ("MwSt. 19 %", "shipping tax"): added up by rate. */
function statedTotals(order: VendureOrder): StatedTotals {
  const rates = [...new Set(order.taxSummary.map((row) => row.taxRate))].sort((a, b) => b - a)
  const perRate = rates.map((rate) => {
    const vat = order.taxSummary.filter((row) => row.taxRate === rate).reduce((sum, row) => sum + row.taxTotal, 0)
    return { rate, net: baseOf(order, rate), vat }
  })
  return { gross: order.totalWithTax, net: order.total, perRate }
}

/** Vendure sets a cancelled order to zero. What it was is only still told by its payments; if they agree it's the total. */
function placedTotals(order: VendureOrder, parts: readonly Part[]): StatedTotals | undefined {
  const sumOf = (rows: readonly Part[], key: 'net' | 'gross') => rows.reduce((sum, row) => sum + row[key], 0)
  const gross = sumOf(parts, 'gross')
  const authorised = standingPayments(order).reduce((sum, payment) => sum + payment.amount, 0)
  if (authorised !== gross) return undefined
  const rates = [...new Set(parts.map((part) => part.vat?.rate ?? 0))].sort((a, b) => b - a)
  const perRate = rates.map((rate) => {
    const rows = parts.filter((part) => (part.vat?.rate ?? 0) === rate)
    return { rate, net: sumOf(rows, 'net'), vat: sumOf(rows, 'gross') - sumOf(rows, 'net') }
  })
  return { gross, net: sumOf(parts, 'net'), perRate }
}

function taxed(parts: readonly Part[]) {
  return parts.map((part) => ({
    amount: part.amount,
    category: part.vat?.category ?? ('E' as const),
    rate: part.vat?.rate ?? 0,
  }))
}

const NOT_PLACED = new Set(['Created', 'Draft', 'AddingItems', 'ArrangingPayment', 'Modifying'])
const DELIVERED = new Set(['Shipped', 'PartiallyShipped', 'Delivered', 'PartiallyDelivered'])

/** What happened to the order in the shop already. Delivery is read from the fulfilments: the state may stay PaymentAuthorized. */
function stateProblems(order: VendureOrder): ParkReason[] {
  const { state } = order
  const fulfilment = order.fulfillments.find((one) => one.state !== 'Cancelled')
  const ofChanges = new Set(order.modifications.flatMap((change) => (change.refund ? [change.refund.id] : [])))
  const standing = standingPayments(order)
  const refunded = refundedOf(standing, ofChanges)
  const backForChanges = refundedOf(standing) - refunded
  const overpaid = standing.reduce((sum, payment) => sum + payment.amount, 0) - backForChanges - order.totalWithTax
  // paid back because the order became smaller is no refund of what is still ordered
  const givenBack = state === 'Cancelled' ? refunded > 0 : refunded > Math.max(0, overpaid)
  const problems: ParkReason[] = []
  if (NOT_PLACED.has(state)) problems.push({ code: 'unreadable-order', facts: { path: 'state', state } })
  if (state === 'Cancelled') problems.push({ code: 'cancelled-in-shop', facts: { state } })
  if (givenBack) problems.push({ code: 'refunded-in-shop', facts: { state, refunded } })
  if (fulfilment || DELIVERED.has(state))
    problems.push({ code: 'delivered-in-shop', facts: { state, fulfilment: fulfilment?.state ?? null } })
  return problems
}

interface Buyer {
  customer: NewOrderInput['customer']
  billTo: AddressInput | undefined
  deliverTo: AddressInput | undefined
  buyerOrderNumber: string | undefined
}

function readBuyer(order: VendureOrder): Buyer {
  const { customer, billingAddress, shippingAddress } = order
  const ofOrder = detailsOf(order.customFields)
  const vatDetails: Detail[] = [
    billingAddress,
    customer,
    { customFields: order.customFields },
    shippingAddress,
  ].flatMap((one) => detailsOf(one?.customFields))
  const ofPayments = order.payments.flatMap((payment) => detailsOf(payment.metadata))
  const vatId = findVatId(vatDetails)
  const [billTo, deliverTo] = [readAddress(billingAddress, order), readAddress(shippingAddress, order)]
  return {
    customer: {
      // a customer without a user ordered as a guest; Vendure still makes him a customer
      guest: !customer?.user,
      shopCustomerId: customer ? orNothing(line(customer.id, 120)) : undefined,
      email: orNothing(line(customer?.emailAddress, 254)),
      vatId,
      company: Boolean(vatId ?? (billingAddress?.company.trim() || shippingAddress?.company.trim())),
    },
    billTo: billTo ?? deliverTo,
    deliverTo: deliverTo ?? billTo,
    buyerOrderNumber: findBuyerOrderNumber([...ofOrder, ...ofPayments]),
  }
}

function readAddress(address: VendureAddress, { customer }: VendureOrder): AddressInput | undefined {
  if (!address) return undefined
  return postalAddress({
    company: address.company,
    person: address.fullName || `${customer?.firstName ?? ''} ${customer?.lastName ?? ''}`,
    street: address.streetLine1,
    addition: address.streetLine2,
    postalCode: address.postalCode,
    city: address.city,
    country: address.countryCode,
    phone: address.phoneNumber,
    email: customer?.emailAddress ?? '',
  })
}
