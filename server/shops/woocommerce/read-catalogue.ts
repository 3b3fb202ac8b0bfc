import { z } from 'zod'
import type { Cents } from '../../../common/money.ts'
import type { CatalogueItem, Page } from '../connector.ts'
import { decodeEntities, line, orNothing } from '../rules/plain-text.ts'
import { allPages, PER_PAGE, pagesOf, type WooApi } from './api.ts'
import { isCountable, productsIn, refOf, shownBy, type WooProduct, wooProduct } from './products.ts'
import { centsOf, microsOf, text } from './shapes.ts'

const tax = z.looseObject({ country: text, state: text, rate: text, class: text })

/** VAT rates of the shop by tax class, as a German buyer pays them, hundredths of a percent. */
export type TaxClasses = ReadonlyMap<string, number>

export async function readTaxClasses(api: WooApi): Promise<TaxClasses> {
  const classes = new Map<string, number>()
  for (const row of await allPages(api, 'taxes')) {
    const rate = tax.safeParse(row).data
    if (!rate || !['DE', ''].includes(rate.country) || rate.state !== '') continue
    // a rate for Germany goes before one for everybody
    if (rate.country === 'DE' || !classes.has(rate.class)) classes.set(rate.class, Math.round(Number(rate.rate) * 100))
  }
  return classes
}

/**
 * One page of products with all their variations. Grouped and external products and those that only hold variations
 * together can't be bought and are left out. What has no SKU comes with an empty one: nothing can be matched with it.
 */
export async function readCatalogue(
  api: WooApi,
  classes: TaxClasses,
  page: string | undefined,
): Promise<Page<CatalogueItem>> {
  const number = Number(page ?? 1)
  const answer = await api.get('products', { orderby: 'id', order: 'asc', per_page: PER_PAGE, page: number })
  const rows: CatalogueItem[] = []
  for (const product of productsIn(answer.json, 'products')) {
    if (isCountable(product)) rows.push(itemOf(product, undefined, classes))
    if (product.type !== 'variable') continue
    for (const row of await allPages(api, `products/${product.id}/variations`)) {
      const variation = wooProduct.safeParse(row).data
      if (variation) rows.push(itemOf(variation, product, classes))
    }
  }
  return { rows, next: number < pagesOf(answer) ? String(number + 1) : undefined }
}

function itemOf(product: WooProduct, parent: WooProduct | undefined, classes: TaxClasses): CatalogueItem {
  const taxClass = product.tax_class === 'parent' ? (parent?.tax_class ?? '') : product.tax_class
  return {
    // a variation without its own SKU answers its product's: that one means all of them
    sku: parent !== undefined && product.sku === parent.sku ? '' : product.sku.trim(),
    ids: refOf(product, parent?.id),
    gtin: orNothing(line(product.global_unique_id, 80)) ?? null,
    name: nameOf(product, parent),
    price: priceOf(product.regular_price || product.price),
    vatRate: product.tax_status === 'none' ? 0 : (classes.get(taxClass || 'standard') ?? null),
    available: shownBy(product),
    active: product.status === 'publish' && (parent === undefined || parent.status === 'publish'),
  }
}

/** As orders call it: "Gewindestange verzinkt - M8, 1 m". */
function nameOf(product: WooProduct, parent: WooProduct | undefined): string {
  if (!parent) return line(decodeEntities(product.name), 300)
  const options = (product.attributes ?? []).map((one) => one.option).filter((option) => option !== '')
  return line(decodeEntities([parent.name, options.join(', ')].filter((part) => part !== '').join(' - ')), 300)
}

function priceOf(price: string): Cents | null {
  const micros = price === '' ? undefined : microsOf(price)
  return micros === undefined ? null : centsOf(micros)
}
