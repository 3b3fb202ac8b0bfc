import type { Day } from '../../common/dates.ts'
import { dayOf } from '../../common/dates.ts'
import { spacedIban } from '../../common/iban.ts'
import { findMerchant } from '../branches/index.ts'
import { findPayees } from '../customers/index.ts'
import { issueDocument } from '../documents/index.ts'
import { type Database, newId, nextNumber, orRefuse, refuseNow, type Work } from '../kernel/index.ts'
import { planPaymentFile } from './rules/plan-payment-file.ts'
import { findRefundRows, insertPaymentFile, lockRefunds, type RefundRow } from './store.ts'
import type { Transfers } from './write-transfers.ts'

export interface PaymentFileInput {
  refundIds: string[]
  executeOn?: Day | undefined
}

/**
 * Waiting refunds become a file of transfers for the bank (pain.001). Each refund is in one file at a time; whoever is
 * second is refused. Nothing is booked here: the ledger knew of the money when it was refunded.
 */
export async function makePaymentFile(work: Work, input: PaymentFileInput) {
  const refunds = await lockRefunds(work, input.refundIds)
  const plan = await planOf(work, input, refunds, work.today)
  const id = newId()
  const number = await nextNumber(work, 'payment-file')
  const snapshot: Transfers = { number, createdAt: `${work.now.toISOString().slice(0, 19)}Z`, ...plan }
  const documentId = issueDocument(work, {
    kind: 'payment-file',
    number,
    subjectId: id,
    snapshot,
    formats: ['pain-001'],
  })
  const { executeOn, total } = plan
  insertPaymentFile(work, { id, number, executeOn, total, documentId, refundIds: refunds.map((r) => r.id) })
  work.announce('payment-file.made', { paymentFileId: id, number, refundIds: refunds.map((r) => r.id) })
  work.record({ subjectId: id, after: { number, executeOn, total, refunds: refunds.map((r) => r.number) } })
  return { id, number, documentId, count: refunds.length, total }
}

/** What a payment file would say, without making it. */
export async function previewPaymentFile(database: Database, input: PaymentFileInput) {
  const refunds = await findRefundRows(database, input.refundIds)
  const { executeOn, total, debtor, transfers } = await planOf(database, input, refunds, dayOf(new Date()))
  return {
    count: transfers.length,
    total,
    executeOn,
    from: { iban: spacedIban(debtor.iban), holder: debtor.name },
    transfers: transfers.map(({ endToEndId, amount, creditor, text }) => ({
      number: endToEndId,
      name: creditor.name,
      iban: spacedIban(creditor.iban),
      amount,
      text,
    })),
  }
}

async function planOf(database: Database, input: PaymentFileInput, refunds: readonly RefundRow[], today: Day) {
  if (refunds.length < new Set(input.refundIds).size) refuseNow('not-found', { what: 'refund' })
  const [merchant, payees] = await Promise.all([
    findMerchant(database),
    findPayees(
      database,
      refunds.map((r) => r.customerId),
    ),
  ])
  const waiting = refunds.map((r) => ({ ...r, payee: payees.get(r.customerId)! }))
  return orRefuse(planPaymentFile(waiting, merchant, { executeOn: input.executeOn ?? today, today }))
}
