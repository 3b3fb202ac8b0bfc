import { locationNames } from '../branches/index.ts'
import { knownArticles } from '../catalog/index.ts'
import { newId, refuseNow, type Work } from '../kernel/index.ts'
import { handOn } from './release-reservations.ts'
import { type LevelChange, raiseLevels, writeMovements } from './store.ts'

interface GoodsReceipt {
  locationId: string
  note?: string | undefined
  lines: { articleId: string; quantity: number }[]
}

/** Goods receipt (Wareneingang): goods come in from a supplier, stock rises, orders that wait get theirs, oldest first. */
export async function receiveGoods(
  work: Work,
  input: GoodsReceipt,
): Promise<{ movements: number; backordersReserved: number }> {
  const articleIds = [...new Set(input.lines.map((l) => l.articleId))]
  const [locations, known] = await Promise.all([locationNames(work), knownArticles(work, articleIds)])
  if (!locations.has(input.locationId)) refuseNow('unknown-location', { location: input.locationId })
  const unknown = articleIds.find((id) => !known.has(id))
  if (unknown) refuseNow('unknown-article', { article: unknown })
  const incoming: LevelChange[] = input.lines.map((l) => ({
    articleId: l.articleId,
    locationId: input.locationId,
    onHand: l.quantity,
    reserved: 0,
  }))
  const levels = await raiseLevels(work, incoming)
  writeMovements(
    work,
    input.lines.map((l) => ({
      id: newId(),
      articleId: l.articleId,
      from: null,
      to: input.locationId,
      quantity: l.quantity,
      reason: 'goods-receipt' as const,
      note: input.note,
    })),
  )
  // the levels read back already hold what came in
  const changes: LevelChange[] = incoming.map((c) => ({ ...c, onHand: 0 }))
  const backordersReserved = await handOn(work, articleIds, changes, levels)
  work.record({ subjectId: input.locationId, after: { lines: input.lines.length, backordersReserved } })
  return { movements: input.lines.length, backordersReserved }
}
