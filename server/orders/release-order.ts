import { linkAccount, listAddresses } from '../customers/index.ts'
import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { lockAccount, shiftAccount } from '../receivables/index.ts'
import { lineExposure } from './rules/line-exposure.ts'
import { findLinesOfOrders, lockOrders, type OrderRow, setReleased } from './store.ts'

/**
 * Somebody with the right lets an order on hold through, with a reason that stays in the journal. Where its buyer was only
 * alike to the customer he may say that it is him: his account in the shop is linked, and the next order is his for sure.
 */
export async function releaseOrder(
  work: Work,
  { id, reason, linkShopAccount = false }: { id: string; reason: string; linkShopAccount?: boolean },
): Promise<Record<string, never>> {
  const [row] = await lockOrders(work, [id])
  const order = orNotFound(row, 'order')
  if (order.hold === null) refuseNow('order-not-on-hold', { order: order.number })
  const alike = order.hold.find(({ code }) => code === 'buyer-not-linked')
  const bindsCredit = alike !== undefined && !order.onAccount
  // the account's lock before the customer's, as order intake takes them
  if (bindsCredit) await bindCredit(work, order)
  if (alike) listAddresses(work, [order.billTo, order.deliverTo])
  if (linkShopAccount) await linkBuyer(work, order, alike?.facts.shopCustomerId)
  setReleased(work, order.id, { reason, bindsCredit })
  work.announce('order.released', { orderId: order.id, number: order.number })
  work.record({ subjectId: order.id, before: { hold: order.hold }, after: { reason, linked: linkShopAccount } })
  return {}
}

async function linkBuyer(work: Work, order: OrderRow, shopCustomerId: unknown): Promise<void> {
  if (typeof shopCustomerId !== 'string') refuseNow('no-shop-account', { order: order.number })
  await linkAccount(work, order.customerId, { channel: order.channel, shopCustomerId })
}

/** As long as nobody knew whose it was it took nothing of the customer's limit. */
async function bindCredit(work: Work, order: OrderRow): Promise<void> {
  const lines = await findLinesOfOrders(work, [order.id])
  await lockAccount(work, order.customerId)
  shiftAccount(work, order.customerId, { openOrders: lines.reduce((sum, l) => sum + lineExposure(l).openOrders, 0) })
}
