import type { Quantity } from '../../../common/quantity.ts'

export interface Demand {
  orderLineId: string
  articleId: string
  quantity: Quantity
}

/** on hand and reserved of one article at one location */
export interface Level {
  articleId: string
  locationId: string
  onHand: Quantity
  reserved: Quantity
}

export interface ReservationPlan {
  reservations: { orderLineId: string; articleId: string; locationId: string; quantity: Quantity }[]
  backorders: Demand[]
}

/** Beyond so many locations all subsets are too many to try; the rest is taken in priority order. */
const TRY_SUBSETS_OF = 10

/**
 * Where each piece of an order comes from: as few locations as can cover what is there (one parcel each), among equals
 * the one with the highest priority (order of `locations`). What is nowhere becomes a backorder. Never plans more than
 * is available.
 */
export function planReservation(
  demands: readonly Demand[],
  levels: readonly Level[],
  locations: readonly string[],
): ReservationPlan {
  const available = new Map(levels.map((l) => [`${l.articleId} ${l.locationId}`, l.onHand - l.reserved]))
  const at = (articleId: string, locationId: string) => Math.max(available.get(`${articleId} ${locationId}`) ?? 0, 0)
  const wanted = new Map<string, Quantity>()
  for (const d of demands) wanted.set(d.articleId, (wanted.get(d.articleId) ?? 0) + d.quantity)
  const reachable = [...wanted].map(([articleId, quantity]) => ({
    articleId,
    quantity: Math.min(
      quantity,
      locations.reduce((sum, l) => sum + at(articleId, l), 0),
    ),
  }))
  const chosen = fewestLocations(locations, (subset) =>
    reachable.every((r) => subset.reduce((sum, l) => sum + at(r.articleId, l), 0) >= r.quantity),
  )
  const plan: ReservationPlan = { reservations: [], backorders: [] }
  for (const demand of demands) {
    let left = demand.quantity
    for (const locationId of chosen) {
      const key = `${demand.articleId} ${locationId}`
      const quantity = Math.min(left, at(demand.articleId, locationId))
      if (quantity === 0) continue
      plan.reservations.push({ orderLineId: demand.orderLineId, articleId: demand.articleId, locationId, quantity })
      available.set(key, at(demand.articleId, locationId) - quantity)
      left -= quantity
    }
    if (left > 0) plan.backorders.push({ ...demand, quantity: left })
  }
  return plan
}

/** The smallest subset that covers, in priority order; all locations if only all do. */
function fewestLocations(
  locations: readonly string[],
  covers: (subset: readonly string[]) => boolean,
): readonly string[] {
  const candidates = locations.slice(0, TRY_SUBSETS_OF)
  for (let size = 1; size < candidates.length; size++) {
    for (const subset of subsets(candidates, size)) if (covers(subset)) return subset
  }
  return locations
}

/** Subsets of one size, those with earlier members first. */
function* subsets(of: readonly string[], size: number, from = 0): Generator<string[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let i = from; i <= of.length - size; i++) {
    for (const rest of subsets(of, size - 1, i + 1)) yield [of[i]!, ...rest]
  }
}
