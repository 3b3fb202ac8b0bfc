import { dayOf } from '../../../common/dates.ts'
import type { NewOrderInput } from '../../../common/orders/api.ts'
import type { ShopProgress } from '../connector.ts'
import { detailsOf } from '../rules/buyer-details.ts'
import { collectsItself, isPaidBefore, paymentMethodFor } from '../rules/payment-method.ts'
import { line } from '../rules/plain-text.ts'
import type { ReadOptions } from '../shop-order.ts'
import type { ShopwareOrder, ShopwareTransaction } from './shapes.ts'

export function momentOf(text: string): Date | undefined {
  const moment = new Date(text)
  const year = moment.getUTCFullYear()
  return Number.isNaN(moment.getTime()) || year < 1990 || year > 2200 ? undefined : moment
}

const OVER = new Set(['cancelled', 'failed'])

/** A buyer may pay another way after the first failed: the last transaction that stands is the one that counts. */
export function standingTransaction(order: ShopwareOrder): ShopwareTransaction | undefined {
  const byTime = order.transactions.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  return byTime.findLast((one) => !OVER.has(one.stateMachineState)) ?? byTime.at(-1)
}

/** Shopware's own handlers that collect nothing; their technical names say little in German. */
const MEANT: Record<string, string> = { payment_cashpayment: 'Nachnahme', payment_debitpayment: 'Lastschrift' }
const BY_HAND =
  /PaymentHandler\\(Invoice|Pre|Cash|Debit|Default)Payment$|^payment_(invoice|pre|cash|debit|default)payment$/

function namesOf(transaction: ShopwareTransaction | undefined): string[] {
  const method = transaction?.paymentMethod
  if (!method) return []
  const { technicalName, name, translated, shortName, distinguishableName } = method
  // the name a merchant gave it goes before the handler it runs on ("Kauf auf Lieferschein" on the invoice handler)
  return [name, translated?.name ?? '', distinguishableName, technicalName, shortName, MEANT[technicalName] ?? '']
}

/** How the order is paid. Only what is paid before the goods leave is a prepayment, and only where all of it is paid. */
export function readPayment(
  order: ShopwareOrder,
  options: ReadOptions,
): Pick<NewOrderInput, 'paymentMethod' | 'prepaid'> {
  const transaction = standingTransaction(order)
  const paymentMethod = paymentMethodFor(namesOf(transaction), options.paymentMethods)
  const paid = isPaidBefore(paymentMethod) ? paidBy(order, transaction) : null
  return paid === null ? { paymentMethod } : { paymentMethod, prepaid: paid }
}

/** Money a payment provider collected; "paid" on an invoice or prepayment is what somebody (also we) wrote down. */
export function collectedByShop(order: ShopwareOrder): ShopProgress['paid'] {
  const transaction = standingTransaction(order)
  return transaction && isCollected(transaction) ? paidBy(order, transaction) : null
}

/** Whether a provider collects it: then the money is his to tell. */
export function isCollected(transaction: ShopwareTransaction): boolean {
  const method = transaction.paymentMethod
  if (!method || BY_HAND.test(method.handlerIdentifier) || BY_HAND.test(method.technicalName)) return false
  return collectsItself(namesOf(transaction))
}

const REFERENCE = /transaction_?id|capture_?id|resource_?id|psp_?reference|payment_?id/i

function paidBy(order: ShopwareOrder, transaction: ShopwareTransaction | undefined): ShopProgress['paid'] {
  if (transaction?.stateMachineState !== 'paid') return null
  const amount = transaction.amount.totalPrice
  // Shopware keeps no moment of payment on the order; the transaction was last touched then
  const moment = [transaction.updatedAt, transaction.createdAt, order.orderDateTime].map(momentOf).find((one) => one)
  if (amount < 1 || !moment) return null
  const given = detailsOf(transaction.customFields).find(([key]) => REFERENCE.test(key))?.[1]
  return { amount, reference: line(given, 120) || line(order.orderNumber, 120) || order.id, paidOn: dayOf(moment) }
}
