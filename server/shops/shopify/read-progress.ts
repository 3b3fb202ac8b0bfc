import { ONE } from '../../../common/quantity.ts'
import type { ShopProgress } from '../connector.ts'
import { ordersIn } from './read-order.ts'
import { collectedByShop } from './read-payment.ts'
import { shopifyOrder } from './shapes.ts'

/** What became of an order in the shop: pieces still ordered, cancelled, paid by a provider. Null: it's no order. */
export function readProgress(raw: unknown): ShopProgress | null {
  const parsed = shopifyOrder.safeParse(ordersIn(raw)[0])
  if (!parsed.success) return null
  const order = parsed.data
  return {
    externalId: order.id,
    externalNumber: order.name,
    changedAt: order.updatedAt,
    cancelled: order.cancelledAt !== '',
    quantities: Object.fromEntries(order.lineItems.map((item) => [item.id, item.currentQuantity * ONE])),
    paid: collectedByShop(order),
  }
}
