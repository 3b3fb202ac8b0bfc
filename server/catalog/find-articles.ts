import type { z } from 'zod'
import type { articleRow } from '../../common/catalog/api.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'
import { articleById } from './store.ts'

const articleRows = statement<z.input<typeof articleRow>>(
  'catalog.find-articles',
  `select a.id, a.number, a.gtin, a.name_de as "nameDe", a.name_en as "nameEn", a.unit, a.vat_class as "vatClass", a.list_price as "listPrice", a.active,
          coalesce(s.on_hand, 0)::bigint as "onHand", coalesce(s.reserved, 0)::bigint as reserved, coalesce(s.on_hand - s.reserved, 0)::bigint as available
     from catalog.article a
     left join lateral (select sum(on_hand) as on_hand, sum(reserved) as reserved from stock.level l where l.article_id = a.id) s on true
    where ($1::text is null or a.number ilike '%' || $1 || '%' or a.name_de ilike '%' || $1 || '%' or a.name_en ilike '%' || $1 || '%' or a.gtin = $1)
      and ($2::boolean is null or a.active = $2) and ($3::text is null or a.number > $3)
    order by a.number limit $4 + 1`,
)

/** Articles by number, with stock over all locations. */
export async function findArticles(
  database: Database,
  input: { limit: number; after?: string | undefined; q?: string | undefined; active?: 'true' | 'false' | undefined },
) {
  const rows = await database.query(articleRows, [
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.active ?? null,
    input.after ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.number)
}

export async function findArticle(database: Database, input: { id: string }) {
  const [row] = await database.query(articleById, [input.id])
  return orNotFound(row, 'article').article
}
