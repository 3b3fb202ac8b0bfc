import type { Quantity } from '../../common/quantity.ts'
import { locationNames } from '../branches/index.ts'
import { newId, orRefuse, refuseNow, statement, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, lockOrders, recordProgress } from '../orders/index.ts'
import { findReservationsOfOrders } from '../stock/index.ts'
import { planNote } from './rules/plan-note.ts'
import { insertNote } from './store.ts'

interface NoteWish {
  orderIds: string[]
  locationId?: string | undefined
  lines?: { orderLineId: string; quantity: Quantity }[] | undefined
}

const plannedOnOpenNotes = statement<{ orderLineId: string; locationId: string; quantity: Quantity }>(
  'delivery.planned-on-open-notes',
  `select l.order_line_id as "orderLineId", n.location_id as "locationId", sum(l.planned)::bigint as quantity
     from delivery.note_line l join delivery.note n on n.id = l.note_id where l.order_id = any($1) and n.state = 'open' group by 1, 2`,
)

/** A delivery note is prepared: what is reserved for these orders at one location, or the part the clerk chose. */
export async function createDeliveryNote(work: Work, input: NoteWish): Promise<{ id: string; lines: number }> {
  const [orders, lines, onOpenNotes, reservations, locations] = await Promise.all([
    lockOrders(work, input.orderIds),
    findLinesOfOrders(work, input.orderIds),
    work.query(plannedOnOpenNotes, [input.orderIds]),
    findReservationsOfOrders(work, input.orderIds),
    locationNames(work),
  ])
  if (orders.length !== new Set(input.orderIds).size) refuseNow('not-found', { what: 'order' })
  if (input.locationId !== undefined && !locations.has(input.locationId))
    refuseNow('unknown-location', { location: input.locationId })
  const foreign = input.lines?.find((w) => !lines.some((l) => l.id === w.orderLineId))
  if (foreign) refuseNow('not-found', { what: 'order-line' })
  const plan = orRefuse(
    planNote({
      orders,
      lines,
      reservations,
      onOpenNotes,
      wanted: input.lines,
      locationId: input.locationId,
      locationName: (id) => locations.get(id)?.name ?? id,
    }),
  )
  const id = newId()
  insertNote(
    work,
    { id, customerId: orders[0]!.customerId, deliverTo: orders[0]!.deliverTo, locationId: plan.locationId },
    plan.lines.map(({ line, quantity }) => ({
      id: newId(),
      orderId: line.orderId,
      orderLineId: line.id,
      planned: quantity,
    })),
  )
  recordProgress(
    work,
    orders,
    plan.lines.map(({ line, quantity }) => ({ line, planned: quantity })),
  )
  work.announce('delivery-note.created', { deliveryNoteId: id, orderIds: orders.map((o) => o.id) })
  work.record({ subjectId: id, after: { orders: orders.map((o) => o.number), lines: plan.lines.length } })
  return { id, lines: plan.lines.length }
}
