import type { Quantity } from '../../common/quantity.ts'
import { findMerchant } from '../branches/index.ts'
import { findCustomerRow } from '../customers/index.ts'
import { findNoteLines, lockNotes, type NoteLineRow, type NoteRow, recordInvoiced } from '../delivery/index.ts'
import { nextNumber, orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { lockOrders, recordProgress } from '../orders/index.ts'
import { lockAccount, lockCredit, lockOpenItems } from '../receivables/index.ts'
import { correctDownPayment } from './correct-down-payment.ts'
import { findDownPaymentRates, findUsesOf, type UseRow } from './down-payment-store.ts'
import { issueCorrection } from './issue-correction.ts'
import { loadCorrectables } from './load-correctables.ts'
import { allStanding } from './rules/compose-correction.ts'
import { rateKey } from './rules/down-payments.ts'
import { type BilledLineRow, type CorrectableRow, findInvoiceLines, findInvoiceRows } from './store.ts'
import { undoCorrection } from './undo-correction.ts'

/**
 * A full reversal (Storno): a correction document with its own number takes back all that still stands of the invoice and
 * names it (§ 31 (5) UStDV). The delivered quantities become billable again; what was paid stays as the customer's
 * credit. A correction can be corrected as well: then its quantities are billed again and what it gave back is owed. One
 * that a return made is taken back only with the return.
 */
export async function correctInvoice(
  work: Work,
  input: { id: string; reason: string },
): Promise<{ id: string; number: string; documentId: string }> {
  const before = orNotFound((await findInvoiceRows(work, [input.id]))[0], 'invoice')
  if (before.kind === 'down-payment') return correctDownPayment(work, before, input.reason)
  if (before.orderId !== null) refuseNow('correction-of-down-payment', { correction: before.number })
  const found = await loadAndLock(work, before)
  const { correctable, customer, merchant, orders } = found
  const number = await nextNumber(work, 'correction')
  const facts = { number, reason: input.reason, typeCode: '384' as const, customer, merchant, mirrored: true }
  const takesBack = correctable.lines[0]!.quantity > 0
  if (!takesBack) {
    refuseNotBillable(found)
    await refuseUsedDownPayments(work, correctable.uses)
  }
  const issued = takesBack
    ? issueCorrection(work, correctable, allStanding(correctable.lines), facts)
    : undoCorrection(work, correctable, found.credit, facts)
  // a correction that is taken back counts with its own sign: what it took off is billed again
  const moved = correctable.lines.map((line) => ({ line, quantity: -(line.quantity - line.credited.quantity) }))
  recordBilled(work, moved)
  recordProgress(
    work,
    orders,
    moved.map(({ line, quantity }) => ({ line: line.orderLine, invoiced: quantity })),
  )
  work.record({ subjectId: correctable.row.id, after: { correction: number, reason: input.reason } })
  const { id, documentId } = issued
  return { id, number, documentId }
}

type Found = Awaited<ReturnType<typeof loadAndLock>>

async function loadAndLock(work: Work, before: CorrectableRow) {
  const invoiceId = before.id
  const lines = await findInvoiceLines(work, [invoiceId])
  const noteIds = [...new Set(lines.map((l) => l.noteId))]
  const [orders, notes, , openItems, credit, noteLines, [correctable], uses, customer, merchant] = await Promise.all([
    lockOrders(
      work,
      lines.map((l) => l.orderId),
    ),
    lockNotes(work, noteIds),
    lockAccount(work, before.customerId),
    lockOpenItems(work, [invoiceId]),
    lockCredit(work, invoiceId),
    findNoteLines(work, noteIds),
    loadCorrectables(work, [invoiceId]), // again, now that nobody else can correct it
    findUsesOf(work, invoiceId),
    findCustomerRow(work, before.customerId),
    findMerchant(work),
  ])
  const { row } = correctable!
  if (row.correction !== null) refuseNow('already-corrected', { invoice: row.number, correction: row.correction })
  if (row.sourceId !== null) refuseNow('correction-of-return', { correction: row.number })
  return {
    correctable: { ...correctable!, open: openItems[0]?.open ?? 0, uses },
    orders,
    notes,
    noteLines,
    credit,
    customer: customer!,
    merchant,
  }
}

/** What a correction made billable may have been billed again meanwhile, or come back. */
function refuseNotBillable({ correctable, notes, noteLines }: Found): void {
  const lineById = new Map<string, NoteLineRow>(noteLines.map((l) => [l.id, l]))
  const noteById = new Map<string, NoteRow>(notes.map((n) => [n.id, n]))
  for (const { noteLineId, quantity } of correctable.lines) {
    const line = lineById.get(noteLineId)!
    const billable = line.delivered - line.returned - line.invoiced
    if (-quantity > billable)
      refuseNow('more-than-delivered', {
        note: noteById.get(line.noteId)!.number,
        line: line.position,
        requested: -quantity,
        billable,
      })
  }
}

/** What a correction gave back to a down payment may have been deducted again meanwhile, or taken back. */
async function refuseUsedDownPayments(work: Work, uses: readonly UseRow[]): Promise<void> {
  const rates = await findDownPaymentRates(
    work,
    uses.map((u) => u.of.invoiceId),
  )
  for (const [invoiceId, ofInvoice] of Map.groupBy(uses, (u) => u.of.invoiceId)) {
    const own = rates.filter((r) => r.invoiceId === invoiceId)
    const isThere = ofInvoice.every((u) =>
      own.some((r) => rateKey(r) === rateKey(u.of) && r.leftPayable + u.payable >= 0 && r.leftNet + u.net >= 0),
    )
    const received = own.reduce((sum, r) => sum + r.leftPayable, 0) - own[0]!.open
    if (!isThere || received + ofInvoice.reduce((sum, u) => sum + u.payable, 0) < 0)
      refuseNow('down-payment-used', { invoice: own[0]!.number })
  }
}

/** Marks what documents over note lines took or gave back. */
function recordBilled(work: Work, moved: readonly { line: BilledLineRow; quantity: Quantity }[]): void {
  const billed = moved.filter((m) => m.quantity !== 0)
  recordInvoiced(
    work,
    billed.map(({ line, quantity }) => ({ id: line.noteLineId, noteId: line.noteId, quantity })),
  )
}
