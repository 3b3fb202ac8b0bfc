import { statement } from '../../kernel/index.ts'
import type { ChangedOrder, ShopApi } from '../connector.ts'
import type { ShopConnection } from './connections.ts'
import type { Session } from './session.ts'
import { wishFrom } from './tasks.ts'

// A poll looks back this far behind its cursor: what the shop commits late still carries its earlier time.
const OVERLAP_MS = 5 * 60_000
// Before stock is written, once a second where much is sold, a glance has to do; the next poll finds the rest.
const GLANCE_MS = 15_000

export function isPollDue({ polledAt }: ShopConnection, everyMs: number): boolean {
  return polledAt === null || Date.now() - Date.parse(polledAt) >= everyMs
}

const asSeen = `select distinct $1::uuid as channel_id, 'take-order' as kind, r.id as object_id
  from jsonb_to_recordset($2) as r(id text, "changedAt" text, certain timestamptz)
  left join shops.shop_order o on o.channel_id = $1 and o.external_id = r.id and o.changed_at = r."changedAt"`
const wishChanged = wishFrom(
  'shops.wish-changed-orders',
  `${asSeen} where o.external_id is null
      and not exists (select 1 from shops.task t where t.channel_id = $1 and t.kind = 'take-order' and t.object_id = r.id and t.done < t.wished)`,
)
// Shops write their time in seconds: an order read within the second of its change may have changed once more in it. It's
// looked at again when that second is over for sure.
const CERTAIN_AFTER_MS = 3_000
const wishUncertain = wishFrom(
  'shops.wish-uncertain-orders',
  `${asSeen} where o.seen_at <= r.certain and r.certain <= now()`,
  'behind',
)
const withCertainty = ({ id, changedAt }: ChangedOrder) => {
  const at = Date.parse(changedAt)
  return { id, changedAt, certain: new Date((Number.isNaN(at) ? 0 : at) + CERTAIN_AFTER_MS) }
}
const moveCursor = statement(
  'shops.move-order-cursor',
  'update shops.connection set order_cursor = greatest(order_cursor, $2), polled_at = now() where channel_id = $1',
)

/** An order dated ahead must not silence the poll until then: never later than now, whoever's clock is wrong. */
function laterOf(cursor: string | null, changedAt: string): string {
  const at = Math.min(Date.parse(changedAt) || 0, Date.now())
  return cursor !== null && at <= Date.parse(cursor) ? cursor : new Date(at).toISOString()
}

/**
 * Asks the shop for changed orders since the last time, with an overlap: this finds what no hook told. The cursor moves
 * after the wishes are kept, so a crash in between only asks again.
 */
export async function pollOrders({ kernel, shop, api }: Session): Promise<void> {
  const cursor = await changedSince({ api, cursor: shop.orderCursor, overlap: OVERLAP_MS }, async (changed) => {
    await kernel.database.query(wishChanged, [shop.channelId, changed])
    await kernel.database.query(wishUncertain, [shop.channelId, changed])
  })
  await kernel.database.query(moveCursor, [shop.channelId, cursor])
  shop.polledAt = new Date().toISOString()
  shop.orderCursor = cursor
}

/** The same with less behind it: it leaves the cursor to the polls, and to them what they look at once more. */
export async function glanceAtOrders(session: Session): Promise<void> {
  const { kernel, shop, api, glance } = session
  const cursor = await changedSince(
    { api, cursor: glance?.cursor ?? shop.orderCursor, overlap: GLANCE_MS },
    async (changed) => void (await kernel.database.query(wishChanged, [shop.channelId, changed])),
  )
  session.glance = { at: Date.now(), cursor }
}

async function changedSince(
  { api, cursor, overlap }: { api: ShopApi; cursor: string | null; overlap: number },
  wish: (changed: string) => Promise<void>,
): Promise<string | null> {
  const since = cursor === null ? null : new Date(Date.parse(cursor) - overlap).toISOString()
  let latest = cursor
  let page: string | undefined
  do {
    const changed = await api.changedOrders(since, page)
    await wish(JSON.stringify(changed.rows.map(withCertainty)))
    for (const { changedAt } of changed.rows) latest = laterOf(latest, changedAt)
    page = changed.next
  } while (page !== undefined)
  return latest
}
