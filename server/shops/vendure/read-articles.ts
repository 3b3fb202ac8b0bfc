import type { CatalogueItem, ListingRef, Page } from '../connector.ts'
import type { AdminApi } from './api.ts'
import { findShopFacts, type ShopFacts, selectCustomFields } from './shop-facts.ts'

export const ARTICLES_A_PAGE = 100

/** A variant as we ask for it; stock is one level a location. */
export interface Variant {
  id: string
  sku: string
  name: string
  price: number
  priceWithTax: number
  currencyCode: string
  enabled: boolean
  trackInventory: 'TRUE' | 'FALSE' | 'INHERIT'
  /** pieces kept back; below zero: so many more are sold than there are */
  outOfStockThreshold: number
  useGlobalOutOfStockThreshold: boolean
  taxRateApplied: { value: number }
  taxCategory: { id: string }
  stockLevels: { stockLocationId: string; stockOnHand: number; stockAllocated: number }[]
  product: { id: string; enabled: boolean; variantList: { totalItems: number } }
  customFields?: Record<string, unknown>
}

const variantFields = `id sku name price priceWithTax currencyCode enabled trackInventory outOfStockThreshold useGlobalOutOfStockThreshold taxRateApplied { value } taxCategory { id }
  stockLevels { stockLocationId stockOnHand stockAllocated }
  product { id enabled variantList(options: { take: 1 }) { totalItems } }`

export async function findVariants(api: AdminApi, options: Record<string, unknown>) {
  const facts = await findShopFacts(api)
  const { productVariants } = await api.ask<{ productVariants: { items: Variant[]; totalItems: number } }>(
    `query ($options: ProductVariantListOptions) { productVariants(options: $options) { totalItems items { ${variantFields} ${selectCustomFields(facts, 'ProductVariant')} } } }`,
    { options },
  )
  return { facts, ...productVariants }
}

/** The shop's articles, each a variant, in the order they were made. The page is the number of those before it. */
export async function readCatalogue(api: AdminApi, page: string | undefined): Promise<Page<CatalogueItem>> {
  const skip = Number(page ?? 0)
  const { facts, items, totalItems } = await findVariants(api, {
    take: ARTICLES_A_PAGE,
    skip,
    sort: { id: 'ASC' },
  })
  const next = skip + items.length < totalItems && items.length > 0 ? String(skip + items.length) : undefined
  return { rows: items.map((variant) => itemOf(variant, facts)), next }
}

function itemOf(variant: Variant, facts: ShopFacts): CatalogueItem {
  return {
    sku: variant.sku,
    ids: idsOf(variant),
    gtin: gtinOf(variant),
    name: variant.name,
    price: variant.currencyCode !== 'EUR' ? null : facts.pricesIncludeTax ? variant.priceWithTax : variant.price,
    vatRate: Math.round(variant.taxRateApplied.value * 100),
    available: shownOf(variant, facts),
    active: variant.enabled && variant.product.enabled,
  }
}

export function idsOf(variant: Pick<Variant, 'id' | 'product'>): ListingRef['ids'] {
  return { variantId: variant.id, productId: variant.product.id }
}

/** Vendure has no field for a GTIN; merchants add one and call it as they like. */
function gtinOf({ customFields }: Variant): string | null {
  for (const [name, value] of Object.entries(customFields ?? {}))
    if (/^(gtin|ean|barcode)/i.test(name) && typeof value === 'string' && /^\d{8,14}$/.test(value)) return value
  return null
}

export type Counted = Pick<
  Variant,
  'trackInventory' | 'stockLevels' | 'outOfStockThreshold' | 'useGlobalOutOfStockThreshold'
>

/** Pieces a buyer may still order, as Vendure computes it; null where the shop doesn't count this article. */
export function availableOf(variant: Counted, facts: ShopFacts): number | null {
  const isTracked = variant.trackInventory === 'TRUE' || (variant.trackInventory === 'INHERIT' && facts.tracksInventory)
  if (!isTracked) return null
  const there = variant.stockLevels.reduce((sum, level) => sum + level.stockOnHand - level.stockAllocated, 0)
  return there - thresholdOf(variant, facts)
}

/** What the shop shows: none, where it sold more than it had. */
export function shownOf(variant: Counted, facts: ShopFacts): number | null {
  const available = availableOf(variant, facts)
  return available === null ? null : Math.max(0, available)
}

export function thresholdOf(variant: Counted, facts: ShopFacts): number {
  return variant.useGlobalOutOfStockThreshold ? facts.outOfStockThreshold : variant.outOfStockThreshold
}

/** The variants of these listings by SKU, by the id we kept or, where the merchant made the article anew, by its SKU. */
export async function findListed(
  api: AdminApi,
  listings: readonly ListingRef[],
): Promise<{ facts: ShopFacts; variants: Map<string, Variant> }> {
  const variants = new Map<string, Variant>()
  const ids = listings.flatMap(({ ids: { variantId } }) => variantId ?? [])
  const byId = await findVariants(api, { filter: { id: { in: ids } }, take: Math.max(ids.length, 1) })
  for (const { sku, ids: own } of listings) {
    const found = byId.items.find((variant) => variant.id === own.variantId)
    if (found) variants.set(sku, found)
  }
  const missing = listings.filter(({ sku }) => !variants.has(sku)).map(({ sku }) => sku)
  if (missing.length > 0) {
    const bySku = await findVariants(api, { filter: { sku: { in: missing } }, take: ARTICLES_A_PAGE })
    for (const variant of bySku.items) if (!variants.has(variant.sku)) variants.set(variant.sku, variant)
  }
  return { facts: byId.facts, variants }
}
