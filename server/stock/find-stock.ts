import type { z } from 'zod'
import type { channelStock, stockLevel, stockMovement } from '../../common/stock/api.ts'
import { findChannel } from '../branches/index.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'

type StockRow = z.input<typeof stockLevel>
type MovementRow = z.input<typeof stockMovement>

const levels = statement<StockRow>(
  'stock.find-levels',
  `select l.article_id as "articleId", a.number as "articleNumber", l.location_id as "locationId", s.code as "locationCode", s.name as "locationName",
          l.on_hand as "onHand", l.reserved, l.on_hand - l.reserved as available
     from stock.level l join catalog.article a on a.id = l.article_id join branches.stock_location s on s.id = l.location_id
    where ($1::uuid is null or l.article_id = $1) and ($2::uuid is null or l.location_id = $2)
      and ($3::text is null or (a.number || ' ' || s.code) > $3)
    order by (a.number || ' ' || s.code) limit $4 + 1`,
)

/** Stock by article and location, by article number. */
export async function findStock(
  database: Database,
  input: { limit: number; after?: string | undefined; articleId?: string | undefined; locationId?: string | undefined },
) {
  const rows = await database.query(levels, [
    input.articleId ?? null,
    input.locationId ?? null,
    input.after ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => `${r.articleNumber} ${r.locationCode}`)
}

const movements = statement<MovementRow>(
  'stock.find-movements',
  `select m.id, m.at, m.article_id as "articleId", a.number as "articleNumber", f.name as "from", t.name as "to", m.quantity, m.reason, m.note,
          m.reference_kind as "referenceKind", m.reference_id as "referenceId", m.reference_number as "referenceNumber"
     from stock.movement m join catalog.article a on a.id = m.article_id
     left join branches.stock_location f on f.id = m.from_location left join branches.stock_location t on t.id = m.to_location
    where ($1::uuid is null or m.article_id = $1) and ($2::uuid is null or m.id < $2)
    order by m.id desc limit $3 + 1`,
)

/** Movements, newest first. */
export async function findMovements(
  database: Database,
  input: { limit: number; after?: string | undefined; articleId?: string | undefined },
) {
  const rows = await database.query(movements, [input.articleId ?? null, input.after ?? null, input.limit])
  return pageRows(rows, input, (r) => r.id)
}

const channelRows = statement<z.input<typeof channelStock>>(
  'stock.find-channel-stock',
  `select a.id as "articleId", a.number as "articleNumber", a.gtin,
          coalesce((select sum(l.on_hand - l.reserved) from stock.level l where l.article_id = a.id and l.location_id = any($1)), 0)::bigint as available
     from catalog.article a where a.active and ($2::text is null or a.number = $2) and ($3::text is null or a.number > $3)
    order by a.number limit $4 + 1`,
)

/** What a sales channel may promise, over all its locations: one stock for web shop and branches. */
export async function findChannelStock(
  database: Database,
  input: { code: string; limit: number; after?: string | undefined; article?: string | undefined },
) {
  const { locations } = await findChannel(database, input.code)
  const rows = await database.query(channelRows, [locations, input.article ?? null, input.after ?? null, input.limit])
  return pageRows(rows, input, (r) => r.articleNumber)
}
