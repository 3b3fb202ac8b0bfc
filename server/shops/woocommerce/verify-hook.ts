import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Hook, ShopAccess, VerifiedHook } from '../connector.ts'
import { isRecord } from '../shop-order.ts'

const PING = /^webhook_id=\d{1,20}$/
const KINDS = { order: 'order', customer: 'customer', product: 'article' } as const

/**
 * WooCommerce signs the bytes of the body: base64(HMAC-SHA256(body, secret)). Topic, id of the delivery and a time are not
 * signed (a time isn't even sent, so none is too old): what comes is a hint what to look at, taken over from nowhere.
 * The shop makes the id of a delivery from the webhook and the second, so different orders share one: the delivery is
 * named by what was signed first, and by that id where the same words are said again (an order deleted twice).
 * A new webhook pings first, unsigned; the ping is understood and leads to nothing.
 */
export function verifyHook({ headers, body }: Hook, { secrets }: ShopAccess): VerifiedHook | undefined {
  const signature = headers['x-wc-webhook-signature']
  // one name for all pings: whoever sends a thousand leaves one trace
  if (signature === undefined)
    return PING.test(body.toString('latin1')) ? { deliveryId: 'ping', topic: 'ping', about: [] } : undefined
  if (!secrets.webhookSecret || !isSame(signature, createHmac('sha256', secrets.webhookSecret).update(body).digest()))
    return undefined
  const topic = headers['x-wc-webhook-topic'] ?? ''
  const kind = KINDS[topic.split('.')[0] as keyof typeof KINDS]
  const id = idIn(body)
  return {
    deliveryId: [signature, headers['x-wc-webhook-delivery-id'] ?? ''].join(' ').trim(),
    topic,
    about: kind !== undefined && id !== undefined ? [{ kind, id }] : [],
  }
}

function isSame(signature: string, expected: Buffer): boolean {
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The thing's id; "order.deleted" carries nothing else. */
function idIn(body: Buffer): string | undefined {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(json) && Number.isSafeInteger(json.id) ? String(json.id) : undefined
  } catch {
    return undefined
  }
}
