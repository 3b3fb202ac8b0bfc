import type { z } from 'zod'
import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import type { refundHow } from '../../common/payments/api.ts'
import { keepBankAccount } from '../customers/index.ts'
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
  'insert into payments.refund (id, number, customer_id, credit_id, paid_on, method, reference, amount, at, by_file) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
)

/** By transfer it waits for a payment file; any other way it was paid where it was said. */
export type RefundHow = z.output<typeof refundHow>

export interface Refund extends RefundHow {
  creditId: string
  customerId: string
  amount: Cents
  paidOn: Day
}

/**
 * Money goes back to a customer (Erstattung): what is left of his credit pays for it. The ledger says so at once, also of
 * a transfer that only waits for its file: from here on nobody can set the same credit off or pay it out again.
 */
export async function refundCredit(
  work: Work,
  input: { id: string; amount?: Cents | undefined; paidOn: Day } & RefundHow,
): Promise<{ id: string; number: string; left: Cents }> {
  const customerId = orNotFound(await customerOfCredit(work, input.id), 'payment')
  await prepareRefund(work, customerId, input)
  const [, found] = await Promise.all([lockAccount(work, customerId), lockCredit(work, input.id)])
  const { left } = orNotFound(found, 'payment')
  const amount = input.amount ?? left
  if (amount > left || amount === 0) refuseNow('refund-exceeds-credit', { requested: amount, left })
  const refund = await saveRefund(work, { ...input, creditId: input.id, customerId, amount })
  shiftAccount(work, customerId, { credits: -amount })
  work.record({ subjectId: input.id, before: { left }, after: { refund: refund.number, amount, left: left - amount } })
  return { ...refund, left: left - amount }
}

/** What was said of how: where to is kept with the customer, and what a provider paid names the provider's number. */
export async function prepareRefund(work: Work, customerId: string, how: RefundHow): Promise<void> {
  if (how.method === 'payment-provider' && !how.reference) refuseNow('needs-provider-reference')
  if (how.account) await keepBankAccount(work, customerId, how.account)
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
    refund.method === 'transfer',
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
