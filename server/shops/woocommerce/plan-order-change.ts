import { decimalOf, decimalOfCents, mulDiv } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { isPaidBefore, paymentMethodFor } from '../rules/payment-method.ts'
import type { WooOrder } from './shapes.ts'

/** Nothing is changed any more about an order in one of these. */
const FINAL = new Set(['cancelled', 'refunded', 'trash'])

export interface OrderChange {
  /** what PUT orders/ID sends; empty: the shop knows it already */
  body: Record<string, unknown>
  did: Remark[]
}

/**
 * The order's status. WooCommerce takes "processing" and "completed" for paid and sets date_paid, so an order that is not
 * paid stays where it is (on-hold), however much of it left: shipments say that. It becomes completed when it is
 * delivered, billed and paid, processing when it is paid before that.
 */
export function planStatus(order: WooOrder & { needs_payment?: unknown }, state: OrderState): OrderChange {
  if (FINAL.has(order.status)) return { body: {}, did: [] }
  if (state.cancelled.all)
    return order.status === 'failed'
      ? { body: {}, did: [] }
      : { body: { status: 'cancelled' }, did: [remark('cancelled')] }
  const isWaiting = ['pending', 'failed', 'on-hold'].includes(order.status)
  const reference = state.payment.reference && !order.transaction_id ? { transaction_id: state.payment.reference } : {}
  if (state.completed)
    return isWaiting || order.status === 'processing'
      ? { body: { status: 'completed', ...(isWaiting ? reference : {}) }, did: [remark('completed')] }
      : { body: {}, did: [] }
  if (!isWhollyPaid(state) || !isWaiting) return { body: {}, did: [] }
  if (order.status !== 'on-hold' && order.needs_payment === true)
    return { body: { set_paid: true, ...reference }, did: [remark('paid')] }
  return { body: { status: 'processing', ...reference }, did: [remark('paid'), remark('in-progress')] }
}

/** One paid invoice of several is not a paid order. */
export function isWhollyPaid({ payment, completed }: OrderState): boolean {
  return payment.isPaid && (completed || payment.paid >= payment.gross)
}

/** Whether the shop itself took the money: then it needs no word about it. */
export function tookMoneyItself(order: WooOrder): boolean {
  const method = paymentMethodFor([order.payment_method, order.payment_method_title], {})
  return isPaidBefore(method) && order.date_paid_gmt !== '' && !isPaidByUs(order)
}

/** Whether the status we write makes the shop set date_paid. */
function makesPaid(order: WooOrder, state: OrderState): boolean {
  const { status, set_paid } = planStatus(order, state).body
  return order.date_paid_gmt === '' && (set_paid === true || status === 'processing' || status === 'completed')
}

/** Whether it is our word that made the shop call the order paid: written with the status, in the same request. */
export function isPaidByUs(order: WooOrder): boolean {
  return metaOf(order, 'paid') !== ''
}

/**
 * Lines with fewer pieces than the shop shows. In an unpaid order the line gets the pieces left and their share of the
 * money (an edited quantity alone would leave the money as it was); a paid one keeps both, because the shop can only give
 * back what still stands in the order, and is told in a note. Pieces the shop took off itself are not taken off twice.
 */
export function planLines(order: WooOrder, state: OrderState): OrderChange {
  if (state.ordered === undefined || state.cancelled.all || order.date_paid_gmt !== '' || FINAL.has(order.status))
    return { body: {}, did: [] }
  const lines = order.line_items.flatMap((item) => {
    const left = leftOf(state, item.id)
    if (left === undefined || left >= item.quantity || left % 1000 !== 0) return []
    const share = (micros: number) => decimalOf(mulDiv(micros, left, item.quantity), 6)
    const money = { total: share(item.total), subtotal: share(item.subtotal ?? item.total) }
    return [{ id: Number(item.id), quantity: left / 1000, ...(left === 0 ? {} : money) }]
  })
  return lines.length === 0
    ? { body: {}, did: [] }
    : { body: { line_items: lines }, did: [remark('lines-smaller', { lines: lines.length })] }
}

function leftOf({ ordered, cancelled }: OrderState, id: string): Quantity | undefined {
  const agreed = ordered?.[id]
  return agreed === undefined || !cancelled.lines[id] ? undefined : Math.max(0, agreed - cancelled.lines[id])
}

/** Cancelled pieces the shop has not been told of yet and doesn't show by itself. */
export function untoldCancellations(order: WooOrder, state: OrderState): Record<string, Quantity> {
  const told = Object.fromEntries(entriesIn(metaOf(order, 'cancelled')).map(([id, quantity]) => [id, Number(quantity)]))
  const untold = Object.entries(state.cancelled.lines).flatMap(([id, quantity]) => {
    const item = order.line_items.find((one) => one.id === id)
    const left = leftOf(state, id)
    const isShown = item === undefined || (left !== undefined && item.quantity <= left)
    const more = quantity - (told[id] ?? 0)
    return isShown || more <= 0 ? [] : [[id, more] as const]
  })
  return Object.fromEntries(untold)
}

/* Our own meta data of an order, "a=b, c=d" each; keys with an underscore are not shown as custom fields. */

export type OwnMeta = 'number' | 'shipments' | 'invoices' | 'corrections' | 'payment' | 'paid' | 'cancelled'

export function metaOf(order: WooOrder, name: OwnMeta): string {
  const value = order.meta_data.find((one) => one.key === `_tresen_${name}`)?.value
  return typeof value === 'string' ? value : ''
}

export function entriesIn(value: string): [string, string][] {
  return value.split(', ').flatMap((entry): [string, string][] => {
    const at = entry.indexOf('=')
    return entry === '' ? [] : at < 0 ? [[entry, '']] : [[entry.slice(0, at), entry.slice(at + 1)]]
  })
}

export function entriesText(entries: readonly (readonly [string, string])[]): string {
  return entries.map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(', ')
}

/** What our meta data should say by now; only what differs is sent. */
export function planMeta(order: WooOrder, state: OrderState): { key: string; value: string }[] {
  const cancelled = state.cancelled.all
    ? [['all', ''] as const]
    : Object.entries(state.cancelled.lines).map(([id, quantity]) => [id, String(quantity)] as const)
  const { paid, gross } = state.payment
  const wanted: Record<OwnMeta, string> = {
    number: state.number,
    shipments: entriesText(state.shipments.map(({ number, trackingNumber }) => [number, trackingNumber ?? ''])),
    invoices: entriesText(
      state.invoices.map((one) => [one.number, `${decimalOfCents(one.gross)} open ${decimalOfCents(one.open)}`]),
    ),
    corrections: entriesText(state.corrections.map(({ number, corrects }) => [number, corrects])),
    payment: paid > 0 && !tookMoneyItself(order) ? `${decimalOfCents(paid)} of ${decimalOfCents(gross)}` : '',
    paid: makesPaid(order, state) ? 'here' : metaOf(order, 'paid'),
    cancelled: entriesText(cancelled),
  }
  return (Object.keys(wanted) as OwnMeta[]).flatMap((name) =>
    wanted[name] === metaOf(order, name) ? [] : [{ key: `_tresen_${name}`, value: wanted[name] }],
  )
}
