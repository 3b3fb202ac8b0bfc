import { z } from 'zod'
import { paymentMethod } from '../branches/api.ts'
import { address } from '../customers/api.ts'
import {
  byId,
  cents,
  id,
  moment,
  nothing,
  page,
  pageOf,
  positiveQuantity,
  priceMode,
  quantity,
  route,
  text,
  unitPrice,
  vatCategory,
  vatRate,
  word,
} from '../route.ts'
import { holdReason, parkReason } from './reasons.ts'

/** Goods move; shipping, a surcharge (of either sign) and a discount are amounts that go with the first delivery. */
export const orderLineKind = z.enum(['goods', 'shipping', 'surcharge'])

export const newOrderLine = z
  .object({
    kind: orderLineKind.default('goods'),
    article: word(80).optional().describe('article number (SKU) or GTIN; goods only'),
    externalLine: text(80).optional(),
    name: text(300).optional(),
    quantity: positiveQuantity,
    unitPrice: unitPrice.optional().describe('before discount, in the price mode; left out: our price list'),
    discount: cents.min(0).default(0).describe('agreed reduction on the whole line, in the price mode'),
    discountReason: text(120).optional(),
    amount: cents
      .optional()
      .describe(
        'agreed amount of the whole line after discount, in the price mode; left out: quantity x unit price - discount',
      ),
    vatCategory: vatCategory.optional(),
    vatRate: vatRate.optional().describe('left out: the rate of the article on the day'),
  })
  .meta({ id: 'NewOrderLine' })
export type NewOrderLine = z.output<typeof newOrderLine>

export const orderParty = z
  .object({
    customerNumber: word(40).optional().describe('ours, as a shop keeps it at the account; never what a buyer typed'),
    shopCustomerId: word(120).optional().describe("the shop's id of the buyer's account"),
    email: text(254).optional().describe('finds a customer, but proves nothing: see buyer-not-linked'),
    vatId: text(20).optional().describe('finds a customer, but proves nothing'),
    company: z.boolean().optional(),
    guest: z
      .boolean()
      .default(false)
      .describe('ordered without logging in; whoever is nobody we know becomes a customer'),
  })
  .meta({ id: 'OrderParty' })

export const statedTotals = z.object({
  gross: cents,
  net: cents.optional(),
  perRate: z
    .array(z.object({ rate: vatRate, net: cents, vat: cents }))
    .max(20)
    .optional(),
})

export const newOrder = z
  .object({
    channel: word(40),
    externalNumber: word(80).optional(),
    orderedAt: moment.optional(),
    currency: z.literal('EUR').default('EUR'),
    priceMode: priceMode.optional().describe('left out: that of the channel'),
    customer: orderParty,
    billTo: address.optional(),
    deliverTo: address.optional(),
    buyerOrderNumber: text(80).optional(),
    note: text(1000).optional(),
    paymentMethod: paymentMethod,
    prepaid: z.object({ amount: cents.min(1), reference: word(120), paidOn: z.iso.date() }).optional(),
    lines: z.array(newOrderLine).min(1).max(1000),
    totals: statedTotals.optional().describe("the shop's own totals; ours must be the same or the order is parked"),
  })
  .meta({ id: 'NewOrder' })
export type NewOrder = z.output<typeof newOrder>
export type NewOrderInput = z.input<typeof newOrder>

export const orderStatus = z
  .object({
    order: z.enum(['on-hold', 'active', 'completed', 'cancelled']),
    delivery: z.enum(['waiting-for-goods', 'ready', 'partly-delivered', 'delivered', 'nothing-to-deliver']),
    invoicing: z.enum(['not-invoiced', 'partly-invoiced', 'invoiced', 'nothing-to-invoice']),
    payment: z.enum(['unpaid', 'partly-paid', 'paid', 'prepaid', 'nothing-to-pay']),
  })
  .meta({ id: 'OrderStatus' })
export type OrderStatus = z.output<typeof orderStatus>

export const orderRow = z
  .object({
    id,
    number: z.string(),
    externalNumber: z.string().nullable(),
    channel: z.string(),
    customerId: id,
    customerName: z.string(),
    orderedAt: moment,
    paymentMethod,
    gross: cents,
    status: orderStatus,
  })
  .meta({ id: 'OrderRow' })

export const orderLine = z
  .object({
    id,
    position: z.int(),
    kind: orderLineKind,
    articleId: id.nullable(),
    articleNumber: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    unitPrice: z.int(),
    discount: cents,
    amount: cents,
    vatCategory,
    vatRate,
    ordered: quantity,
    cancelled: quantity,
    reserved: quantity,
    planned: quantity,
    delivered: quantity,
    returned: quantity,
    invoiced: quantity,
    reservations: z.array(z.object({ locationId: id, locationName: z.string(), quantity })),
  })
  .meta({ id: 'OrderLine' })

export const orderTotals = z
  .object({
    net: cents,
    vat: cents,
    gross: cents,
    perRate: z.array(z.object({ category: vatCategory, rate: vatRate, net: cents, vat: cents })),
  })
  .meta({ id: 'OrderTotals' })

const chainDocument = z.object({
  id,
  kind: z.enum(['delivery-note', 'return', 'down-payment', 'invoice', 'correction', 'payment']),
  number: z.string().nullable(),
  day: z.iso.date().nullable(),
  state: z.string(),
  amount: cents.nullable(),
  documentId: id.nullable(),
})

