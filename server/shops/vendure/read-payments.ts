import { dayOf } from '../../../common/dates.ts'
import type { NewOrderInput } from '../../../common/orders/api.ts'
import { isPaidBefore, paymentMethodFor } from '../rules/payment-method.ts'
import { line } from '../rules/plain-text.ts'
import { isRecord, type ReadOptions } from '../shop-order.ts'
import type { VendureOrder, VendurePayment } from './shapes.ts'

const FAILED = new Set(['Declined', 'Error', 'Cancelled'])

/** Payments that stand: neither refused nor taken back. */
export function standingPayments(order: VendureOrder): VendurePayment[] {
  return order.payments.filter((payment) => !FAILED.has(payment.state))
}

/** What the shop paid back, without what merely follows a smaller order (a modification). */
export function refundedOf(payments: readonly VendurePayment[], except: ReadonlySet<string> = new Set()): number {
  const refunds = payments.flatMap((payment) => payment.refunds)
  return refunds.reduce(
    (sum, refund) => (refund.state === 'Failed' || except.has(refund.id) ? sum : sum + refund.total),
    0,
  )
}

/**
 * How the order is paid: the first payment says the way. Settled is paid. But Vendure writes every payment that is
 * added by hand (after a change of the order) as Settled, also "Nachtrag Lieferschein": one on account counts only where
 * nothing of the order is still merely authorised.
 */
export function readPayment(
  order: VendureOrder,
  options: ReadOptions,
): Pick<NewOrderInput, 'paymentMethod' | 'prepaid'> {
  const standing = standingPayments(order)
  const methodOf = (payment: VendurePayment) => paymentMethodFor([payment.method], options.paymentMethods)
  const allSettled = standing.length > 0 && standing.every((payment) => payment.state === 'Settled')
  const agreed = standing[0] ? methodOf(standing[0]) : paymentMethodFor([], options.paymentMethods)
  const paid = standing.filter(
    (payment) => payment.state === 'Settled' && (allSettled || isPaidBefore(methodOf(payment))),
  )
  const amount = paid.reduce((sum, payment) => sum + payment.amount, 0) - refundedOf(paid)
  const days = paid
    .map((payment) => settledOn(order, payment))
    .filter((day) => day !== undefined)
    .sort()
  const paidOn = days.at(-1)
  const paymentMethod = allSettled ? 'prepayment' : agreed
  if (amount < 1 || paidOn === undefined) return { paymentMethod }
  const references = paid.map((payment) => payment.transactionId.trim()).filter((reference) => reference !== '')
  return {
    paymentMethod,
    prepaid: { amount, reference: line(references.join(', '), 120) || line(order.code, 120), paidOn },
  }
}

/** The day the money came: the history knows the moment, a payment only when it was last touched (also by a refund). */
export function settledOn(order: VendureOrder, payment: VendurePayment): string | undefined {
  const settled = (order.history?.items ?? []).find(
    ({ type, data }) =>
      type === 'ORDER_PAYMENT_TRANSITION' &&
      isRecord(data) &&
      String(data.paymentId) === payment.id &&
      data.to === 'Settled',
  )
  const moments = [settled?.createdAt, payment.updatedAt, payment.createdAt, order.orderPlacedAt]
  const moment = moments.map((text) => momentOf(text ?? '')).find((one) => one !== undefined)
  return moment && dayOf(moment)
}

export function momentOf(text: string): Date | undefined {
  const moment = new Date(text)
  const year = moment.getUTCFullYear()
  return Number.isNaN(moment.getTime()) || year < 1990 || year > 2200 ? undefined : moment
}
