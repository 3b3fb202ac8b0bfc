import { findMerchant } from '../branches/index.ts'
import { findCustomerRow } from '../customers/index.ts'
import { lockNotes, recordInvoiced } from '../delivery/index.ts'
import { findDocument, issueDocument } from '../documents/index.ts'
import { newId, nextNumber, orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, lockOrders, recordProgress } from '../orders/index.ts'
import {
  insertCredit,
  lockAccount,
  lockOpenItems,
  saveAllocations,
  shiftAccount,
  writeEntry,
} from '../receivables/index.ts'
import { fileFormats } from './file-formats.ts'
import { snapshotOf } from './issue-invoice.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'
import { reverseInvoice } from './rules/reverse-invoice.ts'
import { findInvoiceLines, findInvoiceRow, insertInvoice } from './store.ts'

/**
 * A full reversal (Storno): a correction document with its own number takes the whole invoice back and names it
 * (§ 31 (5) UStDV). The delivered quantities become billable again; what was paid stays as the customer's credit.
 */
export async function correctInvoice(
  work: Work,
  input: { id: string; reason: string },
): Promise<{ id: string; number: string; documentId: string }> {
  const { invoice, lines, orders, orderLines, openItem, stored, customer, merchant } = await loadAndLock(work, input.id)
  const number = await nextNumber(work, 'correction')
  const payable = invoice.gross + invoice.rounding
  const reversed = reverseInvoice(stored.invoice, {
    number,
    issuedOn: work.today,
    reason: input.reason,
    language: customer.language,
  })
  const id = newId()
  const corrects = { number: invoice.number, issuedOn: invoice.issuedOn, reason: input.reason }
  const documentId = issueDocument(work, {
    kind: 'correction',
    number,
    subjectId: id,
    snapshot: snapshotOf(reversed, [], { customer, merchant }, corrects),
    formats: fileFormats(reversed, customer.invoiceFormat),
  })
  const perRate = reversed.vatBreakdown.map(({ category, rate, net, vat }) => ({ category, rate, net, vat }))
  insertInvoice(
    work,
    {
      ...invoice,
      id,
      number,
      kind: 'correction',
      corrects: invoice.id,
      reason: input.reason,
      issuedOn: work.today,
      dueOn: null,
      net: -invoice.net,
      vat: -invoice.vat,
      gross: -invoice.gross,
      rounding: -invoice.rounding,
      prepaid: 0,
      perRate,
      skonto: [],
      documentId,
    },
    lines.map((l) => ({ ...l, quantity: -l.quantity, amount: -l.amount, net: -l.net, gross: -l.gross })),
  )
  recordInvoiced(
    work,
    lines.map((l) => ({ id: l.noteLineId, noteId: l.noteId, quantity: -l.quantity })),
  )
  const lineById = new Map(orderLines.map((l) => [l.id, l]))
  recordProgress(
    work,
    orders,
    lines.map((l) => ({ line: lineById.get(l.orderLineId)!, invoiced: -l.quantity })),
  )
  writeEntry(work, {
    day: work.today,
    customerId: customer.id,
    kind: 'correction',
    amount: -payable,
    sourceId: id,
    number,
  })
  giveBack(work, {
    id,
    customerId: customer.id,
    payable,
    open: openItem.open,
    invoiceId: invoice.id,
    orderId: orders.length === 1 ? orders[0]!.id : null,
  })
  work.announce('invoice.corrected', {
    invoiceId: invoice.id,
    correctionId: id,
    number,
    orderIds: orders.map((o) => o.id),
  })
  work.record({ subjectId: invoice.id, after: { correction: number, reason: input.reason } })
  return { id, number, documentId }
}

async function loadAndLock(work: Work, invoiceId: string) {
  const [found, lines] = await Promise.all([findInvoiceRow(work, invoiceId), findInvoiceLines(work, invoiceId)])
  const before = orNotFound(found, 'invoice')
  const orderIds = [...new Set(lines.map((l) => l.orderId))]
  const [orders, , , [openItem], orderLines, document, customer, merchant, fresh] = await Promise.all([
    lockOrders(work, orderIds),
    lockNotes(work, [...new Set(lines.map((l) => l.noteId))]),
    lockAccount(work, before.customerId),
    lockOpenItems(work, [invoiceId]),
    findLinesOfOrders(work, orderIds),
    findDocument(work, before.documentId),
    findCustomerRow(work, before.customerId),
    findMerchant(work),
    findInvoiceRow(work, invoiceId), // again, now that nobody else can correct it
  ])
  const invoice = fresh!
  if (invoice.kind === 'correction') refuseNow('not-correctable', { invoice: invoice.number })
  if (invoice.correction !== null)
    refuseNow('already-corrected', { invoice: invoice.number, correction: invoice.correction })
  return {
    invoice,
    lines,
    orders,
    orderLines,
    openItem: openItem!,
    stored: JSON.parse(document!.snapshot) as InvoiceSnapshot,
    customer: customer!,
    merchant,
  }
}

/** The correction is a credit: it closes what is open of the invoice, and what was paid on it stays with the customer. */
function giveBack(
  work: Work,
  {
    id,
    customerId,
    payable,
    open,
    invoiceId,
    orderId,
  }: { id: string; customerId: string; payable: number; open: number; invoiceId: string; orderId: string | null },
): void {
  if (payable <= 0) return
  insertCredit(work, {
    id,
    customerId,
    kind: 'correction',
    orderId,
    amount: payable,
    left: payable - open,
    receivedOn: work.today,
  })
  if (open > 0) saveAllocations(work, [{ creditId: id, invoiceId, amount: open, skonto: 0 }], { freshCredit: true })
  shiftAccount(work, customerId, { openItems: -open, credits: payable - open })
}
