import { readFileSync } from 'node:fs'
import { type Cents, decimalOf, decimalOfCents, mulDiv, roundHalfUp } from '../../../common/money.ts'

/*
 * The stand-in's inside: documents as the shop answers them (copies of recorded ones, so that no field is missing) and the
 * rules of WooCommerce 11 by which they change. Gross prices, 19 %, tax rounded per line.
 */

export interface Meta {
  id: number
  key: string
  value: unknown
}
export interface ItemDoc {
  [field: string]: unknown
  id: number
  product_id: number
  variation_id: number
  quantity: number
  sku: string
  total: string
  total_tax: string
  meta_data: Meta[]
}
export interface OrderDoc {
  [field: string]: unknown
  id: number
  number: string
  status: string
  date_paid_gmt: string | null
  date_modified_gmt: string
  transaction_id: string
  total: string
  meta_data: Meta[]
  line_items: ItemDoc[]
}
export interface ProductDoc {
  [field: string]: unknown
  id: number
  parent_id: number
  type: string
  sku: string
  name: string
  status: string
  regular_price: string
  manage_stock: boolean | 'parent'
  stock_quantity: number | null
}

const REDUCES = new Set(['on-hold', 'processing', 'completed'])

export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/${name}.json`, 'utf8')) as T
}

export type ShopData = ReturnType<typeof emptyShop>

/** `onChange` is where hooks come from. */
export function emptyShop(
  onChange: (topic: 'order.created' | 'order.updated' | 'product.updated', id: number) => void,
) {
  return {
    orders: new Map<number, OrderDoc>(),
    products: new Map<number, ProductDoc>(),
    notes: new Map<number, { id: number; note: string; customer_note: boolean }[]>(),
    fulfilments: new Map<number, { id: number; meta_data: Meta[] }[]>(),
    /** net of a line with the decimals the shop keeps, in millionths of a euro */
    exactNets: new Map<number, { total: number; subtotal: number }>(),
    lastId: 100,
    onChange,
  }
}

export function nextId(shop: ShopData): number {
  shop.lastId += 1
  return shop.lastId
}

/** Times of WooCommerce have whole seconds and no zone. */
export function stamp(at = new Date()): { local: string; gmt: string } {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' })
  return { local: local.format(at).replace(' ', 'T'), gmt: at.toISOString().slice(0, 19) }
}

export function touch(shop: ShopData, doc: OrderDoc | ProductDoc): void {
  const { local, gmt } = stamp()
  Object.assign(doc, { date_modified: local, date_modified_gmt: gmt })
  shop.onChange('line_items' in doc ? 'order.updated' : 'product.updated', doc.id)
}

export function setMeta(shop: ShopData, all: Meta[], key: string, value: unknown): void {
  const known = all.find((one) => one.key === key)
  if (known) known.value = value
  else all.push({ id: nextId(shop), key, value })
}

export function findSku(shop: ShopData, sku: string): ProductDoc {
  const product = [...shop.products.values()].find((one) => one.sku === sku)
  if (!product) throw new Error(`no article ${sku}`)
  return product
}

/** A new line: the gross price is what the buyer sees, the net is kept with six decimals. */
export function newItem(shop: ShopData, template: ItemDoc, product: ProductDoc, quantity: number): ItemDoc {
  const gross = Math.round(Number(product.regular_price) * 100) * quantity
  const exact = mulDiv(gross * 10_000, 100, 119)
  const id = nextId(shop)
  shop.exactNets.set(id, { total: exact, subtotal: exact })
  return {
    ...structuredClone(template),
    id,
    product_id: product.parent_id || product.id,
    variation_id: product.parent_id ? product.id : 0,
    sku: product.sku,
    global_unique_id: product.global_unique_id,
    name: product.name.replaceAll('&', '&amp;'),
    quantity,
    meta_data: [],
  }
}

/** Amounts of the lines and of the order from the exact nets: two decimals, tax rounded per line. */
export function recalculate(shop: ShopData, order: OrderDoc): void {
  let [nets, taxes]: [Cents, Cents] = [0, 0]
  for (const item of order.line_items) {
    const { total, subtotal } = shop.exactNets.get(item.id)!
    const [net, tax] = [roundHalfUp(total, 10_000), mulDiv(total, 19, 1_000_000)]
    const [before, taxBefore] = [roundHalfUp(subtotal, 10_000), mulDiv(subtotal, 19, 1_000_000)]
    Object.assign(item, {
      total: decimalOfCents(net),
      total_tax: decimalOfCents(tax),
      subtotal: decimalOfCents(before),
      subtotal_tax: decimalOfCents(taxBefore),
      taxes: [{ id: 1, total: decimalOfCents(tax), subtotal: decimalOfCents(taxBefore) }],
      price: total / item.quantity / 1_000_000,
    })
    nets += net
    taxes += tax
  }
  const tax = (order.tax_lines as Record<string, unknown>[])[0]!
  tax.tax_total = decimalOfCents(taxes)
  order.cart_tax = decimalOfCents(taxes)
  order.total_tax = decimalOfCents(taxes + 112)
  order.total = decimalOfCents(nets + taxes + 590 + 112)
}

/** A line as `?dp=6` answers it. */
export function withSixDecimals(shop: ShopData, order: OrderDoc): OrderDoc {
  const line_items = order.line_items.map((item) => {
    const { total, subtotal } = shop.exactNets.get(item.id)!
    return { ...item, total: decimalOf(total, 6), subtotal: decimalOf(subtotal, 6) }
  })
  return { ...order, line_items }
}

/** Lowers or raises an article's stock as an order does it. */
function moveStock(shop: ShopData, item: ItemDoc, pieces: number): void {
  const product = shop.products.get(item.variation_id || item.product_id)
  if (product?.manage_stock !== true || pieces === 0) return
  product.stock_quantity = (product.stock_quantity ?? 0) + pieces
  touch(shop, product)
}

const reducedOf = (item: ItemDoc) => Number(item.meta_data.find((one) => one.key === '_reduced_stock')?.value ?? 0)

/** A line was edited: the stock follows, where it was lowered already. */
export function followQuantity(shop: ShopData, order: OrderDoc, item: ItemDoc, quantity: number): void {
  if (!REDUCES.has(order.status)) return
  moveStock(shop, item, reducedOf(item) - quantity)
  setMeta(shop, item.meta_data, '_reduced_stock', String(quantity))
}

/**
 * A status and what hangs on it: on-hold, processing and completed lower the stock once; cancelled and pending give it
 * back; processing and completed also say "paid now", whether anybody paid or not.
 */
export function setStatus(shop: ShopData, order: OrderDoc, status: string): void {
  order.status = status
  for (const item of order.line_items) {
    const isReduced = item.meta_data.some((one) => one.key === '_reduced_stock')
    if (REDUCES.has(status) && !isReduced) followQuantity(shop, order, item, item.quantity)
    if (['cancelled', 'pending'].includes(status) && isReduced) {
      moveStock(shop, item, reducedOf(item))
      item.meta_data = item.meta_data.filter((one) => one.key !== '_reduced_stock')
    }
  }
  const { local, gmt } = stamp()
  if (['processing', 'completed'].includes(status) && order.date_paid_gmt === null)
    Object.assign(order, { date_paid: local, date_paid_gmt: gmt })
  if (status === 'completed') Object.assign(order, { date_completed: local, date_completed_gmt: gmt })
  order.needs_payment = ['pending', 'failed'].includes(status) && Number(order.total) > 0
  order.is_editable = ['pending', 'on-hold'].includes(status)
  touch(shop, order)
}
