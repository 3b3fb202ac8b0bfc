import type { CloseCaseInput } from '../../common/links/api.ts'
import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { findReturnForCase, lockCase, saveStep } from './case-store.ts'

/**
 * A case is done: rejected with a reason the customer reads, settled in another way, or by the return that took the
 * goods off his notes and invoices. Refuses one that is done, and a return of other goods or of somebody else.
 */
export async function closeCase(work: Work, input: CloseCaseInput & { id: string }): Promise<Record<string, never>> {
  const found = orNotFound(await lockCase(work, input.id), 'case')
  if (found.state === 'done') refuseNow('case-done', { case: found.number })
  const returnId = input.outcome === 'returned' ? input.returnId : undefined
  if (returnId !== undefined && (await findReturnForCase(work, found.id, returnId)) === undefined)
    refuseNow('return-of-other-goods', { case: found.number })
  saveStep(work, found.id, { kind: input.outcome, words: input.words ?? null, returnId })
  work.announce('case.closed', {
    caseId: found.id,
    number: found.number,
    customerId: found.customerId,
    outcome: input.outcome,
    returnId: returnId ?? null,
  })
  work.record({ subjectId: found.id, after: { outcome: input.outcome, returnId: returnId ?? null } })
  return {}
}
