import { centsOf } from './shapes.ts'
import {
  fulfillmentAnswer,
  fulfillmentOrdersOf,
  gid,
  inventoryAnswer,
  numberOf,
  orderAnswer,
  page,
  variantAnswer,
} from './stand-in-answers.ts'
import type { Line, Order, Shop } from './stand-in-shop.ts'
import * as rules from './stand-in-shop.ts'

/* For tests: what the Admin API does for each of our documents, with Shopify's own refusals. */

const ok = { userErrors: [] }
const refused = (message: string, field: string[] | null = null) => ({ userErrors: [{ field, message }] })

// arguments are checked by graphql-js against the contract before they come here
// biome-ignore lint/suspicious/noExplicitAny: see above
type Args = any

export function queriesOf(shop: Shop) {
  const orderOf = (id: unknown) => shop.orders.get(numberOf(id))
  return {
    shop: { name: 'Schaufenster', currencyCode: 'EUR', taxesIncluded: true },
    currentAppInstallation: { accessScopes: SCOPES.map((handle) => ({ handle })) },
    locations: {
      nodes: [
        {
          id: gid('Location', 1),
          name: 'Lager',
          isActive: true,
          fulfillsOnlineOrders: true,
          isFulfillmentService: false,
        },
      ],
    },
    order: ({ id }: Args) => {
      const order = orderOf(id)
      return order ? orderAnswer(order) : null
    },
    orders: ({ query, first, after }: Args) => {
      const since = /updated_at:>='([^']+)'/.exec(query ?? '')?.[1]
      const rows = [...shop.orders.values()]
        .filter((one) => since === undefined || Date.parse(one.updatedAt) >= Date.parse(since))
        .sort((a, b) => a.updatedAt.localeCompare(b.updatedAt) || a.n - b.n)
      return page(
        rows.map((one) => ({ id: gid('Order', one.n), updatedAt: one.updatedAt })),
        { first, after },
      )
    },
    ...articleQueries(shop),
    fulfillment: ({ id }: Args) => {
      const found = [...shop.orders.values()].flatMap((one) => one.fulfillments).find((one) => one.n === numberOf(id))
      return found ? fulfillmentAnswer(found) : null
    },
    fulfillmentOrder: ({ id }: Args) => fulfillmentOrdersOf(orderOf(id)!)[0],
  }
}

/** where a firm buys */
const locationAnswer = (id: string) => ({
  __typename: 'CompanyLocation',
  id,
  name: 'Zittau',
  company: { id: 'gid://shopify/Company/1', name: 'Probst Bau GmbH' },
  taxSettings: { taxRegistrationId: 'DE999999999' },
  billingAddress: {
    companyName: 'Probst Bau GmbH',
    recipient: 'Paula Probst',
    address1: 'Lindenweg 4',
    zip: '02763',
    city: 'Zittau',
    countryCode: 'DE',
  },
})

function articleQueries(shop: Shop) {
  const articles = () => [...shop.articles.values()]
  return {
    node: ({ id }: Args) =>
      String(id).includes('/CompanyLocation/')
        ? locationAnswer(String(id))
        : numberOf(id) === 1
          ? {
              __typename: 'Customer',
              id,
              displayName: 'Paula Probst',
              defaultEmailAddress: { emailAddress: 'paula@example.test' },
            }
          : null,
    nodes: ({ ids }: Args) =>
      ids.map((id: string) => {
        const found = articles().find((one) => one.n === numberOf(id))
        return found ? inventoryAnswer(found) : null
      }),
    productVariants: ({ query, first, after }: Args) => {
      const sku = /^sku:"(.*)"$/.exec(query ?? '')?.[1]
      // the shop's search is by words: it finds more than was meant
      const found = articles().filter((one) => sku === undefined || one.sku.startsWith(sku))
      return page(found.map(variantAnswer), { first, after })
    },
    productVariant: ({ id }: Args) => {
      const found = articles().find((one) => one.n === numberOf(id))
      return found ? variantAnswer(found) : null
    },
  }
}

export function mutationsOf(shop: Shop) {
  const orderOf = (id: unknown) => shop.orders.get(numberOf(id))!
  const edits = new Map<number, Map<Line, number>>()
  return {
    ...articleMutations(shop),
    fulfillmentCreate: ({ fulfillment }: Args) => fulfil(shop, fulfillment),
    fulfillmentTrackingInfoUpdate: ({ fulfillmentId, trackingInfoInput }: Args) => {
      const order = [...shop.orders.values()].find((one) =>
        one.fulfillments.some((f) => f.n === numberOf(fulfillmentId)),
      )!
      order.fulfillments.find((one) => one.n === numberOf(fulfillmentId))!.tracking = [trackingInfoInput.number]
      rules.touch(shop, order)
      return ok
    },
    orderCancel: ({ orderId }: Args) => {
      const order = orderOf(orderId)
      const problem = order.cancelledAt
        ? 'Order has already been cancelled'
        : order.fulfillments.length > 0
          ? 'Cannot cancel an order with fulfillments'
          : ''
      if (problem) return { job: null, orderCancelUserErrors: [{ field: null, message: problem }] }
      rules.cancel(shop, order)
      return { job: { id: gid('Job', order.n) }, orderCancelUserErrors: [] }
    },
    orderEditBegin: ({ id }: Args) => {
      const order = orderOf(id)
      edits.set(order.n, new Map())
      const nodes = order.lines.map((line) => ({ id: gid('CalculatedLineItem', line.n), quantity: line.current }))
      return { calculatedOrder: { id: gid('CalculatedOrder', order.n), lineItems: { nodes } }, userErrors: [] }
    },
    orderEditSetQuantity: ({ id, lineItemId, quantity }: Args) => {
      const line = orderOf(id).lines.find((one) => one.n === numberOf(lineItemId))!
      if (quantity < rules.fulfilledOf(orderOf(id), line)) return refused('Cannot remove fulfilled items')
      edits.get(numberOf(id))!.set(line, quantity)
      return ok
    },
    orderEditCommit: ({ id }: Args) => {
      for (const [line, quantity] of edits.get(numberOf(id))!)
        rules.cancelPieces(shop, orderOf(id), line, line.current - quantity)
      return ok
    },
    ...moneyMutations(shop, orderOf),
    orderClose: ({ input }: Args) => {
      orderOf(input.id).closed = true
      return ok
    },
    tagsAdd: ({ id, tags }: Args) => {
      orderOf(id).tags = [...new Set([...orderOf(id).tags, ...tags])]
      return ok
    },
    metafieldsSet: ({ metafields }: Args) => {
      for (const { ownerId, key, value } of metafields) orderOf(ownerId).metafields.set(key, value)
      return ok
    },
  }
}

