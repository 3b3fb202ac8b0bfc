import { findMerchant } from '../branches/index.ts'
import { findCustomerRow } from '../customers/index.ts'
import { nextNumber, refuseNow, type Work } from '../kernel/index.ts'
import { lockOrders } from '../orders/index.ts'
import { lockAccount, lockOpenItems } from '../receivables/index.ts'
import { issueDownPaymentCorrection } from './close-down-payments.ts'
import { findDownPaymentRates } from './down-payment-store.ts'
import { takeOf } from './rules/down-payments.ts'
import { findInvoiceRows, type InvoiceRow } from './store.ts'

/**
 * A down-payment invoice is taken back, whole or what no invoice has deducted yet: the customer cancelled the rest, or it
 * was a mistake. What he paid of that stays his credit, and the next invoice of the order takes it first.
 */
export async function correctDownPayment(
  work: Work,
  before: InvoiceRow,
  reason: string,
): Promise<{ id: string; number: string; documentId: string }> {
  const [, , , [found], rates, customer, merchant] = await Promise.all([
    lockOrders(work, [before.orderId!]),
    lockAccount(work, before.customerId),
    lockOpenItems(work, [before.id]),
    findInvoiceRows(work, [before.id]), // again, now that nobody else can correct it
    findDownPaymentRates(work, [before.id]),
    findCustomerRow(work, before.customerId),
    findMerchant(work),
  ])
  const row = found!
  if (row.correction !== null) refuseNow('already-corrected', { invoice: row.number, correction: row.correction })
  const uses = rates.filter((r) => r.leftPayable > 0).map((r) => takeOf(r, r.leftPayable))
  if (uses.length === 0) refuseNow('nothing-to-credit', { invoice: row.number })
  const number = await nextNumber(work, 'correction')
  const facts = { number, reason, typeCode: '384' as const, customer: customer!, merchant }
  const { id, documentId } = await issueDownPaymentCorrection(work, row, uses, facts)
  work.record({ subjectId: row.id, after: { correction: number, reason } })
  return { id, number, documentId }
}
