import type { NewOrderInput, ParkReason } from '../../../common/orders/api.ts'
import type { PriceMode } from '../../../common/tax/vat.ts'
import { agreedLine } from '../rules/agreed-line.ts'
import { type Detail, detailsOf, findBuyerOrderNumber, findVatId } from '../rules/buyer-details.ts'
import { checkTotals, type StatedTotals } from '../rules/check-totals.ts'
import { decodeEntities, line, orNothing, words } from '../rules/plain-text.ts'
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
import { type Part, rateOf, readParts } from './read-parts.ts'
import { momentOf, readPayment } from './read-payment.ts'
import { settleRounding } from './settle-rounding.ts'
import { centsOf, type WooOrder, wooOrder } from './shapes.ts'

/** The orders of an answer of WooCommerce REST v3: one order, a list, or a recorded page {request, headers, body}. */
export const readOrders: ReadOrders = (document, options) => {
  const found = isRecord(document) && document.line_items === undefined && 'body' in document ? document.body : document
  return (Array.isArray(found) ? found : [found]).map((raw) => readOrder(raw, options))
}

function readOrder(raw: unknown, options: ReadOptions): ShopOrder {
  const parsed = wooOrder.safeParse(raw)
  if (!parsed.success) return unreadable(raw, pathOf(parsed.error), numberOf(raw))
  const order = parsed.data
  const externalNumber = line(order.number ?? order.id, 80)
  if (externalNumber === '') return unreadable(raw, 'number')
  if (order.currency !== 'EUR') {
    const reason: ParkReason = { code: 'foreign-currency', facts: { currency: line(order.currency, 10) } }
    return { order: null, externalNumber, problems: [reason, ...stateProblems(order)], raw }
  }
  const who = readBuyer(order)
  const mode = order.prices_include_tax ? 'gross' : 'net'
  const parts = readParts(order, { country: who.deliverTo?.country ?? 'DE', vatId: who.customer.vatId })
  const read = readLines(order, parts, mode)
  return readAs(
    raw,
    {
      channel: options.channel,
      externalNumber,
      orderedAt: momentOf(order.date_created_gmt)?.toISOString(),
      currency: 'EUR',
      priceMode: mode,
      ...who,
      note: orNothing(words(decodeEntities(order.customer_note), 1000)),
      ...readPayment(order, options),
      lines: read.lines,
      totals: read.totals,
    },
    [...stateProblems(order), ...read.problems],
  )
}

function readLines(order: WooOrder, parts: readonly Part[], mode: PriceMode) {
  const [gross, vat] = [centsOf(order.total), centsOf(order.total_tax)]
  const amounts = settleRounding(parts, mode, mode === 'gross' ? gross : gross - vat)
  const discountReason = orNothing(line(order.coupon_lines.map((coupon) => coupon.code).join(', '), 120))
  const rows = parts.map((part, i) => {
    const before = mode === 'gross' ? part.netBefore + part.taxBefore : part.netBefore
    const untouched = before === (mode === 'gross' ? part.net + part.tax : part.net)
    return { ...part, before: untouched ? amounts[i]! : before, amount: amounts[i]!, discountReason }
  })
  const totals = statedTotals(order, rows, mode)
  const taxed = rows.map((row) => ({
    amount: row.amount,
    category: row.vat?.category ?? 'E',
    rate: row.vat?.rate ?? 0,
  }))
  const untaxed = rows.filter((row) => row.vat === null)
  const problems: ParkReason[] = [
    ...rows
      .filter((row) => row.kind === 'goods' && row.article === undefined)
      .map(
        (row): ParkReason => ({ code: 'unknown-article', facts: { line: row.externalLine, name: row.name ?? null } }),
      ),
    ...untaxed.map((row): ParkReason => ({ code: 'no-vat-rate', facts: { line: row.externalLine, tax: row.tax } })),
    ...(untaxed.length === 0 ? checkTotals(taxed, mode, totals) : []),
  ]
  const lines = rows.filter((row) => row.kind === 'goods' || row.amount !== 0).map(agreedLine)
  return { lines, totals, problems }
}

