import type { Work } from '../kernel/index.ts'
import { type Demand, type Level, planReservation, type ReservationPlan } from './rules/plan-reservation.ts'
import { addBackorders, addReservations, shiftLevels } from './store.ts'

/**
 * Goods are put aside for an order, at the fewest locations of its channel that have them; what is nowhere waits as
 * backorder. `levels` come from lockLevels, so two orders can't get the same last piece.
 */
export function reserveGoods(
  work: Work,
  orderId: string,
  demands: readonly Demand[],
  levels: readonly Level[],
  locations: readonly string[],
): ReservationPlan {
  const plan = planReservation(demands, levels, locations)
  shiftLevels(
    work,
    plan.reservations.map((r) => ({
      articleId: r.articleId,
      locationId: r.locationId,
      onHand: 0,
      reserved: r.quantity,
    })),
  )
  addReservations(
    work,
    plan.reservations.map((r) => ({ ...r, orderId })),
  )
  addBackorders(work, orderId, plan.backorders, locations)
  return plan
}
