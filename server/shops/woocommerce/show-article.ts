import { decimalOfCents } from '../../../common/money.ts'
import { remark } from '../../../common/shops/api.ts'
import type { ListingRef, ShownArticle } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { isRecord } from '../shop-order.ts'
import type { WooApi } from './api.ts'
import { findBySku, findProducts, pathOfRef, wooProduct } from './products.ts'
import type { TaxClasses } from './read-catalogue.ts'

/**
 * Name, price and whether it is sold go to the shop. A variation is called by its product and attributes, so it keeps its
 * name, and one that isn't sold is private where a product is a draft. The price is the normal one: offers stay the shop's.
 */
export async function showArticle(api: WooApi, listing: ListingRef, article: ShownArticle): Promise<void> {
  const found = (await findProducts(api, [listing])).get(listing.sku)
  if (!found) throw new ShopError('refused', remark('article-gone', { sku: listing.sku }))
  const isVariation = found.ids.variation !== undefined
  await api.send('PUT', pathOfRef(found.ids), {
    ...(isVariation ? {} : { name: article.name }),
    ...(article.price === null ? {} : { regular_price: decimalOfCents(article.price) }),
    status: article.active ? 'publish' : isVariation ? 'private' : 'draft',
  })
}

/**
 * A new simple product. The SKU is looked for first: after a lost answer it is there already, and the same SKU twice is
 * refused by the shop anyway.
 */
export async function publishArticle(
  api: WooApi,
  classes: TaxClasses,
  article: ShownArticle & { sku: string; gtin: string | null; available: number },
): Promise<ListingRef> {
  const known = await findBySku(api, article.sku)
  if (known) return { sku: article.sku, ids: known.ids }
  const taxClass = [...classes].find(([, rate]) => rate === article.vatRate)?.[0]
  if (taxClass === undefined && article.vatRate !== 0)
    throw new ShopError('refused', remark('no-tax-rate', { rate: article.vatRate / 100 }))
  const answer = await api.send('POST', 'products', {
    type: 'simple',
    sku: article.sku,
    name: article.name,
    status: article.active ? 'publish' : 'draft',
    ...(article.price === null ? {} : { regular_price: decimalOfCents(article.price) }),
    ...(article.gtin === null ? {} : { global_unique_id: article.gtin }),
    ...(taxClass === undefined ? { tax_status: 'none' } : { tax_class: taxClass === 'standard' ? '' : taxClass }),
    manage_stock: true,
    stock_quantity: article.available,
    backorders: 'no',
  })
  const made = wooProduct.safeParse(answer.json).data
  if (!made || !isRecord(answer.json)) throw new ShopError('unreachable', 'POST products: the answer is no product')
  return { sku: article.sku, ids: { product: String(made.id) } }
}
