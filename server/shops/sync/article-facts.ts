import { dayOf } from '../../../common/dates.ts'
import { roundHalfUp } from '../../../common/money.ts'
import { priceFor } from '../../catalog/index.ts'
import { type Database, type Kernel, statement } from '../../kernel/index.ts'
import { rateOn, vatRates } from '../../tax/index.ts'
import type { ShownArticle } from '../connector.ts'
import type { ShopConnection } from './connections.ts'

interface ArticleFacts {
  id: string
  number: string
  gtin: string | null
  name: string
  vatClass: string
  active: boolean
  listPrice: number | null
  prices: { priceGroup: string; fromQuantity: number; price: number }[]
}
const articleFacts = statement<ArticleFacts>(
  'shops.article-facts',
  `select a.id, a.number, a.gtin, a.name_de as name, a.vat_class as "vatClass", a.active, a.list_price as "listPrice",
     coalesce((select jsonb_agg(jsonb_build_object('priceGroup', p.price_group, 'fromQuantity', p.from_quantity, 'price', p.price)) from catalog.price p where p.article_id = a.id), '[]') as prices
     from catalog.article a where a.id = $1`,
)

export interface ArticleForShop extends ShownArticle {
  sku: string
  gtin: string | null
}

/** An article as the shop should show it: the price of one piece for the shop's price group, in the mode of its channel. */
export async function articleForShop(
  { database, now }: Pick<Kernel, 'now'> & { database: Database },
  shop: ShopConnection,
  articleId: string,
): Promise<ArticleForShop | undefined> {
  const [[article], rates] = await Promise.all([database.query(articleFacts, [articleId]), vatRates(database)])
  if (!article) return undefined
  const vatRate = rateOn(rates, article.vatClass, dayOf(now())) ?? 0
  const net = priceFor(article, shop.priceGroup, 1000)
  const { number, gtin, name, active } = article
  return {
    sku: number,
    gtin,
    name,
    active,
    vatRate,
    price: net === undefined ? null : shopPrice(net, vatRate, shop.priceMode),
  }
}

/** Whole cents, because shops know no more: a net price in ten-thousandths of a euro, with VAT put on in a gross shop. */
function shopPrice(net: number, vatRate: number, mode: 'net' | 'gross'): number {
  if (mode === 'net') return roundHalfUp(net, 100)
  return roundHalfUp(BigInt(net) * BigInt(10_000 + vatRate), 1_000_000n)
}
