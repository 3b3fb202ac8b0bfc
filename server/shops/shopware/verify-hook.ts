import type { Hook, ShopAccess, VerifiedHook } from '../connector.ts'
import { isRecord } from '../shop-order.ts'
import { isId } from './ask-shopware.ts'
import { signatureFits } from './signature.ts'

/**
 * How old a hook may be by its own (signed) moment. Shopware tries for four and a half hours, and the worker of a small
 * shop may stand still overnight before it sends at all. A day lets every true one in; it's a hint, the shop is asked anyway.
 */
const OLDEST_MS = 24 * 3_600_000
/** clocks that don't agree */
const AHEAD_MS = 10 * 60_000

type About = VerifiedHook['about']

/** Is it from the shop: hexadecimal HMAC-SHA256 of the bytes with the secret given to this shop when the app was installed. */
export function verifyHook({ headers, body, now }: Hook, access: ShopAccess): VerifiedHook | undefined {
  const { shopSecret, formerShopSecret, formerShopSecretUntil } = access.secrets
  const given = headers['shopware-shop-signature']
  // for a minute after the shop took a new secret the one before still signs what is on its way
  const formerCounts = formerShopSecretUntil !== undefined && now.toISOString() < formerShopSecretUntil
  const secrets = formerCounts ? [shopSecret, formerShopSecret] : [shopSecret]
  const isSigned = secrets.some((secret) => signatureFits(given, body, secret))
  const message = isSigned ? parse(body) : undefined
  if (!message || !isRecord(message.data) || !isRecord(message.source)) return undefined
  const { event, payload } = message.data
  const deliveryId = message.source.eventId ?? headers['x-shopware-event-id']
  if (typeof event !== 'string' || typeof deliveryId !== 'string' || deliveryId === '') return undefined
  if (!isRecent(message.timestamp, now)) return undefined
  return { deliveryId: deliveryId.slice(0, 120), topic: event, about: aboutOf(event, payload) }
}

/** Seconds since 1970; shops before 6.4.1 don't say, and are too old for us. */
function isRecent(timestamp: unknown, now: Date): boolean {
  const age = now.getTime() - Number(timestamp) * 1000
  return typeof timestamp === 'number' && age <= OLDEST_MS && age >= -AHEAD_MS
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(message) ? message : undefined
  } catch {
    return undefined
  }
}

const KINDS: Record<string, About[number]['kind']> = { order: 'order', customer: 'customer', product: 'article' }

/** Written entities come as a list of ids, business events with the order itself. */
function aboutOf(event: string, payload: unknown): About {
  const written = /^(\w+)\.(written|deleted)$/.exec(event)?.[1]
  const found: { kind: About[number]['kind']; id: unknown }[] = []
  if (written !== undefined && Array.isArray(payload)) {
    for (const row of payload.filter(isRecord)) {
      const kind = KINDS[String(row.entity ?? written)]
      const key = isRecord(row.primaryKey) ? row.primaryKey.id : row.primaryKey
      if (kind) found.push({ kind, id: key })
    }
  } else if (isRecord(payload)) {
    for (const [name, kind] of Object.entries(KINDS)) {
      const entity = payload[name]
      if (isRecord(entity)) found.push({ kind, id: entity.id })
    }
  }
  const known = found.filter((one): one is About[number] => isId(one.id))
  return [...new Map(known.map((one) => [`${one.kind} ${one.id}`, one])).values()]
}
