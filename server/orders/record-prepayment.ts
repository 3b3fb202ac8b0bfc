import type { Day } from '../../common/dates.ts'
import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { shiftAccount } from '../receivables/index.ts'
import { lineExposure } from './rules/line-exposure.ts'
import { addPrepaid, findLinesOfOrders, lockOrders } from './store.ts'

/**
 * Money came in ahead for an order. The caller books the money; here the order learns of it, and one that only
 * waited for it may go out.
 */
export async function recordPrepayment(
  work: Work,
  input: { orderId: string; customerId: string; amount: number; reference: string | null; receivedOn: Day },
): Promise<void> {
  const [[row], lines] = await Promise.all([
    lockOrders(work, [input.orderId]),
    findLinesOfOrders(work, [input.orderId]),
  ])
  const order = orNotFound(row, 'order')
  if (order.customerId !== input.customerId) refuseNow('other-customer', { invoice: order.number })
  const gross = lines.reduce((sum, l) => sum + l.gross, 0)
  const missing = gross - order.prepaid - input.amount
  const hold =
    order.hold?.flatMap((h) =>
      h.code !== 'unpaid-prepayment' ? [h] : missing > 0 ? [{ ...h, facts: { missing } }] : [],
    ) ?? null
  addPrepaid(work, order.id, input.amount, input.reference, hold)
  if (!order.onAccount)
    shiftAccount(work, order.customerId, { openOrders: lines.reduce((sum, l) => sum + lineExposure(l).openOrders, 0) })
  if (order.hold !== null && (hold === null || hold.length === 0))
    work.announce('order.released', { orderId: order.id, number: order.number })
}
