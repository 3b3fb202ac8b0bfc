import { z } from 'zod'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { listOf, type WooApi } from './api.ts'
import type { OrderNotes } from './order-notes.ts'
import { names, shipmentNote, trackingNote } from './order-words.ts'
import { entriesIn, metaOf } from './plan-order-change.ts'
import { metaData, type WooOrder } from './shapes.ts'

type Shipment = OrderState['shipments'][number]

/** Whether the shop has the fulfilments feature; asked once while a shop is open. */
export interface Features {
  fulfilments?: boolean
}

const fulfilment = z.looseObject({ id: z.int(), date_deleted: z.unknown().optional(), meta_data: metaData })
const fulfilledItems = z.array(z.looseObject({ item_id: z.coerce.string(), qty: z.coerce.number() })).catch([])
type Fulfilment = z.output<typeof fulfilment>

/**
 * Tells the shop which pieces left in which shipment: as a fulfilment where it has that feature, else as a note to the
 * buyer. The shop takes a fulfilment of five pieces of two and any note twice, so what is there is read first: a shipment
 * already told is known by our meta data, or by its number in a fulfilment or note that was written although its answer
 * got lost; pieces the merchant's staff sent by hand are not sent again.
 */
export async function tellShipments(
  { api, features, notes }: { api: WooApi; features: Features; notes: OrderNotes },
  order: WooOrder,
  shipments: readonly Shipment[],
): Promise<Remark[]> {
  const told = new Map(entriesIn(metaOf(order, 'shipments')))
  const untold = shipments.filter(({ number }) => !told.has(number))
  const untracked = shipments.filter(
    ({ number, trackingNumber }) => told.has(number) && trackingNumber && told.get(number) !== trackingNumber,
  )
  if (untold.length + untracked.length === 0) return []
  const path = `orders/${order.id}/fulfillments`
  const answer = features.fulfilments === false ? null : await api.find(path)
  features.fulfilments = answer !== null
  if (answer === null) return tellByNotes(notes, order, untold, untracked)
  const known = listOf(answer.json, path).flatMap((row) => fulfilment.safeParse(row).data ?? [])
  return tellByFulfilments(api, path, { order, untold, untracked, known: known.filter((one) => !one.date_deleted) })
}

async function tellByNotes(
  notes: OrderNotes,
  order: WooOrder,
  untold: readonly Shipment[],
  untracked: readonly Shipment[],
): Promise<Remark[]> {
  const did: Remark[] = []
  for (const shipment of untold) {
    const text = shipmentNote(order, shipment)
    if (await notes.add(text, { toBuyer: true, isThere: (note) => names(note, shipment.number) }))
      did.push(remark('shipment-told', { number: shipment.number }))
  }
  for (const shipment of untracked) {
    const isThere = (note: string) => names(note, shipment.number) && names(note, shipment.trackingNumber!)
    if (await notes.add(trackingNote(shipment), { toBuyer: true, isThere }))
      did.push(remark('tracking-told', { number: shipment.trackingNumber! }))
  }
  return did
}

async function tellByFulfilments(
  api: WooApi,
  path: string,
  work: { order: WooOrder; untold: readonly Shipment[]; untracked: readonly Shipment[]; known: readonly Fulfilment[] },
): Promise<Remark[]> {
  const { order, untold, untracked, known } = work
  const did: Remark[] = []
  const left = new Map(order.line_items.map((item) => [item.id, item.quantity]))
  for (const one of known)
    for (const { item_id, qty } of itemsOf(one)) left.set(item_id, (left.get(item_id) ?? 0) - qty * 1000)
  for (const shipment of untold) {
    if (known.some((one) => valueIn(one, '_tresen_shipment') === shipment.number)) continue
    const items = Object.entries(shipment.lines).flatMap(([id, quantity]) => {
      const now = Math.min(quantity, left.get(id) ?? 0)
      left.set(id, (left.get(id) ?? 0) - now)
      return now > 0 ? [{ item_id: Number(id), qty: now / 1000 }] : []
    })
    if (items.length === 0) continue
    const meta_data = [
      { key: '_items', value: items },
      { key: '_tresen_shipment', value: shipment.number },
      ...trackingMeta(shipment),
    ]
    await api.send('POST', path, { status: 'fulfilled', is_fulfilled: true, meta_data }, { notify_customer: 'true' })
    did.push(remark('shipment-told', { number: shipment.number }))
  }
  for (const shipment of untracked) {
    const one = known.find((row) => valueIn(row, '_tresen_shipment') === shipment.number)
    if (!one || valueIn(one, '_tracking_number') === shipment.trackingNumber) continue
    // what isn't sent along is removed from a fulfilment
    const kept = one.meta_data.filter(({ key }) => !['_tracking_number', '_shipment_provider'].includes(key))
    const meta_data = [...kept.map(({ key, value }) => ({ key, value })), ...trackingMeta(shipment)]
    await api.send('PUT', `${path}/${one.id}`, { meta_data }, { notify_customer: 'true' })
    did.push(remark('tracking-told', { number: shipment.trackingNumber! }))
  }
  return did
}

function trackingMeta({ carrier, trackingNumber }: Shipment) {
  return [
    ...(trackingNumber ? [{ key: '_tracking_number', value: trackingNumber }] : []),
    ...(carrier ? [{ key: '_shipment_provider', value: carrier }] : []),
  ]
}

function valueIn(one: Fulfilment, key: string): unknown {
  return one.meta_data.find((meta) => meta.key === key)?.value
}

function itemsOf(one: Fulfilment) {
  return fulfilledItems.parse(valueIn(one, '_items'))
}