function moneyMutations(shop: Shop, orderOf: (id: unknown) => Order) {
  return {
    orderMarkAsPaid: ({ input }: Args) => {
      const order = orderOf(input.id)
      if (rules.outstandingOf(order) <= 0) return refused('Order cannot be marked as paid')
      rules.pay(shop, order, rules.outstandingOf(order), 'manual')
      return ok
    },
    // a part of the amount is for Plus
    orderCreateManualPayment: () => refused('Amount can only be set on a Plus shop'),
  }
}

/** Shopify fulfils the whole rest of a fulfilment order whose items are left out. */
function fulfil(shop: Shop, { lineItemsByFulfillmentOrder, trackingInfo }: Args) {
  const order = shop.orders.get(numberOf(lineItemsByFulfillmentOrder[0].fulfillmentOrderId))!
  const pieces = new Map<Line, number>()
  for (const { fulfillmentOrderLineItems: items } of lineItemsByFulfillmentOrder) {
    const all = order.lines.map((line) => ({ id: line.n, quantity: line.current - rules.fulfilledOf(order, line) }))
    for (const { id, quantity } of items?.length ? items : all) {
      const line = order.lines.find((one) => one.n === numberOf(id))!
      if (quantity < 1 || quantity > line.current - rules.fulfilledOf(order, line))
        return { fulfillment: null, ...refused('Invalid fulfillment order line item quantity requested.') }
      pieces.set(line, quantity)
    }
  }
  const made = rules.fulfil(shop, order, pieces, trackingInfo?.number ? [trackingInfo.number] : [])
  return { fulfillment: { id: gid('Fulfillment', made.n) }, userErrors: [] }
}

function articleMutations(shop: Shop) {
  const articleOf = (id: unknown) => [...shop.articles.values()].find((one) => one.n === numberOf(id))
  return {
    inventorySetQuantities: ({ input }: Args) => {
      const errors = input.quantities.flatMap(({ inventoryItemId, changeFromQuantity, quantity }: Args, i: number) => {
        const at = (code: string, field: string, message: string) => [
          { code, field: ['input', 'quantities', String(i), field], message },
        ]
        const article = articleOf(inventoryItemId)
        if (!article)
          return at('INVALID_INVENTORY_ITEM', 'inventoryItemId', 'The specified inventory item could not be found.')
        if (quantity > 1_000_000_000) return at('INVALID_QUANTITY_TOO_HIGH', 'quantity', 'The quantity is too high.')
        if (changeFromQuantity === undefined)
          return at('COMPARE_QUANTITY_REQUIRED', 'changeFromQuantity', 'is required')
        if (changeFromQuantity === null || changeFromQuantity === article.available) return []
        return at(
          'CHANGE_FROM_QUANTITY_STALE',
          'changeFromQuantity',
          'The changeFromQuantity value does not match persisted value.',
        )
      })
      if (errors.length > 0) return { userErrors: errors }
      for (const { inventoryItemId, quantity } of input.quantities) articleOf(inventoryItemId)!.available = quantity
      return ok
    },
    productVariantsBulkUpdate: ({ variants }: Args) => {
      for (const { id, price } of variants) articleOf(id)!.price = centsOf(price)!
      return ok
    },
    productUpdate: ({ product }: Args) => {
      const article = articleOf(product.id)!
      article.name = product.title ?? article.name
      if (product.status) article.active = product.status === 'ACTIVE'
      return ok
    },
    productSet: ({ input }: Args) => {
      const [variant] = input.variants
      const article = rules.addArticle(shop, {
        sku: variant.sku,
        name: input.title,
        price: centsOf(variant.price ?? '0')!,
        gtin: variant.barcode ?? null,
        available: variant.inventoryQuantities[0].quantity,
        active: input.status === 'ACTIVE',
      })
      return {
        product: { id: gid('Product', article.n), variants: { nodes: [variantAnswer(article)] } },
        userErrors: [],
      }
    },
  }
}

const SCOPES = [
  'write_orders',
  'write_order_edits',
  'write_products',
  'write_inventory',
  'read_locations',
  'read_customers',
  'read_all_orders',
  'write_merchant_managed_fulfillment_orders',
]
