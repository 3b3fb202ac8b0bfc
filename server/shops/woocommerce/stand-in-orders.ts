import { microsOf } from './shapes.ts'
import {
  followQuantity,
  type ItemDoc,
  type Meta,
  nextId,
  type OrderDoc,
  recalculate,
  type ShopData,
  setMeta,
  setStatus,
  stamp,
  touch,
} from './stand-in-shop.ts'

/* What the stand-in does with writes to orders, as seen on the real shop and read in its controllers. */

export class BadRequest extends Error {}

interface OrderWrite {
  status?: string
  set_paid?: boolean
  transaction_id?: string
  meta_data?: { key: string; value: unknown }[]
  line_items?: { id: number; quantity?: number; total?: string; subtotal?: string }[]
}

/** PUT orders/ID: meta data by key, lines, then the status; set_paid only while the order needs payment. */
export function writeOrder(shop: ShopData, order: OrderDoc, write: OrderWrite): void {
  for (const { key, value } of write.meta_data ?? []) setMeta(shop, order.meta_data, key, value)
  if (write.transaction_id !== undefined) order.transaction_id = write.transaction_id
  for (const line of write.line_items ?? []) writeLine(shop, order, line)
  if (write.line_items) recalculate(shop, order)
  if (write.status !== undefined && write.status !== order.status) setStatus(shop, order, write.status)
  else if (write.set_paid && order.needs_payment) setStatus(shop, order, 'processing')
  else touch(shop, order)
}

/** A quantity of 0 removes the line; a quantity alone leaves its money as it was. */
function writeLine(shop: ShopData, order: OrderDoc, write: NonNullable<OrderWrite['line_items']>[number]): void {
  const item = order.line_items.find((one) => one.id === write.id)
  if (!item) throw new BadRequest('Order item ID provided is not associated with order.')
  if (write.quantity !== undefined && !Number.isInteger(write.quantity))
    throw new BadRequest('quantity is not of type integer')
  if (write.quantity === 0) {
    order.line_items = order.line_items.filter((one) => one !== item)
    return
  }
  const exact = shop.exactNets.get(item.id)!
  if (write.quantity !== undefined) {
    item.quantity = write.quantity
    followQuantity(shop, order, item, write.quantity)
  }
  if (write.total !== undefined) exact.total = microsOf(write.total)!
  if (write.subtotal !== undefined) exact.subtotal = microsOf(write.subtotal)!
}

/** Somebody in the administration takes pieces off a line, with their share of the money. */
export function takeOff(shop: ShopData, order: OrderDoc, item: ItemDoc, pieces: number): void {
  const left = Math.max(0, item.quantity - pieces)
  followQuantity(shop, order, item, left)
  const exact = shop.exactNets.get(item.id)!
  exact.total = Math.round((exact.total * left) / item.quantity)
  exact.subtotal = Math.round((exact.subtotal * left) / item.quantity)
  item.quantity = left
  if (left === 0) order.line_items = order.line_items.filter((one) => one !== item)
  recalculate(shop, order)
  touch(shop, order)
}

export function addNote(shop: ShopData, order: OrderDoc, body: { note: string; customer_note?: boolean }) {
  const { local, gmt } = stamp()
  const note = {
    id: nextId(shop),
    author: 'WooCommerce',
    date_created: local,
    date_created_gmt: gmt,
    note: body.note,
    customer_note: body.customer_note ?? false,
  }
  const notes = shop.notes.get(order.id) ?? []
  shop.notes.set(order.id, [note, ...notes])
  return note
}

/** Takes any quantity, also more than was ordered; the order only gets a word in its meta data. */
export function addFulfilment(shop: ShopData, order: OrderDoc, body: { meta_data: { key: string; value: unknown }[] }) {
  const one = {
    id: nextId(shop),
    entity_type: 'WC_Order',
    entity_id: String(order.id),
    status: 'fulfilled',
    is_fulfilled: '1',
    date_updated: stamp().gmt,
    date_deleted: null,
    meta_data: body.meta_data.map(({ key, value }) => ({ id: nextId(shop), key, value })),
  }
  const all = [...(shop.fulfilments.get(order.id) ?? []), one]
  shop.fulfilments.set(order.id, all)
  const sent = all.flatMap((row) => itemsOf(row)).reduce((sum, { qty }) => sum + qty, 0)
  const ordered = order.line_items.reduce((sum, item) => sum + item.quantity, 0)
  setMeta(shop, order.meta_data, '_fulfillment_status', sent >= ordered ? 'fulfilled' : 'partially_fulfilled')
  touch(shop, order)
  return one
}

export function itemsOf(row: { meta_data: Meta[] }): { item_id: number; qty: number }[] {
  return (row.meta_data.find((one) => one.key === '_items')?.value ?? []) as { item_id: number; qty: number }[]
}
