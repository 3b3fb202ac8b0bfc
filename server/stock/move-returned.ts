import type { Quantity } from '../../common/quantity.ts'
import { newId, refuseNow, type Work } from '../kernel/index.ts'
import { handOn } from './release-reservations.ts'
import type { Level } from './rules/plan-reservation.ts'
import { type LevelChange, lockLevels, raiseLevels, shiftLevels, writeMovements } from './store.ts'

/** null: with the customer */
export interface ReturnedMove {
  articleId: string
  articleNumber: string
  from: { id: string; name: string } | null
  to: string | null
  quantity: Quantity
}

/**
 * Goods of a return move: from the customer to a place, back to him if the return is cancelled, or from quarantine to
 * where they belong. What comes to a place for sale goes to the orders that wait, oldest first. Refuses 'below-zero'
 * where what should leave is gone or put aside for others.
 */
export async function moveReturned(
  work: Work,
  moves: readonly ReturnedMove[],
  reference: { id: string; number: string },
): Promise<void> {
  if (moves.length === 0) return
  const articleIds = [...new Set(moves.map((m) => m.articleId))]
  refuseMissing(moves, await lockLevels(work, articleIds))
  const leaving: LevelChange[] = moves.flatMap((m) =>
    m.from ? [{ articleId: m.articleId, locationId: m.from.id, onHand: -m.quantity, reserved: 0 }] : [],
  )
  shiftLevels(work, leaving)
  const coming: LevelChange[] = moves.flatMap((m) =>
    m.to ? [{ articleId: m.articleId, locationId: m.to, onHand: m.quantity, reserved: 0 }] : [],
  )
  writeMovements(
    work,
    moves.map((m) => ({
      id: newId(),
      articleId: m.articleId,
      from: m.from?.id ?? null,
      to: m.to,
      quantity: m.quantity,
      reason: m.from && m.to ? ('transfer' as const) : ('return' as const),
      reference: { kind: 'return', ...reference },
    })),
  )
  if (coming.length === 0) {
    work.announce('stock.changed', { articleIds })
    return
  }
  const levels = await raiseLevels(work, coming)
  // the levels read back already hold what came in
  await handOn(
    work,
    articleIds,
    coming.map((c) => ({ ...c, onHand: 0 })),
    levels,
  )
}

function refuseMissing(moves: readonly ReturnedMove[], levels: readonly Level[]): void {
  const free = new Map(levels.map((l) => [`${l.articleId} ${l.locationId}`, l.onHand - l.reserved]))
  for (const { from, articleId, articleNumber, quantity } of moves) {
    if (from === null) continue
    const key = `${articleId} ${from.id}`
    const left = free.get(key) ?? 0
    if (quantity > left)
      refuseNow('below-zero', { article: articleNumber, location: from.name, onHand: left, requested: quantity })
    free.set(key, left - quantity)
  }
}
