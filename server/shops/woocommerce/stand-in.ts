import { createHash, createHmac } from 'node:crypto'
import { goodDay, hookQueue, type SeenOrder, type StandIn, serveBadly, type Trouble } from '../stand-in.ts'
import { itemsOf, takeOff } from './stand-in-orders.ts'
import { type ApiSettings, answerCalls } from './stand-in-routes.ts'
import {
  emptyShop,
  findSku,
  fixture,
  newItem,
  nextId,
  type OrderDoc,
  type ProductDoc,
  recalculate,
  type ShopData,
  setStatus,
  stamp,
  touch,
} from './stand-in-shop.ts'

/** More than every shop's stand-in has: switches that only WooCommerce knows, and staff at its screens. */
export interface WooStandIn extends StandIn {
  settings: ApiSettings
  /** the inside, for tests that look or edit as the merchant's staff does */
  shop: ShopData
  /** pieces the merchant's staff sets by hand */
  count(sku: string, pieces: number): void
}

const WEBHOOK_SECRET = 'stand-in-webhook-secret'
const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'product.updated']

/**
 * A shop with the rules of WooCommerce 11: orders lower the stock by their status, the API writes absolute numbers over
 * whatever is there and takes over-deliveries, "processing" claims to be paid, a hook carries the state of the moment it is
 * sent, five failed ones in a row switch a webhook off. SKUs with a slash are variations ("GEWI/M8" of "GEWI").
 */
export async function startStandIn(options: { random: () => number; trouble?: Trouble }): Promise<WooStandIn> {
  const trouble = options.trouble ?? goodDay()
  const settings: ApiSettings = {
    permission: 'read_write',
    fulfilments: true,
    currency: 'EUR',
    countsStock: true,
    keys: { key: 'ck_stand_in', secret: 'cs_stand_in' },
    customers: new Map(),
    webhooks: TOPICS.map((topic, i) => ({ id: i + 1, topic, status: 'active' })),
  }
  const hooks = hookSender(trouble, options.random, settings, (topic, id) =>
    topic.startsWith('order') ? shop.orders.get(id) : shop.products.get(id),
  )
  const shop = emptyShop(hooks.changed)
  const server = await serveBadly(answerCalls(shop, settings), trouble, options.random)
  return {
    access: {
      address: server.address,
      secrets: {
        consumerKey: settings.keys.key,
        consumerSecret: settings.keys.secret,
        webhookSecret: WEBHOOK_SECRET,
      },
    },
    trouble,
    settings,
    shop,
    hooksTo: hooks.to,
    sendHooks: hooks.send,
    addArticle: (article) => addArticle(shop, article),
    buy: (order) => buy(shop, settings, order),
    cancel: (orderId, line) => cancel(shop, orderId, line),
    available: (sku) => findSku(shop, sku).stock_quantity ?? 0,
    count(sku, pieces) {
      const product = findSku(shop, sku)
      product.stock_quantity = pieces
      touch(shop, product)
    },
    seen: (orderId) => seen(shop, orderId),
    orderIds: () => [...shop.orders.keys()].map(String),
    calls: server.calls,
    close: server.close,
  }
}

function addArticle(shop: ShopData, article: Parameters<StandIn['addArticle']>[0]): void {
  const [simple, parent] = [fixture<ProductDoc[]>('products')[1]!, fixture<ProductDoc[]>('products')[0]!]
  const parentSku = article.sku.includes('/') ? article.sku.split('/')[0]! : undefined
  let parentId = 0
  if (parentSku !== undefined) {
    const known = [...shop.products.values()].find((one) => one.sku === parentSku)
    parentId = known?.id ?? nextId(shop)
    if (!known) shop.products.set(parentId, { ...parent, id: parentId, sku: parentSku, name: parentSku })
  }
  const id = nextId(shop)
  const template = parentId === 0 ? simple : fixture<ProductDoc[]>('product-variations')[0]!
  shop.products.set(id, {
    ...structuredClone(template),
    id,
    parent_id: parentId,
    sku: article.sku,
    name: article.name,
    tax_class: '',
    regular_price: (article.grossPrice / 100).toFixed(2),
    price: (article.grossPrice / 100).toFixed(2),
    global_unique_id: article.gtin ?? '',
    stock_quantity: article.stock,
  })
}

