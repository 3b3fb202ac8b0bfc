import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { type AdminApi, type MaybeProblem, orThrow, problem } from './api.ts'
import { keepAvailable, raiseStock } from './keep-available.ts'
import {
  NEVER_PAID,
  type OrderInShop,
  type OrderPlan,
  planOrder,
  planRefunds,
  standingFulfilments,
  stateByFulfilments,
} from './plan-order.ts'

const ORDER = `query ($id: ID!) { order(id: $id) { id code state nextStates totalWithTax
  lines { id quantity orderPlacedQuantity productVariant { id } }
  fulfillments { id state method lines { orderLineId quantity } }
  payments { id method state amount refunds { id total state reason } }
  modifications { lines { orderLineId quantity } }
  history(options: { filter: { type: { eq: "ORDER_NOTE" } }, take: 100 }) { items { data } } } }`

/**
 * One at a time for each order: Vendure takes two fulfilments of the same piece that come together. A map of this process
 * is enough, because the engine has one task an order and lets one process work in a shop's lane (`takeLease`); what is
 * left is a lane that this process lost at a standstill and took again while its earlier call was still underway.
 */
const underway = new Map<string, Promise<unknown>>()

/**
 * Brings the shop's order to this state: cancels, fulfils with the number of the delivery note and the tracking number,
 * settles, notes the invoice, and puts the order's own state right, which Vendure forgets when the money comes late.
 * Reads first, so doing it again, also after a lost answer, changes nothing. Answers what it had to do.
 */
export async function showOrder(api: AdminApi, address: string, state: OrderState): Promise<readonly Remark[]> {
  const key = `${address} ${state.externalId}`
  const before = underway.get(key)
  const mine = (before ?? Promise.resolve()).catch(() => undefined).then(() => bringTo(api, state))
  underway.set(key, mine)
  try {
    return await mine
  } finally {
    if (underway.get(key) === mine) underway.delete(key)
  }
}

async function bringTo(api: AdminApi, state: OrderState): Promise<Remark[]> {
  const shop = await readOrder(api, state)
  const plan = planOrder(shop, state)
  const did = [
    ...(await cancel(api, shop, plan, state.cancelled.reason)),
    ...(await fulfil(api, shop, plan)),
    ...(await settle(api, plan)),
    ...(await note(api, shop, plan)),
  ]
  return [...did, ...(await putRight(api, state))]
}

async function readOrder(api: AdminApi, { externalId, externalNumber }: OrderState): Promise<OrderInShop> {
  const { order } = await api.ask<{ order: OrderInShop | null }>(ORDER, { id: externalId })
  if (!order) throw new ShopError('refused', remark('order-gone', { order: externalNumber }))
  return order
}

async function cancel(api: AdminApi, shop: OrderInShop, plan: OrderPlan, reason: string): Promise<Remark[]> {
  const { cancel: wanted } = plan
  if (wanted.length === 0) return []
  const lines = wanted === 'whole' ? undefined : wanted
  const input = { orderId: shop.id, reason, ...(lines ? { lines } : { cancelShipping: true }) }
  const pieces = lines ?? shop.lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }))
  await keepAvailable(api, shop, pieces, async () => {
    const { cancelOrder } = await api.ask<{ cancelOrder: MaybeProblem }>(
      `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ${problem} } }`,
      { input },
    )
    orThrow('cancelOrder', cancelOrder)
  })
  return [lines ? remark('pieces-cancelled', { pieces: sum(lines) }) : remark('cancelled')]
}

async function fulfil(api: AdminApi, shop: OrderInShop, plan: OrderPlan): Promise<Remark[]> {
  const did: Remark[] = []
  for (const { number, method, trackingCode, lines } of plan.fulfil) {
    const input = {
      lines,
      handler: {
        code: 'manual-fulfillment',
        arguments: [
          { name: 'method', value: method },
          { name: 'trackingCode', value: trackingCode },
        ],
      },
    }
    const add = async () =>
      (
        await api.ask<{ addFulfillmentToOrder: MaybeProblem }>(
          `mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { __typename ${problem} } }`,
          { input },
        )
      ).addFulfillmentToOrder
    let added = await add()
    if (added.errorCode === 'INSUFFICIENT_STOCK_ON_HAND_ERROR')
      // the goods have left, whatever the shop counts
      added = await keepAvailable(api, shop, lines, async () => {
        await raiseStock(api, shop, lines)
        return add()
      })
    orThrow(`fulfilment of ${number}`, added)
    did.push(remark('shipment-told', { number }))
    if (trackingCode) did.push(remark('tracking-told', { number: trackingCode }))
  }
  return did
}

