import { type Cents, roundHalfUp, type UnitPrice } from '../../../common/money.ts'
import type { NewOrderInput } from '../../../common/orders/api.ts'
import { amountOf, type Quantity } from '../../../common/quantity.ts'
import type { VatCategory, VatRate } from '../../../common/tax/vat.ts'

export type OrderLineInput = NewOrderInput['lines'][number]

/** A line as the shop agreed it with the customer, in the order's price mode. */
export interface AgreedLine {
  kind: 'goods' | 'shipping' | 'surcharge'
  article?: string | undefined
  externalLine: string
  name?: string | undefined
  quantity: Quantity
  /** of the whole line, before any discount */
  before: Cents
  /** of the whole line, after all discounts: this is what counts */
  amount: Cents
  discountReason?: string | undefined
  /** what the shop says a piece costs; taken where it gives `before` */
  unitPriceHint?: UnitPrice | undefined
  vat: { category: VatCategory; rate: VatRate } | null
}

/**
 * The line for intake. Always quantity x unit price - discount = amount: where no price of four decimals gives the
 * shop's amount (an edited quantity), the price is rounded up and the few cents over are a discount. An amount below
 * zero (a fee given back) has no unit price, because ours are never negative.
 */
export function agreedLine(line: AgreedLine): OrderLineInput {
  const out: OrderLineInput = {
    kind: line.kind,
    article: line.article,
    externalLine: line.externalLine,
    name: line.name,
    quantity: line.quantity,
    discount: 0,
    amount: line.amount,
    vatCategory: line.vat?.category,
    vatRate: line.vat?.rate,
  }
  if (line.amount < 0) return out
  const unitPrice = unitPriceFor(Math.max(line.before, line.amount), line.quantity, line.unitPriceHint)
  const discount = amountOf(line.quantity, unitPrice) - line.amount
  return { ...out, unitPrice, discount, discountReason: discount > 0 ? line.discountReason : undefined }
}

/** The shortest price that gives the amount: the shop's own, whole cents, then three and four decimals, else rounded up. */
export function unitPriceFor(amount: Cents, quantity: Quantity, hint?: UnitPrice): UnitPrice {
  if (hint !== undefined && hint >= 0 && amountOf(quantity, hint) === amount) return hint
  for (const step of [100, 10, 1]) {
    // cents * 100 are ten-thousandths of a euro, a unit are 1000 thousandths
    const price = roundHalfUp(BigInt(amount) * 100_000n, BigInt(quantity) * BigInt(step)) * step
    if (amountOf(quantity, price) === amount) return price
  }
  const [n, d] = [BigInt(amount) * 100_000n, BigInt(quantity)]
  return Number((n + d - 1n) / d)
}
