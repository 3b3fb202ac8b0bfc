import { z } from 'zod'
import type { ListingRef } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { isId, listOf, PER_PAGE, type WooApi } from './api.ts'
import { metaData, text } from './shapes.ts'

/** What we read of a product or a variation. */
export const wooProduct = z.looseObject({
  id: z.int(),
  /** of a variation: its product; 0 otherwise */
  parent_id: z.int().nullish(),
  /** older shops don't say it of variations */
  type: text,
  name: text,
  status: text,
  sku: text,
  global_unique_id: text,
  price: text,
  regular_price: text,
  tax_status: text,
  tax_class: text,
  /** "parent": a variation that shares the stock of its product */
  manage_stock: z.union([z.boolean(), z.literal('parent')]).nullish(),
  stock_quantity: z.number().nullish(),
  attributes: z
    .array(z.looseObject({ option: text }))
    .nullish()
    .catch(null),
  meta_data: metaData,
})
export type WooProduct = z.output<typeof wooProduct>

/** Where a product or variation is written, below /wp-json/wc/v3/. */
export function pathOfRef({ product, variation }: Record<string, string>): string {
  if (!isId(product)) throw new ShopError('refused', `no product id: ${product}`)
  return isId(variation) ? `products/${product}/variations/${variation}` : `products/${product}`
}

export function refOf(product: WooProduct, parentId = product.parent_id ?? 0): Record<string, string> {
  return parentId > 0 ? { product: String(parentId), variation: String(product.id) } : { product: String(product.id) }
}

/** The pieces it shows; null: it counts none, or only together with its product's other variations. */
export function shownBy(product: WooProduct): number | null {
  return product.manage_stock === true ? Math.floor(product.stock_quantity ?? 0) : null
}

/** A product that only holds variations together, or leads elsewhere, has nothing to count. */
export function isCountable(product: WooProduct): boolean {
  return !['variable', 'grouped', 'external'].includes(product.type)
}

export function productsIn(json: unknown, what: string): WooProduct[] {
  return listOf(json, what).flatMap((row) => wooProduct.safeParse(row).data ?? [])
}

/** An article found again: where it is now, and what it says. */
export interface FoundProduct {
  ids: Record<string, string>
  product: WooProduct
}

/**
 * The articles behind listings, by SKU. Ids are asked for in one request a hundred products and one a product with
 * variations; where the id is gone or carries another SKU by now, the SKU decides and is looked for.
 */
export async function findProducts(
  api: WooApi,
  listings: readonly ListingRef[],
): Promise<ReadonlyMap<string, FoundProduct>> {
  const found = new Map<string, FoundProduct>()
  const keep = (products: readonly WooProduct[], parentId?: number) => {
    for (const product of products) {
      const ids = refOf(product, parentId)
      const listing = listings.find((one) => one.sku === product.sku.trim() && isSame(one.ids, ids))
      if (listing) found.set(listing.sku, { ids, product })
    }
  }
  for (const [path, ids] of Map.groupBy(
    listings.filter((one) => isId(one.ids.product)),
    collectionOf,
  )) {
    const parent = /^products\/(\d+)\/variations$/.exec(path)?.[1]
    for (let at = 0; at < ids.length; at += PER_PAGE) {
      const include = ids.slice(at, at + PER_PAGE).map(({ ids: one }) => one.variation ?? one.product)
      const answer = await api.find(path, { include: include.join(','), per_page: PER_PAGE })
      if (answer) keep(productsIn(answer.json, path), parent === undefined ? undefined : Number(parent))
    }
  }
  for (const { sku } of listings) {
    if (found.has(sku)) continue
    const moved = await findBySku(api, sku)
    if (moved) found.set(sku, moved)
  }
  return found
}

/** A product or variation by its SKU; the shop searches without looking at capitals, we don't. */
export async function findBySku(api: WooApi, sku: string): Promise<FoundProduct | undefined> {
  const answer = await api.get('products', { sku, per_page: PER_PAGE })
  const product = productsIn(answer.json, 'products').find((one) => one.sku.trim() === sku)
  return product && { ids: refOf(product), product }
}

/** The list a listing's product stands in; batches are written to the same place. */
export function collectionOf({ ids }: { ids: Record<string, string> }): string {
  return isId(ids.variation) ? `products/${ids.product}/variations` : 'products'
}

function isSame(a: Record<string, string>, b: Record<string, string>): boolean {
  return a.product === b.product && (a.variation ?? '') === (b.variation ?? '')
}