async function settle(api: AdminApi, plan: OrderPlan): Promise<Remark[]> {
  for (const id of plan.settle) {
    const { settlePayment } = await api.ask<{ settlePayment: MaybeProblem }>(
      `mutation ($id: ID!) { settlePayment(id: $id) { __typename ${problem} } }`,
      { id },
    )
    orThrow('settlePayment', settlePayment)
  }
  return plan.settle.length > 0 ? [remark('paid')] : []
}

/** Takes back what a settled payment says too much; what a payment's handler leaves pending is settled with our number. */
async function refundExcess(api: AdminApi, shop: OrderInShop, state: OrderState): Promise<Remark[]> {
  const { settle: pending, refund } = planRefunds(shop, state)
  const settleRefund = async (id: string) => {
    const { settleRefund: settled } = await api.ask<{ settleRefund: MaybeProblem }>(
      `mutation ($input: SettleRefundInput!) { settleRefund(input: $input) { __typename ${problem} } }`,
      { input: { id, transactionId: state.number } },
    )
    orThrow('settleRefund', settled)
  }
  for (const id of pending) await settleRefund(id)
  const did: Remark[] = []
  for (const { paymentId, amount } of refund) {
    // lines and the next two are no longer used by the shop, but its database wants them
    const unused = { lines: [], shipping: 0, adjustment: 0 }
    const input = { paymentId, amount, reason: `${NEVER_PAID} (${state.number})`, ...unused }
    const { refundOrder: made } = await api.ask<{ refundOrder: MaybeProblem & { id?: string; state?: string } }>(
      `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { __typename ... on Refund { id state } ${problem} } }`,
      { input },
    )
    const { id, state: madeState } = orThrow('refundOrder', made)
    if (madeState === 'Pending') await settleRefund(id!)
    did.push(remark('payment-smaller', { amount }))
  }
  return did
}

async function note(api: AdminApi, shop: OrderInShop, plan: OrderPlan): Promise<Remark[]> {
  for (const { text } of plan.notes)
    await api.ask('mutation ($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }', {
      input: { id: shop.id, note: text, isPublic: true },
    })
  return plan.notes.map(({ number, kind }) => remark(kind, { number }))
}

/** What was left half way before, and what Vendure doesn't do by itself: fulfilments on their way, the order's state. */
async function putRight(api: AdminApi, state: OrderState): Promise<Remark[]> {
  const did: Remark[] = []
  const isOurs = ({ method }: { method: string }) => state.shipments.some(({ number }) => method.endsWith(` ${number}`))
  let shop = await readOrder(api, state)
  const way = state.completed ? ['Pending', 'Shipped', 'Delivered'] : ['Pending', 'Shipped']
  for (const fulfilment of standingFulfilments(shop).filter(isOurs)) {
    // a step taken twice is refused by the shop; the next one starts from where it is
    for (const to of way.slice(way.indexOf(fulfilment.state) + 1)) {
      if (fulfilment.state === 'Delivered') break
      const { transitionFulfillmentToState: moved } = await api.ask<{ transitionFulfillmentToState: MaybeProblem }>(
        `mutation ($id: ID!, $state: String!) { transitionFulfillmentToState(id: $id, state: $state) { __typename ${problem} } }`,
        { id: fulfilment.id, state: to },
      )
      orThrow(`fulfilment to ${to}`, moved)
      did.push(remark('shipment-is', { number: fulfilment.method, state: to }))
    }
  }
  if (did.length > 0) shop = await readOrder(api, state)
  did.push(...(await refundExcess(api, shop, state)))
  const wanted = stateByFulfilments(shop)
  if (wanted === undefined || wanted === shop.state || !shop.nextStates.includes(wanted)) return did
  const { transitionOrderToState: moved } = await api.ask<{ transitionOrderToState: MaybeProblem | null }>(
    `mutation ($id: ID!, $state: String!) { transitionOrderToState(id: $id, state: $state) { __typename ${problem} } }`,
    { id: shop.id, state: wanted },
  )
  orThrow(`order to ${wanted}`, moved ?? {})
  return [...did, remark('order-is', { state: wanted })]
}

function sum(pieces: readonly { quantity: number }[]): number {
  return pieces.reduce((total, { quantity }) => total + quantity, 0)
}
