import { remark } from '../../../common/shops/api.ts'
import { statement } from '../../kernel/index.ts'
import { articleForShop } from './article-facts.ts'
import type { Said, Session } from './session.ts'
import type { Task } from './tasks.ts'

const listingWithArticle = statement<{ sku: string; ids: Record<string, string>; articleId: string | null }>(
  'shops.listing-with-article',
  `select l.sku, l.ids, (select p.article_id from shops.listing_part p where p.listing_id = l.id and p.quantity = 1000
       and 1 = (select count(*) from shops.listing_part o where o.listing_id = l.id)) as "articleId"
     from shops.listing l where l.id = $1`,
)

/** Name, price and whether it is sold go to the shop. Bundles and packs keep what the shop says of them. */
export async function showArticle({ kernel, shop, api }: Session, { objectId }: Task): Promise<Said> {
  const [listing] = await kernel.database.query(listingWithArticle, [objectId])
  if (!listing?.articleId) return { outcome: 'nothing-to-do', remarks: [remark('not-one-article')] }
  const article = await articleForShop(kernel, shop, listing.articleId)
  if (!article) return { outcome: 'nothing-to-do' }
  const { name, price, vatRate, active } = article
  await api.showArticle({ sku: listing.sku, ids: listing.ids }, { name, price, vatRate, active })
  return { outcome: 'done', facts: { sku: listing.sku, price, active } }
}
