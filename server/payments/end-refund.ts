import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { drawCredit, lockAccount, lockCredits, shiftAccount, writeEntry } from '../receivables/index.ts'
import { findRefundRows, findRefundsOf, lockRefunds, type RefundRow, saveOutcome } from './store.ts'

/** A waiting refund was paid outside of any file: at the bank's own page, or out of the till after all. */
export async function recordRefundPaid(
  work: Work,
  input: { id: string; note?: string | undefined },
): Promise<Record<string, never>> {
  const refund = await lockWaiting(work, input.id)
  saveOutcome(work, refund.id, 'paid-by-hand', input.note ?? null)
  work.announce('payment.refund-paid', { refundId: refund.id, number: refund.number, customerId: refund.customerId })
  work.record({ subjectId: refund.id, before: { status: refund.status }, after: { status: 'paid' } })
  return {}
}

/** A waiting refund was a mistake: no money left, so it is the customer's credit again, and the ledger says so. */
export async function cancelRefund(work: Work, input: { id: string; reason: string }): Promise<Record<string, never>> {
  const [found] = await findRefundRows(work, [input.id])
  const { customerId, creditId } = orNotFound(found, 'refund')
  await Promise.all([lockAccount(work, customerId), lockCredits(work, [creditId])])
  const refund = await lockWaiting(work, input.id)
  takeBack(work, refund, input.reason)
  work.record({ subjectId: refund.id, before: { status: refund.status }, after: { status: 'cancelled' } })
  return {}
}

/** The refunds out of locked credits that still wait are no more, because what they came from isn't. */
export async function cancelWaitingRefunds(work: Work, creditIds: readonly string[], reason: string): Promise<void> {
  const known = await findRefundsOf(work, creditIds)
  const refunds = await lockRefunds(
    work,
    known.filter((r) => r.status === 'to-pay').map((r) => r.id),
  )
  for (const refund of refunds) if (refund.status === 'to-pay') takeBack(work, refund, reason)
}

async function lockWaiting(work: Work, id: string): Promise<RefundRow> {
  const [found] = await lockRefunds(work, [id])
  const refund = orNotFound(found, 'refund')
  if (refund.status !== 'to-pay') refuseNow('refund-not-waiting', { refund: refund.number })
  return refund
}

function takeBack(work: Work, { id, number, customerId, creditId, amount }: RefundRow, reason: string): void {
  saveOutcome(work, id, 'cancelled', reason)
  drawCredit(work, creditId, -amount)
  shiftAccount(work, customerId, { credits: amount })
  writeEntry(work, { day: work.today, customerId, kind: 'refund', amount: -amount, sourceId: id, number })
  work.announce('payment.refund-cancelled', { refundId: id, number, customerId, creditId })
}
