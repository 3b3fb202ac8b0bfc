import type { Day } from '../../common/dates.ts'
import { previewInvoice } from '../invoicing/index.ts'
import { type Database, newId, queueJobs, RefusalError, type Work } from '../kernel/index.ts'
import { findPlannedBills, isDue } from './find-portions.ts'
import type { PlannedBill } from './rules/group-portions.ts'
import {
  findNextCustomers,
  insertBills,
  insertRun,
  lockRun,
  type NewBill,
  type RunRow,
  savePlannedTo,
  saveRunState,
} from './store.ts'

export interface RunWish {
  day?: Day | undefined
  everything: boolean
  customerId?: string | undefined
  rule?: RunRow['rule'] | undefined
  atOnce: boolean
  scheduled?: boolean
}

/**
 * Plans a billing run (Abrechnungslauf): which invoices over what is delivered and due. It's worked out in the
 * background, with the exact amounts if somebody is to look at it first, and then waits to be started.
 */
export async function planRun(work: Work, input: RunWish): Promise<{ id: string }> {
  const id = newId()
  insertRun(work, {
    id,
    atOnce: input.atOnce,
    scheduled: input.scheduled ?? false,
    day: input.day ?? work.today,
    everything: input.everything,
    customerId: input.customerId ?? null,
    rule: input.rule ?? null,
  })
  await queueRun(work, id)
  work.announce('billing-run.planning', { runId: id })
  work.record({ subjectId: id, after: { ...input } })
  return { id }
}

/** Runs are worked on one after the other, each by one process at a time. */
export const queueRun = (database: Database, runId: string) =>
  queueJobs(database, [{ task: 'billing-run', payload: { runId }, key: `billing-run ${runId}`, queue: 'billing' }])

const CUSTOMERS_AT_ONCE = 40

/** Plans the next customers of a run; after the last one it waits for somebody, or bills if it shall at once. */
export async function planNextCustomers(work: Work, input: { runId: string }): Promise<{ customers: number }> {
  const run = await lockRun(work, input.runId, ['planning'])
  const customers = await findNextCustomers(work, run, CUSTOMERS_AT_ONCE)
  const planned = (await findPlannedBills(work, customers, run.day)).flatMap((c) => c.bills)
  const wanted = planned.filter((bill) => run.everything || isDue(bill, run.day))
  const bills: NewBill[] = []
  for (const bill of wanted) bills.push(await billOf(work, bill, !run.atOnce))
  insertBills(work, run.id, bills)
  const last = customers.at(-1)
  if (last !== undefined) savePlannedTo(work, run.id, last)
  if (customers.length < CUSTOMERS_AT_ONCE) saveRunState(work, run.id, run.atOnce ? 'billing' : 'planned')
  work.announce('billing-run.planned', { runId: run.id })
  work.record({ subjectId: run.id, after: { customers: customers.length, bills: bills.length } })
  return { customers: customers.length }
}

/** With the amounts that the invoice will say, computed by the code that issues it; a refusal is known beforehand. */
async function billOf(work: Work, planned: PlannedBill, exact: boolean): Promise<NewBill> {
  const { noteIds, ...bill } = planned
  const plain = { ...bill, notes: noteIds.length, net: null, vat: null, refusal: null }
  if (!exact) return plain
  try {
    const lines = planned.noteLineIds.map((noteLineId) => ({ noteLineId }))
    const { net, vat, gross } = await previewInvoice(work, { lines })
    return { ...plain, net, vat, gross }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return { ...plain, refusal: { code: error.refusal.code, facts: error.refusal.facts } }
  }
}
