import { dayOf } from '../../../common/dates.ts'
import type { NewOrderInput } from '../../../common/orders/api.ts'
import type { ShopProgress } from '../connector.ts'
import { collectsItself, isPaidBefore, paymentMethodFor } from '../rules/payment-method.ts'
import { line } from '../rules/plain-text.ts'
import type { ReadOptions } from '../shop-order.ts'
import { isPaidByUs } from './plan-order-change.ts'
import { centsOf, type WooOrder } from './shapes.ts'

/** A moment as WooCommerce writes it (…_gmt: UTC without saying so). */
export function momentOf(gmt: string): Date | undefined {
  const moment = new Date(/(Z|[+-]\d{2}:\d{2})$/.test(gmt) ? gmt : `${gmt}Z`)
  const year = moment.getUTCFullYear()
  return Number.isNaN(moment.getTime()) || year < 1990 || year > 2200 ? undefined : moment
}

/**
 * How the order is paid. WooCommerce sets date_paid whenever an order becomes processing or completed, also where
 * nothing was paid (delivery note, invoice, cash on delivery): only for what is paid before the goods leave it's a payment.
 */
export function readPayment(order: WooOrder, options: ReadOptions): Pick<NewOrderInput, 'paymentMethod' | 'prepaid'> {
  const paymentMethod = paymentMethodFor(namesOf(order), options.paymentMethods)
  const prepaid = isPaidBefore(paymentMethod) ? paidIn(order) : undefined
  return prepaid ? { paymentMethod, prepaid } : { paymentMethod }
}

/**
 * Money the shop's provider collected. Not what we told the shop is paid: that sets date_paid as well, whatever the way to
 * pay, and is booked here already.
 */
export function collectedByShop(order: WooOrder): ShopProgress['paid'] {
  return !collectsItself(namesOf(order)) || isPaidByUs(order) ? null : (paidIn(order) ?? null)
}

function namesOf(order: WooOrder): string[] {
  return [order.payment_method, order.payment_method_title]
}

function paidIn(order: WooOrder): NewOrderInput['prepaid'] {
  const paid = momentOf(order.date_paid_gmt)
  const refunded = order.refunds.reduce((sum, refund) => sum + Math.abs(centsOf(refund.total)), 0)
  const amount = centsOf(order.total) - refunded
  if (!paid || amount < 1) return undefined
  const reference = line(order.transaction_id, 120) || line(order.number ?? order.id, 120)
  return { amount, reference, paidOn: dayOf(paid) }
}
