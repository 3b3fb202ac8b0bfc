import type { NewOrderInput } from '../../../common/orders/api.ts'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState, ShopCustomer, ShopProgress } from '../connector.ts'

/* The orders of the plain shop: how buyers and staff change them, what the API says of them and takes about them. */

interface PlainLine {
  id: string
  sku: string
  quantity: number
}

/** who ordered; without an account as a guest */
export interface PlainBuyer {
  email: string
  account?: string
  vatId?: string
}

export interface PlainOrder {
  id: string
  number: string
  changedAt: number
  buyer: PlainBuyer
  lines: PlainLine[]
  placed: Record<string, number>
  cancelled: boolean
  paid: boolean
  shipments: { number: string; tracking: string | null; lines: Record<string, number> }[]
  invoices: string[]
}

export const GROSS = 1190

export interface Inside {
  customers: Map<string, ShopCustomer>
  stock: Map<string, { available: number; gtin: string | null; name: string; price: number }>
  orders: Map<string, PlainOrder>
  nextId(): string
  touch(order: PlainOrder): void
  called<T>(work: () => T): Promise<T>
}

export function buy(
  { stock, orders, nextId, touch }: Inside,
  lines: readonly { sku: string; quantity: number }[],
  buyer: PlainBuyer,
): string {
  for (const { sku, quantity } of lines) {
    const article = stock.get(sku)
    if (!article || article.available < quantity) throw new Error(`${sku} is sold out`)
  }
  for (const { sku, quantity } of lines) stock.get(sku)!.available -= quantity
  const id = nextId()
  const rows = lines.map((line, i) => ({ id: `${id}.${i + 1}`, ...line }))
  const placed = Object.fromEntries(rows.map((row) => [row.id, row.quantity]))
  const order = {
    id,
    number: `P-${id}`,
    changedAt: 0,
    buyer,
    lines: rows,
    placed,
    cancelled: false,
    paid: false,
    shipments: [],
    invoices: [],
  }
  orders.set(id, order)
  touch(order)
  return id
}

export function cancel({ stock, touch }: Inside, order: PlainOrder, line?: { sku: string; quantity: number }): void {
  for (const row of order.lines) {
    const sent = order.shipments.reduce((sum, shipment) => sum + (shipment.lines[row.id] ?? 0), 0)
    const wanted = line === undefined ? row.quantity : row.sku === line.sku ? line.quantity : 0
    const less = Math.min(wanted, row.quantity - sent)
    row.quantity -= less
    stock.get(row.sku)!.available += less
  }
  order.cancelled = order.lines.every((row) => row.quantity === 0)
  touch(order)
}

export function seen(order: PlainOrder) {
  const sums = (quantityOf: (line: PlainLine) => number) =>
    Object.fromEntries(
      [...new Set(order.lines.map((l) => l.sku))].map((sku) => [
        sku,
        order.lines.filter((l) => l.sku === sku).reduce((sum, l) => sum + quantityOf(l), 0),
      ]),
    )
  return {
    number: order.number,
    ordered: sums((line) => line.quantity),
    shipped: sums((line) => order.shipments.reduce((sum, s) => sum + (s.lines[line.id] ?? 0), 0)),
    trackingNumbers: order.shipments.flatMap((s) => s.tracking ?? []),
    cancelled: order.cancelled,
    paid: order.paid,
    shipments: order.shipments.length,
    invoices: order.invoices,
  }
}

type Stock = Map<string, { available: number }>

export function show(order: PlainOrder, state: OrderState, stock: Stock, touch: (order: PlainOrder) => void): Remark[] {
  const did: Remark[] = []
  for (const { number, trackingNumber, lines } of state.shipments) {
    if (order.shipments.some((shipment) => shipment.number === number)) continue
    const pieces = Object.fromEntries(Object.entries(lines).map(([id, quantity]) => [id, quantity / 1000]))
    order.shipments.push({ number, tracking: trackingNumber, lines: pieces })
    did.push(remark('shipment-told', { number }))
  }
  for (const row of order.lines) {
    // fewer where some were cancelled before the order was taken here
    const agreed = Math.min(order.placed[row.id]!, (state.ordered?.[row.id] ?? Number.POSITIVE_INFINITY) / 1000)
    const wanted = agreed - (state.cancelled.lines[row.id] ?? 0) / 1000
    if (row.quantity <= wanted) continue
    stock.get(row.sku)!.available += row.quantity - wanted
    row.quantity = wanted
    did.push(remark('lines-smaller', { lines: 1 }))
  }
  if (state.cancelled.all && !order.cancelled) order.cancelled = did.push(remark('cancelled')) > 0
  if (state.payment.isPaid && !order.paid) order.paid = did.push(remark('paid')) > 0
  for (const { number } of state.invoices)
    if (!order.invoices.includes(number)) order.invoices.push(number) && did.push(remark('invoice-told', { number }))
  if (did.length > 0) touch(order)
  return did
}

export function progressOf(order: PlainOrder): ShopProgress {
  return {
    externalId: order.id,
    externalNumber: order.number,
    changedAt: new Date(order.changedAt).toISOString(),
    cancelled: order.cancelled,
    quantities: Object.fromEntries(order.lines.map((line) => [line.id, line.quantity * 1000])),
    paid: null,
  }
}

export function newOrderOf(order: PlainOrder, channel: string): NewOrderInput {
  const address = { name: 'Beate Beispiel', street: 'Weg 1', postalCode: '10115', city: 'Berlin' }
  const lines = order.lines.filter((line) => line.quantity > 0)
  const { email, vatId, account } = order.buyer
  return {
    channel,
    externalNumber: order.number,
    priceMode: 'gross',
    customer: { email, vatId, shopCustomerId: account, guest: account === undefined },
    billTo: address,
    deliverTo: address,
    paymentMethod: 'on-delivery-note',
    lines: lines.map(({ id, sku, quantity }) => ({
      article: sku,
      externalLine: id,
      quantity: quantity * 1000,
      unitPrice: GROSS * 100,
      vatRate: 1900,
    })),
    totals: { gross: lines.reduce((sum, line) => sum + line.quantity * GROSS, 0) },
  }
}
