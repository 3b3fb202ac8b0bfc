import { remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { stateForShop } from '../rules/state-for-shop.ts'
import { findOrderFacts } from './order-facts.ts'
import type { Said, Session } from './session.ts'
import { type Task, wishFrom } from './tasks.ts'

const wishStockOfOrder = wishFrom(
  'shops.wish-stock-of-order',
  `select distinct l.channel_id, 'stock' as kind, l.id::text as object_id from orders.order_line o
     join shops.listing_part p on p.article_id = o.article_id join shops.listing l on l.id = p.listing_id
    where l.channel_id = $1 and o.order_id = $2`,
)

/**
 * The shop is told where an order stands: what left with which tracking number, what was cancelled, invoiced and paid. It
 * is always the whole state as it is now, so the newest wins and a lost answer does no harm.
 */
export async function showOrder({ kernel, shop, api }: Session, { objectId }: Task): Promise<Said> {
  const facts = await findOrderFacts(kernel.database, shop.channelId, objectId)
  if (!facts) return { outcome: 'nothing-to-do', remarks: [remark('not-of-this-shop')] }
  const state = stateForShop(facts)
  const isMoving = state.cancelled.all || Object.keys(state.cancelled.lines).length > 0 || state.payment.isPaid
  // a shop moves its own stock when an order is cancelled or becomes a paid one, on top of the number it was told already
  const wishStock = () => kernel.database.query(wishStockOfOrder, [shop.channelId, objectId])
  const did = await api.showOrder(state).catch(async (error: unknown) => {
    if (isMoving) await wishStock()
    throw error
  })
  if (isMoving && did.length > 0) await wishStock()
  return {
    outcome: did.length > 0 ? 'done' : 'nothing-to-do',
    remarks: did,
    facts: { number: facts.number, externalNumber: facts.externalNumber, ...figures(state) },
  }
}

function figures({ shipments, cancelled, payment, completed }: OrderState) {
  return {
    shipments: shipments.map((shipment) => shipment.number),
    cancelled: cancelled.all ? 'all' : Object.keys(cancelled.lines).length,
    paid: payment.paid,
    completed,
  }
}
