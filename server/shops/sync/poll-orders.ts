import { statement } from '../../kernel/index.ts'
import type { ChangedOrder } from '../connector.ts'
import type { ShopConnection } from './connections.ts'
import type { Session } from './session.ts'
import { wishFrom } from './tasks.ts'

const OVERLAP_MS = 5 * 60_000

export function isPollDue({ polledAt }: ShopConnection, everyMs: number): boolean {
  return polledAt === null || Date.now() - Date.parse(polledAt) >= everyMs
}

// Shops write their time in seconds: an order read within the second of its change may have changed once more in it.
const CERTAIN_AFTER_MS = 3_000

// What was seen well after its last change already is left alone; everything else is looked at.
const wishChanged = wishFrom(
  'shops.wish-changed-orders',
  `select distinct $1::uuid as channel_id, 'take-order' as kind, r.id as object_id from jsonb_to_recordset($2) as r(id text, "changedAt" text, certain timestamptz)
    where not exists (select 1 from shops.shop_order o where o.channel_id = $1 and o.external_id = r.id and o.changed_at = r."changedAt" and o.seen_at > r.certain)
      and not exists (select 1 from shops.task t where t.channel_id = $1 and t.kind = 'take-order' and t.object_id = r.id and t.done < t.wished)`,
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
  const since = shop.orderCursor === null ? null : new Date(Date.parse(shop.orderCursor) - OVERLAP_MS).toISOString()
  let cursor = shop.orderCursor
  let page: string | undefined
  do {
    const changed = await api.changedOrders(since, page)
    await kernel.database.query(wishChanged, [shop.channelId, JSON.stringify(changed.rows.map(withCertainty))])
    for (const { changedAt } of changed.rows) cursor = laterOf(cursor, changedAt)
    page = changed.next
  } while (page !== undefined)
  await kernel.database.query(moveCursor, [shop.channelId, cursor])
  shop.polledAt = new Date().toISOString()
  shop.orderCursor = cursor
}
