import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { roundHalfUp } from '../../common/money.ts'
import { saveArticles } from '../catalog/index.ts'
import { newId, orNotFound, statement, type Work } from '../kernel/index.ts'
import { vatRates } from '../tax/index.ts'
import { classOfRate } from './rules/class-of-rate.ts'
import { findConnection } from './sync/connections.ts'
import { candidatesSql } from './sync/match-catalogue.ts'
import { wishFor } from './sync/tasks.ts'

interface Item {
  sku: string
  ids: Record<string, string>
  gtin: string | null
  name: string
  price: number | null
  vatRate: number | null
}
const onlyThere = statement<Item>(
  'shops.items-only-there',
  `select f.sku, f.ids, f.gtin, f.name, f.price, f.vat_rate as "vatRate" from (${candidatesSql}) f
    where f.by_number is null and f.by_gtin is null and not f.ambiguous and ($2::text[] is null or f.sku = any($2))
      and not exists (select 1 from shops.listing l where l.channel_id = f.channel_id and l.sku = f.sku) order by f.sku`,
)
const insertListings = statement(
  'shops.insert-taken',
  `with given as (select * from jsonb_to_recordset($2) as g(id uuid, sku text, ids jsonb, article uuid)),
   made as (insert into shops.listing (id, channel_id, sku, ids) select id, $1, sku, ids from given on conflict do nothing returning id)
   insert into shops.listing_part (listing_id, article_id, quantity) select g.id, g.article, 1000 from given g join made m on m.id = g.id`,
)

/**
 * Articles the shop has and we don't become ours, with SKU, GTIN, name, price and VAT class. Stock begins at none: goods
 * are counted in, not copied from a shop. One whose VAT rate the shop doesn't tell is left there: nobody should guess a tax.
 */
export async function takeShopArticles(
  work: Work,
  input: { channelId: string; skus?: string[] | undefined },
): Promise<{ wanted: number; withoutRate: number }> {
  const shop = orNotFound(await findConnection(work, input.channelId), 'shop')
  const [items, rates] = await Promise.all([
    work.query(onlyThere, [input.channelId, input.skus ?? null]),
    vatRates(work),
  ])
  const taken = items.flatMap(({ vatRate, ...item }) =>
    vatRate === null ? [] : [{ ...item, vatRate, id: newId(), article: newId() }],
  )
  const withoutRate = items.length - taken.length
  const gtins = new Set<string>()
  if (taken.length === 0) return { wanted: 0, withoutRate }
  await saveArticles(
    work,
    taken.map((item) => {
      const gtin = item.gtin && gtinHasRightCheckDigit(item.gtin) && !gtins.has(item.gtin) ? item.gtin : undefined
      if (gtin) gtins.add(gtin)
      return {
        id: item.article,
        number: item.sku,
        gtin,
        nameDe: item.name || item.sku,
        unit: 'H87',
        packageUnits: [],
        vatClass: classOfRate(rates, item.vatRate, work.today),
        listPrice: item.price === null ? undefined : netPrice(item.price, item.vatRate, shop.priceMode),
        prices: [],
        active: true,
      }
    }),
  )
  work.save(insertListings, [
    input.channelId,
    JSON.stringify(taken.map(({ id, sku, ids, article }) => ({ id, sku, ids, article }))),
  ])
  await wishFor(
    work,
    input.channelId,
    'stock',
    taken.map((item) => item.id),
  )
  work.record({ subjectId: input.channelId, after: { articles: taken.length, withoutRate } })
  return { wanted: taken.length, withoutRate }
}

/** Cents of the shop as our net unit price in ten-thousandths of a euro. */
function netPrice(price: number, vatRate: number, mode: 'net' | 'gross'): number {
  return mode === 'net' ? price * 100 : roundHalfUp(BigInt(price) * 1_000_000n, BigInt(10_000 + vatRate))
}

const onlyHere = statement<{ id: string }>(
  'shops.articles-only-here',
  `select a.id from catalog.article a where a.active and ($2::uuid[] is null or a.id = any($2))
     and not exists (select 1 from shops.listing_part p join shops.listing l on l.id = p.listing_id where p.article_id = a.id and l.channel_id = $1)`,
)

/** Our articles that the shop doesn't have are made there, one by one in the background. */
export async function publishArticles(
  work: Work,
  input: { channelId: string; articleIds?: string[] | undefined },
): Promise<{ wanted: number }> {
  orNotFound(await findConnection(work, input.channelId), 'shop')
  const articles = await work.query(onlyHere, [input.channelId, input.articleIds ?? null])
  await wishFor(
    work,
    input.channelId,
    'publish',
    articles.map((article) => article.id),
  )
  work.announce('shop.work-wished', { channelId: input.channelId, kind: 'publish' })
  work.record({ subjectId: input.channelId, after: { articles: articles.length } })
  return { wanted: articles.length }
}
