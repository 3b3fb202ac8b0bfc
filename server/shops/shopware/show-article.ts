import { type Cents, decimalOfCents } from '../../../common/money.ts'
import { remark } from '../../../common/shops/api.ts'
import type { CatalogueItem, ListingRef, Page, ShopApi, ShownArticle } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { type AskShopware, search } from './ask-shopware.ts'
import { centsOf } from './shapes.ts'

/** The currency a shop is made with; that it is the euro is asked in the set-up. */
export const OWN_CURRENCY = 'b7d2554b0ce847cd82f3ac9bd1c0dfca'
const PAGE = 100
/** a variant says only what is different from its product; so the shop fills in the rest */
const INHERIT = { 'sw-inheritance': '1' }
const FIELDS = [
  'id',
  'parentId',
  'autoIncrement',
  'productNumber',
  'ean',
  'name',
  'translated',
  'price',
  'stock',
  'active',
]

interface Price {
  currencyId: string
  gross: number
  net: number
  linked: boolean
}

interface Product {
  id: string
  parentId: string | null
  autoIncrement: number
  productNumber: string
  ean: string | null
  name: string | null
  translated?: { name?: string | null }
  price: Price[] | null
  stock: number
  active: boolean | null
  tax?: { taxRate: number } | null
  options?: { name?: string | null; translated?: { name?: string | null } }[] | null
}

/** What can be sold: products without variants, and variants. By their own counter, so that no page misses one. */
export async function readCatalogue(ask: AskShopware, page: string | undefined): Promise<Page<CatalogueItem>> {
  const after = page === undefined ? [] : [{ type: 'range', field: 'autoIncrement', parameters: { gt: Number(page) } }]
  const sellable = {
    type: 'multi',
    operator: 'or',
    queries: [
      { type: 'equals', field: 'childCount', value: 0 },
      { type: 'equals', field: 'childCount', value: null },
    ],
  }
  const { rows } = await search(
    ask,
    'product',
    {
      limit: PAGE,
      filter: [sellable, ...after],
      sort: [{ field: 'autoIncrement', order: 'ASC' }],
      associations: { tax: {}, options: {} },
      includes: {
        product: [...FIELDS, 'tax', 'options'],
        tax: ['taxRate'],
        property_group_option: ['name', 'translated'],
      },
    },
    INHERIT,
  )
  const products = rows as Product[]
  return {
    rows: products.map(itemOf),
    next: products.length < PAGE ? undefined : String(products.at(-1)!.autoIncrement),
  }
}

function itemOf(product: Product): CatalogueItem {
  const options = (product.options ?? [])
    .map((one) => one.translated?.name ?? one.name ?? '')
    .filter((one) => one !== '')
  const price = ownPrice(product)
  return {
    sku: product.productNumber,
    ids: { product: product.id },
    gtin: product.ean?.trim() || null,
    name: [product.translated?.name ?? product.name ?? product.productNumber, ...options].join(' '),
    price: price === undefined ? null : centsOf(price.gross),
    vatRate: product.tax ? Math.round(product.tax.taxRate * 100) : null,
    available: Number(product.stock),
    active: product.active !== false,
  }
}

function ownPrice({ price }: Pick<Product, 'price'>): Price | undefined {
  return price?.find((one) => one.currencyId === OWN_CURRENCY)
}

async function oneProduct(
  ask: AskShopware,
  criteria: object,
  headers?: Record<string, string>,
): Promise<Product | undefined> {
  const includes = { product: FIELDS }
  const { rows } = await search(ask, 'product', { limit: 1, includes, ...criteria }, headers)
  return rows[0] as Product | undefined
}

/** Writes what differs. The name of a variant is its product's and stays; prices in other currencies stay. */
export async function showArticle(ask: AskShopware, listing: ListingRef, article: ShownArticle): Promise<void> {
  const product = await oneProduct(ask, { ids: [listing.ids.product] }, INHERIT)
  if (!product) throw new ShopError('refused', remark('article-gone', { sku: listing.sku }), { status: 404 })
  const price = ownPrice(product)
  const isOther = article.price !== null && (price === undefined || centsOf(price.gross) !== article.price)
  const others = (product.price ?? []).filter((one) => one.currencyId !== OWN_CURRENCY)
  const changes = {
    ...(isOther ? { price: [priceOf(article.price!, article.vatRate), ...others] } : {}),
    ...(product.parentId === null && product.name !== article.name ? { name: article.name } : {}),
    ...((product.active !== false) === article.active ? {} : { active: article.active }),
  }
  if (Object.keys(changes).length > 0) await ask('PATCH', `/product/${product.id}`, changes)
}

/** The shop keeps both sides of a price as numbers; gross is ours, net follows to a ten-thousandth of a cent. */
function priceOf(gross: Cents, vatRate: number): Price {
  const net = Math.round((gross * 10_000 * 10_000) / (10_000 + vatRate)) / 1_000_000
  return { currencyId: OWN_CURRENCY, gross: Number(decimalOfCents(gross)), net, linked: true }
}

/** A new product. Looked for by its number first: an answer may have been lost after the shop had made it. */
export async function publish(
  ask: AskShopware,
  article: Parameters<ShopApi['publish']>[0],
  salesChannelId: string | undefined,
): Promise<ListingRef> {
  const byNumber = { filter: [{ type: 'equals', field: 'productNumber', value: article.sku }] }
  const known = await oneProduct(ask, byNumber)
  if (known) return { sku: article.sku, ids: { product: known.id } }
  const rate = article.vatRate / 100
  const taxes = await search(ask, 'tax', { limit: 1, filter: [{ type: 'equals', field: 'taxRate', value: rate }] })
  if (taxes.rows.length === 0) throw new ShopError('refused', remark('no-tax-rate', { rate }))
  await ask('POST', '/product', {
    name: article.name,
    productNumber: article.sku,
    ...(article.gtin === null ? {} : { ean: article.gtin }),
    taxId: taxes.rows[0].id,
    price: [priceOf(article.price ?? 0, article.vatRate)],
    // an article without a price is made, but nobody can buy it for nothing
    active: article.active && article.price !== null,
    stock: article.available,
    isCloseout: true,
    ...(salesChannelId ? { visibilities: [{ salesChannelId, visibility: 30 }] } : {}),
  })
  const made = await oneProduct(ask, byNumber)
  if (!made) throw new ShopError('unreachable', remark('article-not-there-yet', { sku: article.sku }))
  return { sku: article.sku, ids: { product: made.id } }
}
