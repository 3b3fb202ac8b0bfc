import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Hook, ShopAccess, VerifiedHook } from '../connector.ts'

/** older or younger than this is a recording played back, or a clock that is wrong (Standard Webhooks) */
const TOLERANCE_S = 5 * 60

const id = z.union([z.string().min(1), z.int()]).transform(String)
const one = z.looseObject({ id })
const body = z.looseObject({
  type: z.string(),
  order: one.optional(),
  orders: z.array(one).default([]),
  customer: one.optional(),
  articles: z.array(one).default([]),
  lines: z.array(z.looseObject({ v: id })).default([]),
})

/**
 * A hook of our Vendure plugin, signed by Standard Webhooks: HMAC-SHA256 over id, timestamp and the bytes as they came.
 * It names orders, customers and variants by number; the API calls the same by string.
 */
export function verifyHook({ headers, body: bytes, now }: Hook, { secrets }: ShopAccess): VerifiedHook | undefined {
  const [deliveryId, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`])
  if (!deliveryId || !timestamp || !signatures || !secrets.hookSecret) return undefined
  if (!/^\d{1,12}$/.test(timestamp)) return undefined
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S) return undefined
  const key = Buffer.from(secrets.hookSecret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${deliveryId}.${timestamp}.`).update(bytes).digest()
  const isSigned = signatures.split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',')
    const given = Buffer.from(value, 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!isSigned) return undefined
  const parsed = body.safeParse(parse(bytes))
  if (!parsed.success) return { deliveryId, topic: 'unknown', about: [] }
  return { deliveryId, topic: parsed.data.type, about: aboutOf(parsed.data) }
}

function aboutOf({ order, orders, customer, articles, lines }: z.output<typeof body>): VerifiedHook['about'] {
  const unique = (kind: 'order' | 'customer' | 'article', ids: readonly string[]) =>
    [...new Set(ids)].map((each) => ({ kind, id: each }))
  return [
    ...unique(
      'order',
      [...(order ? [order] : []), ...orders].map((each) => each.id),
    ),
    ...unique('customer', customer ? [customer.id] : []),
    ...unique('article', [...articles.map((each) => each.id), ...lines.map((line) => line.v)]),
  ]
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
