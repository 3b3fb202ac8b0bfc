import type { Day } from '../../common/dates.ts'
import { findMerchant } from '../branches/index.ts'
import { findBuyer } from '../customers/index.ts'
import { sameParty } from '../delivery/index.ts'
import { issueDocument } from '../documents/index.ts'
import { type Database, newId, nextNumber, orNotFound, orRefuse, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, findOrderRows, lockOrders } from '../orders/index.ts'
import { lockAccount, lockPrepayments, shiftAccount } from '../receivables/index.ts'
import { bookInvoice } from './book-invoice.ts'
import { findDownPayments, insertDownPayment } from './down-payment-store.ts'
import { fileFormats } from './file-formats.ts'
import { composeDownPayment } from './rules/compose-down-payment.ts'
import { termsOf } from './rules/payment-terms.ts'
import { type DownPaymentWish, planDownPayment } from './rules/plan-down-payment.ts'
import { usePrepayments } from './rules/use-prepayments.ts'
import { snapshotOf } from './snapshot-of.ts'
import { insertInvoice } from './store.ts'

export interface DownPaymentInput extends DownPaymentWish {
  orderId: string
  /** the day the goods are expected to leave, if one is agreed */
  expectedOn?: Day | undefined
}

/**
 * An invoice before delivery (Anzahlungsrechnung; over all of an order: Rechnung über Vorauszahlung). It asks for money,
 * bills no piece, and is an open item like any other. Money that was paid ahead for the order settles it at once. Skonto
 * is never granted on it: what was received, and the tax in it, must be certain. Refused is more than is still to be
 * billed of the order.
 */
export async function issueDownPayment(
  work: Work,
  input: DownPaymentInput,
): Promise<{ id: string; number: string; documentId: string; gross: number; amountDue: number }> {
  const found = await lockOrder(work, input)
  const { plan, order, customer, merchant, number, credits } = found
  const { amounts } = plan
  const prepayments = usePrepayments(credits, amounts.payable)
  const prepaid = prepayments.reduce((sum, p) => sum + p.amount, 0)
  const used = credits.filter((c) => prepayments.some((p) => p.creditId === c.id))
  const issuedOn = work.today
  const { dueOn } = termsOf({ ...customer.paymentTerms, skonto: [] }, issuedOn, amounts.payable - prepaid)
  const receivedOn = [...new Set(used.map((c) => c.receivedOn))].sort()
  const facts = { ...found, issuedOn, dueOn, prepaid, receivedOn, percent: input.percent, expectedOn: input.expectedOn }
  const invoice = composeDownPayment(facts)
  const id = newId()
  const documentId = issueDocument(work, {
    kind: 'invoice',
    number,
    subjectId: id,
    snapshot: { ...snapshotOf(invoice, [], { customer, merchant }), wholeOrder: plan.whole },
    formats: fileFormats(invoice, customer.invoiceFormat),
  })
  const { net, vat, gross, rounding, payable, perRate } = amounts
  insertInvoice(
    work,
    {
      id,
      number,
      kind: 'down-payment',
      orderId: order.id,
      corrects: null,
      reason: null,
      customerId: customer.id,
      billTo: order.billTo,
      priceMode: order.priceMode,
      issuedOn,
      dueOn,
      periodFrom: issuedOn,
      periodTo: issuedOn,
      net,
      vat,
      gross,
      rounding,
      prepaid,
      perRate,
      skonto: [],
      documentId,
    },
    [],
  )
  insertDownPayment(work, id, order.id, plan.rates)
  bookInvoice(work, { id, customerId: customer.id, number, issuedOn, dueOn, payable, skonto: [], prepayments })
  shiftAccount(work, customer.id, { openItems: payable - prepaid, credits: -prepaid, downPayments: payable })
  const amountDue = payable - prepaid
  work.announce('invoice.issued', { invoiceId: id, number, orderIds: [order.id], deliveryNoteIds: [], amountDue })
  work.record({ subjectId: id, after: { number, orderId: order.id, net, vat, gross, prepaid } })
  return { id, number, documentId, gross: payable, amountDue }
}

async function planFor(database: Database, input: DownPaymentInput, lock?: Work) {
  const [found] = await (lock ? lockOrders(lock, [input.orderId]) : findOrderRows(database, [input.orderId]))
  const order = orNotFound(found, 'order')
  const [lines, , before] = await Promise.all([
    findLinesOfOrders(database, [order.id]),
    lock ? lockAccount(lock, order.customerId) : undefined,
    findDownPayments(database, [order.id]),
  ])
  return { order, lines, plan: orRefuse(planDownPayment({ lines, mode: order.priceMode, before }, input)) }
}

/** Locks: order, account, prepayments, number series. */
async function lockOrder(work: Work, input: DownPaymentInput) {
  const planned = await planFor(work, input, work)
  const { order, plan } = planned
  const [credits, { customer, addresses }, merchant, number] = await Promise.all([
    lockPrepayments(work, order.customerId, [order.id]),
    findBuyer(work, order.customerId, [order.billTo, order.deliverTo]),
    findMerchant(work),
    nextNumber(work, 'invoice'),
  ])
  const billTo = addresses.get(order.billTo)!.details
  const deliverTo = addresses.get(order.deliverTo)!.details
  const saysWhere = !sameParty(billTo, deliverTo) || plan.rates.some((r) => r.category === 'K')
  return { ...planned, credits, customer, merchant, number, billTo, deliverTo: saysWhere ? deliverTo : undefined }
}

/** What a down-payment invoice would come to, exactly, and how much of the order could be billed so. */
export async function previewDownPayment(database: Database, input: DownPaymentInput) {
  const { plan } = await planFor(database, input)
  const { net, vat, payable, rounding, perRate } = plan.amounts
  return { orderTotal: plan.orderTotal, whole: plan.whole, net, vat, gross: payable, rounding, perRate }
}
