import { decimalOfCents } from '../../../common/money.ts'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { pathOf } from '../shop-order.ts'
import { isId, type WooApi } from './api.ts'
import { type OrderNotes, orderNotes } from './order-notes.ts'
import { cancellationNote, correctionNote, invoiceNote, isSameNote, names, paymentNote } from './order-words.ts'
import {
  entriesIn,
  isWhollyPaid,
  metaOf,
  planLines,
  planMeta,
  planStatus,
  tookMoneyItself,
  untoldCancellations,
} from './plan-order-change.ts'
import { type WooOrder, wooOrder } from './shapes.ts'
import { type Features, tellShipments } from './tell-shipments.ts'

/**
 * Brings the shop's order to our state. First what can be written twice, each looked for before it is written: shipments,
 * then notes; at last status, lines and our meta data in one request that takes effect whole or not at all. Whatever
 * answer gets lost in between, the next call finds what is there. One call an order at a time. An order in the trash is
 * left alone.
 */
export async function showOrder(api: WooApi, features: Features, state: OrderState): Promise<Remark[]> {
  const order = await readOrder(api, state.externalId)
  if (order.status === 'trash') return []
  const notes = orderNotes(api, order.id)
  const did = await tellShipments({ api, features, notes }, order, state.shipments)
  did.push(...(await tellRest(notes, order, state)))
  const [status, lines, meta] = [planStatus(order, state), planLines(order, state), planMeta(order, state)]
  const body = { ...status.body, ...lines.body, ...(meta.length > 0 ? { meta_data: meta } : {}) }
  if (Object.keys(body).length > 0) await api.send('PUT', `orders/${order.id}`, body)
  return [...did, ...lines.did, ...status.did]
}

async function readOrder(api: WooApi, id: string): Promise<WooOrder> {
  // six decimals: a line's share of the money is taken from what the shop counts with
  const answer = isId(id) ? await api.find(`orders/${id}`, { dp: 6 }) : null
  if (answer === null) throw new ShopError('refused', remark('order-gone', { order: id }), { status: 404 })
  const parsed = wooOrder.safeParse(answer.json)
  if (!parsed.success)
    throw new ShopError('refused', remark('order-unreadable', { order: id, path: pathOf(parsed.error) }))
  return parsed.data
}

/** Invoices and their corrections, cancelled pieces and the payment, each once, for the merchant's staff. */
async function tellRest(notes: OrderNotes, order: WooOrder, state: OrderState): Promise<Remark[]> {
  const did: Remark[] = []
  const told = new Map([...entriesIn(metaOf(order, 'invoices')), ...entriesIn(metaOf(order, 'corrections'))])
  for (const invoice of state.invoices.filter(({ number }) => !told.has(number)))
    if (await notes.add(invoiceNote(invoice), { isThere: (note) => names(note, `Rechnung ${invoice.number}`) }))
      did.push(remark('invoice-told', { number: invoice.number }))
  for (const correction of state.corrections.filter(({ number }) => !told.has(number)))
    if (await notes.add(correctionNote(correction), { isThere: (note) => names(note, correction.number) }))
      did.push(remark('correction-told', { number: correction.number }))
  for (const text of cancellationsToTell(order, state))
    if (await notes.add(text, { isThere: (note) => isSameNote(note, text) })) did.push(remark('cancellation-told'))
  const { gross, paid } = state.payment
  const paidText = paymentNote(state.payment)
  const isNew = isWhollyPaid(state) && paid > 0 && gross > 0 && !metaOf(order, 'payment').startsWith(amountOf(paid))
  if (isNew && !tookMoneyItself(order))
    if (await notes.add(paidText, { isThere: (note) => isSameNote(note, paidText) })) did.push(remark('payment-told'))
  return did
}

function cancellationsToTell(order: WooOrder, state: OrderState): string[] {
  const { all, reason } = state.cancelled
  if (all)
    return order.status === 'cancelled' || metaOf(order, 'cancelled') === 'all'
      ? []
      : [cancellationNote(order, 'all', reason)]
  const lines = untoldCancellations(order, state)
  return Object.keys(lines).length === 0 ? [] : [cancellationNote(order, lines, reason)]
}

function amountOf(cents: number): string {
  return `${decimalOfCents(cents)} of`
}
