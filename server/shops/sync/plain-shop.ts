import { createHmac, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connector, ShopApi, ShopCustomer } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { readAs } from '../shop-order.ts'
import { goodDay, type SeenOrder, type Trouble } from '../stand-in.ts'
import {
  buy,
  cancel,
  GROSS,
  type Inside,
  newOrderOf,
  type PlainBuyer,
  type PlainOrder,
  progressOf,
  seen,
  show,
} from './plain-orders.ts'

/*
 * For tests of the engine: the plainest shop there can be, in the same process. It lowers its own stock with each order,
 * takes absolute numbers for it, and fails as it is told, before or after it did what was asked.
 */
export interface PlainShop {
  connector: Connector
  trouble: Trouble
  customers: Map<string, ShopCustomer>
  /** name and price as a buyer sees them */
  article(sku: string): { name: string; price: number } | undefined
  addArticle(sku: string, stock: number, more?: { gtin?: string; name?: string; price?: number }): void
  /** by the customer whose account is ACCOUNT, or by somebody else */
  buy(lines: readonly { sku: string; quantity: number }[], buyer?: PlainBuyer): string
  cancel(orderId: string, line?: { sku: string; quantity: number }): void
  /** the staff puts more pieces in a placed order, or takes it off the shop for good */
  addPieces(orderId: string, sku: string, pieces: number): void
  remove(orderId: string): void
  available(sku: string): number
  setAvailable(sku: string, available: number): void
  seen(orderId: string): SeenOrder & { shipments: number; invoices: readonly string[] }
  orderIds(): string[]
  /** what happened since the last time, as hooks would tell it: ids of orders */
  hooks(): string[]
  sign(body: string): string
}

export const HOOK_SECRET = 'plain-secret'
export const ACCOUNT = 'konto-1'

export function plainShop(random: () => number): PlainShop {
  const trouble = goodDay()
  const stock = new Map<string, { available: number; gtin: string | null; name: string; price: number }>()
  const orders = new Map<string, PlainOrder>()
  let clock = Date.parse('2026-11-24T11:00:00Z')
  let told: string[] = []
  const touch = (order: PlainOrder) => {
    order.changedAt = clock += 1000
    if (random() < trouble.hooksLost) return
    told.push(order.id)
    if (random() < trouble.hooksDoubled) told.push(order.id)
  }
  const called = async <T>(work: () => T): Promise<T> => {
    // time passes on the way there and on the way back: much can happen meanwhile
    if (trouble.calls > 0) await sleep(random() * 4)
    const bad = random() < trouble.calls ? Math.floor(random() * 3) : -1
    if (trouble.down || bad === 0) return Promise.reject(new ShopError('unreachable', 'no answer'))
    if (bad === 1)
      return Promise.reject(new ShopError('throttled', 'too many requests', { status: 429, retryAfterMs: 2 }))
    const answer = work()
    if (trouble.calls > 0) await sleep(random() * 4)
    return bad === 2 ? Promise.reject(new ShopError('unreachable', 'the answer got lost')) : Promise.resolve(answer)
  }
  const customers = new Map<string, ShopCustomer>()
  let placed = 0
  const nextId = () => String(++placed)
  const inside = { stock, orders, customers, nextId, touch, called }
  const connector = plainConnector(plainApi(inside))
  return {
    connector,
    trouble,
    customers,
    article: (sku) => stock.get(sku),
    addArticle: (sku, available, { gtin = null, name = sku, price = GROSS } = {} as never) =>
      void stock.set(sku, { available, gtin, name, price }),
    buy: (lines, buyer = { email: 'kunde@example.org', account: ACCOUNT }) => buy(inside, lines, buyer),
    cancel: (orderId, line) => cancel(inside, orders.get(orderId)!, line),
    addPieces(orderId, sku, pieces) {
      const order = orders.get(orderId)!
      order.lines.find((line) => line.sku === sku)!.quantity += pieces
      stock.get(sku)!.available -= pieces
      touch(order)
    },
    remove: (orderId) => void orders.delete(orderId),
    available: (sku) => stock.get(sku)!.available,
    setAvailable: (sku, available) => void Object.assign(stock.get(sku)!, { available }),
    seen: (orderId) => seen(orders.get(orderId)!),
    orderIds: () => [...orders.keys()],
    hooks() {
      const batch = told
      told = []
      return trouble.hooksShuffled ? batch.sort(() => random() - 0.5) : batch
    },
    sign: (body) => createHmac('sha256', HOOK_SECRET).update(body).digest('base64'),
  }
}

function plainApi({ stock, orders, customers, touch, called }: Inside): ShopApi {
  return {
    test: () => called(() => ({ shopName: 'Plain', version: '1', currency: 'EUR', warnings: [] })),
    changedOrders: (since, page) =>
      called(() => {
        const from = Number(page ?? 0)
        const all = [...orders.values()]
          .filter((order) => since === null || order.changedAt >= Date.parse(since))
          .sort((a, b) => a.changedAt - b.changedAt)
        const rows = all
          .slice(from, from + 20)
          .map(({ id, changedAt }) => ({ id, changedAt: new Date(changedAt).toISOString() }))
        return { rows, next: all.length > from + 20 ? String(from + 20) : undefined }
      }),
    order: (id) => called(() => structuredClone(orders.get(id) ?? null)),
    customer: (id) => called(() => customers.get(id) ?? null),
    catalogue: (page) =>
      called(() => {
        const from = Number(page ?? 0)
        const rows = [...stock]
          .slice(from, from + 100)
          .map(([sku, one]) => ({ sku, ids: { id: sku }, vatRate: 1900, active: true, ...one }))
        return { rows, next: stock.size > from + 100 ? String(from + 100) : undefined }
      }),
    readStock: (listings) =>
      called(() => listings.map(({ sku }) => ({ sku, shown: stock.get(sku)?.available ?? null }))),
    writeStock: (writes) =>
      called(() =>
        writes.map(({ sku, available }) => {
          const article = stock.get(sku)
          if (!article) return { sku, outcome: 'refused' as const, shown: null, problem: 'no such article' }
          article.available = available
          return { sku, outcome: 'written' as const, shown: available }
        }),
      ),
    showOrder: (state) => called(() => show(orders.get(state.externalId)!, state, stock, touch)),
    showArticle: ({ sku }, article) =>
      called(() => {
        const found = stock.get(sku)
        if (found) Object.assign(found, { name: article.name, price: article.price ?? found.price })
      }),
    publish: ({ sku, gtin, name, price }) =>
      called(() => {
        if (!stock.has(sku)) stock.set(sku, { available: 0, gtin, name, price: price ?? 0 })
        return { sku, ids: { id: sku } }
      }),
  }
}

function plainConnector(api: ShopApi): Connector {
  return {
    kind: 'woocommerce',
    secrets: [{ name: 'hookSecret', label: { de: 'Geheimnis', en: 'Secret' } }],
    stockBatch: 20,
    open: () => api,
    readOrders: (document, { channel }) => [readAs(document, newOrderOf(document as PlainOrder, channel), [])],
    readProgress: (raw) => progressOf(raw as PlainOrder),
    verifyHook: ({ headers, body }, { secrets }) => {
      const given = Buffer.from(headers['x-plain-signature'] ?? '', 'base64')
      const right = createHmac('sha256', secrets.hookSecret!).update(body).digest()
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      const { delivery, order, customer } = JSON.parse(body.toString()) as Record<string, string>
      const about = customer ? { kind: 'customer' as const, id: customer } : { kind: 'order' as const, id: order! }
      return { deliveryId: delivery!, topic: `${about.kind}.updated`, about: [about] }
    },
  }
}
