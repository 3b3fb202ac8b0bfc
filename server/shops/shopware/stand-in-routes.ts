import type { ApiAnswer, ApiCall } from '../stand-in.ts'
import { centsOf } from './shapes.ts'
import { customerAnswer, orderAnswer, productAnswer } from './stand-in-answers.ts'
import type { Machine, Shop } from './stand-in-shop.ts'
import * as rules from './stand-in-shop.ts'

/* For tests: the paths of the Admin API we call, with Shopware's own refusals. */

// what comes in is what our own code sent
// biome-ignore lint/suspicious/noExplicitAny: see above
type Body = any

const none: ApiAnswer = { status: 204 }
const refuse = (status: number, code: string, detail: string): ApiAnswer => ({
  status,
  json: { errors: [{ code, status: String(status), title: 'Error', detail }] },
})

export function routesOf(shop: Shop, afterWrite: () => void) {
  return ({ method, path, body }: ApiCall): ApiAnswer => {
    const [kind, ...rest] = path.replace('/api/', '').split('/')
    if (method === 'GET' && path === '/api/_info/version') return { status: 200, json: { version: '6.7.10.1' } }
    if (method === 'POST' && kind === 'search') return searched(shop, rest[0]!, body)
    if (kind === '_action') return acted(shop, method, rest, body, afterWrite)
    if (method === 'PATCH' && kind === 'product') return patchProduct(shop, rest[0]!, body, afterWrite)
    if (method === 'POST' && kind === 'product') return makeProduct(shop, body)
    if (method === 'PATCH' && kind === 'order') return patchOrder(shop, rest[0]!, body)
    if (method === 'PATCH' && kind === 'order-delivery') {
      const found = rules.find(shop, 'order_delivery', rest[0]!)
      if (!found) return refuse(404, 'FRAMEWORK__RESOURCE_NOT_FOUND', 'order_delivery')
      Object.assign(found.order.delivery, { trackingCodes: (body as Body).trackingCodes, updatedAt: rules.moment() })
      return none
    }
    return refuse(404, '0', `No route found for "${method} ${path}"`)
  }
}

function searched(shop: Shop, entity: string, criteria: Body): ApiAnswer {
  const rows = rowsOf(shop, entity).filter(
    (row) =>
      (!criteria.ids || criteria.ids.includes(row.id)) && (criteria.filter ?? []).every((one: Body) => fits(row, one)),
  )
  // without an order the database answers as it likes
  if (criteria.sort) rows.sort((a, b) => a[criteria.sort[0].field] - b[criteria.sort[0].field])
  else rows.reverse()
  const data = rows.slice(0, criteria.limit ?? 10)
  // nobody asked for more than a page: the total is not counted
  return { status: 200, json: { total: data.length, data, aggregations: {} } }
}

function rowsOf(shop: Shop, entity: string): Body[] {
  if (entity === 'order') return [...shop.orders.values()].map(orderAnswer)
  if (entity === 'product') return [...shop.articles.values()].map(productAnswer)
  if (entity === 'customer') return [customerAnswer]
  if (entity === 'tax') return [{ id: rules.idOf('tax', 19), taxRate: 19 }]
  if (entity === 'currency') return [{ id: 'b7d2554b0ce847cd82f3ac9bd1c0dfca', isoCode: 'EUR' }]
  if (entity === 'sales-channel') return [{ id: rules.idOf('channel', 1), name: 'Schaufenster', active: true }]
  return []
}

/** One filter of a search on a row; an empty moment is never in a range, as in SQL. */
function fits(row: Body, filter: Body): boolean {
  if (filter.type === 'multi') return filter.queries.some((one: Body) => fits(row, one))
  const [first, second] = filter.field.split('.')
  const values = second === undefined ? [row[first]] : (row[first] ?? []).map((one: Body) => one[second])
  if (filter.type === 'equals') return values.some((value: Body) => (value ?? null) === filter.value)
  const { gt, gte } = filter.parameters
  if (gt !== undefined) return values.some((value: Body) => value > gt)
  return values.some((value: Body) => value !== null && value !== undefined && Date.parse(value) >= Date.parse(gte))
}

const isStock = (stock: unknown) => Number.isInteger(stock) && Number(stock) <= 2_147_483_647

function acted(shop: Shop, method: string, path: string[], body: Body, afterWrite: () => void): ApiAnswer {
  const [what, ...rest] = path
  if (what === 'sync' && method === 'POST') {
    const rows = body.flatMap((one: Body) => one.payload)
    const wrong = rows.some((row: Body) => !shop.articles.has(row.id) || !isStock(row.stock))
    if (wrong) return refuse(400, 'FRAMEWORK__WRITE_CONSTRAINT_VIOLATION', 'There are errors')
    for (const { id, stock } of rows) shop.articles.get(id)!.stock = stock
    afterWrite()
    return { status: 200, json: { data: { product: rows.map((row: Body) => row.id) }, notFound: [], deleted: [] } }
  }
  if (what === 'state-machine' && method === 'GET') {
    const [machine, id] = rest as [Machine, string]
    const found = rules.find(shop, machine, id)
    if (!found) return refuse(400, 'SYSTEM__STATE_MACHINE_NOT_FOUND', id)
    const transitions = Object.entries(rules.stepsOf(machine, found.thing.state)).map(([actionName, to]) => ({
      name: to,
      technicalName: to,
      actionName,
      fromStateName: found.thing.state,
      toStateName: to,
      url: `/api/_action/state-machine/${machine}/${id}/state/${actionName}`,
    }))
    return { status: 200, json: { transitions } }
  }
  const [id, , action] = rest
  if (method === 'POST' && id && action && rules.transition(shop, what as Machine, id, action))
    return { status: 200, json: { id } }
  return refuse(400, 'SYSTEM__ILLEGAL_STATE_TRANSITION', `Illegal transition "${action}"`)
}

function patchProduct(shop: Shop, id: string, body: Body, afterWrite: () => void): ApiAnswer {
  const article = shop.articles.get(id)
  if (!article) return refuse(404, 'FRAMEWORK__RESOURCE_NOT_FOUND', 'product')
  if (body.stock !== undefined && !isStock(body.stock))
    return refuse(400, 'FRAMEWORK__WRITE_TYPE_INTEND_ERROR', 'stock')
  Object.assign(article, {
    stock: body.stock ?? article.stock,
    name: body.name ?? article.name,
    active: body.active ?? article.active,
    price: body.price ? centsOf(body.price[0].gross) : article.price,
  })
  if (body.stock !== undefined) afterWrite()
  return none
}

function makeProduct(shop: Shop, body: Body): ApiAnswer {
  if (rules.articleBySku(shop, body.productNumber))
    return refuse(400, 'CONTENT__DUPLICATE_PRODUCT_NUMBER', `Product with number ${body.productNumber} already exists.`)
  const { productNumber: sku, name, stock, ean, active, price } = body
  rules.addArticle(shop, { sku, name, stock, gtin: ean ?? null, active, price: centsOf(price[0].gross) })
  return none
}

function patchOrder(shop: Shop, id: string, body: Body): ApiAnswer {
  const order = shop.orders.get(id)
  if (!order) return refuse(404, 'FRAMEWORK__RESOURCE_NOT_FOUND', 'order')
  order.customFields = { ...order.customFields, ...body.customFields }
  order.updatedAt = rules.moment()
  shop.onChange('order.written', order)
  return none
}
