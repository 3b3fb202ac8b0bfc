import { decimalOfCents } from '../../../common/money.ts'
import { remark } from '../../../common/shops/api.ts'
import type { CatalogueItem, ListingRef, Page, ShopApi, ShownArticle } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { type AskShopify, change } from './ask-shopify.ts'
import { catalogue, createProduct, updateProduct, updateVariant, variantBySku, variantSeen } from './documents.ts'
import { centsOf } from './shapes.ts'
import { availableIn } from './write-stock.ts'

interface Variant {
  id: string
  sku: string | null
  barcode: string | null
  title: string
  price: string
  product: { id: string; title: string; status: string; hasOnlyDefaultVariant: boolean }
  inventoryItem: { id: string }
}

/** Variants with a number of their own; what has neither SKU nor barcode nobody can name. */
export async function readCatalogue(ask: AskShopify, location: string, after?: string): Promise<Page<CatalogueItem>> {
  const { data } = await ask(catalogue, { after: after ?? null, location })
  const { nodes, pageInfo } = data.productVariants as { nodes: Variant[]; pageInfo: Record<string, never> }
  const rows = nodes.flatMap((one): CatalogueItem[] => {
    const sku = one.sku?.trim() || one.barcode?.trim()
    if (!sku) return []
    const { product } = one
    return [
      {
        sku,
        ids: { variant: one.id, product: product.id, inventoryItem: one.inventoryItem.id },
        gtin: one.barcode?.trim() || null,
        name: product.hasOnlyDefaultVariant ? product.title : `${product.title} - ${one.title}`,
        price: centsOf(one.price) ?? null,
        // Shopify keeps taxes by country and collection, not on the article
        vatRate: null,
        available: availableIn(one.inventoryItem),
        active: product.status === 'ACTIVE',
      },
    ]
  })
  return { rows, next: pageInfo.hasNextPage ? pageInfo.endCursor : undefined }
}

/** Price of the variant; name and whether it is sold belong to the product, so only where the product is this one article. */
export async function showArticle(ask: AskShopify, listing: ListingRef, article: ShownArticle): Promise<void> {
  const { data } = await ask(variantSeen, { id: listing.ids.variant })
  const variant = data.productVariant as Variant | null
  if (!variant) throw new ShopError('refused', remark('article-gone', { sku: listing.sku }), { status: 404 })
  const { product } = variant
  if (article.price !== null && centsOf(variant.price) !== article.price) {
    const variants = [{ id: variant.id, price: decimalOfCents(article.price) }]
    await change(ask, updateVariant, { product: product.id, variants })
  }
  if (!product.hasOnlyDefaultVariant) return
  const isSold = product.status === 'ACTIVE'
  const changes = {
    ...(product.title === article.name ? {} : { title: article.name }),
    ...(isSold === article.active ? {} : { status: article.active ? 'ACTIVE' : 'DRAFT' }),
  }
  if (Object.keys(changes).length > 0) await change(ask, updateProduct, { product: { id: product.id, ...changes } })
}

/** A new product with one variant. Looked for first: an answer may have been lost after the shop had made it. */
export async function publish(
  ask: AskShopify,
  location: string,
  article: Parameters<ShopApi['publish']>[0],
): Promise<ListingRef> {
  const known = await ask(variantBySku, { query: `sku:${JSON.stringify(article.sku)}` })
  const found = known.data.productVariants.nodes.find((one: Variant) => one.sku === article.sku)
  if (found) return refOf(article.sku, found, found.product.id)
  const input = {
    title: article.name,
    status: article.active ? 'ACTIVE' : 'DRAFT',
    productOptions: [{ name: 'Title', values: [{ name: 'Default Title' }] }],
    variants: [
      {
        optionValues: [{ optionName: 'Title', name: 'Default Title' }],
        sku: article.sku,
        ...(article.gtin === null ? {} : { barcode: article.gtin }),
        ...(article.price === null ? {} : { price: decimalOfCents(article.price) }),
        taxable: article.vatRate > 0,
        inventoryPolicy: 'DENY',
        inventoryItem: { tracked: true, sku: article.sku },
        inventoryQuantities: [{ locationId: location, name: 'available', quantity: article.available }],
      },
    ],
  }
  const payload = (await change(ask, createProduct, { input })) as {
    product: { id: string; variants: { nodes: [{ id: string; inventoryItem: { id: string } }] } }
  }
  return refOf(article.sku, payload.product.variants.nodes[0], payload.product.id)
}

function refOf(sku: string, variant: { id: string; inventoryItem: { id: string } }, product: string): ListingRef {
  return { sku, ids: { variant: variant.id, product, inventoryItem: variant.inventoryItem.id } }
}
