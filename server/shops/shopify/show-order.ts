import { decimalOfCents } from '../../../common/money.ts'
import { ONE } from '../../../common/quantity.ts'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { type AskShopify, change } from './ask-shopify.ts'
import {
  addPayment,
  addTags,
  beginEdit,
  cancelOrder,
  closeOrder,
  commitEdit,
  createFulfillment,
  editQuantity,
  markPaid,
  setMetafields,
  updateTracking,
} from './documents.ts'
import { type PlannedFulfillment, planFulfillments, planTracking } from './plan-fulfillments.ts'
import { type SeenOrder, seeOpenItems, seeOrder } from './seen-order.ts'

type Send = (document: string, variables: Record<string, unknown>) => Promise<unknown>

/**
 * Brings the shop's order to this state: our numbers, goods issues as fulfilments, cancelled pieces, money, closed. Each
 * step looks first at what the shop has, so it may be done again at any time. What the shop can't show (goods on hold
 * there) is said at the end, after everything else was done.
 */
export async function showOrder(ask: AskShopify, state: OrderState): Promise<readonly Remark[]> {
  const send: Send = (document, variables) => change(ask, document, variables)
  const seen = await seeOrder(ask, state.externalId)
  const done: Remark[] = []
  const cannot: Remark[] = []
  done.push(...(await showNumbers(send, state, seen)))
  if (!seen.cancelled) {
    const goods = await showGoods(ask, send, state, seen)
    done.push(...goods.done)
    cannot.push(...goods.cannot)
    done.push(...(await showCancelled(send, state, seen, cannot)))
    if (!state.cancelled.all) done.push(...(await showMoney(send, state, seen)))
  } else if (state.shipments.length > 0) {
    cannot.push(remark('goods-left'))
  }
  if (cannot.length > 0) throw new ShopError('refused', [...cannot, ...done])
  if (state.completed && !seen.closed && !seen.cancelled && !state.cancelled.all) {
    await send(closeOrder, { id: seen.id })
    done.push(remark('closed'))
  }
  return done
}

/** Our numbers: as tags, which the shop's search finds, and as metafields, which other apps read. */
async function showNumbers(send: Send, state: OrderState, seen: SeenOrder): Promise<Remark[]> {
  const wanted = {
    order: state.number,
    delivery_notes: state.shipments.map((one) => one.number).join(', '),
    invoices: state.invoices.map((one) => one.number).join(', '),
    corrections: state.corrections.map((one) => `${one.number} (${one.corrects})`).join(', '),
  }
  const metafields = Object.entries(wanted)
    .filter(([key, value]) => value !== '' && seen.metafields[key] !== value)
    .map(([key, value]) => ({
      ownerId: seen.id,
      namespace: 'tresen',
      key,
      type: 'multi_line_text_field',
      value,
    }))
  const numbers = [
    state.number,
    ...state.shipments.map((one) => one.number),
    ...state.invoices.map((one) => one.number),
    ...state.corrections.map((one) => one.number),
  ]
  const tags = numbers.filter((number) => !seen.tags.includes(number))
  if (tags.length > 0) await send(addTags, { id: seen.id, tags })
  if (metafields.length > 0) await send(setMetafields, { metafields })
  return tags.length > 0 ? [remark('numbers-told', { numbers: tags.join(', ') })] : []
}

async function showGoods(ask: AskShopify, send: Send, state: OrderState, seen: SeenOrder) {
  const done: Remark[] = []
  if (state.shipments.length === 0) return { done, cannot: [] }
  const nothingOpen = planFulfillments(state.shipments, seen.fulfillments, []).cannot.length === 0
  const plan = nothingOpen
    ? { fulfillments: [], cannot: [] }
    : planFulfillments(state.shipments, seen.fulfillments, await seeOpenItems(ask, seen.id))
  for (const planned of plan.fulfillments) {
    await send(createFulfillment, { fulfillment: fulfillmentInput(planned) })
    done.push(remark('shipment-told', { number: planned.shipment.number }))
  }
  for (const { shipment, fulfillmentId } of planTracking(state.shipments, seen.fulfillments)) {
    await send(updateTracking, { id: fulfillmentId, tracking: trackingOf(shipment) })
    done.push(remark('tracking-told', { number: shipment.trackingNumber! }))
  }
  return { done, cannot: plan.cannot }
}

