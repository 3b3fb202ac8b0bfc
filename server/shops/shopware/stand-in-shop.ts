import { mulDiv } from '../../../common/money.ts'

/*
 * For tests: the rules Shopware keeps. Ordering lowers `stock` by a difference, cancelling gives it back; what the API
 * writes is absolute and asks nothing. State machines refuse a step that doesn't begin where they are. Money in cents,
 * 19 % included.
 */

export interface Article {
  n: number
  sku: string
  name: string
  price: number
  gtin: string | null
  stock: number
  active: boolean
}

export interface Line {
  id: string
  article: Article
  quantity: number
}

/** something with a state of its own */
export interface Stateful {
  id: string
  state: string
  updatedAt: string | null
}

export interface Order extends Stateful {
  n: number
  number: string
  email: string
  createdAt: string
  lines: Line[]
  customFields: Record<string, unknown>
  delivery: Stateful & { trackingCodes: string[] }
  transaction: Stateful & { method: 'now' | 'later' }
}

export interface Shop {
  articles: Map<string, Article>
  orders: Map<string, Order>
  /** a number for each thing, never twice */
  next(): number
  onChange(event: string, order: Order): void
}

export function makeShop(onChange: Shop['onChange']): Shop {
  let last = 1000
  return { articles: new Map(), orders: new Map(), next: () => ++last, onChange }
}

/** Ids are 32 hexadecimal digits. */
export function idOf(kind: string, n: number): string {
  return (Buffer.from(kind).toString('hex').slice(0, 16) + n.toString(16)).padEnd(24, '0').padEnd(32, 'e').slice(0, 32)
}

export function moment(): string {
  return new Date().toISOString().replace('Z', '+00:00')
}

export function addArticle(shop: Shop, given: Omit<Article, 'n' | 'active'> & { active?: boolean }): Article {
  const article = { ...given, n: shop.next(), active: given.active ?? true }
  shop.articles.set(idOf('product', article.n), article)
  return article
}

export function articleBySku(shop: Shop, sku: string): Article | undefined {
  return [...shop.articles.values()].find((one) => one.sku === sku)
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
    const article = articleBySku(shop, sku)
    if (!article || article.stock < quantity) throw new Error(`${sku} is sold out`)
    return { id: idOf('line', shop.next()), article, quantity }
  })
  for (const { article, quantity } of lines) article.stock -= quantity
  const n = shop.next()
  const order: Order = {
    n,
    id: idOf('order', n),
    number: String(n),
    email,
    createdAt: moment(),
    updatedAt: null,
    state: 'open',
    lines,
    customFields: {},
    delivery: { id: idOf('delivery', n), state: 'open', updatedAt: null, trackingCodes: [] },
    transaction: { id: idOf('payment', n), state: pay === 'now' ? 'paid' : 'open', updatedAt: null, method: pay },
  }
  shop.orders.set(order.id, order)
  shop.onChange('checkout.order.placed', order)
  return order
}

type Steps = Record<string, Record<string, string>>
const MACHINES: Record<'order' | 'order_delivery' | 'order_transaction', Steps> = {
  order: {
    open: { process: 'in_progress', cancel: 'cancelled' },
    in_progress: { complete: 'completed', cancel: 'cancelled' },
    completed: { reopen: 'open' },
    cancelled: { reopen: 'open' },
  },
  order_delivery: {
    open: { ship: 'shipped', ship_partially: 'shipped_partially', cancel: 'cancelled' },
    shipped_partially: { ship: 'shipped', retour: 'returned', retour_partially: 'returned_partially' },
    shipped: { retour: 'returned', retour_partially: 'returned_partially' },
    cancelled: { reopen: 'open' },
  },
  order_transaction: {
    open: {
      paid: 'paid',
      paid_partially: 'paid_partially',
      do_pay: 'in_progress',
      remind: 'reminded',
      cancel: 'cancelled',
    },
    paid_partially: { paid: 'paid', refund_partially: 'refunded_partially' },
    reminded: { paid: 'paid', paid_partially: 'paid_partially', cancel: 'cancelled' },
    paid: { refund: 'refunded', refund_partially: 'refunded_partially' },
    cancelled: { reopen: 'open' },
  },
}
export type Machine = keyof typeof MACHINES

export function stepsOf(machine: Machine, state: string): Record<string, string> {
  return MACHINES[machine][state] ?? {}
}

export function find(shop: Shop, machine: Machine, id: string): { order: Order; thing: Stateful } | undefined {
  for (const order of shop.orders.values()) {
    const thing = { order, order_delivery: order.delivery, order_transaction: order.transaction }[machine]
    if (thing.id === id) return { order, thing }
  }
  return undefined
}

/** False: that step doesn't begin here. The time of the order itself is only touched by steps of the order. */
export function transition(shop: Shop, machine: Machine, id: string, action: string): boolean {
  const found = find(shop, machine, id)
  const to = found && stepsOf(machine, found.thing.state)[action]
  if (!found || !to) return false
  found.thing.state = to
  found.thing.updatedAt = moment()
  if (machine === 'order' && to === 'cancelled')
    for (const { article, quantity } of found.order.lines) article.stock += quantity
  shop.onChange(`state_enter.${machine}.state.${to}`, found.order)
  return true
}

export function totalOf(order: Order): number {
  return order.lines.reduce((sum, line) => sum + line.quantity * line.article.price, 490)
}

export function taxOf(amount: number): number {
  return mulDiv(amount, 19, 119)
}
