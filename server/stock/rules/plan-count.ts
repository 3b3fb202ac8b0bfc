import type { Quantity } from '../../../common/quantity.ts'
import { type Level, planReservation } from './plan-reservation.ts'

export interface Count {
  articleId: string
  locationId: string
  counted: Quantity
}

/** A reservation at a place where less lies than was thought. */
export interface Reserved {
  orderLineId: string
  orderId: string
  articleId: string
  locationId: string
  quantity: Quantity
}

export interface Counted extends Count {
  onHand: Quantity
  reserved: Quantity
  /** counted less on hand */
  difference: Quantity
  /** put aside but not there */
  short: Quantity
}

export const placeOf = ({ articleId, locationId }: Pick<Count, 'articleId' | 'locationId'>) =>
  `${articleId} ${locationId}`

/** What each count says against the level; where nothing was known, nothing lay. */
export function compareCounts(counts: readonly Count[], levels: readonly Level[]): Counted[] {
  const known = new Map(levels.map((l) => [placeOf(l), l]))
  return counts.map((count) => {
    const { onHand, reserved } = known.get(placeOf(count)) ?? { onHand: 0, reserved: 0 }
    return {
      ...count,
      onHand,
      reserved,
      difference: count.counted - onHand,
      short: Math.max(reserved - count.counted, 0),
    }
  })
}

/** The newest orders give back what isn't there. `reservations` come newest first. */
export function takeBack(
  counted: readonly Counted[],
  reservations: readonly Reserved[],
): (Reserved & { of: Quantity })[] {
  const short = new Map(counted.map((c) => [placeOf(c), c.short]))
  return reservations.flatMap((r) => {
    const left = short.get(placeOf(r)) ?? 0
    const quantity = Math.min(left, r.quantity)
    short.set(placeOf(r), left - quantity)
    return quantity > 0 ? [{ ...r, quantity, of: r.quantity }] : []
  })
}

/** Where an order may get its goods, and since when it waits for them. */
export interface OrderPlace {
  orderId: string
  locations: string[]
  since: string
}

export interface RoutedAgain {
  reservations: Reserved[]
  backorders: (Omit<Reserved, 'locationId'> & Omit<OrderPlace, 'orderId'>)[]
}

/**
 * What orders lost is looked for at the other locations of their channels, the oldest order first; what is nowhere waits
 * again, at the place in the queue that the order always had. `levels` hold what is free before anything counted comes
 * on top: that goes by the queue.
 */
export function routeAgain(
  lost: readonly Reserved[],
  places: readonly OrderPlace[],
  levels: readonly Level[],
): RoutedAgain {
  const left = new Map(levels.map((l) => [placeOf(l), { ...l }]))
  const routed: RoutedAgain = { reservations: [], backorders: [] }
  const byOrder = Map.groupBy(byLine(lost), (l) => l.orderId)
  for (const { orderId, locations, since } of places.toSorted(byAge)) {
    const demands = byOrder.get(orderId) ?? []
    const here = demands.flatMap(({ articleId }) =>
      locations.flatMap((locationId) => left.get(placeOf({ articleId, locationId })) ?? []),
    )
    const plan = planReservation(demands, [...new Set(here)], locations)
    for (const r of plan.reservations) {
      left.get(placeOf(r))!.reserved += r.quantity
      routed.reservations.push({ ...r, orderId })
    }
    for (const { orderLineId, articleId, quantity } of plan.backorders)
      routed.backorders.push({ orderLineId, orderId, articleId, quantity, locations, since })
  }
  return routed
}

/** A line may have lost at two shelves. */
function byLine(lost: readonly Reserved[]): Reserved[] {
  return [...Map.groupBy(lost, (l) => l.orderLineId).values()].map((parts) => ({
    ...parts[0]!,
    quantity: parts.reduce((sum, p) => sum + p.quantity, 0),
  }))
}

function byAge(a: OrderPlace, b: OrderPlace): number {
  if (a.since !== b.since) return a.since < b.since ? -1 : 1
  return a.orderId < b.orderId ? -1 : 1
}
