import type { Page } from '../../common/route.ts'
import { findChannel } from '../branches/index.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'

const stockRows = statement<{ id: string; article: string; available: number }>(
  'shops.channel-stock',
  `select a.id, a.number as article, greatest(0, coalesce((select sum(on_hand - reserved) from stock.level l where l.article_id = a.id and l.location_id = any($1)), 0))::bigint as available
     from catalog.article a where a.active and ($2::uuid is null or a.id > $2) and ($3::text is null or a.number = $3) order by a.id limit $4 + 1`,
)

/** What a channel may sell now, for shops that ask by themselves. */
export async function findChannelStock(
  database: Database,
  input: Page & { channel: string; article?: string | undefined },
) {
  const channel = await findChannel(database, input.channel)
  const rows = await database.query(stockRows, [
    channel.locations,
    input.after ?? null,
    input.article ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (row) => row.id)
}
