import { ONE } from '../../../common/quantity.ts'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { isRecord } from '../shop-order.ts'
import type { AskShopware } from './ask-shopware.ts'
import { readOrder } from './fetch-orders.ts'
import { ordersIn } from './read-order.ts'
import { isGoods, leavesOf, numberOf } from './read-parts.ts'
import { isCollected, standingTransaction } from './read-payment.ts'
import { type ShopwareOrder, shopwareOrder } from './shapes.ts'

/**
 * Brings the shop's order to this state: our numbers, tracking codes, sent in part or whole, cancelled, paid, completed.
 * Shopware has states instead of quantities, and refuses a step that doesn't begin at the state there is: which steps are
 * open is asked before each, so it may be done again at any time.
 */
export async function showOrder(ask: AskShopware, state: OrderState): Promise<readonly Remark[]> {
  const order = shopwareOrder.safeParse(ordersIn(await readOrder(ask, state.externalId))[0])
  if (!order.success)
    throw new ShopError('refused', remark('order-gone', { order: state.externalNumber }), { status: 404 })
  const { data } = order
  const done = [...(await showNumbers(ask, state, data)), ...(await showTracking(ask, state, data))]
  if (state.cancelled.all) return [...done, ...(await cancelOrder(ask, data))]
  if (data.stateMachineState === 'cancelled') {
    if (state.shipments.length === 0) return done
    throw new ShopError('refused', [remark('goods-left'), ...done])
  }
  done.push(...(await showDelivery(ask, state, data)))
  done.push(...(await showMoney(ask, state, data)))
  done.push(...(await showProgress(ask, state, data)))
  return done
}

type Entity = 'order' | 'order_delivery' | 'order_transaction'

/** One step of a state machine, if it is open now. */
async function step(ask: AskShopware, entity: Entity, id: string, transition: string): Promise<boolean> {
  const { json } = await ask('GET', `/_action/state-machine/${entity}/${id}/state`)
  const open: unknown[] = isRecord(json) && Array.isArray(json.transitions) ? json.transitions : []
  if (!open.some((one) => isRecord(one) && one.actionName === transition)) return false
  await ask('POST', `/_action/${entity}/${id}/state/${transition}`, {})
  return true
}

/** Our numbers and, because Shopware knows no part quantities, the pieces: custom fields of the order. */
async function showNumbers(ask: AskShopware, state: OrderState, order: ShopwareOrder): Promise<Remark[]> {
  const wanted: Record<string, string> = {
    tresen_order: state.number,
    tresen_delivery_notes: state.shipments.map((one) => one.number).join(', '),
    tresen_invoices: state.invoices.map((one) => one.number).join(', '),
    tresen_corrections: state.corrections.map((one) => `${one.number} (${one.corrects})`).join(', '),
    tresen_delivered: piecesOf(order, shippedOf(state)),
    tresen_cancelled: piecesOf(order, new Map(Object.entries(state.cancelled.lines))),
  }
  const there = isRecord(order.customFields) ? order.customFields : {}
  const changed = Object.entries(wanted).filter(([key, value]) => (there[key] ?? '') !== value)
  if (changed.length === 0) return []
  // the fields given are changed, the others of the order stay
  await ask('PATCH', `/order/${order.id}`, { customFields: Object.fromEntries(changed) })
  return [remark('fields-told', { fields: changed.map(([key]) => key).join(', ') })]
}

function shippedOf({ shipments }: OrderState): Map<string, number> {
  const shipped = new Map<string, number>()
  for (const { lines } of shipments)
    for (const [line, quantity] of Object.entries(lines)) shipped.set(line, (shipped.get(line) ?? 0) + quantity)
  return shipped
}

/** "6/10 SCHR-5x60; 4/4 HAM-500" */
function piecesOf(order: ShopwareOrder, quantities: ReadonlyMap<string, number>): string {
  return leavesOf(order.lineItems)
    .filter((item) => (quantities.get(item.id) ?? 0) > 0)
    .map((item) => `${quantities.get(item.id)! / ONE}/${item.quantity} ${numberOf(item) || item.label}`)
    .join('; ')
}

