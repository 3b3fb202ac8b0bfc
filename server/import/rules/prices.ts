import type { z } from 'zod'
import type { packageUnit, priceRow } from '../../../common/catalog/api.ts'
import { type DecimalStyle, readFigure } from './figures.ts'
import type { Reading } from './problems.ts'

type Price = z.output<typeof priceRow>

/** A column of its own for a price: price:trade or price:trade:10, group and from which quantity on. */
export interface PriceColumn {
  column: string
  priceGroup: string
  fromQuantity: number
}
export const PRICE_COLUMN = /^(?:price|preis):[^:]+(?::[^:]+)?$/i

export function readPriceColumn(column: string, title: string): Reading<PriceColumn> {
  const [, priceGroup = '', from = '1'] = title.split(':').map((part) => part.trim())
  const read = readFigure(from, 3, 'unknown')
  if ('wrong' in read) return read
  if (read.value <= 0) return { wrong: 'too-small', facts: { text: from } }
  return { value: { column, priceGroup, fromQuantity: read.value } }
}

export const keyOf = (p: Pick<Price, 'priceGroup' | 'fromQuantity'>): string => `${p.priceGroup} ${p.fromQuantity}`

/** A price that is said twice, if there is one. */
export function twicePriced<P extends Pick<Price, 'priceGroup' | 'fromQuantity'>>(prices: readonly P[]): P | undefined {
  return prices.find((p, i) => prices.findIndex((other) => keyOf(other) === keyOf(p)) !== i)
}

/** The prices of a row: columns of their own say one price each, or that there is none; the others stay. */
export function pricesOf(
  listed: readonly Price[],
  own: readonly (PriceColumn & { price: number | undefined })[],
): Price[] {
  const said = new Set(own.map(keyOf))
  return [
    ...listed.filter((p) => !said.has(keyOf(p))),
    ...own.flatMap(({ priceGroup, fromQuantity, price }) =>
      price === undefined ? [] : [{ priceGroup, fromQuantity, price }],
    ),
  ]
}

/** `trade 100 0.0335`: price group, from which quantity on, net price. */
export function readPrice(entry: string, style: DecimalStyle): Reading<Price> {
  const match = /^(\S.*?)\s+(\S+)\s+(\S+)$/.exec(entry)
  if (!match) return { wrong: 'entry-form', facts: { text: entry, form: 'trade 10 8,26' } }
  const [quantity, price] = [readFigure(match[2]!, 3, style), readFigure(match[3]!, 4, style)]
  if ('wrong' in quantity) return quantity
  if ('wrong' in price) return price
  return { value: { priceGroup: match[1]!, fromQuantity: quantity.value, price: price.value } }
}

/** `XCT 12 12990000010374 Karton`: unit, how much is in it, its GTIN and its name, both left out at will. */
export function readPackageUnit(entry: string, style: DecimalStyle): Reading<z.output<typeof packageUnit>> {
  const match = /^([A-Z0-9]{2,3})\s+(\S+)(?:\s+(\d{8,14}))?(?:\s+(.+))?$/.exec(entry)
  if (!match) return { wrong: 'entry-form', facts: { text: entry, form: 'XCT 12 12990000010374 Karton' } }
  const quantity = readFigure(match[2]!, 3, style)
  if ('wrong' in quantity) return quantity
  const [gtin, name] = [match[3], match[4]]
  return { value: { unit: match[1]!, quantity: quantity.value, ...(gtin && { gtin }), ...(name && { name }) } }
}
