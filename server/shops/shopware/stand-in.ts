import { createHmac } from 'node:crypto'
import { type ApiAnswer, type ApiCall, goodDay, hookQueue, type StandIn, serveBadly } from '../stand-in.ts'
import { routesOf } from './stand-in-routes.ts'
import * as rules from './stand-in-shop.ts'
import { makeShop, type Order, type Shop } from './stand-in-shop.ts'

const keys = { accessKeyId: 'SWIA1', secretAccessKey: 'secret', shopSecret: 's'.repeat(64) }
const TOKEN = 'token-of-ten-minutes'
/** after so many errors Shopware switches a webhook off */
const FAILURES = 10
const TOKENS_IN_TEN_SECONDS = 10
const HOOK = rules.idOf('webhook', 1)

export interface ShopwareStandIn extends StandIn {
  /** false: the shop switched its webhook off */
  isHookActive(): boolean
  /** how often a token was asked for */
  tokens(): number
  /** what happens between two of our calls: called once, after the next write of stock */
  afterNextWrite(what: () => void): void
  /** the buyer chose a provider and never paid there */
  leaveUncollected(orderId: string): void
}

/** For tests: a Shopware shop that behaves as badly as the real one may. */
export async function standInShopware(random: () => number = Math.random): Promise<ShopwareStandIn> {
  const trouble = goodDay()
  const hooks = shopHooks(random, trouble)
  const shop = makeShop(hooks.add)
  const writes = { next: () => {} }
  const routes = routesOf(shop, () => {
    const { next } = writes
    writes.next = () => {}
    next()
  })
  const tokens = { given: [] as number[] }
  const withHooks = (call: ApiCall): ApiAnswer => {
    if (call.path === '/api/search/webhook') return { status: 200, json: { data: hooks.rows() } }
    if (call.path !== `/api/webhook/${HOOK}`) return routes(call)
    hooks.switchOn()
    return { status: 204 }
  }
  const server = await serveBadly((call) => answer(call, withHooks, tokens), trouble, random)
  hooks.shopAt(server.address)
  const orderOf = (id: string): Order => shop.orders.get(id)!
  return {
    access: { address: server.address, secrets: keys },
    trouble,
    hooksTo: hooks.to,
    sendHooks: hooks.flush,
    isHookActive: hooks.isActive,
    tokens: () => tokens.given.length,
    afterNextWrite: (what) => {
      writes.next = what
    },
    leaveUncollected: (id) => {
      orderOf(id).transaction.state = 'open'
    },
    addArticle: ({ sku, name, grossPrice, stock, gtin }) =>
      void rules.addArticle(shop, { sku, name, price: grossPrice, stock, gtin: gtin ?? null }),
    buy: (order) => rules.buy(shop, order).id,
    cancel: (id, line) => cancelInShop(shop, orderOf(id), line),
    available: (sku) => rules.articleBySku(shop, sku)!.stock,
    seen: (id) => seenOf(orderOf(id)),
    orderIds: () => [...shop.orders.keys()],
    calls: server.calls,
    close: server.close,
  }
}

/** Somebody in the administration: the whole order by its states, pieces by editing the order. */
function cancelInShop(shop: Shop, order: Order, line?: { sku: string; quantity: number }): void {
  if (!line) {
    rules.transition(shop, 'order', order.id, 'cancel')
    return
  }
  const found = order.lines.find((one) => one.article.sku === line.sku)!
  found.quantity -= line.quantity
  found.article.stock += line.quantity
  if (found.quantity === 0) order.lines = order.lines.filter((one) => one !== found)
  order.updatedAt = rules.moment()
  shop.onChange('order.written', order)
}

function seenOf(order: Order): ReturnType<StandIn['seen']> {
  const { lines, customFields, delivery } = order
  // "6/10 SCHR-5x60; ..." is all a merchant sees of quantities
  const told = new Map(
    String(customFields.tresen_delivered ?? '')
      .split('; ')
      .map((one) => /^([\d.]+)\/\d+ (.*)$/.exec(one))
      .flatMap((match) => (match ? [[match[2]!, Number(match[1])] as const] : [])),
  )
  return {
    number: order.number,
    ordered: Object.fromEntries(lines.map((line) => [line.article.sku, line.quantity])),
    shipped: Object.fromEntries(lines.map((line) => [line.article.sku, told.get(line.article.sku) ?? 0])),
    trackingNumbers: delivery.trackingCodes,
    cancelled: order.state === 'cancelled',
    paid: order.transaction.state === 'paid',
  }
}

function answer(call: ApiCall, routes: (call: ApiCall) => ApiAnswer, tokens: { given: number[] }): ApiAnswer {
  if (call.path !== '/api/oauth/token') {
    if (call.headers.authorization !== `Bearer ${TOKEN}`) return problem(401, 'The resource owner denied the request.')
    return routes(call)
  }
  const now = Date.now()
  tokens.given.push(now)
  if (tokens.given.filter((at) => at > now - 10_000).length > TOKENS_IN_TEN_SECONDS)
    return { ...problem(429, 'Too many requests.'), headers: { 'retry-after': '10' } }
  const input = (call.body ?? {}) as Record<string, unknown>
  const fits = input.client_id === keys.accessKeyId && input.client_secret === keys.secretAccessKey
  if (!fits || input.grant_type !== 'client_credentials') return problem(401, 'Client authentication failed')
  return { status: 200, json: { token_type: 'Bearer', expires_in: 600, access_token: TOKEN } }
}

function problem(status: number, title: string): ApiAnswer {
  return { status, json: { errors: [{ code: '0', status: String(status), title }] } }
}

function shopHooks(random: () => number, trouble: ReturnType<typeof goodDay>) {
  const queue = hookQueue(trouble, random)
  let [target, source, errors, events] = ['', '', 0, 0]
  const send = (body: string, tries: number) => async (): Promise<number> => {
    if (errors >= FAILURES) return 0
    const signature = createHmac('sha256', keys.shopSecret).update(body).digest('hex')
    const headers = {
      'content-type': 'application/json',
      'sw-version': '6.7.10.1',
      'shopware-shop-signature': signature,
    }
    const status = await fetch(target, { method: 'POST', headers, body }).then(
      (response) => response.status,
      () => 0,
    )
    const isTaken = status >= 200 && status < 300
    errors = isTaken ? 0 : errors + 1
    if (!isTaken && tries < 5) queue.add(send(body, tries + 1))
    return status
  }
  return {
    add(event: string, order: Order): void {
      if (target === '' || errors >= FAILURES) return
      const written = [{ entity: 'order', operation: 'update', primaryKey: order.id, updatedFields: ['price'] }]
      const payload = event === 'order.written' ? written : { order: { id: order.id, orderNumber: order.number } }
      const eventId = rules.idOf('event', ++events)
      const timestamp = Math.floor(Date.now() / 1000)
      const from = { url: source, appVersion: '1.0.0', shopId: 'stand-in', eventId }
      queue.add(send(JSON.stringify({ data: { payload, event }, source: from, timestamp }), 0))
    },
    to: (address: string) => {
      target = address
    },
    shopAt: (address: string) => {
      source = address
    },
    flush: async () => {
      await queue.flush()
    },
    isActive: () => errors < FAILURES,
    rows: () =>
      target === '' ? [] : [{ id: HOOK, eventName: 'order.written', url: target, active: errors < FAILURES }],
    switchOn: () => {
      errors = 0
    },
  }
}
