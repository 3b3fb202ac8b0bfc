import type { Quantity } from '../../common/quantity.ts'
import { locationNames } from '../branches/index.ts'
import { knownArticles } from '../catalog/index.ts'
import { newId, refuseNow, type Work } from '../kernel/index.ts'
import { handOn } from './release-reservations.ts'
import { type Count, type Counted, compareCounts, type RoutedAgain, routeAgain, takeBack } from './rules/plan-count.ts'
import type { Level } from './rules/plan-reservation.ts'
import {
  addReservations,
  findOrderPlaces,
  findReservationsAt,
  type LevelChange,
  raiseLevels,
  takeFromReservations,
  waitAgain,
  writeMovements,
} from './store.ts'

/** Somebody counted one shelf. Stock becomes what was counted, see countStock. */
export async function correctStock(
  work: Work,
  input: Count & { reason: string },
): Promise<{ difference: number; reservationsLost: number }> {
  const [locations, known] = await Promise.all([locationNames(work), knownArticles(work, [input.articleId])])
  if (!locations.has(input.locationId)) refuseNow('unknown-location', { location: input.locationId })
  if (!known.has(input.articleId)) refuseNow('unknown-article', { article: input.articleId })
  const { counted, waitAgain } = await countStock(work, [input], input.reason)
  const { onHand, reserved, difference, short } = counted[0]!
  work.record({
    subjectId: input.articleId,
    before: { onHand, reserved },
    after: { onHand: input.counted, reserved: reserved - short, reason: input.reason },
  })
  return { difference, reservationsLost: waitAgain }
}

/**
 * Somebody counted, and the shelves are right. Stock becomes what was counted, by movements with the reason. If less is
 * there than was put aside, the newest orders lose their reservation: it's looked for at the other locations of their
 * channel, or waits at the place in the queue that the order always had. What was found too much goes to who waits. Any
 * number of shelves, each once; a few statements for all of them.
 */
export async function countStock(
  work: Work,
  counts: readonly Count[],
  reason: string,
): Promise<{ counted: Counted[]; waitAgain: Quantity }> {
  const levels = await raiseLevels(
    work,
    counts.map((c) => ({ articleId: c.articleId, locationId: c.locationId, onHand: 0, reserved: 0 })),
  )
  const counted = compareCounts(counts, levels)
  const different = counted.filter((c) => c.difference !== 0)
  if (different.length === 0) return { counted, waitAgain: 0 }
  const changes: LevelChange[] = different.map((c) => ({ ...c, onHand: c.difference, reserved: -c.short }))
  writeMovements(
    work,
    different.map((c) => correction(c, reason)),
  )
  const { reservations, backorders } = await giveBack(work, different, levels)
  changes.push(...reservations.map((r) => ({ ...r, onHand: 0, reserved: r.quantity })))
  await handOn(work, [...new Set(different.map((c) => c.articleId))], changes, levels)
  return { counted, waitAgain: backorders.reduce((sum, b) => sum + b.quantity, 0) }
}

/** Into the shelf from nowhere, or the other way. */
const correction = ({ articleId, locationId, difference }: Counted, note: string) => ({
  id: newId(),
  articleId,
  from: difference > 0 ? null : locationId,
  to: difference > 0 ? locationId : null,
  quantity: Math.abs(difference),
  reason: 'correction' as const,
  note,
})

/** What was put aside and isn't there is taken from the newest orders and looked for elsewhere. */
async function giveBack(work: Work, different: readonly Counted[], levels: readonly Level[]): Promise<RoutedAgain> {
  const short = different.filter((c) => c.short > 0)
  if (short.length === 0) return { reservations: [], backorders: [] }
  const lost = takeBack(short, await findReservationsAt(work, short))
  const orderIds = [...new Set(lost.map((l) => l.orderId))]
  const routed = routeAgain(lost, await findOrderPlaces(work, orderIds), lessCounted(levels, different))
  takeFromReservations(work, lost)
  addReservations(work, routed.reservations)
  waitAgain(work, routed.backorders)
  const waiting = new Set(routed.backorders.map((b) => b.orderId))
  for (const orderId of orderIds)
    work.announce('order.changed', { orderId, what: waiting.has(orderId) ? 'reservation-lost' : 'reserved' })
  return routed
}

/** The levels without what a count takes away; what it brings isn't there yet. */
function lessCounted(levels: readonly Level[], different: readonly Counted[]): Level[] {
  const missing = new Map(different.filter((c) => c.difference < 0).map((c) => [`${c.articleId} ${c.locationId}`, c]))
  return levels.map((level) => {
    const count = missing.get(`${level.articleId} ${level.locationId}`)
    return count ? { ...level, onHand: count.counted, reserved: level.reserved - count.short } : level
  })
}
