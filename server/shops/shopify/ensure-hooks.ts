import { type Remark, remark } from '../../../common/shops/api.ts'
import { ShopError } from '../shop-error.ts'
import { type AskShopify, change } from './ask-shopify.ts'
import { createSubscription, subscriptions } from './documents.ts'

export const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_UPDATED',
  'ORDERS_EDITED',
  'ORDERS_CANCELLED',
  'ORDERS_PAID',
  'REFUNDS_CREATE',
  'FULFILLMENTS_CREATE',
  'CUSTOMERS_UPDATE',
  'COMPANY_LOCATIONS_UPDATE',
]

/**
 * One subscription a topic to our address; Shopify removes one after eight failures in a row. A topic the shop doesn't
 * have (firms, without B2B) is said and holds up no other.
 */
export async function ensureHooks(ask: AskShopify, address: string): Promise<readonly Remark[]> {
  const { data } = await ask(subscriptions, {})
  const there = (data.webhookSubscriptions.nodes as { topic: string; uri: string }[])
    .filter((one) => one.uri === address)
    .map((one) => one.topic)
  const did: Remark[] = []
  for (const topic of TOPICS.filter((one) => !there.includes(one))) {
    try {
      await change(ask, createSubscription, { topic, subscription: { uri: address } })
      did.push(remark('hook-made', { topic }))
    } catch (error) {
      if (!(error instanceof ShopError && error.trouble === 'refused')) throw error
      did.push(remark('hook-refused', { topic }))
    }
  }
  return did
}
