import type { ShopKind } from '../../../common/shops/api.ts'
import type { ChannelRow } from '../../branches/index.ts'
import { type Database, statement } from '../../kernel/index.ts'

/** A connected shop with the channel it sells for. */
export interface ShopConnection {
  channelId: string
  channel: string
  priceMode: 'net' | 'gross'
  locations: string[]
  paymentMethods: ChannelRow['paymentMethods']
  kind: ShopKind
  address: string
  secrets: Record<string, string>
  /** our own address as the shop reaches it */
  publicAddress: string | null
  /** thousandths of every article that the shop is not told of */
  safetyStock: number
  priceGroup: string
  active: boolean
  orderCursor: string | null
  polledAt: string | null
  recountedAt: string | null
  troubles: number
}

const columns = `s.channel_id as "channelId", c.code as channel, c.price_mode as "priceMode", c.locations::text[] as locations,
  c.payment_methods as "paymentMethods", s.kind, s.address, s.secrets, s.public_address as "publicAddress", s.safety_stock as "safetyStock", s.price_group as "priceGroup",
  s.active and c.active as active, s.order_cursor as "orderCursor", s.polled_at as "polledAt", s.recounted_at as "recountedAt", s.troubles`
const from = 'from shops.connection s join branches.channel c on c.id = s.channel_id'

const byChannelId = statement<ShopConnection>('shops.connection', `select ${columns} ${from} where s.channel_id = $1`)
const byCode = statement<ShopConnection>('shops.connection-by-code', `select ${columns} ${from} where c.code = $1`)

export async function findConnection(database: Database, channelId: string): Promise<ShopConnection | undefined> {
  return (await database.query(byChannelId, [channelId]))[0]
}

export async function findConnectionByCode(database: Database, code: string): Promise<ShopConnection | undefined> {
  return (await database.query(byCode, [code]))[0]
}

// Shops nobody speaks with, that may be asked now, and where something is due: work, a poll, the nightly recount.
const due = statement<{ channelId: string }>(
  'shops.due',
  `select s.channel_id as "channelId" ${from}
    where s.active and c.active and (s.not_before is null or s.not_before <= now()) and (s.lease_until is null or s.lease_until < now())
      and (s.polled_at is null or s.polled_at < now() - $1 * interval '1 millisecond'
        or exists (select 1 from shops.task t where t.channel_id = s.channel_id and t.state = 'open' and t.done < t.wished and (t.not_before is null or t.not_before <= now())))`,
)

export async function findDueShops(database: Database, pollEveryMs: number): Promise<string[]> {
  return (await database.query(due, [pollEveryMs])).map((row) => row.channelId)
}

const takeLeaseRow = statement<{ channelId: string }>(
  'shops.take-lease',
  `update shops.connection set lease_until = now() + $3 * interval '1 millisecond', lease_by = $2
    where channel_id = $1 and (lease_until is null or lease_until < now() or lease_by = $2) returning channel_id as "channelId"`,
)
const releaseLeaseRow = statement(
  'shops.release-lease',
  'update shops.connection set lease_until = null, lease_by = null where channel_id = $1 and lease_by = $2',
)

/** One process at a time speaks with a shop: its writes don't overtake each other. False: another one does. */
export async function takeLease(database: Database, channelId: string, by: string, forMs: number): Promise<boolean> {
  return (await database.query(takeLeaseRow, [channelId, by, forMs])).length > 0
}

export async function releaseLease(database: Database, channelId: string, by: string): Promise<void> {
  await database.query(releaseLeaseRow, [channelId, by])
}

const noteTroubleRow = statement(
  'shops.note-trouble',
  `update shops.connection set troubles = troubles + 1, trouble = $2, not_before = now() + $3 * interval '1 millisecond' where channel_id = $1`,
)
const clearTroubleRow = statement(
  'shops.clear-trouble',
  'update shops.connection set troubles = 0, trouble = null, not_before = null where channel_id = $1 and (troubles > 0 or not_before is not null)',
)

/** The circuit breaker: the shop isn't asked again before the pause is over. */
export async function noteTrouble(
  database: Database,
  channelId: string,
  trouble: string,
  pauseMs: number,
): Promise<void> {
  await database.query(noteTroubleRow, [channelId, trouble.slice(0, 500), pauseMs])
}

export async function clearTrouble(database: Database, channelId: string): Promise<void> {
  await database.query(clearTroubleRow, [channelId])
}

const saveProgressRow = statement(
  'shops.save-progress',
  'update shops.connection set progress = $2 where channel_id = $1',
)

/** How far long work is, for the screen; null: done. */
export async function saveProgress(
  database: Database,
  channelId: string,
  progress: { kind: string; done: number; of: number | null } | null,
): Promise<void> {
  await database.query(saveProgressRow, [channelId, progress === null ? null : JSON.stringify(progress)])
}