export const order = orderRow
  .extend({
    priceMode,
    buyerOrderNumber: z.string().nullable(),
    note: z.string().nullable(),
    paymentReference: z.string().nullable(),
    prepaid: cents,
    billTo: address,
    deliverTo: address,
    lines: z.array(orderLine),
    totals: orderTotals.describe('as agreed, for a shop order exactly what the shop says'),
    hold: z.object({ reasons: z.array(holdReason), since: moment }).nullable(),
    released: z.object({ at: moment, by: z.string(), reason: z.string() }).nullable(),
    chain: z.array(chainDocument),
    log: z.array(z.object({ at: moment, by: z.string(), what: z.string(), facts: z.unknown() })),
  })
  .meta({ id: 'Order' })
export type Order = z.output<typeof order>

export const parkedOrder = z
  .object({
    id,
    channel: z.string(),
    externalNumber: z.string().nullable(),
    receivedAt: moment,
    reasons: z.array(parkReason),
    state: z.enum(['parked', 'completed', 'discarded']),
    orderId: id.nullable(),
    customerName: z.string().nullable(),
    gross: cents.nullable(),
  })
  .meta({ id: 'ParkedOrder' })

export const intakeResult = z
  .object({
    outcome: z
      .enum(['accepted', 'on-hold', 'parked', 'known', 'refused'])
      .describe('refused: only from an import, where the rest goes on; the problem says why'),
    orderId: id.nullable(),
    number: z.string().nullable(),
    parkedId: id.nullable(),
    externalNumber: z.string().nullable(),
    gross: cents.nullable(),
    backordered: z.boolean(),
    reasons: z.array(z.union([parkReason, holdReason])),
  })
  .meta({ id: 'IntakeResult' })
export type IntakeResult = z.output<typeof intakeResult>

const tag = 'orders'
export const listOrders = route({
  method: 'GET',
  path: '/api/orders',
  summary: 'Orders, newest first',
  tag,
  permission: 'orders.read',
  query: page.extend({
    q: text(100).optional(),
    customerId: id.optional(),
    show: z.enum(['all', 'on-hold', 'to-deliver', 'to-invoice', 'backordered']).default('all'),
  }),
  output: pageOf(orderRow),
  refusals: [],
})
export const getOrder = route({
  method: 'GET',
  path: '/api/orders/:id',
  summary: 'One order with its whole chain',
  tag,
  permission: 'orders.read',
  params: byId,
  output: order,
  refusals: ['not-found'],
})
export const placeOrder = route({
  method: 'POST',
  path: '/api/orders',
  summary: 'Order intake: credit check, reservation; idempotent by channel and external number',
  tag,
  permission: 'orders.write',
  body: newOrder,
  output: intakeResult,
  refusals: ['order-differs', 'unknown-channel', 'article-inactive'],
})
export const importOrders = route({
  method: 'POST',
  path: '/api/orders/import',
  summary: "Order files exactly as a shop's API answers them",
  tag,
  permission: 'orders.write',
  query: z.object({ format: z.enum(['woocommerce', 'vendure', 'shopware', 'shopify']), channel: word(40) }),
  body: z.unknown(),
  output: z.object({ orders: z.array(intakeResult.extend({ problem: z.string().nullable() })) }),
  refusals: ['unreadable-order', 'unknown-channel'],
})
export const releaseOrder = route({
  method: 'POST',
  path: '/api/orders/:id/release',
  summary: 'Release an order on hold, with a reason; where its buyer was only alike, his shop account can be linked',
  tag,
  permission: 'orders.release',
  params: byId,
  body: z.object({
    reason: word(300),
    linkShopAccount: z.boolean().default(false).describe('that is him: the account in the shop is this customer'),
  }),
  output: nothing,
  refusals: ['not-found', 'order-not-on-hold', 'no-shop-account', 'shop-account-taken'],
})
export const cancelOrder = route({
  method: 'POST',
  path: '/api/orders/:id/cancel',
  summary: 'Cancel open quantities; reservations are released',
  tag,
  permission: 'orders.write',
  params: byId,
  body: z.object({
    reason: word(300),
    lines: z
      .array(z.object({ lineId: id, quantity: positiveQuantity }))
      .optional()
      .describe('left out: all that is open'),
  }),
  output: z.object({ cancelledLines: z.int() }),
  refusals: ['not-found', 'nothing-to-cancel', 'cancel-exceeds-open'],
})
export const listParkedOrders = route({
  method: 'GET',
  path: '/api/parked-orders',
  summary: 'Orders that could not be taken yet, with the reason',
  tag,
  permission: 'orders.read',
  query: page.extend({ state: z.enum(['parked', 'all']).default('parked'), channel: word(40).optional() }),
  output: pageOf(parkedOrder),
  refusals: [],
})
export const getParkedOrder = route({
  method: 'GET',
  path: '/api/parked-orders/:id',
  summary: 'One parked order with its content',
  tag,
  permission: 'orders.read',
  params: byId,
  output: parkedOrder.extend({ content: z.unknown() }),
  refusals: ['not-found'],
})
export const completeParkedOrder = route({
  method: 'POST',
  path: '/api/parked-orders/:id/complete',
  summary: 'Take a parked order after mending: replaced articles or customer',
  tag,
  permission: 'orders.write',
  params: byId,
  body: z.object({
    articles: z.record(word(80), word(80)).default({}).describe('unknown article number -> ours'),
    customerNumber: word(40).optional(),
    acceptTotals: z.boolean().default(false),
    acceptState: z.boolean().default(false).describe('take it although the shop says cancelled, delivered or refunded'),
  }),
  output: intakeResult,
  refusals: ['not-found', 'parked-order-closed', 'unknown-article', 'order-differs'],
})
export const discardParkedOrder = route({
  method: 'POST',
  path: '/api/parked-orders/:id/discard',
  summary: 'Put a parked order aside for good, with a reason',
  tag,
  permission: 'orders.write',
  params: byId,
  body: z.object({ reason: word(300) }),
  output: nothing,
  refusals: ['not-found', 'parked-order-closed'],
})
export * from './reasons.ts'
