import { type Database, statement } from '../../kernel/index.ts'
import type { ListingRef } from '../connector.ts'
import { wishFrom } from './tasks.ts'

/** An article of the shop with what it should show now. */
export interface CountedListing extends ListingRef {
  id: string
  /** pieces the shop should show */
  expected: number
  /** pieces it showed when read or written last */
  shown: number | null
}

// Available is on hand less reserved over the channel's locations, less what the shop sold in orders that are parked here
// and beyond what was taken of an order; of a bundle as many as its scarcest part allows.
const counted = `with sold as (
     select o.channel, l->>'article' as number, (l->>'quantity')::bigint as quantity from orders.parked_order o cross join jsonb_array_elements(o.content->'lines') l
      where o.state = 'parked' and not o.reasons @? '$[*].code ? (@ like_regex "-in-shop$")'
     union all
     select c.code, b->>'article', (b->>'quantity')::bigint from shops.shop_order s join branches.channel c on c.id = s.channel_id cross join jsonb_array_elements(s.sold_beyond) b
      where s.sold_beyond is not null),
   untaken as (select channel, number, sum(quantity) as quantity from sold group by 1, 2)
   select l.id, l.sku, l.ids, l.shown, greatest(0, min(case when a.active then
      floor((coalesce(v.free, 0) - coalesce(w.quantity, 0) - s.safety_stock)::numeric / p.quantity) else 0 end))::int as expected
   from shops.listing l join shops.connection s on s.channel_id = l.channel_id join branches.channel c on c.id = l.channel_id
   join shops.listing_part p on p.listing_id = l.id join catalog.article a on a.id = p.article_id
   left join lateral (select sum(on_hand - reserved) as free from stock.level where article_id = p.article_id and location_id = any(c.locations)) v on true
   left join untaken w on w.channel = c.code and w.number = a.number`
const countedByIds = statement<CountedListing>(
  'shops.counted-listings',
  `${counted} where l.id = any($1) group by l.id order by l.id`,
)
const countedPage = statement<CountedListing>(
  'shops.counted-listings-page',
  `${counted} where l.channel_id = $1 and ($2::uuid is null or l.id > $2) group by l.id order by l.id limit $3`,
)

export function countListings(database: Database, ids: readonly string[]): Promise<CountedListing[]> {
  return database.query(countedByIds, [ids])
}

export function countListingsAfter(
  database: Database,
  channelId: string,
  after: string | null,
  limit: number,
): Promise<CountedListing[]> {
  return database.query(countedPage, [channelId, after, limit])
}

// a shop may show parts of a piece, where somebody or a plug-in of it counts so
const noteShown = statement(
  'shops.note-shown',
  `update shops.listing l set shown = floor(n.shown), expected = n.expected, shown_at = now(),
     drift_since = case when n.shown is distinct from n.expected then coalesce(l.drift_since, now()) end
     from jsonb_to_recordset($1) as n(id uuid, shown numeric, expected bigint) where l.id = n.id`,
)

/** What the shop shows, held against what it should: the drift monitor. */
export async function saveShown(
  database: Database,
  rows: readonly { id: string; shown: number | null; expected: number }[],
): Promise<void> {
  if (rows.length > 0) await database.query(noteShown, [JSON.stringify(rows)])
}

const countAll = statement<{ all: number }>(
  'shops.count-listings',
  'select count(*)::int as all from shops.listing where channel_id = $1',
)

export async function countOfListings(database: Database, channelId: string): Promise<number> {
  return (await database.query(countAll, [channelId]))[0]!.all
}

const wishStockOfArticles = wishFrom(
  'shops.wish-stock-of-articles',
  `select distinct l.channel_id, 'stock' as kind, l.id::text as object_id from catalog.article a join shops.listing_part p on p.article_id = a.id
     join shops.listing l on l.id = p.listing_id where l.channel_id = $1 and a.number = any($2)`,
)

/** The shop is to be told the stock of everything that is made of these articles. */
export async function wishStockOf(
  database: Database,
  channelId: string,
  sold: readonly { article: string }[],
): Promise<void> {
  if (sold.length > 0) await database.query(wishStockOfArticles, [channelId, sold.map((one) => one.article)])
}
