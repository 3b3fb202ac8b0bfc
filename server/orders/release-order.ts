import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { lockOrders, setReleased } from './store.ts'

/** Somebody with the right lets an order on hold through, with a reason that stays in the journal. */
export async function releaseOrder(work: Work, input: { id: string; reason: string }): Promise<Record<string, never>> {
  const [row] = await lockOrders(work, [input.id])
  const order = orNotFound(row, 'order')
  if (order.hold === null) refuseNow('order-not-on-hold', { order: order.number })
  setReleased(work, order.id, input.reason)
  work.announce('order.released', { orderId: order.id, number: order.number })
  work.record({ subjectId: order.id, before: { hold: order.hold }, after: { reason: input.reason } })
  return {}
}