function fulfillmentInput({ shipment, items }: PlannedFulfillment) {
  const groups = Map.groupBy(items, (item) => item.fulfillmentOrderId)
  return {
    lineItemsByFulfillmentOrder: [...groups].map(([fulfillmentOrderId, members]) => ({
      fulfillmentOrderId,
      fulfillmentOrderLineItems: members.map(({ itemId, pieces }) => ({ id: itemId, quantity: pieces })),
    })),
    // the shop writes to its buyer that the goods are on their way
    notifyCustomer: true,
    ...(shipment.trackingNumber ? { trackingInfo: trackingOf(shipment) } : {}),
  }
}

function trackingOf({ carrier, trackingNumber }: OrderState['shipments'][number]) {
  return { number: trackingNumber, ...(carrier ? { company: carrier } : {}) }
}

async function showCancelled(send: Send, state: OrderState, seen: SeenOrder, cannot: Remark[]): Promise<Remark[]> {
  const note = `Tresen ${state.number}: ${state.cancelled.reason}`.slice(0, 255)
  if (state.cancelled.all) {
    // goods that never left are for sale again; money is given back by the one who took it
    await send(cancelOrder, { id: seen.id, note })
    return [remark('cancelled')]
  }
  const smaller = seen.lines.flatMap(({ id, quantity, currentQuantity }) => {
    // what was agreed here; an order that was edited before it was taken once had more pieces in the shop
    const agreed = state.ordered?.[id] ?? quantity * ONE
    const wanted = Math.floor((agreed - (state.cancelled.lines[id] ?? 0)) / ONE)
    return wanted < currentQuantity ? [{ id, quantity: Math.max(0, wanted) }] : []
  })
  if (smaller.length === 0) return []
  const { calculatedOrder } = (await send(beginEdit, { id: seen.id })) as {
    calculatedOrder: { id: string; lineItems: { nodes: { id: string }[] } }
  }
  for (const { id, quantity } of smaller) {
    const line = calculatedOrder.lineItems.nodes.find((one) => numberOf(one.id) === numberOf(id))
    if (line) await send(editQuantity, { id: calculatedOrder.id, line: line.id, quantity })
    else cannot.push(remark('line-not-editable', { line: numberOf(id) }))
  }
  // nothing happens to the order until it is committed
  await send(commitEdit, { id: calculatedOrder.id, note })
  return smaller.map(({ id, quantity }) => remark('line-smaller', { line: numberOf(id), pieces: quantity }))
}

/** "gid://shopify/LineItem/1" and "gid://shopify/CalculatedLineItem/1" are the same line. */
function numberOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

/** Paid here in full: the shop's outstanding amount is settled, whatever Skonto left. In part: only some plans take it. */
async function showMoney(send: Send, state: OrderState, seen: SeenOrder): Promise<Remark[]> {
  if (seen.outstanding <= 0) return []
  if (state.payment.isPaid) {
    if (!seen.canMarkAsPaid) return [remark('not-markable')]
    await send(markPaid, { id: seen.id })
    return [remark('paid')]
  }
  const amount = Math.min(state.payment.paid - seen.received, seen.outstanding)
  if (amount <= 0) return []
  const money = { amount: decimalOfCents(amount), currencyCode: 'EUR' }
  const name = `Tresen ${state.payment.reference ?? ''}`.trim().slice(0, 60)
  try {
    await send(addPayment, { id: seen.id, amount: money, name })
    return [remark('paid-in-part')]
  } catch (error) {
    // a part of the amount is for Shopify Plus; the full one comes with the last payment
    if (error instanceof ShopError && error.trouble === 'refused') return [remark('part-payment-untold')]
    throw error
  }
}
