import { z } from 'zod'
import { roundHalfUp } from '../../../common/money.ts'

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '')

/** Shopware's numbers are floats of at most a few decimals: whole cents, half up, without the noise of the float. */
export function centsOf(amount: number): number {
  return roundHalfUp(tenThousandthsOf(amount), 100)
}

export function tenThousandthsOf(amount: number): number {
  const rounded = Math.round(Math.abs(amount) * 10_000 + 1e-6)
  return amount < 0 && rounded !== 0 ? -rounded : rounded
}

const amount = z.number().min(-1e8).max(1e8)
const cents = amount.transform(centsOf)

/** A list, or the same with keys (PHP writes a collection that lost a row so). */
const listOf = <T extends z.ZodType>(row: T) =>
  z
    .preprocess(
      (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value),
      z.array(row).nullish(),
    )
    .transform((rows) => (rows ?? []) as z.output<T>[])

const taxRow = z.looseObject({ tax: cents, taxRate: z.number().min(0).max(100), price: cents })
const price = z.looseObject({ unitPrice: amount, totalPrice: cents, calculatedTaxes: listOf(taxRow) })
export type ShopwarePrice = z.output<typeof price>

const state = z
  .looseObject({ technicalName: text })
  .nullish()
  .catch(null)
  .transform((value) => value?.technicalName ?? '')

const country = z.looseObject({ iso: text }).nullish().catch(null)
export const shopwareAddress = z
  .looseObject({
    firstName: text,
    lastName: text,
    company: text,
    department: text,
    street: text,
    additionalAddressLine1: text,
    additionalAddressLine2: text,
    zipcode: text,
    city: text,
    phoneNumber: text,
    vatId: text,
    country,
  })
  .nullish()
export type ShopwareAddress = z.output<typeof shopwareAddress>

const lineItem = z.looseObject({
  id: z.string().min(1),
  parentId: z.string().nullish().catch(null),
  label: text,
  type: text,
  good: z.boolean().nullish().catch(null),
  quantity: z.int().min(1).max(1_000_000),
  position: z.number().nullish().catch(null),
  payload: z.unknown().optional(),
  product: z.looseObject({ productNumber: text }).nullish().catch(null),
  price,
})
export type ShopwareLine = z.output<typeof lineItem>

const delivery = z.looseObject({
  id: z.string().min(1),
  createdAt: text,
  updatedAt: text,
  shippingCosts: price,
  stateMachineState: state,
  trackingCodes: listOf(z.string()),
  shippingOrderAddress: shopwareAddress,
  shippingMethod: z.looseObject({ name: text }).nullish().catch(null),
})
const transaction = z.looseObject({
  id: z.string().min(1),
  createdAt: text,
  updatedAt: text,
  amount: z.looseObject({ totalPrice: cents }),
  stateMachineState: state,
  customFields: z.unknown().optional(),
  paymentMethod: z
    .looseObject({
      name: text,
      technicalName: text,
      shortName: text,
      distinguishableName: text,
      handlerIdentifier: text,
      translated: z.looseObject({ name: text }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
export type ShopwareTransaction = z.output<typeof transaction>

/** What we read of an order of the Admin API with the associations of read-orders; the rest may be anything. */
export const shopwareOrder = z.looseObject({
  id: z.string().min(1),
  versionId: text,
  orderNumber: z.string(),
  orderDateTime: text,
  createdAt: text,
  updatedAt: text,
  customerComment: text,
  customFields: z.unknown().optional(),
  price: z.looseObject({
    totalPrice: cents,
    netPrice: cents,
    taxStatus: z.enum(['gross', 'net', 'tax-free']),
    calculatedTaxes: listOf(taxRow),
  }),
  currency: z.looseObject({ isoCode: z.string() }),
  stateMachineState: state,
  orderCustomer: z
    .looseObject({
      customerId: text,
      email: text,
      company: text,
      vatIds: listOf(z.string()).catch([]),
      customFields: z.unknown().optional(),
      customer: z.looseObject({ guest: z.boolean() }).nullish().catch(null),
    })
    .nullish(),
  billingAddress: shopwareAddress,
  lineItems: listOf(lineItem),
  deliveries: listOf(delivery),
  transactions: listOf(transaction),
})
export type ShopwareOrder = z.output<typeof shopwareOrder>

/** Orders being edited are versions of their own; this is the one that counts. */
export const LIVE_VERSION = '0fa91ce3e96a4bc2be4bd9ce752c3425'
