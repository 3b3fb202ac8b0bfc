import { type Cents, cumulativeShare, distribute, mulDiv } from '../../../common/money.ts'
import { ONE } from '../../../common/quantity.ts'
import { type PriceMode, type VatRate, vatOf } from '../../../common/tax/vat.ts'
import type { AgreedLine } from '../rules/agreed-line.ts'
import { line as oneLine, orNothing } from '../rules/plain-text.ts'
import { taxFreeCategory } from '../rules/tax-free.ts'
import type { ShopifyLine, ShopifyOrder, ShopifyTaxLine } from './shapes.ts'

export interface Reading {
  mode: PriceMode
  country: string
  vatId: string | undefined
  /** a cancelled order has no pieces left: it's read as it was placed */
  asPlaced: boolean
}

/** `share`: pieces were taken out of a discounted line, so its amount is a share that may be a cent off */
export type Part = AgreedLine & { share: boolean }

/** Lines and shipping as they stand now (or were placed). Amounts are with VAT where `taxesIncluded`, else without. */
export function readParts(order: ShopifyOrder, reading: Reading): Part[] {
  const goods = order.lineItems.flatMap((item) => goodsPart(item, reading))
  const shipping = order.shippingLines.flatMap((row, i) => shippingParts(row, i, reading))
  return [...goods, ...shipping]
}

function goodsPart(item: ShopifyLine, reading: Reading): Part[] {
  const pieces = reading.asPlaced ? item.quantity : item.currentQuantity
  if (pieces === 0) return []
  const reduced = pieces < item.quantity
  const before = item.originalUnitPriceSet * pieces
  // allocations hold line and order discounts alike, of all pieces ever ordered; `totalDiscountSet` is the same once more
  const allocated = sum(item.discountAllocations.map((one) => one.allocatedAmountSet))
  const discount = reduced ? cumulativeShare(allocated, pieces, item.quantity) : allocated
  const net = reading.mode === 'net' && reduced ? item.priceAfterAllDiscountsBeforeTaxesSet : undefined
  return [
    {
      kind: 'goods',
      externalLine: item.id,
      article: orNothing(oneLine(item.sku, 400)) ?? orNothing(oneLine(item.variant?.barcode, 400)),
      name: orNothing(oneLine(item.name, 300)),
      quantity: pieces * ONE,
      before,
      amount: net ?? before - discount,
      unitPriceHint: item.originalUnitPriceSet * 100,
      discountReason: reasonOf(item.discountAllocations),
      vat: vatOfRow(item.taxLines, reading),
      share: reduced && allocated !== 0 && net === undefined,
    },
  ]
}

function shippingParts(row: ShopifyOrder['shippingLines'][number], i: number, reading: Reading): Part[] {
  const now = row.isRemoved ? 0 : (row.currentDiscountedPriceSet ?? row.discountedPriceSet)
  const amount = reading.asPlaced ? row.discountedPriceSet : now
  if (amount === 0) return []
  const whole = {
    kind: 'shipping' as const,
    name: orNothing(oneLine(row.title, 300)),
    quantity: ONE,
    discountReason: reasonOf(row.discountAllocations),
    share: false,
  }
  const externalLine = row.id ?? `shipping:${i}`
  const split = splitByRate(row.taxLines, amount, reading.mode)
  if (split) {
    return split.map((one) => ({
      ...whole,
      externalLine: `${externalLine}:${one.rate}`,
      before: one.amount,
      amount: one.amount,
      vat: { category: 'S', rate: one.rate },
    }))
  }
  const before = amount === row.discountedPriceSet ? row.originalPriceSet : amount
  return [{ ...whole, externalLine, before, amount, vat: vatOfRow(row.taxLines, reading) }]
}

/** Shipping taxed in proportion to the goods (§ 10 UStG) has a tax line a rate: one part each, in the ratio of their nets. */
function splitByRate(taxes: readonly ShopifyTaxLine[], amount: Cents, mode: PriceMode) {
  const rates = [...new Set(taxes.filter((tax) => tax.priceSet > 0).map(rateOf))]
  if (rates.length < 2 || amount < 0 || rates.some((rate) => !rate)) return undefined
  const shares = rates.map((rate) => ({
    rate: rate!,
    tax: sum(taxes.filter((tax) => rateOf(tax) === rate).map((tax) => tax.priceSet)),
  }))
  const weight = ({ rate, tax }: { rate: VatRate; tax: Cents }) =>
    mulDiv(tax, mode === 'gross' ? (10_000 + rate) * 100 : 1_000_000, rate)
  const amounts = distribute(amount, shares.map(weight))
  const parts = shares.map(({ rate, tax }, i) => ({ rate, tax, amount: amounts[i]! }))
  // two taxes on the same net (one on top of the other) are no proportion: no German shop has them
  const nets = parts.map((part) => (mode === 'gross' ? part.amount - part.tax : part.amount))
  const explained = parts.every((part, i) => Math.abs(vatOf(nets[i]!, part.rate) - part.tax) <= 2)
  return explained ? parts : undefined
}

function vatOfRow(taxes: readonly ShopifyTaxLine[], reading: Reading): AgreedLine['vat'] {
  const taxing = taxes.filter((tax) => tax.priceSet !== 0)
  const rates = [...new Set((taxing.length > 0 ? taxing : taxes).map(rateOf))]
  if (rates.includes(undefined) || (taxing.length > 0 && rates.length > 1)) return null
  const rate = Math.max(0, ...rates.map((one) => one!))
  if (rate > 0) return { category: 'S', rate }
  const { country, vatId } = reading
  return { category: taxFreeCategory({ country, vatId, zeroRate: rates.length > 0, notTaxable: false }), rate: 0 }
}

/** Hundredths of a percent; an app that writes its own tax lines may leave the rate to the words ("MwSt. 19 %"). */
export function rateOf(tax: ShopifyTaxLine): VatRate | undefined {
  if (tax.ratePercentage != null) return Math.round(tax.ratePercentage * 100)
  const words = /(\d{1,2})(?:[.,](\d{1,2}))?\s*%/.exec(tax.title)
  return words ? Number(words[1]! + (words[2] ?? '').padEnd(2, '0')) : undefined
}

function reasonOf(allocations: ShopifyLine['discountAllocations']): string | undefined {
  const names = allocations.map(({ discountApplication: why }) => why?.code || why?.title || '')
  return orNothing(oneLine([...new Set(names.filter((name) => name !== ''))].join(', '), 120))
}

/**
 * Pieces taken out of a discounted line leave a share of its discount, and Shopify doesn't say how it rounds shares: where
 * all lines together miss the shop's total by less than a cent a share, the shares take the cents.
 */
export function settleShares(parts: readonly Part[], total: Cents): Part[] {
  const rest = total - sum(parts.map((part) => part.amount))
  const shares = parts.filter((part) => part.share)
  if (rest === 0 || Math.abs(rest) > shares.length) return [...parts]
  const moved = new Set(shares.slice(0, Math.abs(rest)))
  return parts.map((part) => (moved.has(part) ? { ...part, amount: part.amount + Math.sign(rest) } : part))
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
