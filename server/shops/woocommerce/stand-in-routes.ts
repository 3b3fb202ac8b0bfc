import { createHmac } from 'node:crypto'
import type { ApiAnswer, ApiCall } from '../stand-in.ts'
import { addFulfilment, addNote, BadRequest, writeOrder } from './stand-in-orders.ts'
import {
  fixture,
  nextId,
  type OrderDoc,
  type ProductDoc,
  type ShopData,
  setMeta,
  touch,
  withSixDecimals,
} from './stand-in-shop.ts'

/* The REST API of the stand-in: what the connector asks, answered as the real shop does, errors included. */

export interface ApiSettings {
  /** what the keys may do */
  permission: 'read' | 'read_write'
  /** the fulfilments feature is switched on */
  fulfilments: boolean
  currency: string
  /** inventory management of the whole shop */
  countsStock: boolean
  keys: { key: string; secret: string }
  customers: Map<number, string>
  webhooks: { id: number; topic: string; status: string; delivery_url?: string }[]
}

type Handler = (call: ApiCall, ids: number[]) => ApiAnswer

const wrong = (status: number, code: string, message: string): ApiAnswer => ({
  status,
  json: { code, message, data: { status } },
})
const ok = (json: unknown): ApiAnswer => ({ status: 200, json })

export function answerCalls(shop: ShopData, settings: ApiSettings) {
  const routes = [...orderRoutes(shop, settings), ...productRoutes(shop, settings), ...otherRoutes(settings)]
  return (call: ApiCall): ApiAnswer => {
    if (call.path === '/wp-json/') return ok({ name: 'Werkzeug &amp; Holz', namespaces: ['wp/v2', 'wc/v3'] })
    if (!call.path.startsWith('/wp-json/wc/v3/')) return wrong(404, 'not-found', 'Not found.')
    const refused = checkKeys(call, settings)
    if (refused) return refused
    const place = `${call.method} ${call.path.replace('/wp-json/wc/v3/', '')}`
    for (const [pattern, handle] of routes) {
      const match = pattern.exec(place)
      if (!match) continue
      try {
        return handle(call, match.slice(1).map(Number))
      } catch (error) {
        if (error instanceof BadRequest) return wrong(400, 'rest_invalid_param', error.message)
        throw error
      }
    }
    return wrong(404, 'rest_no_route', 'No route was found matching the URL and request method.')
  }
}

