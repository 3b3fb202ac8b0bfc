import { z } from 'zod'
import { roundHalfUp } from '../../../common/money.ts'

/** WooCommerce keeps amounts with up to six decimals and answers two of them (or more, with ?dp=6). */
export type Micros = number

/** The shop's decimals into whole millionths of a euro, exact to the sixth decimal. */
export function microsOf(value: string | number): Micros | undefined {
  const text = typeof value === 'number' && Math.abs(value) < 1e9 ? value.toFixed(8) : String(value).trim()
  if (text === '') return 0
  const match = /^([+-]?)(\d{1,9})(?:\.(\d*))?$/.exec(text)
  if (!match) return undefined
  const fraction = (match[3] ?? '').padEnd(7, '0')
  const absolute = Number(match[2]! + fraction.slice(0, 6)) + (fraction[6]! >= '5' ? 1 : 0)
  return match[1] === '-' && absolute !== 0 ? -absolute : absolute
}

/** Half up, as the shop does for its own two decimals. */
export function centsOf(micros: Micros): number {
  return roundHalfUp(micros, 10_000)
}

const micros = z.union([z.string(), z.number()]).transform((value, context) => {
  const read = microsOf(value)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'no amount' })
  return z.NEVER
})

/** pieces, or thousandths where a plugin allows parts of a piece */
const quantity = z.union([z.string(), z.number()]).transform((value, context) => {
  const read = microsOf(value)
  if (read !== undefined && read > 0 && read % 1000 === 0) return read / 1000
  context.addIssue({ code: 'custom', message: 'no quantity' })
  return z.NEVER
})

const id = z.union([z.string(), z.number()]).transform(String)
export const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '')

const meta = z.looseObject({ key: z.string(), value: z.unknown().optional(), display_value: z.unknown().optional() })
export const metaData = z
  .array(meta.nullable().catch(null))
  .nullish()
  .catch(null)
  .transform((all) => (all ?? []).filter((one) => one !== null))

const taxes = z
  .array(z.looseObject({ id, total: micros.nullish().transform((value) => value ?? 0) }))
  .nullish()
  .transform((all) => all ?? [])

const amounts = { id, total: micros, total_tax: micros.nullish().transform((value) => value ?? 0), taxes }
const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((all) => all ?? [])

const lineItem = z.looseObject({
  ...amounts,
  name: text,
  quantity,
  subtotal: micros.nullish(),
  subtotal_tax: micros.nullish(),
  variation_id: z.unknown().optional(),
  sku: text,
  global_unique_id: text,
  price: z.union([z.string(), z.number()]).nullish().catch(null),
  meta_data: metaData,
})

export const address = z
  .looseObject({
    first_name: text,
    last_name: text,
    company: text,
    address_1: text,
    address_2: text,
    city: text,
    postcode: text,
    country: text,
    phone: text,
    email: text,
  })
  .nullish()

/** What we read of GET /wp-json/wc/v3/orders/ID; the rest may be anything. */
export const wooOrder = z.looseObject({
  id,
  number: id.nullish(),
  status: z.string(),
  currency: z.string(),
  prices_include_tax: z.boolean(),
  date_created_gmt: text,
  date_modified_gmt: text,
  date_paid_gmt: text,
  total: micros,
  total_tax: micros,
  customer_id: id.nullish(),
  customer_note: text,
  billing: address,
  shipping: address,
  payment_method: text,
  payment_method_title: text,
  transaction_id: text,
  meta_data: metaData,
  line_items: z.array(lineItem),
  tax_lines: listOf(
    z.looseObject({
      rate_id: id,
      rate_percent: z.number().min(0).max(100).nullish().catch(null),
      label: text,
      rate_code: text,
      tax_total: micros.nullish().transform((value) => value ?? 0),
      shipping_tax_total: micros.nullish().transform((value) => value ?? 0),
    }),
  ),
  shipping_lines: listOf(z.looseObject({ ...amounts, method_title: text, tax_status: text })),
  fee_lines: listOf(z.looseObject({ ...amounts, name: text, tax_status: text })),
  coupon_lines: listOf(z.looseObject({ code: text })),
  refunds: listOf(z.looseObject({ total: micros.nullish().transform((value) => value ?? 0) })),
})
export type WooOrder = z.output<typeof wooOrder>
export type WooLineItem = z.output<typeof lineItem>
