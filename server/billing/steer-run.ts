import { orNotFound, type Work } from '../kernel/index.ts'
import { queueRun } from './plan-run.ts'
import { lockRun, type RunState, saveExcluded, saveRunState } from './store.ts'

type ById = { id: string }

/** Bills what was planned, or goes on after a stop. */
export const startRun = (work: Work, { id }: ById) => turn(work, id, ['planned', 'stopped'], 'billing')

/** Stops a run: the invoices being written are finished, the others wait. */
export const stopRun = (work: Work, { id }: ById) => turn(work, id, ['billing'], 'stopped')

/** Gives up what was planned and not billed; it stays on the list to bill. */
export const discardRun = (work: Work, { id }: ById) => turn(work, id, ['planning', 'planned', 'stopped'], 'discarded')

async function turn(work: Work, id: string, from: RunState[], to: RunState): Promise<Record<string, never>> {
  const run = await lockRun(work, id, from)
  saveRunState(work, id, to)
  if (to === 'billing') await queueRun(work, id)
  work.announce(`billing-run.${to}`, { runId: id })
  work.record({ subjectId: id, before: { state: run.state }, after: { state: to } })
  return {}
}

/** Leaves planned invoices out of the run, with a reason that is kept; without one they are taken in again. */
export async function excludeBills(
  work: Work,
  { id, billIds, reason }: ById & { billIds: string[]; reason: string | null },
): Promise<Record<string, never>> {
  await lockRun(work, id, ['planned', 'stopped'])
  const changed = await saveExcluded(work, id, billIds, reason)
  orNotFound(changed > 0 || undefined, 'billing-run')
  work.announce('billing-run.changed', { runId: id })
  work.record({ subjectId: id, after: { billIds, excluded: reason !== null } })
  return {}
}
