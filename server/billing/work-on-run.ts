import type { Facts, RefusalCode } from '../../common/refusal.ts'
import { issueInvoice } from '../invoicing/index.ts'
import {
  type Actor,
  isLostConnection,
  type Kernel,
  perform,
  RefusalError,
  systemActor,
  type Work,
} from '../kernel/index.ts'
import { planNextCustomers, queueRun } from './plan-run.ts'
import {
  findRunRow,
  findWaitingBills,
  lockRun,
  lockWaitingBill,
  type RunRow,
  saveBilled,
  saveRefused,
  saveRunState,
} from './store.ts'

const AT_ONCE = 4
// A job that takes longer than five minutes is taken for abandoned; a run goes on in the next one.
const SLICE_MS = 20_000

/**
 * Works on a run for a while and queues the rest: plans customer by customer, then writes invoice by invoice, each in a
 * transaction of its own that also says so in the run. Killed anywhere it goes on where it was: an invoice is there with
 * its mark or not at all. A customer whose invoice is refused is noted and the next one comes.
 */
export async function workOnRun(kernel: Kernel, runId: string, sliceMs = SLICE_MS): Promise<void> {
  const until = Date.now() + sliceMs
  while (Date.now() < until) {
    const run = await findRunRow(kernel.database, runId)
    if (run.state !== 'planning' && run.state !== 'billing') return
    await (run.state === 'planning' ? planSome(kernel, run) : billSome(kernel, run))
  }
  await queueRun(kernel.database, runId)
}

async function planSome(kernel: Kernel, run: RunRow): Promise<void> {
  const call = { name: 'plan-next-customers', actor: systemActor, input: { runId: run.id } }
  await unlessOtherState(perform(kernel, call, planNextCustomers))
}

async function billSome(kernel: Kernel, run: RunRow): Promise<void> {
  const billIds = await findWaitingBills(kernel.database, run.id, AT_ONCE)
  if (billIds.length > 0) await Promise.all(billIds.map((billId) => billOne(kernel, run, billId)))
  else {
    const call = { name: 'end-run', actor: systemActor, input: { runId: run.id } }
    await unlessOtherState(perform(kernel, call, endRun))
  }
}

/** Somebody stopped the run, or another process was quicker: then the next look at it says what is to be done. */
async function unlessOtherState(step: Promise<unknown>): Promise<void> {
  await step.catch((error) => {
    if (!(error instanceof RefusalError && error.refusal.code === 'run-state')) throw error
  })
}

async function billOne(kernel: Kernel, run: RunRow, billId: string): Promise<void> {
  // whoever started the run has written its invoices
  const actor: Actor = { kind: run.actorKind, id: run.actorId }
  const key = `${run.id} ${billId}`
  try {
    await perform(kernel, { name: 'bill-delivered', actor, key, input: { billId } }, billDelivered)
  } catch (error) {
    const { code, facts } = whyNot(kernel, billId, error)
    const input = { billId, code, facts }
    await perform(kernel, { name: 'note-refusal', actor: systemActor, input }, noteRefusal)
  }
}

// Resources, locks and the operator of PostgreSQL: the next try may find another day.
const MAY_PASS = /^(?:40|53|55|57|58)/

/** What is wrong with this one invoice; what is wrong with the database is thrown, and the job is tried again. */
function whyNot(kernel: Kernel, billId: string, error: unknown): { code: RefusalCode; facts: Facts } {
  if (error instanceof RefusalError) return error.refusal
  if (isLostConnection(error) || MAY_PASS.test((error as { code?: string }).code ?? '')) throw error
  kernel.log.error({ billId, problem: String((error as Error).stack ?? error) }, 'an invoice of a run failed')
  return { code: 'fault', facts: { reference: billId } }
}

/** One invoice of a run. What was billed by hand since it was planned is left out of it; what came is for the next run. */
async function billDelivered(work: Work, input: { billId: string }): Promise<{ invoiceId: string; number: string }> {
  const bill = await lockWaitingBill(work, input.billId)
  const { id, number } = await issueInvoice(work, { lines: bill.noteLineIds.map((noteLineId) => ({ noteLineId })) })
  saveBilled(work, input.billId, id)
  return { invoiceId: id, number }
}

async function noteRefusal(
  work: Work,
  input: { billId: string } & Parameters<typeof saveRefused>[2],
): Promise<Record<string, never>> {
  const { billId, ...refusal } = input
  if (refusal.code !== 'bill-not-waiting') saveRefused(work, billId, refusal)
  work.record({ subjectId: billId, after: { code: refusal.code } })
  return {}
}

async function endRun(work: Work, { runId }: { runId: string }): Promise<Record<string, never>> {
  await lockRun(work, runId, ['billing'])
  saveRunState(work, runId, 'done')
  work.announce('billing-run.done', { runId })
  work.record({ subjectId: runId })
  return {}
}
