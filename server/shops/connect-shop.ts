import { randomBytes } from 'node:crypto'
import type { ShopKind } from '../../common/shops/api.ts'
import { orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import type { ShopSecret } from './connector.ts'
import { connectors } from './connectors.ts'
import { goOn, reopenTasks, wishFor } from './sync/tasks.ts'

const channelById = statement<{ id: string }>('shops.channel', 'select id from branches.channel where id = $1')
const lockConnection = statement<{ kind: ShopKind; address: string; secrets: Record<string, string> }>(
  'shops.lock-connection',
  'select kind, address, secrets from shops.connection where channel_id = $1 for update',
)
// another shop behind the channel begins anew; new keys end a rest
const upsertConnection = statement(
  'shops.save-connection',
  `insert into shops.connection as s (channel_id, kind, address, secrets, safety_stock, price_group, active, order_cursor, public_address) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (channel_id) do update set kind = excluded.kind, address = excluded.address, secrets = excluded.secrets, safety_stock = excluded.safety_stock,
     price_group = excluded.price_group, active = excluded.active, troubles = 0, trouble = null, not_before = null, polled_at = null, public_address = coalesce(excluded.public_address, s.public_address),
     order_cursor = case when s.address = excluded.address and s.kind = excluded.kind then s.order_cursor else excluded.order_cursor end`,
)
const ordersOf = statement<{ orders: number }>(
  'shops.orders-of-connection',
  'select count(*)::int as orders from shops.shop_order where channel_id = $1',
)
// nothing came of it yet: what was matched and wished for the other shop says nothing about this one
const forgetShop = ['shops.listing', 'shops.catalogue_item', 'shops.task'].map((table) =>
  statement(`shops.forget-${table.slice(6)}`, `delete from ${table} where channel_id = $1`),
)

export interface Connecting {
  channelId: string
  kind: ShopKind
  address: string
  secrets: Record<string, string>
  safetyStock: number
  priceGroup: string
  active: boolean
  ordersSince?: string | undefined
  publicAddress?: string | undefined
  moved?: boolean | undefined
}

/**
 * A shop is connected to a sales channel, or how it's reached changes. Secrets left out stay as they were given. Orders from
 * before the first connection stay in the shop, unless a moment is named.  Refuses
 * 'secret-missing' by name, and 'another-shop' where orders of one shop would be taken for those of another. The journal says that keys changed, never what they are.
 */
export async function connectShop(work: Work, input: Connecting): Promise<Record<string, never>> {
  const [[channel], [before]] = await Promise.all([
    work.query(channelById, [input.channelId]),
    work.query(lockConnection, [input.channelId]),
  ])
  orNotFound(channel, 'channel')
  const given = Object.fromEntries(Object.entries(input.secrets).filter(([, value]) => value !== ''))
  const kept = before?.kind === input.kind ? before.secrets : {}
  const wanted = connectors[input.kind]?.secrets ?? []
  const secrets = { ...madeUp(wanted), ...kept, ...given }
  const missing = wanted.filter(({ name, optional }) => !optional && !secrets[name]).map(({ name }) => name)
  if (missing.length > 0) refuseNow('secret-missing', { secrets: missing.join(', ') })
  const address = input.address.replace(/\/+$/, '')
  const { kind, safetyStock, priceGroup, active } = input
  if (before && (before.kind !== kind || before.address !== address))
    await leaveShop(work, input.channelId, before, input.moved === true && before.kind === kind)
  // years of old orders are not taken by surprise
  const since = input.ordersSince === undefined ? work.now : new Date(input.ordersSince)
  work.save(upsertConnection, [
    input.channelId,
    kind,
    address,
    JSON.stringify(secrets),
    safetyStock,
    priceGroup,
    active,
    since.toISOString(),
    input.publicAddress?.replace(/\/+$/, '') ?? null,
  ])
  for (const kind of ['hooks', 'recount'] as const) await wishFor(work, input.channelId, kind, ['all'])
  // what was given up or put off with the old keys or address is tried with the new ones
  await reopenTasks(work, input.channelId, null)
  await goOn(work, input.channelId)
  work.announce('shop.connected', { channelId: input.channelId })
  work.record({
    subjectId: input.channelId,
    before: before ? { kind: before.kind, address: before.address } : undefined,
    after: { kind, address, safetyStock, priceGroup, active, keysChanged: Object.keys(given) },
  })
  return {}
}

async function leaveShop(work: Work, channelId: string, before: { address: string }, moved: boolean): Promise<void> {
  if (moved) return
  const [{ orders } = { orders: 0 }] = await work.query(ordersOf, [channelId])
  if (orders > 0) refuseNow('another-shop', { orders, address: before.address })
  for (const forget of forgetShop) work.save(forget, [channelId])
}

function madeUp(wanted: readonly ShopSecret[]): Record<string, string> {
  const names = wanted.filter(({ generated }) => generated).map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')]))
}