/** A delivery with negative costs is a promotion. */
function mainDelivery(order: ShopwareOrder) {
  return order.deliveries.find((one) => one.shippingCosts.totalPrice >= 0) ?? order.deliveries[0]
}

async function showTracking(ask: AskShopware, state: OrderState, order: ShopwareOrder): Promise<Remark[]> {
  const delivery = mainDelivery(order)
  const numbers = state.shipments.flatMap((one) => one.trackingNumber ?? [])
  const missing = [...new Set(numbers)].filter((number) => !delivery?.trackingCodes.includes(number))
  if (!delivery || missing.length === 0) return []
  await ask('PATCH', `/order-delivery/${delivery.id}`, { trackingCodes: [...delivery.trackingCodes, ...missing] })
  return missing.map((number) => remark('tracking-told', { number }))
}

async function showDelivery(ask: AskShopware, state: OrderState, order: ShopwareOrder): Promise<Remark[]> {
  const delivery = mainDelivery(order)
  const shipped = shippedOf(state)
  if (!delivery || shipped.size === 0) return []
  const isComplete = leavesOf(order.lineItems)
    .filter(isGoods)
    .every(({ id, quantity }) => quantity * ONE <= (shipped.get(id) ?? 0) + (state.cancelled.lines[id] ?? 0))
  if (isComplete) return (await step(ask, 'order_delivery', delivery.id, 'ship')) ? [remark('sent')] : []
  const isNew = delivery.stateMachineState !== 'shipped_partially'
  return isNew && (await step(ask, 'order_delivery', delivery.id, 'ship_partially')) ? [remark('sent-in-part')] : []
}

/**
 * A provider's payment is his to collect: set to paid by us it would come back as his money, beside what was booked here.
 * Money given back is nothing we say.
 */
async function showMoney(ask: AskShopware, { payment }: OrderState, order: ShopwareOrder): Promise<Remark[]> {
  const transaction = standingTransaction(order)
  if (!transaction || transaction.stateMachineState === 'paid' || isCollected(transaction)) return []
  if (payment.isPaid) return (await step(ask, 'order_transaction', transaction.id, 'paid')) ? [remark('paid')] : []
  if (payment.paid <= 0 || transaction.stateMachineState === 'paid_partially') return []
  return (await step(ask, 'order_transaction', transaction.id, 'paid_partially')) ? [remark('paid-in-part')] : []
}

/** open -> in progress with the first goods, -> completed at the end; Shopware completes only what is in progress. */
async function showProgress(ask: AskShopware, state: OrderState, order: ShopwareOrder): Promise<Remark[]> {
  const done: Remark[] = []
  const isBegun = state.shipments.length > 0 || state.completed
  if (isBegun && order.stateMachineState === 'open' && (await step(ask, 'order', order.id, 'process')))
    done.push(remark('in-progress'))
  if (state.completed && order.stateMachineState !== 'completed' && (await step(ask, 'order', order.id, 'complete')))
    done.push(remark('completed'))
  return done
}

/** Three state machines, three calls; each only where it is not done. Paid money stays paid: giving it back is a person's. */
async function cancelOrder(ask: AskShopware, order: ShopwareOrder): Promise<Remark[]> {
  const done: Remark[] = []
  for (const { id, stateMachineState } of order.deliveries)
    if (stateMachineState === 'open' && (await step(ask, 'order_delivery', id, 'cancel')))
      done.push(remark('delivery-cancelled'))
  const transaction = standingTransaction(order)
  const isOpen =
    transaction && ['open', 'reminded', 'in_progress', 'authorized'].includes(transaction.stateMachineState)
  if (isOpen && (await step(ask, 'order_transaction', transaction.id, 'cancel'))) done.push(remark('payment-cancelled'))
  if (order.stateMachineState !== 'cancelled' && (await step(ask, 'order', order.id, 'cancel')))
    done.push(remark('cancelled'))
  return done
}
