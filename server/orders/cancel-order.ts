import type { Quantity } from '../../common/quantity.ts'
import { orNotFound, orRefuse, type Work } from '../kernel/index.ts'
import { lockAccount, shiftAccount } from '../receivables/index.ts'
import { releaseReservations } from '../stock/index.ts'
import { planCancellation } from './rules/plan-cancellation.ts'
import { findLinesOfOrders, lockOrders, shiftLines } from './store.ts'

interface Cancellation {
  id: string
  reason: string
  lines?: { lineId: string; quantity: Quantity }[] | undefined
}

/** Cancel (stornieren) before goods issue: open quantities go, what was reserved for them is free for others. */
export async function cancelOrder(work: Work, input: Cancellation): Promise<{ cancelledLines: number }> {
  const [[row], lines] = await Promise.all([lockOrders(work, [input.id]), findLinesOfOrders(work, [input.id])])
  const order = orNotFound(row, 'order')
  const plan = orRefuse(planCancellation(order.number, lines, input.lines))
  await lockAccount(work, order.customerId)
  const goods = plan.cancelled.flatMap(({ line, quantity }) =>
    line.articleId === null ? [] : [{ orderLineId: line.id, articleId: line.articleId, quantity }],
  )
  await releaseReservations(work, goods)
  shiftLines(
    work,
    plan.cancelled.map(({ line, quantity }) => ({ id: line.id, cancelled: quantity })),
  )
  if (order.onAccount) shiftAccount(work, order.customerId, { openOrders: plan.openOrdersChange })
  work.announce('order.cancelled', { orderId: order.id, number: order.number })
  work.record({
    subjectId: order.id,
    after: {
      reason: input.reason,
      lines: plan.cancelled.map(({ line, quantity }) => ({ position: line.position, quantity })),
    },
  })
  return { cancelledLines: plan.cancelled.length }
}