/** One-legged OAuth as class-wc-rest-authentication.php checks it: written from there, not from our own signer. */
function checkKeys(call: ApiCall, { keys, permission }: ApiSettings): ApiAnswer | undefined {
  const error = (message: string) => wrong(401, 'woocommerce_rest_authentication_error', message)
  const given = Object.fromEntries(call.query)
  if (!given.oauth_consumer_key) return wrong(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
  if (given.oauth_consumer_key !== keys.key) return error('Consumer key is invalid.')
  const raw = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const signed = Object.keys(given)
    .filter((name) => name !== 'oauth_signature')
    .sort()
    .map((name) => raw(`${raw(name)}=${raw(given[name]!)}`))
    .join('%26')
  const base = `${call.method}&${raw(`http://${call.headers.host}${call.path}`)}&${signed}`
  if (createHmac('sha256', `${keys.secret}&`).update(base).digest('base64') !== given.oauth_signature)
    return error('Invalid signature - provided signature does not match.')
  if (Math.abs(Number(given.oauth_timestamp) - Date.now() / 1000) > 900) return error('Invalid timestamp.')
  if (call.method !== 'GET' && permission === 'read')
    return error('The API key provided does not have write permissions.')
  return undefined
}

/** A page of a list with its headers, fields left out as asked. */
function paged(call: ApiCall, rows: readonly Record<string, unknown>[]): ApiAnswer {
  const perPage = Number(call.query.get('per_page') ?? 10)
  if (perPage > 100) throw new BadRequest('per_page must be between 1 (inclusive) and 100 (inclusive)')
  const page = Number(call.query.get('page') ?? 1)
  const fields = call.query.get('_fields')?.split(',')
  const only = (row: Record<string, unknown>) =>
    fields ? Object.fromEntries(fields.map((field) => [field, row[field]])) : row
  return {
    status: 200,
    json: rows.slice((page - 1) * perPage, page * perPage).map(only),
    headers: { 'x-wp-total': String(rows.length), 'x-wp-totalpages': String(Math.ceil(rows.length / perPage)) },
  }
}

function orderRoutes(shop: ShopData, settings: ApiSettings): [RegExp, Handler][] {
  const withOrder =
    (handle: (call: ApiCall, order: OrderDoc, ids: number[]) => ApiAnswer): Handler =>
    (call, ids) => {
      const order = shop.orders.get(ids[0]!)
      return order ? handle(call, order, ids) : wrong(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.')
    }
  const fulfilments = /^(?:GET|POST) orders\/(\d+)\/fulfillments$/
  return [
    [/^GET orders$/, (call) => paged(call, changedSince(shop, call))],
    [
      /^GET orders\/(\d+)$/,
      withOrder((call, order) => ok(call.query.get('dp') === '6' ? withSixDecimals(shop, order) : order)),
    ],
    [
      /^PUT orders\/(\d+)$/,
      withOrder((call, order) => {
        writeOrder(shop, order, call.body as object)
        return ok(order)
      }),
    ],
    [/^GET orders\/(\d+)\/notes$/, withOrder((_, order) => ok(shop.notes.get(order.id) ?? []))],
    [
      /^POST orders\/(\d+)\/notes$/,
      withOrder((call, order) => ({ status: 201, json: addNote(shop, order, call.body as { note: string }) })),
    ],
    [/^GET orders\/(\d+)\/refunds$/, withOrder((call) => paged(call, []))],
    [
      fulfilments,
      withOrder((call, order) => {
        if (!settings.fulfilments) return wrong(404, 'rest_no_route', 'No route was found.')
        if (call.method === 'GET') return ok(shop.fulfilments.get(order.id) ?? [])
        return { status: 201, json: addFulfilment(shop, order, call.body as { meta_data: [] }) }
      }),
    ],
    [
      /^PUT orders\/(\d+)\/fulfillments\/(\d+)$/,
      withOrder((call, order, ids) => {
        const one = shop.fulfilments.get(order.id)?.find((row) => row.id === ids[1])
        if (!one) return wrong(404, 'rest_invalid', 'Fulfillment not found.')
        // what isn't sent along is removed
        one.meta_data = []
        for (const { key, value } of (call.body as { meta_data: { key: string; value: unknown }[] }).meta_data)
          setMeta(shop, one.meta_data, key, value)
        return ok(one)
      }),
    ],
  ]
}

/** `modified_after` is strict; "any" is everything but the trash. */
function changedSince(shop: ShopData, { query }: ApiCall): OrderDoc[] {
  const after = query.get('modified_after')
  const isTrash = query.get('status') === 'trash'
  return [...shop.orders.values()]
    .filter((one) => (one.status === 'trash') === isTrash && (after === null || one.date_modified_gmt > after))
    .sort((a, b) => a.id - b.id)
}

function productRoutes(shop: ShopData, settings: ApiSettings): [RegExp, Handler][] {
  const all = (parent: number) => [...shop.products.values()].filter((one) => one.parent_id === parent)
  const list = (call: ApiCall, rows: ProductDoc[]) => {
    const include = call.query.get('include')?.split(',').map(Number)
    const sku = call.query.get('sku')?.toLowerCase()
    const from = sku === undefined ? rows : [...shop.products.values()].filter((one) => one.sku.toLowerCase() === sku)
    return paged(
      call,
      from.filter((one) => include === undefined || include.includes(one.id)),
    )
  }
  const write = (product: ProductDoc, body: Record<string, unknown>) => {
    const { id: _, ...fields } = body
    Object.assign(product, fields)
    product.price = product.regular_price
    if (!settings.countsStock) Object.assign(product, { manage_stock: false, stock_quantity: null })
    touch(shop, product)
    return product
  }
  const batch: Handler = (call) => {
    const { update = [] } = call.body as { update?: { id: number }[] }
    if (update.length > 100) throw new BadRequest('Unable to accept more than 100 items for this request.')
    const rows = update.map((row) => {
      const product = shop.products.get(row.id)
      if (product) return structuredClone(write(product, row as Record<string, unknown>))
      return { id: row.id, error: { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: {} } }
    })
    return ok({ update: rows })
  }
  const put: Handler = (call, ids) => {
    const product = shop.products.get(ids.at(-1)!)
    if (!product) return wrong(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.')
    return ok(write(product, call.body as Record<string, unknown>))
  }
  return [
    [/^GET products$/, (call) => list(call, all(0))],
    [/^GET products\/(\d+)\/variations$/, (call, [id]) => list(call, all(id!))],
    [/^POST products(?:\/\d+\/variations)?\/batch$/, batch],
    [/^PUT products\/(\d+)(?:\/variations\/(\d+))?$/, (call, ids) => put(call, ids.filter(Number.isFinite))],
    [
      /^POST products$/,
      (call) => {
        const body = call.body as Record<string, unknown>
        if ([...shop.products.values()].some((one) => one.sku === body.sku))
          return wrong(400, 'product_invalid_sku', 'Invalid or duplicated SKU.')
        const made = { ...fixture<ProductDoc[]>('products')[1]!, global_unique_id: '', id: nextId(shop) }
        shop.products.set(made.id, made)
        return { status: 201, json: write(made, body) }
      },
    ],
  ]
}

function otherRoutes(settings: ApiSettings): [RegExp, Handler][] {
  return [
    [/^GET taxes$/, (call) => paged(call, fixture('taxes'))],
    [
      /^GET system_status$/,
      () => ok({ environment: { version: '11.0.1' }, settings: { currency: settings.currency } }),
    ],
    [/^GET webhooks$/, (call) => paged(call, settings.webhooks)],
    [
      /^POST webhooks$/,
      ({ body }) => {
        const { topic, delivery_url } = body as { topic: string; delivery_url: string }
        const made = { id: settings.webhooks.length + 1, topic, status: 'active', delivery_url }
        settings.webhooks.push(made)
        return { status: 201, json: made }
      },
    ],
    [
      /^PUT webhooks\/(\d+)$/,
      ({ body }, [id]) => {
        const found = settings.webhooks.find((one) => one.id === id)
        if (!found) return wrong(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.')
        return ok(Object.assign(found, { status: (body as { status: string }).status }))
      },
    ],
    [
      /^GET customers\/(\d+)$/,
      (_, [id]) => {
        const email = settings.customers.get(id!)
        if (email === undefined) return wrong(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.')
        const customer = fixture<{ billing: object }>('customer-company')
        return ok({ ...customer, id, email, billing: { ...customer.billing, email } })
      },
    ],
  ]
}
