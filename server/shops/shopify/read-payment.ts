import { dayOf } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import type { NewOrderInput } from '../../../common/orders/api.ts'
import type { ShopProgress } from '../connector.ts'
import { isPaidBefore, paymentMethodFor } from '../rules/payment-method.ts'
import { line } from '../rules/plain-text.ts'
import type { ReadOptions } from '../shop-order.ts'
import { sum } from './read-parts.ts'
import type { ShopifyOrder } from './shapes.ts'

type Transaction = ShopifyOrder['transactions'][number]

export function momentOf(text: string): Date | undefined {
  const moment = new Date(text)
  const year = moment.getUTCFullYear()
  return Number.isNaN(moment.getTime()) || year < 1990 || year > 2200 ? undefined : moment
}

/**
 * How the order is paid. Payment terms ("Net 30", on fulfilment) are what a merchant gave this business buyer: he gets the
 * goods on delivery note, whatever he pays with later, unless the channel was told otherwise by the name of the terms or
 * by "Lieferschein". A manual payment goes by its name. Only money for what is paid before the goods is a prepayment.
 */
export function readPayment(
  order: ShopifyOrder,
  options: ReadOptions,
): Pick<NewOrderInput, 'paymentMethod' | 'prepaid'> {
  const { paymentTerms: terms } = order
  const named = order.transactions.filter((one) => one.status === 'SUCCESS' || one.status === 'PENDING')
  const names = [
    ...(terms ? [terms.paymentTermsName, terms.translatedName, terms.paymentTermsType, 'Lieferschein'] : []),
    ...order.paymentGatewayNames,
    ...named.flatMap((one) => [one.formattedGateway, one.gateway]),
  ]
  const paymentMethod = paymentMethodFor(names, options.paymentMethods)
  const paid = isPaidBefore(paymentMethod) ? moneyIn(order, () => true) : null
  return paid === null ? { paymentMethod } : { paymentMethod, prepaid: paid }
}

/** Money a payment provider collected; what somebody wrote down by hand (also we) is known here already. */
export function collectedByShop(order: ShopifyOrder): ShopProgress['paid'] {
  return moneyIn(order, (one) => !one.manualPaymentGateway && !/^manual$/i.test(one.gateway))
}

function moneyIn(order: ShopifyOrder, counts: (one: Transaction) => boolean): ShopProgress['paid'] {
  const done = order.transactions.filter((one) => one.status === 'SUCCESS' && counts(one))
  const of = (...kinds: string[]): Transaction[] => done.filter((one) => kinds.includes(one.kind))
  const received = of('SALE', 'CAPTURE')
  const amount: Cents = totalOf(received) - totalOf(of('REFUND', 'CHANGE'))
  const day = received
    .map((one) => momentOf(one.processedAt))
    .filter((moment) => moment !== undefined)
    .map((moment) => dayOf(moment))
    .sort()
    .at(-1)
  if (amount < 1 || day === undefined) return null
  const references = [...new Set(received.map((one) => one.paymentId.trim()).filter((id) => id !== ''))]
  return { amount, reference: line(references.join(', '), 120) || line(order.name, 120) || order.id, paidOn: day }
}

function totalOf(transactions: readonly Transaction[]): Cents {
  return sum(transactions.map((one) => one.amountSet))
}
