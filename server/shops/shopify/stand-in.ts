import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql'
import { type ApiAnswer, type ApiCall, goodDay, hookQueue, type StandIn, serveBadly } from '../stand-in.ts'
import { API_VERSION } from './documents.ts'
import { TOPICS } from './ensure-hooks.ts'
import { gid, numberOf } from './stand-in-answers.ts'
import { mutationsOf, queriesOf } from './stand-in-resolvers.ts'
import * as rules from './stand-in-shop.ts'
import { type Line, makeShop, moment, type Order } from './stand-in-shop.ts'

const schema = buildSchema(readFileSync(`${import.meta.dirname}/contract.graphql`, 'utf8'))
const keys = { clientId: 'app-1', clientSecret: 'hook-secret' }
const TOKEN = 'shpat_day'
/** after so many deliveries in a row that failed Shopify takes the subscription away */
const FAILURES = 8

export interface ShopifyStandIn extends StandIn {
  /** how many points its bucket holds and gets back a second; each document costs as many as its operation says */
  points: { size: number; perSecond: number; query: number; mutation: number }
  /** false: Shopify removed the subscription, no hook is sent any more */
  isSubscribed(): boolean
}

/** For tests: a Shopify shop that answers our documents by contract.graphql, and behaves as badly as the real one may. */
export async function standInShopify(random: () => number = Math.random): Promise<ShopifyStandIn> {
  const trouble = goodDay()
  const points = { size: 2000, perSecond: 100_000, query: 20, mutation: 10 }
  const hooks = shopHooks(random, trouble)
  const shop = makeShop(hooks.add)
  const root = { ...queriesOf(shop), ...mutationsOf(shop), ...hookResolvers(hooks) }
  const answered = new Map<string, unknown>()
  const bucket = leakyBucket(points)
  const server = await serveBadly((call) => answer(call, root, answered, bucket, points), trouble, random)
  const orderOf = (id: string): Order => shop.orders.get(numberOf(id))!
  const piecesOf = (lines: readonly Line[], count: (line: Line) => number) =>
    Object.fromEntries(lines.map((line) => [line.article.sku, count(line)]))
  hooks.shopAt(server.address)
  return {
    access: { address: server.address, secrets: keys },
    trouble,
    points,
    isSubscribed: hooks.isSubscribed,
    hooksTo: hooks.to,
    sendHooks: hooks.flush,
    addArticle: ({ sku, name, grossPrice, stock, gtin }) =>
      void rules.addArticle(shop, { sku, name, price: grossPrice, available: stock, gtin: gtin ?? null }),
    buy: (order) => gid('Order', rules.buy(shop, order).n),
    cancel: (id, line) => {
      const order = orderOf(id)
      if (!line) return rules.cancel(shop, order)
      rules.cancelPieces(shop, order, order.lines.find((one) => one.article.sku === line.sku)!, line.quantity)
    },
    available: (sku) => shop.articles.get(sku)!.available,
    seen: (id) => {
      const order = orderOf(id)
      return {
        number: order.name,
        ordered: piecesOf(order.lines, (line) => line.current),
        shipped: piecesOf(order.lines, (line) => rules.fulfilledOf(order, line)),
        trackingNumbers: order.fulfillments.flatMap((one) => one.tracking),
        cancelled: order.cancelledAt !== null,
        paid: rules.outstandingOf(order) <= 0,
      }
    },
    orderIds: () => [...shop.orders.values()].map((order) => gid('Order', order.n)),
    calls: server.calls,
    close: server.close,
  }
}

function hookResolvers({ subscribe, subscriptions }: ReturnType<typeof shopHooks>) {
  return {
    webhookSubscriptions: () => ({
      nodes: subscriptions().map((one, i) => ({ id: gid('WebhookSubscription', i + 1), ...one })),
    }),
    webhookSubscriptionCreate: ({
      topic,
      webhookSubscription,
    }: {
      topic: string
      webhookSubscription: { uri: string }
    }) => {
      subscribe(topic, webhookSubscription.uri)
      return { userErrors: [] }
    },
  }
}

type Points = ShopifyStandIn['points']

function leakyBucket(points: Points) {
  let [available, at] = [Number.POSITIVE_INFINITY, performance.now()]
  return (cost: number) => {
    const now = performance.now()
    available = Math.min(points.size, available + ((now - at) / 1000) * points.perSecond)
    at = now
    const isThrottled = available < cost
    if (!isThrottled) available -= cost
    const throttleStatus = {
      maximumAvailable: points.size,
      currentlyAvailable: Math.floor(available),
      restoreRate: points.perSecond,
    }
    return {
      isThrottled,
      cost: { requestedQueryCost: cost, actualQueryCost: isThrottled ? null : cost, throttleStatus },
    }
  }
}

