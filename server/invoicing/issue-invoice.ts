import { recordInvoiced } from '../delivery/index.ts'
import { issueDocument } from '../documents/index.ts'
import { newId, type Work } from '../kernel/index.ts'
import { recordProgress } from '../orders/index.ts'
import { bookInvoice } from './book-invoice.ts'
import { closeDownPayments } from './close-down-payments.ts'
import { saveUses } from './down-payment-store.ts'
import { fileFormats } from './file-formats.ts'
import { lockSelection } from './load-selection.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'
import { composeInvoice } from './rules/compose-invoice.ts'
import { termsOf } from './rules/payment-terms.ts'
import type { Selection } from './rules/plan-invoice.ts'
import { usePrepayments } from './rules/use-prepayments.ts'
import { snapshotOf } from './snapshot-of.ts'
import { insertInvoice } from './store.ts'

/**
 * An invoice (Rechnung) from what was delivered: one note, part of one, or several notes of a customer as collective
 * invoice. The e-invoice rules are checked to the cent before; a broken one is named and nothing is issued.
 */
export async function issueInvoice(
  work: Work,
  selection: Selection,
): Promise<{ id: string; number: string; documentId: string; gross: number; amountDue: number }> {
  const found = await lockSelection(work, selection)
  const { number, customer, merchant, amounts, orders, notes, lines, deductions } = found
  const prepayments = usePrepayments(found.credits, amounts.payable)
  const prepaid = prepayments.reduce((sum, p) => sum + p.amount, 0)
  const deducted = deductions.reduce((sum, d) => sum + d.payable, 0)
  const issuedOn = work.today
  const terms = termsOf(customer.paymentTerms, issuedOn, amounts.payable - prepaid)
  const invoice = composeInvoice({ ...found, ...terms, issuedOn, prepaid })
  const formats = fileFormats(invoice, customer.invoiceFormat)
  const id = newId()
  const documentId = issueDocument(work, {
    kind: 'invoice',
    number,
    subjectId: id,
    snapshot: { ...snapshotOf(invoice, terms.skonto, found), ...deductionsOf(found) },
    formats,
  })
  insertInvoice(
    work,
    {
      id,
      number,
      kind: 'invoice',
      corrects: null,
      reason: null,
      customerId: customer.id,
      billTo: orders[0]!.billTo,
      priceMode: orders[0]!.priceMode,
      issuedOn,
      dueOn: terms.dueOn,
      periodFrom: invoice.period?.from ?? invoice.deliveredOn!,
      periodTo: invoice.period?.to ?? invoice.deliveredOn!,
      net: amounts.net,
      vat: amounts.vat,
      gross: amounts.gross,
      rounding: amounts.rounding,
      prepaid,
      perRate: amounts.perRate,
      skonto: terms.skonto,
      documentId,
    },
    lines.map(({ line, ...l }) => ({
      noteId: line.noteId,
      noteLineId: line.id,
      orderId: line.orderId,
      orderLineId: line.orderLineId,
      quantity: l.quantity,
      amount: l.amount,
      net: l.net,
      gross: l.gross,
      vatCategory: line.orderLine.vatCategory,
      vatRate: line.orderLine.vatRate,
    })),
  )
  recordInvoiced(
    work,
    lines.map(({ line, quantity }) => ({ id: line.id, noteId: line.noteId, quantity })),
  )
  recordProgress(
    work,
    orders,
    lines.map(({ line, quantity }) => ({ line: line.orderLine, invoiced: quantity })),
    { openItems: amounts.payable - prepaid, credits: -prepaid, downPayments: -deducted },
  )
  const { payable } = amounts
  const { dueOn, skonto } = terms
  bookInvoice(work, { id, customerId: customer.id, number, issuedOn, dueOn, payable, skonto, prepayments })
  saveUses(work, id, deductions)
  await closeDownPayments(work, found.closings, { number, customer, merchant })
  work.announce('invoice.issued', {
    invoiceId: id,
    number,
    orderIds: orders.map((o) => o.id),
    deliveryNoteIds: notes.map((n) => n.id),
    amountDue: invoice.totals.amountDue,
  })
  work.record({
    subjectId: id,
    after: {
      number,
      net: amounts.net,
      vat: amounts.vat,
      gross: amounts.gross,
      notes: notes.length,
      lines: lines.length,
    },
  })
  return { id, number, documentId, gross: amounts.payable, amountDue: invoice.totals.amountDue }
}

/** For the page: what was delivered came to, and the down payments taken off it. */
function deductionsOf({ delivered, deductions }: Found): Pick<InvoiceSnapshot, 'deductions'> {
  if (deductions.length === 0) return {}
  const { perRate, net, vat, payable } = delivered
  const rows = deductions.map(({ of, ...used }) => {
    const { number, issuedOn, category, rate } = of
    return { number, issuedOn, category, rate, ...used }
  })
  return { deductions: { delivered: { perRate, net, vat, payable }, rows } }
}

type Found = Awaited<ReturnType<typeof lockSelection>>
