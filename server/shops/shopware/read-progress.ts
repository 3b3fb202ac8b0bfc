import { ONE } from '../../../common/quantity.ts'
import type { ShopProgress } from '../connector.ts'
import { ordersIn } from './read-order.ts'
import { isGoods, leavesOf } from './read-parts.ts'
import { collectedByShop } from './read-payment.ts'
import { LIVE_VERSION, type ShopwareOrder, shopwareOrder } from './shapes.ts'

/** What became of an order in the shop. A version somebody is editing is not placed (yet). */
export function readProgress(raw: unknown): ShopProgress | 'not-placed' | null {
  const parsed = shopwareOrder.safeParse(ordersIn(raw)[0])
  if (!parsed.success) return null
  const order = parsed.data
  if (order.versionId !== '' && order.versionId !== LIVE_VERSION) return 'not-placed'
  const goods = leavesOf(order.lineItems).filter(isGoods)
  return {
    externalId: order.id,
    externalNumber: order.orderNumber,
    changedAt: changedAt(order),
    cancelled: order.stateMachineState === 'cancelled',
    quantities: Object.fromEntries(goods.map((item) => [item.id, item.quantity * ONE])),
    paid: collectedByShop(order),
  }
}

/**
 * A payment or a delivery that changes its state leaves the order's own time as it was: the latest of all counts.
 * Answered as the shop wrote it.
 */
export function changedAt(order: Pick<ShopwareOrder, 'createdAt' | 'updatedAt'> & Parts): string {
  const moments = [order, ...order.transactions, ...order.deliveries].flatMap((one) => [one.createdAt, one.updatedAt])
  const known = moments.filter((moment) => !Number.isNaN(Date.parse(moment)))
  return known.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), known[0] ?? '')
}

interface Parts {
  transactions: readonly { createdAt: string; updatedAt: string }[]
  deliveries: readonly { createdAt: string; updatedAt: string }[]
}
