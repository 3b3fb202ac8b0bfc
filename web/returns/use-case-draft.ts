import { useEffect } from 'react'
import { getCase } from '../../common/links/api.ts'
import { listReturnable } from '../../common/returns/api.ts'
import { call } from '../api.ts'
import { useLoad } from '../load.ts'
import { useWords } from '../words/words.ts'
import { draftOfCase } from './draft-of-case.ts'
import type { Draft } from './return-draft.ts'

const MOST_OF_NOTE = 200

/** Fills the return desk with what a customer reported, once. */
export function useCaseDraft(caseId: string | undefined, fill: (draft: Draft) => void) {
  const { w } = useWords()
  const load = useLoad(getCase, { id: caseId ?? '' }, { enabled: caseId !== undefined })
  const report = load.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each report, whatever else changes meanwhile
  useEffect(() => {
    if (!report) return
    const ofNote = (note: { id: string }) => call(listReturnable, { noteId: note.id, limit: MOST_OF_NOTE })
    void Promise.all(report.notes.map(ofNote)).then((answers) =>
      fill(
        draftOfCase(
          report,
          answers.flatMap((a) => a.rows),
          w.links.remark(report.number),
        ),
      ),
    )
  }, [report?.id])
  return report
}
