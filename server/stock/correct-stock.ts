import type { Quantity } from '../../common/quantity.ts'
import { locationNames } from '../branches/index.ts'
import { knownArticles } from '../catalog/index.ts'
import { newId, refuseNow, type Work } from '../kernel/index.ts'
import { handOn } from './release-reservations.ts'
import {
  addBackorders,
  findReservationsAt,
  type LevelChange,
  raiseLevels,
  shiftLevels,
  takeFromReservations,
  writeMovements,
} from './store.ts'

interface StockCorrection {
  locationId: string
  articleId: string
  counted: Quantity
  reason: string
}

/**
 * Somebody counted, and the shelf is right. Stock becomes what was counted, by a movement with the reason. If less is
 * there than was put aside, the newest orders lose their reservation and wait again.
 */
export async function correctStock(
  work: Work,
  input: StockCorrection,
): Promise<{ difference: number; reservationsLost: number }> {
  const [locations, known] = await Promise.all([locationNames(work), knownArticles(work, [input.articleId])])
  if (!locations.has(input.locationId)) refuseNow('unknown-location', { location: input.locationId })
  if (!known.has(input.articleId)) refuseNow('unknown-article', { article: input.articleId })
  const levels = await raiseLevels(work, [
    { articleId: input.articleId, locationId: input.locationId, onHand: 0, reserved: 0 },
  ])
  const level = levels.find((l) => l.locationId === input.locationId)!
  const difference = input.counted - level.onHand
  const lost = difference < 0 ? await takeBack(work, input, Math.max(level.reserved - input.counted, 0)) : 0
  const changes: LevelChange[] = [
    { articleId: input.articleId, locationId: input.locationId, onHand: difference, reserved: -lost },
  ]
  if (difference !== 0) {
    const [from, to] = difference > 0 ? [null, input.locationId] : [input.locationId, null]
    writeMovements(work, [
      {
        id: newId(),
        articleId: input.articleId,
        from,
        to,
        quantity: Math.abs(difference),
        reason: 'correction',
        note: input.reason,
      },
    ])
    if (difference > 0) await handOn(work, [input.articleId], changes, levels)
    else {
      shiftLevels(work, changes)
      work.announce('stock.changed', { articleIds: [input.articleId] })
    }
  }
  work.record({
    subjectId: input.articleId,
    before: { onHand: level.onHand, reserved: level.reserved },
    after: { onHand: input.counted, reserved: level.reserved - lost, reason: input.reason },
  })
  return { difference, reservationsLost: lost }
}

async function takeBack(work: Work, { articleId, locationId }: StockCorrection, short: Quantity): Promise<Quantity> {
  let left = short
  const taken: { orderLineId: string; locationId: string; quantity: Quantity; of: Quantity }[] = []
  for (const r of short === 0 ? [] : await findReservationsAt(work, articleId, locationId)) {
    const quantity = Math.min(left, r.quantity)
    if (quantity === 0) break
    taken.push({ orderLineId: r.orderLineId, locationId, quantity, of: r.quantity })
    addBackorders(work, r.orderId, [{ orderLineId: r.orderLineId, articleId, quantity }], [locationId])
    work.announce('order.changed', { orderId: r.orderId, what: 'reservation-lost' })
    left -= quantity
  }
  takeFromReservations(work, taken)
  return short
}
