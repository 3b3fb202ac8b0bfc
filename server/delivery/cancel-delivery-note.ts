import { orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { findLines, lockOrders, recordProgress } from '../orders/index.ts'
import { findNoteLines, lockNotes, setNoteCancelled } from './store.ts'

const ordersOfNote = statement<{ orderId: string }>(
  'delivery.orders-of-note',
  'select distinct order_id as "orderId" from delivery.note_line where note_id = $1',
)

/** A note is given up before goods issue: its quantities are open again, the reservation stays with the order. */
export async function cancelDeliveryNote(
  work: Work,
  input: { id: string; reason: string },
): Promise<Record<string, never>> {
  const orderIds = (await work.query(ordersOfNote, [input.id])).map((r) => r.orderId)
  const [orders, [row], lines] = await Promise.all([
    lockOrders(work, orderIds),
    lockNotes(work, [input.id]),
    findNoteLines(work, [input.id]),
  ])
  const note = orNotFound(row, 'delivery-note')
  if (note.state !== 'open') refuseNow('note-not-open', { note: note.number ?? note.id })
  const orderLines = new Map(
    (
      await findLines(
        work,
        lines.map((l) => l.orderLineId),
      )
    ).map((l) => [l.id, l]),
  )
  setNoteCancelled(work, note.id)
  recordProgress(
    work,
    orders,
    lines.map((l) => ({ line: orderLines.get(l.orderLineId)!, planned: -l.planned })),
  )
  work.announce('delivery-note.cancelled', { deliveryNoteId: note.id, orderIds })
  work.record({ subjectId: note.id, after: { reason: input.reason } })
  return {}
}
