import { statement } from '../../kernel/index.ts'
import type { CatalogueItem } from '../connector.ts'
import { saveProgress } from './connections.ts'
import { listMapped, mustReadFirst } from './list-mapped.ts'
import type { Said, Session } from './session.ts'
import { type Task, wishFor } from './tasks.ts'

// Two articles of the shop with one SKU can't be told apart when an order names it: doubled, for somebody to mend there.
const keepItems = statement(
  'shops.keep-catalogue-items',
  `insert into shops.catalogue_item as c (channel_id, sku, ids, gtin, name, price, vat_rate, active, doubled, seen_at)
   select $2, i.sku, (array_agg(i.ids))[1], max(i.gtin), max(i.name), max(i.price), max(i."vatRate"), bool_or(i.active), count(*) > 1, $3
     from jsonb_to_recordset($1) as i(sku text, ids jsonb, gtin text, name text, price bigint, "vatRate" int, active boolean) group by i.sku
   on conflict (channel_id, sku) do update set ids = excluded.ids, gtin = excluded.gtin, name = excluded.name, price = excluded.price, vat_rate = excluded.vat_rate,
     active = excluded.active, doubled = excluded.doubled or (c.seen_at = excluded.seen_at and c.ids <> excluded.ids), seen_at = excluded.seen_at`,
)
const dropUnseen = statement(
  'shops.drop-unseen-items',
  'delete from shops.catalogue_item where channel_id = $1 and seen_at < $2',
)
// ids of the shop may have changed with a new import over there
const refreshListings = statement(
  'shops.refresh-listings',
  `update shops.listing l set ids = c.ids from shops.catalogue_item c where l.channel_id = $1 and c.channel_id = $1 and c.sku = l.sku and c.ids <> l.ids`,
)
/**
 * Which article of ours a shop's article is: the one with its SKU as number; else the one with its GTIN, if it's the only
 * shop article with that. A SKU and a GTIN that name two different articles are ambiguous.
 */
export const candidatesSql = `select c.channel_id, c.sku, c.ids, c.name, c.gtin, c.price, c.vat_rate, n.id as by_number, g.id as by_gtin,
     c.doubled or (n.id is not null and g.id is not null and n.id <> g.id) or (n.id is null and g.id is not null
       and exists (select 1 from shops.catalogue_item d where d.channel_id = c.channel_id and d.gtin = c.gtin and d.sku <> c.sku)) as ambiguous
   from shops.catalogue_item c left join catalog.article n on n.number = c.sku left join catalog.article g on g.gtin = c.gtin
  where c.channel_id = $1`
const makeListings = statement<{ made: number }>(
  'shops.make-listings',
  `with found as (${candidatesSql}),
   made as (insert into shops.listing (id, channel_id, sku, ids)
     select gen_random_uuid(), channel_id, sku, ids from found where not ambiguous and coalesce(by_number, by_gtin) is not null
     on conflict (channel_id, sku) do nothing returning id, sku),
   parts as (insert into shops.listing_part (listing_id, article_id, quantity)
     select m.id, coalesce(f.by_number, f.by_gtin), 1000 from made m join found f on f.sku = m.sku returning listing_id)
   select count(*)::int as made from parts`,
)
/**
 * Matches the shop's articles with ours: all of them, or those that somebody mapped when he completed a parked order. For
 * these the catalogue is read only where it has something new.
 */
export async function matchCatalogue(session: Session, { objectId }: Task): Promise<Said> {
  if (objectId === 'all') return matchAll(session)
  const articles = (await mustReadFirst(session, objectId)) ? await readCatalogue(session) : undefined
  return { outcome: 'done', facts: { articles, newlyMatched: await listMapped(session, objectId) } }
}

/**
 * Reads the whole catalogue of the shop and matches it with ours by SKU and GTIN. What a person matched by hand stays.
 * Then the shop is told the stock of every article that it shows otherwise.
 */
async function matchAll(session: Session): Promise<Said> {
  const { kernel, shop } = session
  const articles = await readCatalogue(session)
  const [{ made } = { made: 0 }] = await kernel.database.query(makeListings, [shop.channelId])
  await wishFor(kernel.database, shop.channelId, 'recount', ['all'])
  return { outcome: 'done', facts: { articles, newlyMatched: made } }
}

/** Every article of the shop as it is now, kept for matching. The number of them. */
async function readCatalogue({ kernel, shop, api }: Session): Promise<number> {
  const seenAt = new Date()
  let done = 0
  let page: string | undefined
  do {
    const items = await api.catalogue(page)
    const named = items.rows.filter((item) => item.sku.trim() !== '')
    await kernel.database.query(keepItems, [JSON.stringify(named.map(rowOf)), shop.channelId, seenAt])
    done += items.rows.length
    await saveProgress(kernel.database, shop.channelId, { kind: 'match', done, of: null })
    page = items.next
  } while (page !== undefined)
  await kernel.database.query(dropUnseen, [shop.channelId, seenAt])
  await kernel.database.query(refreshListings, [shop.channelId])
  await saveProgress(kernel.database, shop.channelId, null)
  return done
}

function rowOf({ sku, ids, gtin, name, price, vatRate, active }: CatalogueItem) {
  return { sku: sku.trim().slice(0, 80), ids, gtin, name: name.slice(0, 300), price, vatRate, active }
}
