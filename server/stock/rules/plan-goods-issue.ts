import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'
import type { Level } from './plan-reservation.ts'

interface Issue {
  locationId: string
  locationName: string
  lines: readonly { orderLineId: string; articleId: string; articleNumber: string; quantity: Quantity }[]
}

interface Reservation {
  orderLineId: string
  locationId: string
  quantity: Quantity
}

export interface GoodsIssuePlan {
  taken: { orderLineId: string; locationId: string; quantity: Quantity; of: Quantity }[]
  changes: { articleId: string; locationId: string; onHand: number; reserved: number }[]
  /** taken from free stock because the reservation was short: what the line waited for, or has elsewhere, it no longer needs */
  fromFree: { orderLineId: string; articleId: string; quantity: Quantity }[]
}

/**
 * What a goods issue takes: the line's own reservation first, then what nobody has reserved. Goods put aside for
 * others stay ('not-reserved'), and nothing leaves that isn't there ('below-zero').
 */
export function planGoodsIssue(
  issue: Issue,
  levels: readonly Level[],
  reservations: readonly Reservation[],
): GoodsIssuePlan | Refusal {
  const free = new Map(
    levels
      .filter((l) => l.locationId === issue.locationId)
      .map((l) => [l.articleId, { onHand: l.onHand, free: l.onHand - l.reserved }]),
  )
  const plan: GoodsIssuePlan = { taken: [], changes: [], fromFree: [] }
  for (const line of issue.lines) {
    const reserved =
      reservations.find((r) => r.orderLineId === line.orderLineId && r.locationId === issue.locationId)?.quantity ?? 0
    const own = Math.min(reserved, line.quantity)
    const level = free.get(line.articleId) ?? { onHand: 0, free: 0 }
    const facts = { article: line.articleNumber, location: issue.locationName, requested: line.quantity }
    if (line.quantity > level.onHand) return refuse('below-zero', { ...facts, onHand: level.onHand })
    if (line.quantity - own > level.free)
      return refuse('not-reserved', { ...facts, reserved: own + Math.max(level.free, 0) })
    level.free -= line.quantity - own
    level.onHand -= line.quantity
    if (own > 0)
      plan.taken.push({ orderLineId: line.orderLineId, locationId: issue.locationId, quantity: own, of: reserved })
    if (line.quantity > own)
      plan.fromFree.push({ orderLineId: line.orderLineId, articleId: line.articleId, quantity: line.quantity - own })
    plan.changes.push({
      articleId: line.articleId,
      locationId: issue.locationId,
      onHand: -line.quantity,
      reserved: -own,
    })
  }
  return plan
}
