import { type Cents, distribute, mulDiv, type UnitPrice } from '../../../common/money.ts'
import { ONE, type Quantity } from '../../../common/quantity.ts'
import { type VatCategory, type VatRate, vatOf } from '../../../common/tax/vat.ts'
import { decodeEntities, line, orNothing } from '../rules/plain-text.ts'
import { taxFreeCategory } from '../rules/tax-free.ts'
import { centsOf, type Micros, microsOf, type WooLineItem, type WooOrder } from './shapes.ts'

/** A line item, shipping line or fee with its amounts as the shop rounded them. */
export interface Part {
  kind: 'goods' | 'shipping' | 'surcharge'
  externalLine: string
  article?: string | undefined
  name?: string | undefined
  quantity: Quantity
  net: Cents
  tax: Cents
  netBefore: Cents
  taxBefore: Cents
  /** the net the shop counts with, before it was rounded for the answer */
  exactNet: Micros
  unitPriceHint?: UnitPrice | undefined
  /** null: the shop took a tax that none of its tax lines explains */
  vat: { category: VatCategory; rate: VatRate } | null
}

export interface TaxPlace {
  country: string
  vatId: string | undefined
}

export function readParts(order: WooOrder, place: TaxPlace): Part[] {
  const goods = order.line_items.map((item): Part[] => [goodsPart(order, item, place)])
  const shipping = order.shipping_lines.map((row) => amountParts(order, row, 'shipping', row.method_title, place))
  const fees = order.fee_lines.map((row) => amountParts(order, row, 'surcharge', row.name, place))
  return [...goods, ...shipping, ...fees].flat()
}

function goodsPart(order: WooOrder, item: WooLineItem, place: TaxPlace): Part {
  const untouched = item.subtotal == null || centsOf(item.subtotal) === centsOf(item.total)
  return {
    kind: 'goods',
    externalLine: item.id,
    article: orNothing(line(item.sku, 400)) ?? orNothing(line(item.global_unique_id, 400)),
    name: orNothing(line(nameOf(item), 300)),
    quantity: item.quantity,
    net: centsOf(item.total),
    tax: centsOf(item.total_tax),
    netBefore: centsOf(item.subtotal ?? item.total),
    taxBefore: centsOf(item.subtotal_tax ?? item.total_tax),
    exactNet: exactNet(item),
    unitPriceHint: order.prices_include_tax ? undefined : netPriceHint(item, untouched),
    vat: vatOfRow(order, item, '', place),
  }
}

/** A variation is called "Parent - M8, 1 m"; with many attributes WooCommerce leaves them out, then they are appended. */
function nameOf(item: WooLineItem): string {
  const name = decodeEntities(item.name)
  if (!Number(item.variation_id)) return name
  const values = item.meta_data
    .filter((one) => !one.key.startsWith('_') && typeof one.display_value === 'string')
    .map((one) => decodeEntities(one.display_value as string))
    .filter((value) => value !== '' && !name.includes(value))
  return values.length === 0 ? name : `${name} - ${values.join(', ')}`
}

/**
 * The line's net with the decimals the answer left out. `price` is a float (total / quantity) with noise in its last
 * digits: it's only asked for these decimals, and only believed where it rounds to the total the shop states.
 */
function exactNet(item: WooLineItem): Micros {
  if (item.total % 10_000 !== 0 || item.price == null) return item.total
  const exact = Math.round(Number(item.price) * item.quantity * 1000)
  return Number.isSafeInteger(exact) && centsOf(exact) === centsOf(item.total) ? exact : item.total
}

/** A net shop's price per piece: only shown, and only where it gives the amount (rules/agreed-line.ts holds it against it). */
function netPriceHint(item: WooLineItem, untouched: boolean): UnitPrice | undefined {
  const price = untouched && item.price != null ? microsOf(item.price) : undefined
  return price !== undefined && price >= 0 && price % 100 === 0 ? price / 100 : undefined
}

type TaxedRow = Pick<WooLineItem, 'id' | 'total' | 'total_tax' | 'taxes'> & { tax_status?: string }

/** Shipping or a fee: one part, or one a rate where the shop taxes it in proportion to the goods (§ 10 UStG). */
function amountParts(order: WooOrder, row: TaxedRow, kind: Part['kind'], name: string, place: TaxPlace): Part[] {
  const [net, tax] = [centsOf(row.total), centsOf(row.total_tax)]
  const whole = { kind, name: orNothing(line(decodeEntities(name), 300)), quantity: ONE }
  const split = splitByRate(order, row)
  if (split) {
    return split.map((share) => ({
      ...whole,
      ...share,
      netBefore: share.net,
      taxBefore: share.tax,
      exactNet: share.net * 10_000,
      externalLine: `${row.id}:${share.vat.rate}`,
    }))
  }
  const vat = vatOfRow(order, row, row.tax_status ?? '', place)
  return [{ ...whole, externalLine: row.id, net, tax, netBefore: net, taxBefore: tax, exactNet: row.total, vat }]
}

function splitByRate(order: WooOrder, row: TaxedRow) {
  const shares = row.taxes.flatMap((tax) => {
    const rate = rateOf(order, tax.id)
    return tax.total !== 0 && rate ? [{ rate, tax: centsOf(tax.total) }] : []
  })
  if (shares.length < 2 || shares.some((share) => share.tax < 0 !== row.total < 0)) return undefined
  const nets = distribute(
    centsOf(row.total),
    shares.map((share) => mulDiv(Math.abs(share.tax), 1_000_000, share.rate)),
  )
  const taxes = distribute(
    centsOf(row.total_tax),
    shares.map((share) => Math.abs(share.tax)),
  )
  const parts = shares.map((share, i) => ({
    net: nets[i]!,
    tax: taxes[i]!,
    vat: { category: 'S' as const, rate: share.rate },
  }))
  // two taxes on the same net (one on top of the other) are no proportion: no German shop has them
  return parts.every((part) => Math.abs(vatOf(part.net, part.vat.rate) - part.tax) <= 2) ? parts : undefined
}

function vatOfRow(order: WooOrder, row: TaxedRow, status: string, place: TaxPlace): Part['vat'] {
  const rates = row.taxes.map((tax) => ({ rate: rateOf(order, tax.id), total: tax.total }))
  const taxing = rates.filter((tax) => tax.total !== 0)
  const [found, ...more] = taxing.length > 0 ? taxing : rates
  if (more.length > 0 && taxing.length > 0) return null
  if (found && found.rate === undefined) return null
  if (found?.rate) return { category: 'S', rate: found.rate }
  if (row.total_tax !== 0) return null
  const notTaxable = status === 'none' && order.tax_lines.some((tax) => rateOf(order, tax.rate_id))
  return { category: taxFreeCategory({ ...place, zeroRate: found?.rate === 0, notTaxable }), rate: 0 }
}

/** The rate behind a tax id. Older shops say it only in words ("MwSt. 19 %"). */
export function rateOf(order: WooOrder, rateId: string): VatRate | undefined {
  const tax = order.tax_lines.find((one) => one.rate_id === rateId)
  if (!tax) return undefined
  if (tax.rate_percent != null) return Math.round(tax.rate_percent * 100)
  const words = /(\d{1,2})(?:[.,](\d{1,2}))?\s*%/.exec(`${tax.label} ${tax.rate_code}`)
  return words ? Number(words[1]! + (words[2] ?? '').padEnd(2, '0')) : undefined
}
