import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { lockCase, saveStep } from './case-store.ts'

/** The clerk writes to the customer; the case waits on, for what he says or does next. Refuses one that is done. */
export async function answerCase(work: Work, input: { id: string; words: string }): Promise<Record<string, never>> {
  const found = orNotFound(await lockCase(work, input.id), 'case')
  if (found.state === 'done') refuseNow('case-done', { case: found.number })
  saveStep(work, found.id, { kind: 'answered', words: input.words })
  work.announce('case.answered', { caseId: found.id, number: found.number, customerId: found.customerId })
  work.record({ subjectId: found.id })
  return {}
}
