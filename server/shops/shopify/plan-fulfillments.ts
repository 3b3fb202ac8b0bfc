import { ONE } from '../../../common/quantity.ts'
import { type Remark, remark } from '../../../common/shops/api.ts'
import type { OrderState } from '../connector.ts'
import type { OpenItem, SeenFulfillment } from './seen-order.ts'

type Shipment = OrderState['shipments'][number]

/** One fulfillmentCreate: one order, one location, every item named, because items left out mean all. */
export interface PlannedFulfillment {
  shipment: Shipment
  items: { fulfillmentOrderId: string; itemId: string; pieces: number }[]
}

export interface FulfillmentPlan {
  fulfillments: PlannedFulfillment[]
  /** what can't be shown */
  cannot: Remark[]
}

/**
 * What the shop has not been told of our goods issues. Fulfilments carry no number of ours, so it is counted: pieces the
 * shop shows as fulfilled are taken from our goods issues in their order, what is left of each is one to be made. So
 * showing it twice, after a lost answer or beside somebody in the shop, never fulfils a piece twice.
 */
export function planFulfillments(
  shipments: readonly Shipment[],
  fulfilled: readonly SeenFulfillment[],
  open: readonly OpenItem[],
): FulfillmentPlan {
  const shown = new Map<string, number>()
  for (const { pieces } of fulfilled)
    for (const [line, count] of Object.entries(pieces)) shown.set(line, (shown.get(line) ?? 0) + count)
  const left = new Map(open.map((item) => [item.itemId, item.remaining]))
  const plan: FulfillmentPlan = { fulfillments: [], cannot: [] }
  const soFar = new Map<string, number>()
  for (const shipment of shipments) {
    const items: (PlannedFulfillment['items'][number] & { location: string })[] = []
    for (const [line, quantity] of Object.entries(shipment.lines)) {
      const wanted = newPieces(soFar, shown, line, quantity)
      const taken = takeFrom(open, left, line, wanted)
      items.push(...taken)
      const missing = wanted - taken.reduce((sum, item) => sum + item.pieces, 0)
      if (missing > 0) plan.cannot.push(remark(whyNot(open, left, line), { number: shipment.number, pieces: missing }))
    }
    for (const members of Map.groupBy(items, (item) => item.location).values())
      plan.fulfillments.push({ shipment, items: members.map(({ location: _, ...item }) => item) })
  }
  return plan
}

/** Whole pieces of this goods issue beyond what the shop shows; thousandths add up over the goods issues. */
function newPieces(soFar: Map<string, number>, shown: Map<string, number>, line: string, quantity: number): number {
  const [before, after] = [soFar.get(line) ?? 0, (soFar.get(line) ?? 0) + quantity]
  soFar.set(line, after)
  const piecesBefore = Math.max(Math.floor(before / ONE), shown.get(line) ?? 0)
  return Math.max(0, Math.floor(after / ONE) - piecesBefore)
}

function takeFrom(open: readonly OpenItem[], left: Map<string, number>, line: string, wanted: number) {
  const taken = []
  let rest = wanted
  for (const item of open.filter((one) => one.lineId === line && one.free)) {
    const pieces = Math.min(rest, left.get(item.itemId)!)
    if (pieces <= 0) continue
    left.set(item.itemId, left.get(item.itemId)! - pieces)
    rest -= pieces
    const { fulfillmentOrderId, itemId, location } = item
    taken.push({ fulfillmentOrderId, itemId, pieces, location })
  }
  return taken
}

function whyNot(open: readonly OpenItem[], left: Map<string, number>, line: string) {
  const held = open.some((item) => item.lineId === line && !item.free && left.get(item.itemId)! > 0)
  return held ? 'pieces-on-hold' : 'pieces-not-open'
}

/** Fulfilments the shop has without a tracking number, whose goods issue has one by now. */
export function planTracking(shipments: readonly Shipment[], fulfilled: readonly SeenFulfillment[]) {
  const shown = new Set(fulfilled.flatMap((one) => one.trackingNumbers))
  const bare = fulfilled.filter((one) => one.trackingNumbers.length === 0)
  return shipments.flatMap((shipment) => {
    if (!shipment.trackingNumber || shown.has(shipment.trackingNumber)) return []
    const at = bare.findIndex((one) => sameGoods(one, shipment))
    return at < 0 ? [] : [{ shipment, fulfillmentId: bare.splice(at, 1)[0]!.id }]
  })
}

function sameGoods(fulfillment: SeenFulfillment, shipment: Shipment): boolean {
  const lines = Object.entries(shipment.lines).filter(([, quantity]) => quantity > 0)
  return (
    lines.length === Object.keys(fulfillment.pieces).length &&
    lines.every(([line, quantity]) => fulfillment.pieces[line] === Math.floor(quantity / ONE))
  )
}
