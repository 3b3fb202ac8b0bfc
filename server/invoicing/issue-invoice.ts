import { letterheadOf } from '../branches/index.ts'
import { recordInvoiced } from '../delivery/index.ts'
import { epcCode, issueDocument, type SkontoOffer } from '../documents/index.ts'
import { newId, type Work } from '../kernel/index.ts'
import { recordProgress } from '../orders/index.ts'
import { type Credit, insertOpenItem, saveAllocations, writeEntry } from '../receivables/index.ts'
import type { En16931Invoice } from './e-invoice/en16931.ts'
import { fileFormats } from './file-formats.ts'
import { lockSelection } from './load-selection.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'
import { composeInvoice } from './rules/compose-invoice.ts'
import { termsOf } from './rules/payment-terms.ts'
import type { Selection } from './rules/plan-invoice.ts'
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
  const { number, customer, amounts, orders, notes, lines } = found
  const prepayments = usePrepayments(found.credits, amounts.payable)
  const prepaid = prepayments.reduce((sum, p) => sum + p.amount, 0)
  const issuedOn = work.today
  const terms = termsOf(customer.paymentTerms, issuedOn, amounts.payable - prepaid)
  const invoice = composeInvoice({ ...found, ...terms, issuedOn, prepaid })
  const formats = fileFormats(invoice, customer.invoiceFormat)
  const id = newId()
  const documentId = issueDocument(work, {
    kind: 'invoice',
    number,
    subjectId: id,
    snapshot: snapshotOf(invoice, terms.skonto, found),
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
    { openItems: amounts.payable - prepaid, credits: -prepaid },
  )
  insertOpenItem(work, {
    invoiceId: id,
    customerId: customer.id,
    number,
    issuedOn,
    dueOn: terms.dueOn,
    amount: amounts.payable,
    skonto: terms.skonto,
  })
  writeEntry(work, {
    day: issuedOn,
    customerId: customer.id,
    kind: 'invoice',
    amount: amounts.payable,
    sourceId: id,
    number,
  })
  saveAllocations(
    work,
    prepayments.map((p) => ({ ...p, invoiceId: id, skonto: 0 })),
  )
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

/** Money paid ahead for these orders settles the invoice first, oldest first. */
function usePrepayments(credits: readonly Credit[], payable: number): { creditId: string; amount: number }[] {
  const used: { creditId: string; amount: number }[] = []
  let left = Math.max(payable, 0)
  for (const credit of credits) {
    const amount = Math.min(left, credit.left)
    if (amount > 0) used.push({ creditId: credit.id, amount })
    left -= amount
  }
  return used
}

type Found = Awaited<ReturnType<typeof lockSelection>>

export function snapshotOf(
  invoice: En16931Invoice,
  skonto: SkontoOffer[],
  { customer, merchant }: Pick<Found, 'customer' | 'merchant'>,
  corrects?: InvoiceSnapshot['corrects'],
): InvoiceSnapshot {
  const { account, remittance } = invoice.payment
  const due = invoice.totals.amountDue
  return {
    invoice,
    kind: corrects ? 'correction' : 'invoice',
    language: customer.language,
    letterhead: letterheadOf(merchant, customer.language),
    customerNumber: customer.number,
    contact: invoice.seller.contact,
    texts: corrects
      ? {}
      : {
          intro: merchant.texts.invoiceIntro,
          closing: merchant.texts.invoiceClosing,
          retentionOfTitle: merchant.texts.retentionOfTitle,
        },
    skonto,
    ...(account && due > 0
      ? {
          epcText: epcCode({
            name: account.holder ?? merchant.name,
            iban: account.iban,
            bic: account.bic,
            amount: due,
            text: remittance,
          }),
        }
      : {}),
    ...(corrects ? { corrects } : {}),
    hybrid: customer.invoiceFormat !== 'pdf',
  }
}
