import type { z } from 'zod'
import type { Page } from '../../common/route.ts'
import type { catalogueRow } from '../../common/shops/api.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'
import { candidatesSql } from './sync/match-catalogue.ts'

type Row = z.input<typeof catalogueRow>
type Show = 'matched' | 'only-here' | 'only-there' | 'ambiguous'

const sorted = `with found as (${candidatesSql}), items as (
   select f.sku, f.name, f.gtin, f.price, l.id as listing, f.by_number, f.by_gtin,
     case when l.id is not null then 'matched' when f.ambiguous then 'ambiguous' else 'only-there' end as how
     from found f left join shops.listing l on l.channel_id = f.channel_id and l.sku = f.sku)`

const itemRows = statement<Row>(
  'shops.catalogue-items',
  `${sorted} select i.sku, a.id as "articleId", a.number as "articleNumber", i.name, i.gtin, i.price,
     coalesce((select jsonb_agg(jsonb_build_object('article', pa.number, 'name', pa.name_de, 'quantity', p.quantity) order by pa.number)
       from shops.listing_part p join catalog.article pa on pa.id = p.article_id where p.listing_id = i.listing), '[]') as parts,
     case when i.how = 'ambiguous' then array(select number from catalog.article where id in (i.by_number, i.by_gtin) order by number) else '{}' end as candidates
     from items i left join catalog.article a on a.id = (select article_id from shops.listing_part p where p.listing_id = i.listing order by article_id limit 1)
    where i.how = $2 and ($3::text is null or i.sku > $3) order by i.sku limit $4 + 1`,
)
const onlyHereSql = `from catalog.article a where a.active and not exists (select 1 from shops.listing_part p join shops.listing l on l.id = p.listing_id where p.article_id = a.id and l.channel_id = $1)`
const onlyHereRows = statement<Row>(
  'shops.catalogue-only-here',
  `select null as sku, a.id as "articleId", a.number as "articleNumber", a.name_de as name, a.gtin, null::bigint as price, '[]'::jsonb as parts, '{}'::text[] as candidates
     ${onlyHereSql} and ($2::text is null or a.number > $2) order by a.number limit $3 + 1`,
)
const counts = statement<{
  matched: number
  onlyHere: number
  onlyThere: number
  ambiguous: number
  readAt: string | null
}>(
  'shops.catalogue-counts',
  `${sorted} select count(*) filter (where how = 'matched')::int as matched, count(*) filter (where how = 'only-there')::int as "onlyThere", count(*) filter (where how = 'ambiguous')::int as ambiguous,
     (select count(*)::int ${onlyHereSql}) as "onlyHere", (select max(seen_at) from shops.catalogue_item where channel_id = $1) as "readAt" from items`,
)

/** The report of the match: what is matched, only here, only there, ambiguous. */
export async function findCatalogue(database: Database, input: Page & { channelId: string; show: Show }) {
  const { channelId, show, after, limit } = input
  const [rows, [count]] = await Promise.all([
    show === 'only-here'
      ? database.query(onlyHereRows, [channelId, after ?? null, limit])
      : database.query(itemRows, [channelId, show, after ?? null, limit]),
    database.query(counts, [channelId]),
  ])
  const { readAt, ...numbers } = count!
  return { ...pageRows(rows, input, (row) => row.sku ?? row.articleNumber!), counts: numbers, readAt }
}
