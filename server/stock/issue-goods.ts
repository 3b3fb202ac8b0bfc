import type { Quantity } from '../../common/quantity.ts'
import { newId, orRefuse, type Work } from '../kernel/index.ts'
import { releaseReservations } from './release-reservations.ts'
import { planGoodsIssue } from './rules/plan-goods-issue.ts'
import type { Level } from './rules/plan-reservation.ts'
import { type ReservationRow, shiftLevels, takeFromReservations, writeMovements } from './store.ts'

export interface IssueLine {
  orderLineId: string
  articleId: string
  articleNumber: string
  quantity: Quantity
}

/**
 * The goods leave the location: stock and reservation fall together, the ledger gets a movement a line. `levels` and
 * `reservations` were read under lock. Refuses 'not-reserved' where others have the goods put aside.
 */
export async function issueGoods(
  work: Work,
  issue: { locationId: string; locationName: string; noteId: string; noteNumber: string; lines: readonly IssueLine[] },
  levels: readonly Level[],
  reservations: readonly ReservationRow[],
): Promise<void> {
  const { taken, changes, fromFree } = orRefuse(planGoodsIssue(issue, levels, reservations))
  takeFromReservations(work, taken)
  shiftLevels(work, changes)
  // what it waited for, or was put aside at another location after a count
  if (fromFree.length > 0) await releaseReservations(work, fromFree)
  writeMovements(
    work,
    issue.lines.map((l) => ({
      id: newId(),
      articleId: l.articleId,
      from: issue.locationId,
      to: null,
      quantity: l.quantity,
      reason: 'goods-issue' as const,
      reference: { kind: 'delivery-note', id: issue.noteId, number: issue.noteNumber },
    })),
  )
  work.announce('stock.changed', { articleIds: [...new Set(issue.lines.map((l) => l.articleId))] })
}
