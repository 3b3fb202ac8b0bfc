import type { ShopKind, TaskKind } from '../../../common/shops/api.ts'
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

export type Lane = 'in' | 'out' | 'long'

/** Which work goes in which lane: a long recount holds up no order, and a slow write of stock no new order. */
export const laneOf: Record<TaskKind, Lane> = {
  'take-order': 'in',
  'take-customer': 'in',
  stock: 'out',
  'show-order': 'out',
  'show-article': 'out',
  publish: 'out',
  hooks: 'out',
  match: 'long',
  recount: 'long',
  replay: 'long',
}
export const kindsOf = (lane: Lane): TaskKind[] =>
  (Object.keys(laneOf) as TaskKind[]).filter((kind) => laneOf[kind] === lane)

// Lanes where something is due, that may run now and where nobody works: tasks, and for orders coming in the poll.
const due = statement<{ channelId: string; lane: Lane }>(
  'shops.due',
  `select s.channel_id as "channelId", w.lane ${from} cross join jsonb_to_recordset($2) as w(lane text, kinds text[])
    where s.active and c.active and (s.not_before is null or s.not_before <= now())
      and not exists (select 1 from shops.lease l where l.channel_id = s.channel_id and l.lane = w.lane and l.until > now())
      and (w.lane = 'in' and (s.polled_at is null or s.polled_at < now() - $1 * interval '1 millisecond')
        or exists (select 1 from shops.task t where t.channel_id = s.channel_id and t.kind = any(w.kinds) and t.state = 'open' and t.done < t.wished and (t.not_before is null or t.not_before <= now())))`,
)
const lanes = JSON.stringify((['in', 'out', 'long'] as const).map((lane) => ({ lane, kinds: kindsOf(lane) })))

export function findDueLanes(database: Database, pollEveryMs: number): Promise<{ channelId: string; lane: Lane }[]> {
  return database.query(due, [pollEveryMs, lanes])
}

const takeLeaseRow = statement<{ by: string }>(
  'shops.take-lease',
  `insert into shops.lease as l (channel_id, lane, by, until) values ($1, $2, $3, now() + $4 * interval '1 millisecond')
   on conflict (channel_id, lane) do update set by = excluded.by, until = excluded.until where l.until < now() or l.by = excluded.by returning by`,
)
const releaseLeaseRow = statement(
  'shops.release-lease',
  'delete from shops.lease where channel_id = $1 and lane = $2 and by = $3',
)

/** One process at a time works in a lane: writes to a shop don't overtake each other. False: another one does. */
export async function takeLease(
  database: Database,
  { channelId, lane, by, forMs }: { channelId: string; lane: Lane; by: string; forMs: number },
): Promise<boolean> {
  return (await database.query(takeLeaseRow, [channelId, lane, by, forMs])).length > 0
}

export async function releaseLease(
  database: Database,
  { channelId, lane, by }: { channelId: string; lane: Lane; by: string },
): Promise<void> {
  await database.query(releaseLeaseRow, [channelId, lane, by])
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
