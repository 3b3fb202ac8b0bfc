import type { getCase } from '../../common/links/api.ts'
import type { OutputOf } from '../../common/route.ts'
import { type Draft, type Entry, emptyDraft, type Fate, type ReturnableLine } from './return-draft.ts'

type Report = Pick<OutputOf<typeof getCase>, 'caseLines'>
type Problem = Report['caseLines'][number]['problem']

const fateOf: Record<Problem, Fate> = {
  missing: { reason: 'shortage', condition: 'not-received', goods: 'none' },
  damaged: { reason: 'damaged-in-transit', condition: 'damaged', goods: 'quarantine' },
}

/**
 * A customer's report as it comes to the return desk: what is missing never arrived, what is damaged waits to be looked
 * at. Of each line no more than is still with him.
 */
export function draftOfCase({ caseLines }: Report, returnable: readonly ReturnableLine[], remark: string): Draft {
  const left = new Map(returnable.map((line) => [line.noteLineId, line.returnable]))
  const entries = caseLines.flatMap(({ noteLineId, problem, quantity }): Entry[] => {
    const line = returnable.find((l) => l.noteLineId === noteLineId)
    const most = Math.min(quantity, left.get(noteLineId) ?? 0)
    if (!line || most === 0) return []
    left.set(noteLineId, left.get(noteLineId)! - most)
    return [{ ...fateOf[problem], key: `${noteLineId} ${problem}`, line, quantity: most }]
  })
  return { ...emptyDraft, entries, locationId: entries[0]?.line.locationId, remark }
}
