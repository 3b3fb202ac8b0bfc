import type { Answer, GraphQl } from './graphql-client.ts'
import type { Shop } from './start-shop.ts'

export interface ShopArticle {
  sku: string
  name: string
  /** cents, gross */
  price: number
  /** percent */
  vat?: 19 | 7
  stock?: number
}

const german = (name: string) => [{ languageCode: 'de', name, description: '' }]
const args = (values: Record<string, unknown>) =>
  Object.entries(values).map(([name, value]) => ({ name, value: String(value) }))

/**
 * Makes a German shop of an empty one: gross prices in euro, 19 and 7 % as a merchant sets them, parcels at 5.90 €, a
 * card payment, and purchase on delivery note where the plugin is installed.
 */
export async function setUpShop({ merchant }: Pick<Shop, 'merchant'>): Promise<void> {
  const { createCountry: germany } = await merchant(
    'mutation ($input: CreateCountryInput!) { createCountry(input: $input) { id } }',
    { input: { code: 'DE', enabled: true, translations: [{ languageCode: 'de', name: 'Deutschland' }] } },
  )
  const { createZone: zone } = await merchant(
    'mutation ($input: CreateZoneInput!) { createZone(input: $input) { id } }',
    { input: { name: 'Deutschland', memberIds: [germany.id] } },
  )
  for (const [value, name] of [
    [19, 'Normalsatz'],
    [7, 'Ermäßigt'],
  ] as const) {
    const { createTaxCategory: category } = await merchant(
      'mutation ($input: CreateTaxCategoryInput!) { createTaxCategory(input: $input) { id } }',
      { input: { name, isDefault: value === 19 } },
    )
    await merchant('mutation ($input: CreateTaxRateInput!) { createTaxRate(input: $input) { id } }', {
      input: { name: `MwSt. ${value} %`, enabled: true, value, categoryId: category.id, zoneId: zone.id },
    })
  }
  const { activeChannel } = await merchant('{ activeChannel { id } }')
  await merchant(
    'mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename ... on ErrorResult { errorCode message } } }',
    {
      input: {
        id: activeChannel.id,
        defaultCurrencyCode: 'EUR',
        availableCurrencyCodes: ['EUR'],
        pricesIncludeTax: true,
        defaultTaxZoneId: zone.id,
        defaultShippingZoneId: zone.id,
      },
    },
  )
  await merchant('mutation ($input: CreateShippingMethodInput!) { createShippingMethod(input: $input) { id } }', {
    input: {
      code: 'dhl-paket',
      fulfillmentHandler: 'manual-fulfillment',
      checker: { code: 'default-shipping-eligibility-checker', arguments: args({ orderMinimum: 0 }) },
      calculator: {
        code: 'default-shipping-calculator',
        arguments: args({ rate: 590, includesTax: 'include', taxRate: 19 }),
      },
      translations: german('DHL Paket'),
    },
  })
  await addPaymentMethods(merchant)
}

async function addPaymentMethods(merchant: GraphQl): Promise<void> {
  const { paymentMethodHandlers: handlers } = await merchant('{ paymentMethodHandlers { code } }')
  const has = (code: string) => handlers.some((handler: { code: string }) => handler.code === code)
  const create = (code: string, name: string, handler: string, checker?: Answer) =>
    merchant('mutation ($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }', {
      input: { code, enabled: true, handler: { code: handler, arguments: [] }, checker, translations: german(name) },
    })
  await create('kartenzahlung', 'Kartenzahlung', 'kartenzahlung')
  if (!has('kauf-auf-lieferschein')) {
    await create('lieferschein', 'Auf Lieferschein', 'nur-vorgemerkt')
    return
  }
  await create('kauf-auf-lieferschein', 'Kauf auf Lieferschein', 'kauf-auf-lieferschein', {
    code: 'tresen-lieferschein',
    arguments: [],
  })
}

/** Articles as the merchant enters them, each a product with one variant. Answers the variants' ids by SKU. */
export async function addArticles(
  { merchant }: Pick<Shop, 'merchant'>,
  articles: readonly ShopArticle[],
): Promise<Record<string, string>> {
  const { taxCategories } = await merchant('{ taxCategories { items { id isDefault } } }')
  const categoryOf = (vat: number) =>
    taxCategories.items.find((one: { isDefault: boolean }) => one.isDefault === (vat === 19)).id
  const ids: Record<string, string> = {}
  for (const { sku, name, price, vat = 19, stock = 0 } of articles) {
    const { createProduct } = await merchant(
      'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }',
      {
        input: {
          enabled: true,
          translations: [{ languageCode: 'de', name, slug: sku.toLowerCase(), description: '' }],
        },
      },
    )
    const { createProductVariants } = await merchant(
      'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }',
      {
        input: [
          {
            productId: createProduct.id,
            sku,
            price,
            taxCategoryId: categoryOf(vat),
            stockOnHand: stock,
            translations: [{ languageCode: 'de', name }],
          },
        ],
      },
    )
    ids[sku] = createProductVariants[0].id
  }
  return ids
}

export interface ShopCustomer {
  email: string
  company: string
  person: string
  street: string
  postalCode: string
  city: string
  vatId?: string
}

export const customerPassword = 'kunde-kunde'

/** A customer with an account, as the merchant enters him. Answers his id in the shop. */
export async function addCustomer({ merchant }: Pick<Shop, 'merchant'>, customer: ShopCustomer): Promise<string> {
  const [firstName, ...rest] = customer.person.split(' ')
  const { createCustomer } = await merchant(
    'mutation ($input: CreateCustomerInput!, $password: String) { createCustomer(input: $input, password: $password) { ... on Customer { id } ... on ErrorResult { errorCode message } } }',
    {
      input: {
        firstName,
        lastName: rest.join(' '),
        emailAddress: customer.email,
        customFields: { ustIdNr: customer.vatId },
      },
      password: customerPassword,
    },
  )
  return createCustomer.id
}
