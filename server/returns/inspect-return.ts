import { findReturnPlaces, locationNames } from '../branches/index.ts'
import { orNotFound, orRefuse, refuseNow, type Work } from '../kernel/index.ts'
import { moveReturned } from '../stock/index.ts'
import { planInspection } from './rules/plan-inspection.ts'
import { findReturnLines, lockReturn, saveInspections } from './store.ts'

export interface InspectionInput {
  id: string
  locationId: string
  lines: {
    lineId: string
    quantity: number
    condition: 'as-new' | 'opened' | 'used' | 'damaged'
    goods: 'restock' | 'scrap' | 'supplier'
  }[]
}

/** Somebody looked at goods that waited in quarantine: they go to the shelf, to scrap, or back to the supplier. */
export async function inspectReturn(work: Work, input: InspectionInput): Promise<Record<string, never>> {
  const [row, lines, locations] = await Promise.all([
    lockReturn(work, input.id),
    findReturnLines(work, input.id),
    locationNames(work),
  ])
  const { number, cancelled } = orNotFound(row, 'return')
  if (cancelled) refuseNow('return-cancelled', { return: number })
  const location = locations.get(input.locationId)
  if (location?.purpose !== 'sale') refuseNow('unknown-location', { location: input.locationId })
  const decided = orRefuse(planInspection(input.lines, lines))
  const away = input.lines.flatMap((l) => (l.goods === 'restock' ? [] : [l.goods]))
  const places = await findReturnPlaces(work, location, away)
  const moved = decided.map((d) => ({
    ...d.wish,
    locationId: places.get(d.wish.goods === 'restock' ? 'sale' : d.wish.goods)!,
    line: d.line,
  }))
  await moveReturned(
    work,
    moved.map(({ line, quantity, locationId }) => ({
      articleId: line.articleId!,
      articleNumber: line.articleNumber,
      from: locations.get(line.locationId!)!,
      to: locationId,
      quantity,
    })),
    { id: input.id, number },
  )
  saveInspections(work, input.id, moved)
  work.announce('return.inspected', { returnId: input.id, number })
  work.record({ subjectId: input.id, after: { lines: input.lines } })
  return {}
}
