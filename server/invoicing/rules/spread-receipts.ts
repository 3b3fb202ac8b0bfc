import { type Cents, cumulativeShare } from '../../../common/money.ts'
import type { VatCategory } from '../../../common/tax/vat.ts'

interface Rate {
  category: VatCategory
  rate: number
  payable: Cents
  net: Cents
  vat: Cents
}

/**
 * What of each payment on a down-payment invoice falls on each rate, net and tax: the share of the invoice up to here
 * less what the payments before had, so that all of them add up to the invoice to the cent.
 */
export function spreadReceipts<R extends { amount: Cents }>(
  receipts: readonly R[],
  rates: readonly Rate[],
): (R & { perRate: { category: VatCategory; rate: number; net: Cents; vat: Cents }[] })[] {
  let upTo = 0
  return receipts.map((receipt) => {
    upTo += receipt.amount
    return { ...receipt, perRate: shareOfReceipt(receipt.amount, upTo, rates) }
  })
}

/** The same for one payment, by what came up to it. */
export function shareOfReceipt(amount: Cents, upTo: Cents, rates: readonly Rate[]) {
  const total = rates.reduce((sum, r) => sum + r.payable, 0)
  const part = (of: Cents) => cumulativeShare(of, upTo, total) - cumulativeShare(of, upTo - amount, total)
  return rates.map(({ category, rate, net, vat }) => ({ category, rate, net: part(net), vat: part(vat) }))
}