/** The shop's own totals. It states the VAT of each rate; the net of a rate is what the lines of the rate leave. */
function statedTotals(order: WooOrder, rows: readonly (Part & { amount: number })[], mode: PriceMode): StatedTotals {
  const rateOfTax = (id: string) => rateOf(order, id) ?? 0
  const rates = new Set([
    ...order.tax_lines.map((tax) => rateOfTax(tax.rate_id)),
    ...rows.map((row) => row.vat?.rate ?? 0),
  ])
  const perRate = [...rates]
    .sort((a, b) => b - a)
    .map((rate) => {
      const taxes = order.tax_lines.filter((tax) => rateOfTax(tax.rate_id) === rate)
      const vat = sum(taxes.map((tax) => centsOf(tax.tax_total + tax.shipping_tax_total)))
      const amount = sum(rows.filter((row) => (row.vat?.rate ?? 0) === rate).map((row) => row.amount))
      return { rate, net: mode === 'gross' ? amount - vat : amount, vat }
    })
  // a 0 % row that only a free shipping line made says nothing
  const said = perRate.filter(
    (row) => row.net !== 0 || row.vat !== 0 || order.tax_lines.some((tax) => rateOfTax(tax.rate_id) === row.rate),
  )
  return { gross: centsOf(order.total), net: centsOf(order.total) - centsOf(order.total_tax), perRate: said }
}

const CANCELLED = new Set(['cancelled', 'trash', 'failed'])
const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft'])
/** also states that plugins add: "partial-shipped", "versendet", "teilgeliefert" */
const DELIVERED = /^completed$|shipped|delivered|versendet|versandt|geliefert/
const FULFILLED = new Set(['fulfilled', 'partially_fulfilled'])

/** What happened to the order in the shop already, so that nobody delivers it twice or for nothing. */
function stateProblems(order: WooOrder): ParkReason[] {
  const state = order.status.replace(/^wc-/, '')
  const fulfilment = order.meta_data.find((one) => one.key === '_fulfillment_status')?.value
  const delivery = DELIVERED.test(state)
    ? state
    : typeof fulfilment === 'string' && FULFILLED.has(fulfilment)
      ? fulfilment
      : undefined
  const refunded = sum(order.refunds.map((refund) => Math.abs(centsOf(refund.total))))
  const problems: ParkReason[] = []
  if (DRAFTS.has(state)) problems.push({ code: 'unreadable-order', facts: { path: 'status', state } })
  if (CANCELLED.has(state)) problems.push({ code: 'cancelled-in-shop', facts: { state } })
  if (state === 'refunded' || order.refunds.length > 0)
    problems.push({ code: 'refunded-in-shop', facts: { state, refunded } })
  if (delivery !== undefined) problems.push({ code: 'delivered-in-shop', facts: { state: delivery } })
  return problems
}

interface Buyer {
  customer: NewOrderInput['customer']
  billTo: AddressInput | undefined
  deliverTo: AddressInput | undefined
  buyerOrderNumber: string | undefined
}

function readBuyer(order: WooOrder): Buyer {
  const details: Detail[] = [
    ...detailsOf(order.billing),
    ...order.meta_data.flatMap((one): Detail[] => detailsOf({ [one.key]: one.value })),
  ]
  const vatId = findVatId(details)
  const [billing, shipping] = [readAddress(order.billing), readAddress(order.shipping)]
  const guest = order.customer_id == null || order.customer_id === '0' || order.customer_id === ''
  const customer = {
    guest,
    shopCustomerId: guest ? undefined : orNothing(line(order.customer_id, 120)),
    email: orNothing(line(order.billing?.email, 254)),
    vatId,
    company: Boolean(vatId ?? order.billing?.company.trim()),
  }
  return {
    customer,
    billTo: billing ?? shipping,
    deliverTo: shipping ?? billing,
    buyerOrderNumber: findBuyerOrderNumber(details),
  }
}

export function readAddress(address: WooOrder['billing']): AddressInput | undefined {
  if (!address) return undefined
  return postalAddress({
    company: decodeEntities(address.company),
    person: decodeEntities(`${address.first_name} ${address.last_name}`),
    street: decodeEntities(address.address_1),
    addition: decodeEntities(address.address_2),
    postalCode: address.postcode,
    city: decodeEntities(address.city),
    country: address.country,
    phone: address.phone,
    email: address.email,
  })
}

function numberOf(raw: unknown): string | null {
  if (!isRecord(raw)) return null
  const number = raw.number ?? raw.id
  return typeof number === 'string' || typeof number === 'number' ? (orNothing(line(String(number), 80)) ?? null) : null
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
