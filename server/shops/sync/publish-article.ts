import { remark } from '../../../common/shops/api.ts'
import { newId, statement } from '../../kernel/index.ts'
import { articleForShop } from './article-facts.ts'
import type { Said, Session } from './session.ts'
import { type Task, wishFor } from './tasks.ts'

const isListed = statement<{ id: string }>(
  'shops.listing-of-sku',
  'select id from shops.listing where channel_id = $1 and sku = $2',
)
const insertListing = statement(
  'shops.insert-published',
  `with item as (insert into shops.catalogue_item (channel_id, sku, ids, gtin, name, price, vat_rate, active, seen_at)
     values ($2, $3, $4, $6, $7, $8, $9, true, now()) on conflict (channel_id, sku) do nothing),
   made as (insert into shops.listing (id, channel_id, sku, ids) values ($1, $2, $3, $4) on conflict (channel_id, sku) do nothing returning id)
   insert into shops.listing_part (listing_id, article_id, quantity) select id, $5, 1000 from made`,
)

/** One of our articles becomes one of the shop's; its stock follows as its own write. */
export async function publishArticle({ kernel, shop, api }: Session, { objectId: articleId }: Task): Promise<Said> {
  const article = await articleForShop(kernel, shop, articleId)
  if (!article) return { outcome: 'nothing-to-do' }
  if ((await kernel.database.query(isListed, [shop.channelId, article.sku])).length > 0)
    return { outcome: 'nothing-to-do', remarks: [remark('listed-already')], facts: { sku: article.sku } }
  const ref = await api.publish({ ...article, available: 0 })
  const id = newId()
  await kernel.database.query(insertListing, [
    id,
    shop.channelId,
    ref.sku,
    JSON.stringify(ref.ids),
    articleId,
    article.gtin,
    article.name,
    article.price,
    article.vatRate,
  ])
  await wishFor(kernel.database, shop.channelId, 'stock', [id])
  return { outcome: 'done', facts: { sku: article.sku, price: article.price } }
}
