import { mulDiv } from '../../../common/money.ts'

/*
 * For tests: the rules Shopify keeps, as its documentation tells them. Money in cents, taxes of 19 % included. Placing an
 * order takes pieces from `available`, cancelling with restock gives them back, fulfilling leaves `available` alone.
 */

export interface Article {
  n: number
  sku: string
  name: string
  price: number
  gtin: string | null
  available: number
  active: boolean
}

export interface Line {
  n: number
  article: Article
  quantity: number
  current: number
}

export interface Fulfillment {
  n: number
  tracking: string[]
  pieces: Map<Line, number>
}

export interface Payment {
  n: number
  kind: 'SALE' | 'REFUND'
  status: 'SUCCESS' | 'PENDING'
  gateway: string
  manual: boolean
  amount: number
  at: string
}

export interface Order {
  n: number
  name: string
  email: string
  createdAt: string
  updatedAt: string
  cancelledAt: string | null
  closed: boolean
  lines: Line[]
  shipping: number
  payments: Payment[]
  fulfillments: Fulfillment[]
  tags: string[]
  metafields: Map<string, string>
}

/** Shopify tells moments to the second. */
export function moment(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`
}

export interface Shop {
  articles: Map<string, Article>
  orders: Map<number, Order>
  /** a number for each thing, never twice */
  next(): number
  onChange(topic: string, order: Order): void
}

export function makeShop(onChange: Shop['onChange']): Shop {
  let last = 1000
  return { articles: new Map(), orders: new Map(), next: () => ++last, onChange }
}

export function touch(shop: Shop, order: Order, topic = 'orders/updated'): void {
  order.updatedAt = moment()
  shop.onChange(topic, order)
}

export function fulfilledOf(order: Order, line: Line): number {
  return order.fulfillments.reduce((sum, one) => sum + (one.pieces.get(line) ?? 0), 0)
}

export function addArticle(shop: Shop, given: Omit<Article, 'n' | 'active'> & { active?: boolean }): Article {
  const article = { ...given, n: shop.next(), active: given.active ?? true }
  shop.articles.set(article.sku, article)
  return article
}

export function buy(
  shop: Shop,
  {
    lines: wanted,
    pay,
    email,
  }: { lines: readonly { sku: string; quantity: number }[]; pay: 'now' | 'later'; email: string },
): Order {
  const lines = wanted.map(({ sku, quantity }): Line => {
    const article = shop.articles.get(sku)
    if (!article || article.available < quantity) throw new Error(`${sku} is sold out`)
    return { n: shop.next(), article, quantity, current: quantity }
  })
  for (const line of lines) line.article.available -= line.quantity
  const n = shop.next()
  const at = moment()
  const order: Order = {
    n,
    name: `#${n}`,
    email,
    createdAt: at,
    updatedAt: at,
    cancelledAt: null,
    closed: false,
    lines,
    shipping: 490,
    payments: [],
    fulfillments: [],
    tags: [],
    metafields: new Map(),
  }
  const gateway = pay === 'now' ? 'shopify_payments' : 'Lieferschein'
  const status = pay === 'now' ? 'SUCCESS' : 'PENDING'
  const amount = totalOf(order)
  order.payments.push({ n: shop.next(), kind: 'SALE', status, gateway, manual: pay === 'later', amount, at })
  shop.orders.set(n, order)
  shop.onChange('orders/create', order)
  return order
}

export function cancel(shop: Shop, order: Order): void {
  order.cancelledAt = moment()
  for (const line of order.lines) restock(line, line.current)
  order.shipping = 0
  giveBack(shop, order)
  touch(shop, order, 'orders/cancelled')
}

export function cancelPieces(shop: Shop, order: Order, line: Line, quantity: number): void {
  restock(line, Math.min(quantity, line.current - fulfilledOf(order, line)))
  giveBack(shop, order)
  touch(shop, order, 'orders/edited')
}

function restock(line: Line, pieces: number): void {
  line.current -= pieces
  line.article.available += pieces
}

function giveBack(shop: Shop, order: Order): void {
  const over = receivedOf(order) - refundedOf(order) - totalOf(order)
  if (over <= 0) return
  const { gateway, manual } = order.payments[0]!
  order.payments.push({
    n: shop.next(),
    kind: 'REFUND',
    status: 'SUCCESS',
    gateway,
    manual,
    amount: over,
    at: moment(),
  })
}

export function fulfil(shop: Shop, order: Order, pieces: Map<Line, number>, tracking: string[]): Fulfillment {
  const fulfillment = { n: shop.next(), tracking, pieces }
  order.fulfillments.push(fulfillment)
  touch(shop, order)
  return fulfillment
}

export function pay(shop: Shop, order: Order, amount: number, gateway: string): void {
  order.payments.push({ n: shop.next(), kind: 'SALE', status: 'SUCCESS', gateway, manual: true, amount, at: moment() })
  touch(shop, order, 'orders/paid')
}

export function totalOf(order: Order): number {
  return order.lines.reduce((sum, line) => sum + line.current * line.article.price, order.shipping)
}

export function taxOf(amount: number): number {
  return mulDiv(amount, 19, 119)
}

export function receivedOf(order: Order): number {
  return sumOf(order, 'SALE')
}

export function refundedOf(order: Order): number {
  return sumOf(order, 'REFUND')
}

export function outstandingOf(order: Order): number {
  return totalOf(order) - receivedOf(order) + refundedOf(order)
}

function sumOf(order: Order, kind: Payment['kind']): number {
  return order.payments
    .filter((one) => one.kind === kind && one.status === 'SUCCESS')
    .reduce((sum, one) => sum + one.amount, 0)
}
