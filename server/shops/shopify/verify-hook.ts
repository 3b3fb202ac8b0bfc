import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Hook, ShopAccess, VerifiedHook } from '../connector.ts'
import { isRecord } from '../shop-order.ts'

/**
 * How old a hook may be. Shopify tries for four hours and sends the payload of the first time; when its own delivery is
 * behind it may be a day late. Two days let every true one in. What an older or repeated one could do is little: it's a
 * hint to ask the shop, which then tells the state of today.
 */
const OLDEST_MS = 48 * 3_600_000
/** clocks that don't agree */
const AHEAD_MS = 10 * 60_000

type About = VerifiedHook['about']

/**
 * Is it from the shop: base64 HMAC-SHA256 of the bytes with the app's client secret. Only the body is signed; the headers
 * (number of the delivery, moment, topic, shop) are not, so what to look at is read from the body, and the moment is
 * checked in both.
 */
export function verifyHook({ headers, body, now }: Hook, access: ShopAccess): VerifiedHook | undefined {
  const secret = access.secrets.clientSecret
  if (!secret || !signatureFits(headers['x-shopify-hmac-sha256'], body, secret)) return undefined
  const deliveryId = headers['x-shopify-webhook-id']?.trim()
  const topic = headers['x-shopify-topic']?.trim()
  if (!deliveryId || !topic || deliveryId.length > 120) return undefined
  const domain = headers['x-shopify-shop-domain']
  // one app's secret signs for every shop it is installed in
  if (domain !== undefined && domain !== new URL(access.address).host) return undefined
  const payload = parse(body)
  if (payload === undefined) return undefined
  const moments = [headers['x-shopify-triggered-at'], topic.startsWith('orders/') ? payload.updated_at : undefined]
  if (moments.some((moment) => !isRecent(moment, now))) return undefined
  return { deliveryId, topic, about: aboutOf(topic, payload) }
}

function signatureFits(given: string | undefined, body: Buffer, secret: string): boolean {
  if (!given) return false
  const ours = createHmac('sha256', secret).update(body).digest()
  const theirs = Buffer.from(given, 'base64')
  return theirs.length === ours.length && timingSafeEqual(theirs, ours)
}

function isRecent(moment: unknown, now: Date): boolean {
  if (moment === undefined || moment === null) return true
  const at = Date.parse(String(moment))
  const age = now.getTime() - at
  return age <= OLDEST_MS && age >= -AHEAD_MS
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    const payload: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(payload) ? payload : undefined
  } catch {
    return undefined
  }
}

/** Ids as the API takes them: hooks carry the bare number, the thing they are of also its whole id. */
function aboutOf(topic: string, payload: Record<string, unknown>): About {
  const one = (kind: About[number]['kind'], type: string, id: unknown): About => {
    const whole = payload.admin_graphql_api_id
    if (id === payload.id && typeof whole === 'string' && whole.startsWith(`gid://shopify/${type}/`))
      return [{ kind, id: whole }]
    return Number.isSafeInteger(id) ? [{ kind, id: `gid://shopify/${type}/${id}` }] : []
  }
  const [subject] = topic.split('/')
  if (subject === 'orders' || subject === 'order_transactions' || subject === 'refunds' || subject === 'fulfillments') {
    const edit = isRecord(payload.order_edit) ? payload.order_edit.order_id : undefined
    return one('order', 'Order', payload.order_id ?? edit ?? payload.id)
  }
  if (topic === 'customers/create' || topic === 'customers/update') return one('customer', 'Customer', payload.id)
  if (subject === 'company_locations') return one('customer', 'CompanyLocation', payload.id)
  if (subject === 'inventory_levels') return one('article', 'InventoryItem', payload.inventory_item_id)
  if (subject === 'products') return one('article', 'Product', payload.id)
  return []
}