function buy(shop: ShopData, settings: ApiSettings, { lines, pay, email }: Parameters<StandIn['buy']>[0]): string {
  for (const { sku, quantity } of lines)
    if ((findSku(shop, sku).stock_quantity ?? 0) < quantity) throw new Error(`less than ${quantity} of ${sku} left`)
  const template = fixture<OrderDoc>('01-company-vat-lieferschein')
  const customer = [...settings.customers].find(([, known]) => known === email)?.[0] ?? settings.customers.size + 1
  settings.customers.set(customer, email)
  const [id, now] = [nextId(shop), stamp()]
  const order: OrderDoc = {
    ...template,
    id,
    number: String(id),
    status: 'pending',
    customer_id: customer,
    billing: { ...(template.billing as object), email },
    date_created: now.local,
    date_created_gmt: now.gmt,
    meta_data: [],
    line_items: lines.map(({ sku, quantity }) => newItem(shop, template.line_items[0]!, findSku(shop, sku), quantity)),
    ...(pay === 'now'
      ? { payment_method: 'stripe', payment_method_title: 'Kreditkarte', transaction_id: `ch_${id}` }
      : {}),
  }
  recalculate(shop, order)
  shop.orders.set(id, order)
  shop.onChange('order.created', id)
  setStatus(shop, order, pay === 'now' ? 'processing' : 'on-hold')
  return String(id)
}

function cancel(shop: ShopData, orderId: string, line?: { sku: string; quantity: number }): void {
  const order = shop.orders.get(Number(orderId))!
  const item = order.line_items.find((one) => one.sku === line?.sku)
  if (!line) setStatus(shop, order, 'cancelled')
  else if (item) takeOff(shop, order, item, line.quantity)
}

/** What stands in the administration: with the fulfilments feature there, else in the notes to the buyer. */
function seen(shop: ShopData, orderId: string): SeenOrder {
  const order = shop.orders.get(Number(orderId))!
  const fulfilments = shop.fulfilments.get(order.id) ?? []
  const notes = (shop.notes.get(order.id) ?? []).filter((one) => one.customer_note).map((one) => one.note)
  const shipped: Record<string, number> = {}
  const add = (sku: string, pieces: number) => {
    shipped[sku] = (shipped[sku] ?? 0) + pieces
  }
  for (const { item_id, qty } of fulfilments.flatMap(itemsOf))
    add(order.line_items.find((item) => item.id === item_id)?.sku ?? `line ${item_id}`, qty)
  for (const note of notes)
    for (const [, pieces, sku] of note.matchAll(/(\d+) × [^()]*\(([^()]+)\)/g)) add(sku!, Number(pieces))
  const tracking = fulfilments.flatMap((one) => one.meta_data.filter(({ key }) => key === '_tracking_number'))
  const ordered: Record<string, number> = {}
  for (const item of order.line_items) ordered[item.sku] = (ordered[item.sku] ?? 0) + item.quantity
  return {
    number: order.number,
    ordered,
    shipped,
    trackingNumbers: [
      ...tracking.map(({ value }) => String(value)),
      ...notes.flatMap((note) => /Sendungsnummer ([^\s.]+)/.exec(note)?.[1] ?? []),
    ],
    cancelled: order.status === 'cancelled',
    paid: order.date_paid_gmt !== null,
  }
}

/** Hooks wait and are sent together; several changes of one thing are one hook, with the state of that moment. */
function hookSender(
  trouble: Trouble,
  random: () => number,
  settings: ApiSettings,
  find: (topic: string, id: number) => object | undefined,
) {
  const queue = hookQueue(trouble, random)
  const waiting = new Set<string>()
  const failures = new Map<string, number>()
  let address: string | undefined
  const post = async (headers: Record<string, string>, body: string) =>
    (await fetch(address!, { method: 'POST', headers, body })).status
  const deliver = async (topic: string, id: number): Promise<number> => {
    const webhook = settings.webhooks.find((one) => one.topic === topic)
    if (webhook?.status !== 'active') return 0
    const body = JSON.stringify(find(topic, id) ?? { id })
    const [resource, event] = topic.split('.') as [string, string]
    const headers = {
      'content-type': 'application/json',
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', WEBHOOK_SECRET).update(body).digest('base64'),
      'x-wc-webhook-id': String(webhook.id),
      // as the shop makes it, so all hooks of a second share it
      'x-wc-webhook-delivery-id': createHash('md5')
        .update(`${webhook.id}${Math.floor(Date.now() / 1000)}`)
        .digest('hex'),
    }
    const status = await post(headers, body).catch(() => 0)
    const failed = status >= 200 && status < 300 ? 0 : (failures.get(topic) ?? 0) + 1
    failures.set(topic, failed)
    if (failed >= 5) webhook.status = 'disabled'
    return status
  }
  return {
    to(where: string): void {
      address = where
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      for (const { id } of settings.webhooks) queue.add(() => post(headers, `webhook_id=${id}`))
    },
    changed(topic: string, id: number): void {
      const key = `${topic} ${id}`
      if (address === undefined || waiting.has(key)) return
      waiting.add(key)
      queue.add(() => deliver(topic, id))
    },
    async send(): Promise<void> {
      // what is lost waits no longer either
      waiting.clear()
      await queue.flush()
    },
  }
}
