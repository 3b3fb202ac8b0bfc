import { type Cents, cumulativeShare, distribute, mulDiv } from '../../../common/money.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'
import { type DocumentAmounts, documentAmounts, type PriceMode, type VatTotal } from '../../../common/tax/vat.ts'
import type { OrderLineRow } from '../../orders/index.ts'
import { type BilledAmount, type DownPaymentRate, payablePerRate, rateKey } from './down-payments.ts'

/** Hundredths of a percent of the order, or an amount in cents with VAT. */
export interface DownPaymentWish {
  percent?: number | undefined
  amount?: Cents | undefined
}

export interface DownPaymentPlan {
  /** what is billed at each rate; `payable` may differ from net + VAT by a cent of rounding */
  rates: (VatTotal & { payable: Cents })[]
  amounts: DocumentAmounts
  /** what the order comes to, less what was cancelled or came back */
  orderTotal: Cents
  /** it is all of the order (an invoice before delivery) */
  whole: boolean
}

/** What of order lines is still to be billed, in the price mode of the order; `invoiced` comes on top of what is. */
export function stillToBill(
  lines: readonly OrderLineRow[],
  invoiced: ReadonlyMap<string, number> = new Map(),
): BilledAmount[] {
  return lines.map((l) => restOf(l, l.ordered - l.cancelled - l.returned - l.invoiced - (invoiced.get(l.id) ?? 0)))
}

function restOf(line: OrderLineRow, quantity: number): BilledAmount {
  const { orderId, vatCategory: category, vatRate: rate } = line
  const amount = line.amount - cumulativeShare(line.amount, line.ordered - quantity, line.ordered)
  return { orderId, amount, category, rate }
}

/**
 * A down payment on an order: the amount wished for, spread over the order's rates by what is still to be billed at
 * each and not billed as down payment before; the cents left over go to the largest remainders. Tax is what is in the
 * money (§ 13 (1) no. 1 a sentence 4 UStG), so net is found from gross whatever the prices of the order are.
 */
export function planDownPayment(
  { lines, mode, before }: { lines: readonly OrderLineRow[]; mode: PriceMode; before: readonly DownPaymentRate[] },
  wish: DownPaymentWish,
): DownPaymentPlan | Refusal {
  const total = sumOf(
    payablePerRate(
      lines.map((l) => restOf(l, l.ordered - l.cancelled - l.returned)),
      mode,
    ),
  )
  const left = payablePerRate(stillToBill(lines), mode)
  for (const b of before) left.set(rateKey(b), (left.get(rateKey(b)) ?? 0) - b.leftPayable)
  const wanted = wish.amount ?? mulDiv(total, wish.percent ?? 0, 10_000)
  const possible = Math.max(sumOf(left), 0)
  if (wanted > possible) return refuse('down-payment-too-high', { requested: wanted, possible })
  if (wanted === 0) return refuse('nothing-to-invoice')
  const keys = [...left.keys()]
  const parts = distribute(
    wanted,
    keys.map((key) => Math.max(left.get(key)!, 0)),
  )
  const shares = keys.flatMap((key, i) => {
    const line = lines.find((l) => rateKey({ category: l.vatCategory, rate: l.vatRate }) === key)
    return line && parts[i]! > 0 ? [{ amount: parts[i]!, category: line.vatCategory, rate: line.vatRate }] : []
  })
  const amounts = documentAmounts(shares, 'gross')
  const rates = amounts.perRate.map((r) => ({
    ...r,
    payable: shares.find((s) => rateKey(s) === rateKey(r))!.amount,
  }))
  return { rates, amounts, orderTotal: total, whole: wanted === total }
}

const sumOf = (amounts: ReadonlyMap<string, Cents>): Cents => [...amounts.values()].reduce((a, b) => a + b, 0)