function answer(
  { path, headers, body }: ApiCall,
  root: Record<string, unknown>,
  answered: Map<string, unknown>,
  bucket: ReturnType<typeof leakyBucket>,
  points: Points,
): ApiAnswer {
  const input = (body ?? {}) as Record<string, unknown>
  if (path === '/admin/oauth/access_token') {
    const fits = input.client_id === keys.clientId && input.client_secret === keys.clientSecret
    if (!fits || input.grant_type !== 'client_credentials') return { status: 400, json: { error: 'invalid_client' } }
    return { status: 200, json: { access_token: TOKEN, scope: 'write_orders', expires_in: 86_399 } }
  }
  if (path !== `/admin/api/${API_VERSION}/graphql.json`) return { status: 404, json: { errors: 'Not Found' } }
  if (headers['x-shopify-access-token'] !== TOKEN)
    return { status: 401, json: { errors: '[API] Invalid API key or access token' } }
  const { query, variables } = input as { query: string; variables: Record<string, unknown> }
  const said = bucket(query.startsWith('mutation') ? points.mutation : points.query)
  const extensions = { cost: said.cost }
  if (said.isThrottled)
    return { status: 200, json: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions } }
  const key = /@idempotent/.test(query) ? String(variables.key) : undefined
  const known = key === undefined ? undefined : answered.get(key)
  const result = known ?? run(query, variables, root)
  if (key !== undefined) answered.set(key, result)
  return { status: 200, json: { ...(result as object), extensions }, headers: { 'x-shopify-api-version': API_VERSION } }
}

function run(query: string, variableValues: Record<string, unknown>, rootValue: Record<string, unknown>) {
  const document = parse(query)
  const errors = [...validate(schema, document)]
  if (/inventorySetQuantities/.test(query) && !/@idempotent/.test(query))
    errors.push(new GraphQLError('The @idempotent directive is required'))
  if (errors.length > 0) return { errors }
  return execute({ schema, document, rootValue, variableValues })
}

/** Hooks carry the order as REST shows it, as it was when it happened; tried again they say the same. */
function shopHooks(random: () => number, trouble: ReturnType<typeof goodDay>) {
  const queue = hookQueue(trouble, random)
  let [host, failures, deliveries] = ['', 0, 0]
  let subscribed: { topic: string; uri: string }[] = []
  const send =
    (uri: string, body: string, topic: string, id: string, triggeredAt: string, tries: number) =>
    async (): Promise<number> => {
      if (subscribed.length === 0) return 0
      const headers = {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': createHmac('sha256', keys.clientSecret).update(body).digest('base64'),
        'x-shopify-shop-domain': host,
        'x-shopify-webhook-id': id,
        'x-shopify-triggered-at': triggeredAt,
        'x-shopify-api-version': API_VERSION,
      }
      const status = await fetch(uri, { method: 'POST', headers, body }).then(
        (response) => response.status,
        () => 0,
      )
      const isTaken = status >= 200 && status < 300
      failures = isTaken ? 0 : failures + 1
      if (failures >= FAILURES) subscribed = []
      if (!isTaken && tries < FAILURES) queue.add(send(uri, body, topic, id, triggeredAt, tries + 1))
      return status
    }
  const subscribe = (topic: string, uri: string) => {
    failures = 0
    subscribed = [...subscribed.filter((one) => one.topic !== topic), { topic, uri }]
  }
  return {
    add(topic: string, order: Order): void {
      const ours = subscribed.find((one) => one.topic === topic.toUpperCase().replace('/', '_'))
      if (!ours) return
      queue.add(send(ours.uri, asRest(order), topic, `delivery-${host}-${++deliveries}`, moment(), 0))
    },
    to: (uri: string) => {
      for (const topic of TOPICS) subscribe(topic, uri)
    },
    subscribe,
    subscriptions: () => subscribed,
    shopAt: (address: string) => {
      host = new URL(address).host
    },
    flush: async () => {
      await queue.flush()
    },
    isSubscribed: () => subscribed.length > 0,
  }
}

function asRest(order: Order): string {
  return JSON.stringify({
    id: order.n,
    admin_graphql_api_id: gid('Order', order.n),
    name: order.name,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt,
    currency: 'EUR',
    email: order.email,
  })
}
