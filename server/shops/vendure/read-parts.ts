import { mulDiv } from '../../../common/money.ts'
import { ONE } from '../../../common/quantity.ts'
import { type PriceMode, type VatCategory, type VatRate, vatOf } from '../../../common/tax/vat.ts'
import type { AgreedLine } from '../rules/agreed-line.ts'
import { line as oneLine, orNothing } from '../rules/plain-text.ts'
import { taxFreeCategory } from '../rules/tax-free.ts'
import type { VendureLine, VendureOrder } from './shapes.ts'

export interface Reading {
  mode: PriceMode
  country: string
  vatId: string | undefined
  /** a cancelled order: its quantities and amounts are zero now, so it's read as it was placed */
  asPlaced: boolean
}

/** An amount on both sides, so that the agreed one can be taken and the other held against it. */
interface TwoSided {
  net: number
  gross: number
}

export type Part = AgreedLine & TwoSided

export function readParts(order: VendureOrder, reading: Reading): Part[] {
  const side = (amounts: TwoSided) => (reading.mode === 'gross' ? amounts.gross : amounts.net)
  const goods = order.lines.flatMap((line) => goodsPart(line, reading, side))
  const surcharges = order.surcharges.map((row): Part => {
    const vat = vatOfRow(reading, row.taxRate, (row.taxLines ?? []).length > 0)
    const both = { net: row.price, gross: row.priceWithTax }
    const amount = side(both)
    const name = orNothing(oneLine(row.description, 300))
    return {
      kind: 'surcharge',
      externalLine: `surcharge:${row.id}`,
      name,
      quantity: ONE,
      before: amount,
      amount,
      ...both,
      vat,
    }
  })
  return [...goods, ...shippingParts(order, reading, [...goods, ...surcharges], side), ...surcharges]
}

function goodsPart(line: VendureLine, reading: Reading, side: (amounts: TwoSided) => number): Part[] {
  const quantity = reading.asPlaced ? (line.orderPlacedQuantity ?? line.quantity) : line.quantity
  if (quantity === 0) return []
  const unit = side({ net: line.unitPrice, gross: line.unitPriceWithTax })
  // prorated: after the line's own discounts and its share of those on the order, which are not counted once more
  const now = {
    net: line.proratedLinePrice ?? line.discountedLinePrice ?? line.linePrice,
    gross: line.proratedLinePriceWithTax ?? line.discountedLinePriceWithTax ?? line.linePriceWithTax,
  }
  const placed = placedAmounts(line, quantity, reading.mode)
  const amounts = reading.asPlaced ? placed : now
  const before = reading.asPlaced ? placed : { net: line.linePrice, gross: line.linePriceWithTax }
  const reasons = [...new Set(line.discounts.map((discount) => discount.description.trim()))].filter(
    (why) => why !== '',
  )
  return [
    {
      kind: 'goods',
      externalLine: line.id,
      article: orNothing(oneLine(line.productVariant?.sku, 400)),
      name: orNothing(oneLine(nameOf(line), 300)),
      quantity: quantity * ONE,
      before: side(before),
      amount: side(amounts),
      ...amounts,
      unitPriceHint: unit * 100,
      discountReason: orNothing(oneLine(reasons.join(', '), 120)),
      vat: vatOfRow(reading, line.taxRate, true),
    },
  ]
}

/** A cancelled line is worth nothing any more, but its unit price stays: the line as Vendure computed it when placed. */
function placedAmounts(line: VendureLine, quantity: number, mode: PriceMode): TwoSided {
  if (mode === 'gross') {
    const gross = line.unitPriceWithTax * quantity
    return { net: mulDiv(gross, 10_000, 10_000 + line.taxRate), gross }
  }
  const net = line.unitPrice * quantity
  return { net, gross: net + vatOf(net, line.taxRate) }
}

/** Vendure puts the options into the variant's name; a merchant may have renamed it without them. */
function nameOf(line: VendureLine): string {
  const name = line.productVariant?.name ?? ''
  const missing = (line.productVariant?.options ?? []).map((option) => option.name).filter((one) => !name.includes(one))
  return [name, ...missing].join(' ')
}

const CANCEL = 'CANCEL_ORDER'

function shippingParts(
  order: VendureOrder,
  reading: Reading,
  others: readonly Part[],
  side: (amounts: TwoSided) => number,
): Part[] {
  const rates = [...new Set(order.taxSummary.map((row) => row.taxRate))]
  const left = new Map(
    rates.map((rate) => [
      rate,
      baseOf(order, rate) - sum(others.filter((part) => part.vat?.rate === rate).map((part) => part.net)),
    ]),
  )
  return order.shippingLines.flatMap((row): Part[] => {
    const full = { net: Math.round(row.price), gross: Math.round(row.priceWithTax) }
    const kept = row.discounts.filter((discount) => discount.adjustmentSource !== CANCEL)
    const placed = {
      net: full.net + sum(kept.map((one) => one.amount)),
      gross: full.gross + sum(kept.map((one) => one.amountWithTax)),
    }
    const now = { net: row.discountedPrice ?? full.net, gross: row.discountedPriceWithTax ?? full.gross }
    const amounts = reading.asPlaced ? placed : now
    if (side(amounts) === 0) return []
    const rate = shippingRate(amounts, full, left)
    const vat = rate === undefined ? null : vatOfRow(reading, rate, rate !== 0)
    const name = orNothing(oneLine(row.shippingMethod?.name || row.shippingMethod?.code, 300))
    const discountReason = orNothing(oneLine(kept.map((one) => one.description).join(', '), 120))
    return [
      {
        kind: 'shipping',
        externalLine: `shipping:${row.id}`,
        name,
        quantity: ONE,
        before: side(full),
        amount: side(amounts),
        ...amounts,
        discountReason,
        vat,
      },
    ]
  })
}

/**
 * A shipping line doesn't name its rate. It's one of the order's, and it explains both prices; of several (a small
 * amount) the one whose sum in the tax summary the other lines leave open.
 */
function shippingRate(amounts: TwoSided, full: TwoSided, left: ReadonlyMap<VatRate, number>): VatRate | undefined {
  const explains = (rate: VatRate) =>
    [amounts, full].every((one) => Math.abs(one.net * (1 + rate / 10_000) - one.gross) <= 1.2)
  const possible = [...left.keys()].filter(explains)
  const open = possible.filter((rate) => left.get(rate) === amounts.net)
  const nearest = (rates: VatRate[]) =>
    rates.sort(
      (a, b) => Math.abs(full.net * (1 + a / 10_000) - full.gross) - Math.abs(full.net * (1 + b / 10_000) - full.gross),
    )[0]
  if (possible.length > 0) return nearest(open.length > 0 ? open : possible)
  return left.size === 0 && amounts.net === amounts.gross ? 0 : undefined
}

export function baseOf(order: VendureOrder, rate: VatRate): number {
  return sum(order.taxSummary.filter((row) => row.taxRate === rate).map((row) => row.taxBase))
}

function vatOfRow(reading: Reading, rate: VatRate, taxLine: boolean): { category: VatCategory; rate: VatRate } {
  if (rate > 0) return { category: 'S', rate }
  const { country, vatId } = reading
  return { category: taxFreeCategory({ country, vatId, zeroRate: taxLine, notTaxable: !taxLine }), rate }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
