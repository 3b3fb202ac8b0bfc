import { z } from 'zod'

/** Vendure answers whole cents; only a shipping price taken out of a gross one has decimals (495.798…). */
const money = z.number().min(-1e13).max(1e13)
const cents = money.transform(Math.round)
const rate = z
  .number()
  .min(0)
  .max(100)
  .transform((percent) => Math.round(percent * 100))
const quantity = z.int().min(0).max(9_000_000)
const id = z.union([z.string(), z.number()]).transform(String)
const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '')
const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((all) => all ?? [])
/** free keys and values: read if they are there, never a reason to refuse */
const free = z.unknown().optional()

const discounts = listOf(
  z.looseObject({ adjustmentSource: text, description: text, amount: cents, amountWithTax: cents }),
)

const line = z.looseObject({
  id,
  quantity,
  orderPlacedQuantity: quantity.nullish(),
  unitPrice: cents,
  unitPriceWithTax: cents,
  linePrice: cents,
  linePriceWithTax: cents,
  discountedLinePrice: cents.nullish(),
  discountedLinePriceWithTax: cents.nullish(),
  proratedLinePrice: cents.nullish(),
  proratedLinePriceWithTax: cents.nullish(),
  taxRate: rate,
  discounts,
  productVariant: z.looseObject({ sku: text, name: text, options: listOf(z.looseObject({ name: text })) }).nullish(),
})

const shippingLine = z.looseObject({
  id,
  price: money,
  priceWithTax: money,
  discountedPrice: cents.nullish(),
  discountedPriceWithTax: cents.nullish(),
  discounts,
  shippingMethod: z.looseObject({ name: text, code: text }).nullish(),
})

const payment = z.looseObject({
  id,
  method: z.string(),
  amount: cents,
  state: z.string(),
  transactionId: text,
  createdAt: text,
  updatedAt: text,
  metadata: free,
  refunds: listOf(z.looseObject({ id, state: z.string(), total: cents })),
})

const address = z
  .looseObject({
    fullName: text,
    company: text,
    streetLine1: text,
    streetLine2: text,
    city: text,
    postalCode: text,
    countryCode: text,
    phoneNumber: text,
    customFields: free,
  })
  .nullish()

/** What we read of an Order of the Admin API; the rest may be anything, and what a query left out may be missing. */
export const vendureOrder = z.looseObject({
  code: z.string(),
  state: z.string(),
  orderPlacedAt: text,
  currencyCode: z.string(),
  couponCodes: listOf(z.string()),
  total: cents,
  totalWithTax: cents,
  taxSummary: listOf(z.looseObject({ taxRate: rate, taxBase: cents, taxTotal: cents })),
  customer: z
    .looseObject({
      id,
      firstName: text,
      lastName: text,
      emailAddress: text,
      phoneNumber: text,
      user: z.unknown().optional(),
      customFields: free,
    })
    .nullish(),
  shippingAddress: address,
  billingAddress: address,
  lines: z.array(line),
  shippingLines: listOf(shippingLine),
  surcharges: listOf(
    z.looseObject({
      id,
      description: text,
      price: cents,
      priceWithTax: cents,
      taxRate: rate,
      taxLines: z.array(z.unknown()).nullish(),
    }),
  ),
  payments: listOf(payment),
  fulfillments: listOf(z.looseObject({ state: z.string() })),
  modifications: listOf(z.looseObject({ refund: z.looseObject({ id }).nullish() })),
  history: z
    .looseObject({ items: listOf(z.looseObject({ type: text, createdAt: text, data: free })) })
    .nullish()
    .catch(null),
  customFields: free,
})
export type VendureOrder = z.output<typeof vendureOrder>
export type VendureLine = z.output<typeof line>
export type VendurePayment = z.output<typeof payment>
export type VendureAddress = z.output<typeof address>
