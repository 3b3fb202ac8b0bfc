import type { Cents } from '../../../common/money.ts'
import { remark } from '../../../common/shops/api.ts'
import { ShopError } from '../shop-error.ts'
import type { AskShopify } from './ask-shopify.ts'
import {
  fulfilledGoods,
  fulfillmentOrderLines,
  fulfillmentOrders,
  orderLineQuantities,
  orderSeen,
} from './documents.ts'
import { centsOf } from './shapes.ts'

/** What the shop has of an order now; ids are the shop's, quantities pieces. */
export interface SeenOrder {
  id: string
  name: string
  tags: string[]
  metafields: Record<string, string>
  closed: boolean
  cancelled: boolean
  canMarkAsPaid: boolean
  outstanding: Cents
  received: Cents
  lines: { id: string; quantity: number; currentQuantity: number }[]
  fulfillments: SeenFulfillment[]
}

export interface SeenFulfillment {
  id: string
  trackingNumbers: string[]
  /** by line id */
  pieces: Record<string, number>
}

/** Goods of one line that may still be fulfilled, and where. */
export interface OpenItem {
  fulfillmentOrderId: string
  itemId: string
  lineId: string
  /** one call fulfils at one location only */
  location: string
  remaining: number
  /** false: on hold, scheduled, or with a fulfilment service */
  free: boolean
}

interface Goods<Row> {
  nodes: Row[]
  pageInfo: { hasNextPage: boolean; endCursor: string }
}

/** All pages of a list inside an answer; `more` asks for the page after a cursor. */
async function allOf<Row>(first: Goods<Row>, more: (after: string) => Promise<Goods<Row>>): Promise<Row[]> {
  const rows = [...first.nodes]
  let { pageInfo } = first
  while (pageInfo.hasNextPage) {
    const next = await more(pageInfo.endCursor)
    rows.push(...next.nodes)
    pageInfo = next.pageInfo
  }
  return rows
}

export async function seeOrder(ask: AskShopify, id: string): Promise<SeenOrder> {
  const { data } = await ask(orderSeen, { id })
  if (!data.order) throw new ShopError('refused', remark('order-gone', { order: id }), { status: 404 })
  const { order } = data
  const lines = await allOf<SeenOrder['lines'][number]>(
    order.lineItems,
    async (after) => (await ask(orderLineQuantities, { id, after })).data.order.lineItems,
  )
  const fulfillments: SeenFulfillment[] = []
  for (const one of order.fulfillments as FulfillmentAnswer[])
    if (one.status === 'SUCCESS') fulfillments.push(await seeFulfillment(ask, one))
  const metafields = order.metafields.nodes as { key: string; value: string }[]
  return {
    id: order.id,
    name: order.name,
    tags: order.tags,
    metafields: Object.fromEntries(metafields.map((one) => [one.key, one.value])),
    closed: order.closed,
    cancelled: order.cancelledAt !== null,
    canMarkAsPaid: order.canMarkAsPaid,
    outstanding: centsOf(order.totalOutstandingSet.shopMoney.amount) ?? 0,
    received: centsOf(order.totalReceivedSet.shopMoney.amount) ?? 0,
    lines,
    fulfillments,
  }
}

interface FulfillmentAnswer {
  id: string
  status: string
  trackingInfo: { number: string | null }[]
}

type FulfilledLine = { quantity: number | null; lineItem: { id: string } }

async function seeFulfillment(ask: AskShopify, { id, trackingInfo }: FulfillmentAnswer): Promise<SeenFulfillment> {
  const page = async (after: string | null): Promise<Goods<FulfilledLine>> =>
    (await ask(fulfilledGoods, { id, after })).data.fulfillment.fulfillmentLineItems
  const pieces: Record<string, number> = {}
  for (const { quantity, lineItem } of await allOf(await page(null), page))
    pieces[lineItem.id] = (pieces[lineItem.id] ?? 0) + (quantity ?? 0)
  return { id, trackingNumbers: trackingInfo.flatMap(({ number }) => (number ? [number] : [])), pieces }
}

type OpenLine = { id: string; remainingQuantity: number; lineItem: { id: string } }

interface FulfillmentOrderAnswer {
  id: string
  status: string
  supportedActions: { action: string }[]
  assignedLocation: { name: string; location: { id: string } | null }
  lineItems: Goods<OpenLine>
}

const DONE = new Set(['CLOSED', 'CANCELLED'])

export async function seeOpenItems(ask: AskShopify, id: string): Promise<OpenItem[]> {
  const page = async (after: string | null): Promise<Goods<FulfillmentOrderAnswer>> =>
    (await ask(fulfillmentOrders, { id, after })).data.order.fulfillmentOrders
  const found: OpenItem[] = []
  for (const one of await allOf(await page(null), page)) {
    if (DONE.has(one.status)) continue
    const free = one.supportedActions.some(({ action }) => action === 'CREATE_FULFILLMENT')
    const location = one.assignedLocation.location?.id ?? one.assignedLocation.name
    const lines = await allOf(
      one.lineItems,
      async (after) =>
        (await ask(fulfillmentOrderLines, { id: one.id, after })).data.fulfillmentOrder.lineItems as Goods<OpenLine>,
    )
    for (const { id: itemId, remainingQuantity: remaining, lineItem } of lines) {
      if (remaining <= 0) continue
      found.push({ fulfillmentOrderId: one.id, itemId, lineId: lineItem.id, location, remaining, free })
    }
  }
  return found
}
