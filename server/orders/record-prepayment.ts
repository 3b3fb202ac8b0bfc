import type { Day } from '../../common/dates.ts'
import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { shiftAccount } from '../receivables/index.ts'
import { holdAfterPayment } from './rules/hold-after-payment.ts'
import { lineExposure } from './rules/line-exposure.ts'
import { addPrepaid, findLinesOfOrders, lockOrders } from './store.ts'

/**
 * Money came in ahead for an order. The caller books the money; here the order learns of it, and one that only
 * waited for it may go out. One whose buyer is only alike to the customer takes nothing of his limit before it is paid.
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
  const hold = order.hold && holdAfterPayment(order.hold, gross - order.prepaid - input.amount)
  const bindsCredit = !order.onAccount && !hold?.some(({ code }) => code === 'buyer-not-linked')
  addPrepaid(work, { id: order.id, amount: input.amount, reference: input.reference, hold, bindsCredit })
  if (bindsCredit)
    shiftAccount(work, order.customerId, { openOrders: lines.reduce((sum, l) => sum + lineExposure(l).openOrders, 0) })
  if (order.hold !== null && (hold === null || hold.length === 0))
    work.announce('order.released', { orderId: order.id, number: order.number })
}
