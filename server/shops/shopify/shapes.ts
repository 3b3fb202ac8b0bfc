import { z } from 'zod'
import { parseDecimal } from '../../../common/money.ts'

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '')

/** A decimal in shop currency with at most two decimals that are not zero: Shopify counts euros in cents. */
export function centsOf(amount: string | number): number | undefined {
  return parseDecimal(typeof amount === 'number' ? amount.toFixed(4) : amount, 2)
}

const money = z
  .looseObject({ shopMoney: z.looseObject({ amount: z.union([z.string(), z.number()]) }) })
  .transform((bag, context) => {
    const cents = centsOf(bag.shopMoney.amount)
    if (cents !== undefined && Math.abs(cents) < 1e12) return cents
    context.addIssue({ code: 'custom', message: 'no amount' })
    return z.NEVER
  })
const maybeMoney = money.nullish().transform((value) => value ?? 0)

/** A list however the query asked for it: nodes, edges, or already a plain list. */
const listOf = <T extends z.ZodType>(row: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    if ('nodes' in value) return value.nodes
    const { edges } = value as { edges?: unknown }
    return Array.isArray(edges) ? edges.map((edge) => (edge as { node?: unknown } | null)?.node) : value
  }, z.array(row))
const maybeListOf = <T extends z.ZodType>(row: T) =>
  z
    .union([z.null().transform(() => undefined), z.undefined(), listOf(row)])
    .transform((rows) => (rows ?? []) as z.output<T>[])

const taxLine = z.looseObject({
  title: text,
  ratePercentage: z.number().min(0).max(100).nullish().catch(null),
  priceSet: money,
})
const allocation = z.looseObject({
  allocatedAmountSet: money,
  discountApplication: z.looseObject({ code: text, title: text }).nullish().catch(null),
})
const quantity = z.int().min(0).max(1_000_000)

const lineItem = z.looseObject({
  id: z.string(),
  name: text,
  sku: text,
  quantity,
  currentQuantity: quantity,
  variant: z.looseObject({ barcode: text }).nullish().catch(null),
  originalUnitPriceSet: money,
  priceAfterAllDiscountsBeforeTaxesSet: money.nullish(),
  discountAllocations: maybeListOf(allocation),
  taxLines: maybeListOf(taxLine),
})
const shippingLine = z.looseObject({
  id: z.string().nullish(),
  title: text,
  isRemoved: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  originalPriceSet: money,
  discountedPriceSet: money,
  currentDiscountedPriceSet: money.nullish(),
  discountAllocations: maybeListOf(allocation),
  taxLines: maybeListOf(taxLine),
})
export const shopifyAddress = z
  .looseObject({
    name: text,
    company: text,
    address1: text,
    address2: text,
    zip: text,
    city: text,
    countryCodeV2: text,
    phone: text,
  })
  .nullish()
const transaction = z.looseObject({
  kind: z.string(),
  status: z.string(),
  gateway: text,
  formattedGateway: text,
  manualPaymentGateway: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  paymentId: text,
  processedAt: text,
  amountSet: money,
})
const company = z.looseObject({
  company: z.looseObject({ name: text }),
  location: z.looseObject({
    id: z.string(),
    externalId: text,
    taxSettings: z.looseObject({ taxRegistrationId: text }).nullish().catch(null),
  }),
})

/** What we read of an order of Admin GraphQL 2026-10 (documents.ts); the rest may be anything. */
export const shopifyOrder = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  createdAt: text,
  processedAt: text,
  updatedAt: text,
  cancelledAt: text,
  cancelReason: text,
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  taxesIncluded: z.boolean(),
  note: text,
  poNumber: text,
  email: text,
  displayFulfillmentStatus: text,
  paymentGatewayNames: maybeListOf(z.string()),
  customAttributes: maybeListOf(z.looseObject({ key: text, value: text })),
  customer: z
    .looseObject({
      id: z.string(),
      defaultEmailAddress: z.looseObject({ emailAddress: text }).nullish().catch(null),
    })
    .nullish(),
  purchasingEntity: company.nullish().catch(null),
  billingAddress: shopifyAddress,
  shippingAddress: shopifyAddress,
  paymentTerms: z.looseObject({ paymentTermsName: text, translatedName: text, paymentTermsType: text }).nullish(),
  totalPriceSet: money,
  totalTaxSet: maybeMoney,
  taxLines: maybeListOf(taxLine),
  currentTotalPriceSet: money,
  currentTotalTaxSet: maybeMoney,
  currentTaxLines: maybeListOf(taxLine),
  totalReceivedSet: maybeMoney,
  totalRefundedSet: maybeMoney,
  totalTipReceivedSet: maybeMoney,
  currentTotalDutiesSet: maybeMoney,
  currentTotalAdditionalFeesSet: maybeMoney,
  transactions: maybeListOf(transaction),
  shippingLines: maybeListOf(shippingLine),
  fulfillments: maybeListOf(z.looseObject({ status: text })),
  lineItems: listOf(lineItem),
})
export type ShopifyOrder = z.output<typeof shopifyOrder>
export type ShopifyLine = z.output<typeof lineItem>
export type ShopifyTaxLine = z.output<typeof taxLine>
export type ShopifyAddress = ShopifyOrder['billingAddress']
