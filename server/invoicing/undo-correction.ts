import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { newId, type Work } from '../kernel/index.ts'
import { type Credit, insertOpenItem, saveAllocations, shiftAccount, writeEntry } from '../receivables/index.ts'
import {
  type Correctable,
  type CorrectionFacts,
  correctionOf,
  reverseUses,
  saveCorrection,
} from './issue-correction.ts'
import { paymentOf } from './rules/compose-invoice.ts'
import { termsOf } from './rules/payment-terms.ts'
import { reverseInvoice } from './rules/reverse-invoice.ts'
import { recordCredited } from './store.ts'

/**
 * A correction was a mistake: a further one takes it back and names it. What was given back is owed again, as an open
 * item of its own, and settled with what is left of the first correction's credit. Notes and orders are up to the caller.
 */
export function undoCorrection(
  work: Work,
  { row, lines, said, uses = [] }: Correctable,
  credit: Credit | undefined,
  facts: CorrectionFacts,
): { id: string; number: string; documentId: string; payable: number } {
  const { number, customer, merchant } = facts
  const payable = -(row.gross + row.rounding)
  const { dueOn } = termsOf({ ...customer.paymentTerms, skonto: [] }, work.today, payable)
  const id = newId()
  const again = reverseInvoice(said, {
    number,
    issuedOn: work.today,
    reason: facts.reason,
    language: customer.language,
    typeCode: '384',
    ...(payable > 0 ? { owed: { dueOn, payment: paymentOf({ merchant, customer }, number, payable) } } : {}),
  })
  const documentId = saveCorrection(work, again, facts, {
    ...row,
    ...correctionOf(work, row, facts, id),
    correctsAll: true,
    dueOn: payable > 0 ? dueOn : null,
    net: -row.net,
    vat: -row.vat,
    gross: -row.gross,
    rounding: -row.rounding,
    lines: lines.map((l) => ({
      ...l,
      correctsLine: l.id,
      quantity: -l.quantity,
      amount: -l.amount,
      net: -l.net,
      gross: -l.gross,
    })),
  })
  recordCredited(
    work,
    lines.map((line) => ({ line, quantity: line.quantity })),
  )
  reverseUses(work, row.customerId, id, uses)
  oweAgain(work, { id, number, customerId: customer.id, payable, dueOn }, credit)
  const orderIds = [...new Set(lines.map((l) => l.orderId))]
  work.announce('invoice.corrected', { invoiceId: row.id, correctionId: id, number, orderIds, whole: true })
  return { id, number, documentId, payable }
}

/** What was given back is owed again, and settled with what is left of it. */
function oweAgain(
  work: Work,
  owed: { id: string; number: string; customerId: string; payable: Cents; dueOn: Day },
  credit: Credit | undefined,
): void {
  const { id, number, customerId, payable: amount, dueOn } = owed
  writeEntry(work, { day: work.today, customerId, kind: 'correction', amount, sourceId: id, number })
  if (amount <= 0) return
  const settled = Math.min(credit?.left ?? 0, amount)
  insertOpenItem(work, { invoiceId: id, customerId, number, issuedOn: work.today, dueOn, amount, skonto: [] })
  if (settled > 0) saveAllocations(work, [{ creditId: credit!.id, invoiceId: id, amount: settled, skonto: 0 }])
  shiftAccount(work, customerId, { openItems: amount - settled, credits: -settled })
}
