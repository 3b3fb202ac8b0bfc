import { remark } from '../../../common/shops/api.ts'
import type { ListingRef, ShopApi, ShownArticle } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import type { AdminApi } from './api.ts'
import { findListed, idsOf, type Variant } from './read-articles.ts'
import { findShopFacts, type ShopFacts } from './shop-facts.ts'

/** Name, price, rate and whether it is for sale. A product with several variants keeps its own name. */
export async function showArticle(api: AdminApi, listing: ListingRef, article: ShownArticle): Promise<void> {
  const { facts, variants } = await findListed(api, [listing])
  const variant = variants.get(listing.sku)
  if (!variant) throw new ShopError('refused', remark('article-gone', { sku: listing.sku }))
  const translations = [{ languageCode: facts.language, name: article.name }]
  const taxCategoryId = await taxCategoryFor(api, article.vatRate, variant)
  await api.ask('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
    input: [
      {
        id: variant.id,
        enabled: article.active,
        translations,
        taxCategoryId,
        ...(article.price === null ? {} : { price: article.price }),
      },
    ],
  })
  if (variant.product.variantList.totalItems === 1 && variant.name !== article.name)
    await api.ask('mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }', {
      input: { id: variant.product.id, translations },
    })
}

/** The tax category whose rate in the shop's own zone this is. */
async function taxCategoryFor(api: AdminApi, vatRate: number, variant?: Variant): Promise<string> {
  if (variant && Math.round(variant.taxRateApplied.value * 100) === vatRate) return variant.taxCategory.id
  const rates = await api.remember('tax-rates', async () => {
    const { activeChannel, taxRates } = await api.ask<{
      activeChannel: { defaultTaxZone: { id: string } | null }
      taxRates: { items: { value: number; enabled: boolean; category: { id: string }; zone: { id: string } }[] }
    }>(
      '{ activeChannel { defaultTaxZone { id } } taxRates(options: { take: 100 }) { items { value enabled category { id } zone { id } } } }',
    )
    return taxRates.items.filter((rate) => rate.enabled && rate.zone.id === activeChannel.defaultTaxZone?.id)
  })
  const found = rates.find(({ value }) => Math.round(value * 100) === vatRate)
  if (!found) throw new ShopError('refused', remark('no-tax-rate', { rate: vatRate / 100 }))
  return found.category.id
}

/**
 * A new article: a product with one variant. Known by its SKU and the product's address, so that a lost answer makes no
 * second one.
 */
export async function publish(api: AdminApi, article: Parameters<ShopApi['publish']>[0]): Promise<ListingRef> {
  const { sku, name, available, active } = article
  const listed = (await findListed(api, [{ sku, ids: {} }])).variants.get(sku)
  if (listed) return { sku, ids: idsOf(listed) }
  const facts = await findShopFacts(api)
  const taxCategoryId = await taxCategoryFor(api, article.vatRate)
  const productId = await findOrMakeProduct(api, facts, { sku, name, active })
  const { createProductVariants } = await api.ask<{ createProductVariants: { id: string }[] }>(
    'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }',
    {
      input: [
        {
          productId,
          sku,
          taxCategoryId,
          enabled: active,
          trackInventory: 'TRUE',
          translations: [{ languageCode: facts.language, name }],
          ...(article.price === null ? {} : { price: article.price }),
          ...(facts.stockLocationId
            ? { stockLevels: [{ stockLocationId: facts.stockLocationId, stockOnHand: available }] }
            : {}),
          ...gtinField(facts, article.gtin),
        },
      ],
    },
  )
  return { sku, ids: { variantId: createProductVariants[0]!.id, productId } }
}

async function findOrMakeProduct(
  { ask }: AdminApi,
  { language }: ShopFacts,
  { sku, name, active }: { sku: string; name: string; active: boolean },
): Promise<string> {
  const slug = sku.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const { products } = await ask<{ products: { items: { id: string; variantList: { totalItems: number } }[] } }>(
    'query ($slug: String!) { products(options: { filter: { slug: { eq: $slug } }, take: 1 }) { items { id variantList(options: { take: 1 }) { totalItems } } } }',
    { slug },
  )
  const begun = products.items.find(({ variantList }) => variantList.totalItems === 0)
  if (begun) return begun.id
  const { createProduct } = await ask<{ createProduct: { id: string } }>(
    'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }',
    { input: { enabled: active, translations: [{ languageCode: language, name, slug, description: '' }] } },
  )
  return createProduct.id
}

function gtinField({ customFields }: ShopFacts, gtin: string | null) {
  const name = customFields.ProductVariant?.find((one) => /^(gtin|ean|barcode)/i.test(one))
  return name && gtin ? { customFields: { [name]: gtin } } : {}
}
