import type { Cents } from '../../common/money.ts'
import type { StoredMerchant } from '../branches/index.ts'
import type { CustomerRow } from '../customers/index.ts'
import { findDocument } from '../documents/index.ts'
import { newId, nextNumber, type Work } from '../kernel/index.ts'
import { shiftAccount } from '../receivables/index.ts'
import { saveUses } from './down-payment-store.ts'
import { type CorrectionFacts, correctionOf, creditOf, saveCorrection } from './issue-correction.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'
import { composeDownPaymentCorrection } from './rules/compose-down-payment.ts'
import type { DownPaymentUse } from './rules/down-payments.ts'
import { invoiceWords } from './rules/invoice-words.ts'
import { type CorrectableRow, findInvoiceRows } from './store.ts'

/**
 * Takes back a down-payment invoice or a part of it, by a document that names it: what is open of it is closed, what was
 * paid becomes credit on the order, ready for its next invoice. The caller holds the locks of order and account.
 */
export async function issueDownPaymentCorrection(
  work: Work,
  row: CorrectableRow,
  uses: readonly DownPaymentUse[],
  facts: CorrectionFacts,
): Promise<{ id: string; number: string; documentId: string; payable: Cents; left: Cents }> {
  const { number, customer, typeCode } = facts
  const document = await findDocument(work, row.documentId)
  const { invoice } = JSON.parse(document!.snapshot) as InvoiceSnapshot
  const head = { number, issuedOn: work.today, reason: facts.reason, language: customer.language, typeCode }
  const said = composeDownPaymentCorrection(invoice, uses, head)
  const id = newId()
  const payable = uses.reduce((sum, u) => sum + u.payable, 0)
  const { net, vat, gross, rounding } = said.totals
  const documentId = saveCorrection(work, said, facts, {
    ...row,
    ...correctionOf(work, row, facts, id),
    correctsAll: payable === row.gross + row.rounding,
    net,
    vat,
    gross,
    rounding,
    lines: [],
  })
  saveUses(work, id, uses)
  const credit = { id, number, customerId: row.customerId, lines: [], orderId: row.orderId! }
  const left = creditOf(work, credit, [{ row, open: uses[0]!.of.open, payable }])
  shiftAccount(work, row.customerId, { downPayments: -payable })
  const orderIds = [row.orderId!]
  work.announce('invoice.corrected', { invoiceId: row.id, correctionId: id, number, orderIds, whole: false })
  return { id, number, documentId, payable, left }
}

/**
 * With the invoice over the goods nobody owes the unpaid rest of a down payment on them any more: it is taken back by a
 * correction of its own, so that nothing is asked for twice and only what was received is deducted (§ 14 (5) UStG).
 */
export async function closeDownPayments(
  work: Work,
  closings: readonly (readonly DownPaymentUse[])[],
  by: { number: string; customer: CustomerRow; merchant: StoredMerchant },
): Promise<void> {
  if (closings.length === 0) return
  const { customer, merchant } = by
  const reason = invoiceWords[customer.language].notPaid(by.number)
  const rows = await findInvoiceRows(
    work,
    closings.map((uses) => uses[0]!.of.invoiceId),
  )
  for (const uses of closings) {
    const row = rows.find((r) => r.id === uses[0]!.of.invoiceId)!
    const number = await nextNumber(work, 'correction')
    await issueDownPaymentCorrection(work, row, uses, { number, reason, typeCode: '384', customer, merchant })
  }
}
