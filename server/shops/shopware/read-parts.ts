import type { Cents } from '../../../common/money.ts'
import { ONE } from '../../../common/quantity.ts'
import type { PriceMode, VatRate } from '../../../common/tax/vat.ts'
import type { AgreedLine } from '../rules/agreed-line.ts'
import { line as oneLine, orNothing } from '../rules/plain-text.ts'
import { taxFreeCategory } from '../rules/tax-free.ts'
import { isRecord } from '../shop-order.ts'
import { type ShopwareLine, type ShopwareOrder, type ShopwarePrice, tenThousandthsOf } from './shapes.ts'

export interface Reading {
  mode: PriceMode
  country: string
  vatId: string | undefined
}

/** Goods, promotions and fees, then shipping; amounts are with VAT in orders with `taxStatus` gross, else without. */
export function readParts(order: ShopwareOrder, reading: Reading): AgreedLine[] {
  const lines = leavesOf(order.lineItems).flatMap((item) =>
    isGoods(item) ? [goodsPart(item, reading)] : otherParts(item, reading),
  )
  return [...lines, ...shippingParts(order, reading)]
}

/**
 * Lines that hold others (custom products, bundles): where the parts make the amount of the whole, the parts are the lines,
 * because they name the articles; else the whole is one, named by the first article in it.
 */
export function leavesOf(items: readonly ShopwareLine[]): ShopwareLine[] {
  const childrenOf = Map.groupBy(items, (item) => item.parentId ?? '')
  const ids = new Set(items.map((item) => item.id))
  const open = (item: ShopwareLine, depth: number): ShopwareLine[] => {
    const parts = (childrenOf.get(item.id) ?? []).flatMap((part) => (depth > 5 ? [] : open(part, depth + 1)))
    if (parts.length === 0) return [item]
    if (sum(parts.map((part) => part.price.totalPrice)) === item.price.totalPrice) return parts
    const named = numberOf(item) === '' ? parts.find((part) => numberOf(part) !== '') : undefined
    return [named ? { ...item, type: named.type, payload: named.payload, product: named.product } : item]
  }
  const tops = items.filter((item) => !item.parentId || !ids.has(item.parentId))
  return tops.sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).flatMap((item) => open(item, 0))
}

/** The number of the article, as it was when ordered; the article itself may be gone or renumbered since. */
export function numberOf({ payload, product }: ShopwareLine): string {
  const ordered = isRecord(payload) && typeof payload.productNumber === 'string' ? payload.productNumber : ''
  return oneLine(ordered || product?.productNumber, 400)
}

const MONEY_ONLY = new Set(['promotion', 'credit', 'discount', 'customized-products-option', 'option-values'])

/** Whether pieces of it leave the house. What the merchant typed in himself ("custom") may be either: a person looks. */
export function isGoods(item: ShopwareLine): boolean {
  if (item.type === 'product') return true
  return !MONEY_ONLY.has(item.type) && item.good !== false && item.price.totalPrice >= 0
}

function goodsPart(item: ShopwareLine, reading: Reading): AgreedLine {
  const { price } = item
  return {
    kind: 'goods',
    externalLine: item.id,
    article: orNothing(numberOf(item)),
    name: orNothing(oneLine(nameOf(item), 300)),
    quantity: item.quantity * ONE,
    before: price.totalPrice,
    amount: price.totalPrice,
    unitPriceHint: tenThousandthsOf(price.unitPrice),
    vat: vatOfPrice(price, reading),
  }
}

/** A variant is called as its product; what was chosen stands in the options. */
function nameOf({ label, payload }: ShopwareLine): string {
  const options = isRecord(payload) && Array.isArray(payload.options) ? payload.options.filter(isRecord) : []
  const chosen = options.map((one) => String(one.option ?? '')).filter((one) => one !== '' && !label.includes(one))
  return [label, ...chosen].join(' ')
}

/** A promotion or fee over several rates becomes a line a rate, as Shopware spread it itself. */
function otherParts(item: ShopwareLine, reading: Reading): AgreedLine[] {
  const name = orNothing(oneLine(item.label, 300))
  const whole = { kind: 'surcharge' as const, name, quantity: ONE }
  const rows = rowsOf(item.price)
  if (rows.length < 2) {
    const amount = item.price.totalPrice
    if (amount === 0) return []
    return [{ ...whole, externalLine: item.id, before: amount, amount, vat: vatOfPrice(item.price, reading) }]
  }
  return rows
    .filter((row) => row.price !== 0)
    .map((row) => ({
      ...whole,
      externalLine: `${item.id}:${row.rate}`,
      before: row.price,
      amount: row.price,
      vat: vatOf(row.rate, reading, true),
    }))
}

interface Row {
  rate: VatRate
  price: Cents
}

/** The amounts of a price by rate; a cent that the rows are off from the whole goes to the largest. */
function rowsOf({ totalPrice, calculatedTaxes }: ShopwarePrice): Row[] {
  const byRate = Map.groupBy(calculatedTaxes, (row) => Math.round(row.taxRate * 100))
  const rows = [...byRate].map(([rate, same]) => ({ rate, price: sum(same.map((row) => row.price)) }))
  const rest = totalPrice - sum(rows.map((row) => row.price))
  if (rows.length < 2 || rest === 0 || Math.abs(rest) > rows.length) return rows
  const largest = rows.reduce((a, b) => (Math.abs(b.price) > Math.abs(a.price) ? b : a))
  return rows.map((row) => (row === largest ? { ...row, price: row.price + rest } : row))
}

/** Shipping of all deliveries by rate. A promotion on shipping is a delivery of its own with negative costs: a discount. */
function shippingParts(order: ShopwareOrder, reading: Reading): AgreedLine[] {
  const rows = order.deliveries.flatMap(({ shippingCosts }) => {
    const found = rowsOf(shippingCosts)
    if (found.length > 1) return found.map((row) => ({ ...row, vat: vatOf(row.rate, reading, true) }))
    const vat = vatOfPrice(shippingCosts, reading)
    return [{ rate: vat?.rate ?? -1, price: shippingCosts.totalPrice, vat }]
  })
  const name = orNothing(oneLine(order.deliveries[0]?.shippingMethod?.name, 300))
  return [...Map.groupBy(rows, (row) => row.rate)].flatMap(([rate, same]): AgreedLine[] => {
    const amount = sum(same.map((row) => row.price))
    if (amount === 0) return []
    const before = sum(same.filter((row) => row.price > 0).map((row) => row.price))
    const kind = amount > 0 ? 'shipping' : 'surcharge'
    return [{ kind, externalLine: `shipping:${rate}`, name, quantity: ONE, before, amount, vat: same[0]!.vat }]
  })
}

/** Null: several rates on one article, which no German shop has. */
function vatOfPrice({ calculatedTaxes }: ShopwarePrice, reading: Reading): AgreedLine['vat'] {
  const rates = [...new Set(calculatedTaxes.map((row) => Math.round(row.taxRate * 100)))]
  if (rates.length > 1) return null
  return vatOf(rates[0] ?? 0, reading, rates.length > 0)
}

function vatOf(rate: VatRate, { country, vatId }: Reading, zeroRate: boolean): AgreedLine['vat'] {
  if (rate > 0) return { category: 'S', rate }
  return { category: taxFreeCategory({ country, vatId, zeroRate, notTaxable: false }), rate: 0 }
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
