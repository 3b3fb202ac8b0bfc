import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { newId, nextNumber, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import {
  customerOfCredit,
  drawCredit,
  lockAccount,
  lockCredit,
  shiftAccount,
  writeEntry,
} from '../receivables/index.ts'

const insertRefund = statement(
  'payments.insert-refund',
  'insert into payments.refund (id, number, customer_id, credit_id, paid_on, method, reference, amount, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
)

export interface Refund {
  creditId: string
  customerId: string
  amount: Cents
  method: string
  paidOn: Day
  reference?: string | undefined
}

/** Money went back to a customer (Erstattung): what is left of his credit pays for it, and the ledger says so. */
export async function refundCredit(
  work: Work,
  input: { id: string; amount?: Cents | undefined; method: string; paidOn: Day; reference?: string | undefined },
): Promise<{ id: string; number: string; left: Cents }> {
  const customerId = orNotFound(await customerOfCredit(work, input.id), 'payment')
  const [, found] = await Promise.all([lockAccount(work, customerId), lockCredit(work, input.id)])
  const { left } = orNotFound(found, 'payment')
  const amount = input.amount ?? left
  if (amount > left || amount === 0) refuseNow('refund-exceeds-credit', { requested: amount, left })
  const refund = await saveRefund(work, { ...input, creditId: input.id, customerId, amount })
  shiftAccount(work, customerId, { credits: -amount })
  work.record({ subjectId: input.id, before: { left }, after: { refund: refund.number, amount, left: left - amount } })
  return { ...refund, left: left - amount }
}

/** Writes a refund out of a locked credit; the account is the caller's. */
export async function saveRefund(work: Work, refund: Refund): Promise<{ id: string; number: string }> {
  const id = newId()
  drawCredit(work, refund.creditId, refund.amount)
  const number = await nextNumber(work, 'refund')
  work.save(insertRefund, [
    id,
    number,
    refund.customerId,
    refund.creditId,
    refund.paidOn,
    refund.method,
    refund.reference ?? null,
    refund.amount,
    work.now,
  ])
  writeEntry(work, {
    day: refund.paidOn,
    customerId: refund.customerId,
    kind: 'refund',
    amount: refund.amount,
    sourceId: id,
    number,
  })
  work.announce('payment.refunded', { refundId: id, number, customerId: refund.customerId, creditId: refund.creditId })
  return { id, number }
}
