import type { PaymentMethod } from '../shop-order.ts'

/** Whoever collects for the merchant has paid him or will: for him it's a prepayment, whatever it is called. */
const PROVIDERS = /sofort|giropay|stripe|mollie|paypal|ppcp|klarna|amazon|adyen|braintree|unzer|ratepay|billie|mondu/

const MEANINGS: readonly (readonly [RegExp, PaymentMethod])[] = [
  [PROVIDERS, 'prepayment'],
  [/lieferschein|delivery.?note/, 'on-delivery-note'],
  [/vorkasse|vorauskasse|prepay|überweisung|ueberweisung|bank.?transfer|^bacs$|^cheque$/, 'prepayment'],
  [/rechnung|invoice|net.?terms|payment.?terms|zahlungsziel/, 'on-invoice'],
  [/^cod$|nachnahme|cash.?on.?delivery/, 'cash-on-delivery'],
  [/lastschrift|direct.?debit/, 'direct-debit'],
]

/**
 * What a shop's way to pay means here: first what the channel was told, by any of the shop's names for it, then what
 * the name says. Nobody knows the rest (cards, wallets, none at all): it has to be paid before the goods leave.
 */
export function paymentMethodFor(names: readonly string[], configured: Record<string, PaymentMethod>): PaymentMethod {
  const told = new Map(Object.entries(configured).map(([name, method]) => [simple(name), method]))
  const spoken = names.map(simple).filter((name) => name !== '')
  for (const name of spoken) {
    const method = told.get(name)
    if (method !== undefined) return method
  }
  for (const name of spoken) {
    const meaning = MEANINGS.find(([pattern]) => pattern.test(name))
    if (meaning) return meaning[1]
  }
  return 'prepayment'
}

/** Whether money comes before the goods: only then a shop's word "paid" is more than a change of state. */
export function isPaidBefore(method: PaymentMethod): boolean {
  return method === 'prepayment'
}

/**
 * Whether a way to pay brings the merchant his money by itself: a card, a wallet, a provider. A transfer, cash or an
 * invoice does not, and neither does an order without one; what the shop says of those is only what somebody noted there,
 * also we. Of several names of the same way the first that says anything decides.
 */
export function collectsItself(names: readonly string[]): boolean {
  const spoken = names.map(simple).filter((name) => name !== '')
  const telling = spoken.find((name) => MEANINGS.some(([pattern]) => pattern.test(name)))
  return spoken.length > 0 && (telling === undefined || PROVIDERS.test(telling))
}

function simple(name: string): string {
  return name.trim().toLowerCase()
}
