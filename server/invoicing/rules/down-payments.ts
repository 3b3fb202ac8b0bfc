import type { Day } from '../../../common/dates.ts'
import { type Cents, cumulativeShare, distribute } from '../../../common/money.ts'
import { type DocumentAmounts, type PriceMode, type VatCategory, vatOf } from '../../../common/tax/vat.ts'

/** What a down-payment invoice bills at one rate, and what of that is neither deducted nor taken back yet. */
export interface DownPaymentRate {
  invoiceId: string
  number: string
  issuedOn: Day
  orderId: string
  category: VatCategory
  rate: number
  payable: Cents
  net: Cents
  vat: Cents
  leftPayable: Cents
  leftNet: Cents
  leftVat: Cents
  /** what the customer has not paid of the whole invoice */
  open: Cents
}

/** A part of a down payment that a document deducts or takes back. */
export interface DownPaymentUse {
  of: DownPaymentRate
  payable: Cents
  net: Cents
  vat: Cents
}

/** An amount of one order in the price mode of the document. */
export interface BilledAmount {
  orderId: string
  amount: Cents
  category: VatCategory
  rate: number
}

export const rateKey = (r: { category: VatCategory; rate: number }): string => `${r.category} ${r.rate}`

/** What is to be paid for these amounts, by category and rate; VAT on the sum of a rate. */
export function payablePerRate(amounts: readonly Omit<BilledAmount, 'orderId'>[], mode: PriceMode): Map<string, Cents> {
  const sums = new Map<string, Cents>()
  for (const a of amounts) sums.set(rateKey(a), (sums.get(rateKey(a)) ?? 0) + a.amount)
  if (mode === 'net')
    for (const a of new Map(amounts.map((x) => [rateKey(x), x.rate]))) sums.set(a[0], withVat(sums.get(a[0])!, a[1]))
  return sums
}

const withVat = (net: Cents, rate: number): Cents => net + vatOf(net, rate)
const sum = (amounts: Iterable<Cents>): Cents => [...amounts].reduce((a, b) => a + b, 0)

/** So much of a rate: net and tax are the share up to here less what was used before, so that parts add up to the cent. */
export function takeOf(of: DownPaymentRate, payable: Cents): DownPaymentUse {
  if (payable === of.leftPayable) return { of, payable, net: of.leftNet, vat: of.leftVat }
  const upTo = of.payable - of.leftPayable + payable
  const part = (total: Cents, left: Cents) =>
    Math.min(Math.max(cumulativeShare(total, upTo, of.payable) - (total - left), 0), left)
  return { of, payable, net: part(of.net, of.leftNet), vat: part(of.vat, of.leftVat) }
}

/** The same rates after a part of them was used. */
export function afterUses(rates: readonly DownPaymentRate[], uses: readonly DownPaymentUse[]): DownPaymentRate[] {
  return rates.map((r) => {
    const used = uses.find((u) => u.of === r)
    return used
      ? {
          ...r,
          leftPayable: r.leftPayable - used.payable,
          leftNet: r.leftNet - used.net,
          leftVat: r.leftVat - used.vat,
        }
      : r
  })
}

/**
 * What an invoice deducts of the down payments on its orders: what was received of them and not deducted yet (§ 14 (5)
 * sentence 2 UStG), at each rate up to what it bills of the same order, oldest first. Never more than its own amount:
 * the rest waits for the next invoice of the order.
 */
export function planDeductions(
  rates: readonly DownPaymentRate[],
  billed: readonly BilledAmount[],
  mode: PriceMode,
): DownPaymentUse[] {
  const ofDocument = payablePerRate(billed, mode)
  const ofOrder = new Map<string, Cents>()
  for (const [orderId, amounts] of Map.groupBy(billed, (b) => b.orderId))
    for (const [key, amount] of payablePerRate(amounts, mode)) ofOrder.set(`${orderId} ${key}`, amount)
  let room = sum(ofDocument.values())
  const uses: DownPaymentUse[] = []
  for (const downPayment of Map.groupBy(rates, (r) => r.invoiceId).values()) {
    const received = sum(downPayment.map((r) => r.leftPayable)) - downPayment[0]!.open
    const available = distribute(
      received,
      downPayment.map((r) => r.leftPayable),
    )
    downPayment.forEach((rate, i) => {
      const key = rateKey(rate)
      const orderKey = `${rate.orderId} ${key}`
      const payable = Math.min(available[i]!, ofOrder.get(orderKey) ?? 0, ofDocument.get(key) ?? 0, room)
      if (payable <= 0) return
      uses.push(takeOf(rate, payable))
      ofOrder.set(orderKey, ofOrder.get(orderKey)! - payable)
      ofDocument.set(key, ofDocument.get(key)! - payable)
      room -= payable
    })
  }
  return uses
}

/**
 * The totals that are left after deductions. VAT is computed on what is left of a rate (BR-CO-17); where that differs by
 * a cent from the tax of the whole less the tax deducted, it stands as rounding (BT-114) and the sum to pay is exact.
 */
export function lessDeductions(amounts: DocumentAmounts, uses: readonly DownPaymentUse[]): DocumentAmounts {
  if (uses.length === 0) return amounts
  const perRate = amounts.perRate.map((r) => {
    const net = r.net - sum(uses.filter((u) => rateKey(u.of) === rateKey(r)).map((u) => u.net))
    return { ...r, net, vat: vatOf(net, r.rate) }
  })
  const net = sum(perRate.map((r) => r.net))
  const vat = sum(perRate.map((r) => r.vat))
  const payable = amounts.payable - sum(uses.map((u) => u.payable))
  return { ...amounts, perRate, net, vat, gross: net + vat, rounding: payable - net - vat, payable }
}

/**
 * What of unpaid down payments falls away by an invoice: what is asked for twice otherwise. A down payment may stay open
 * for the part of its order that is still to be billed; with the last invoice nothing of it is owed any more. The
 * newest down payment gives way first.
 */
export function planClosings(
  rates: readonly DownPaymentRate[],
  stillToBill: ReadonlyMap<string, Cents>,
): DownPaymentUse[][] {
  const closings: DownPaymentUse[][] = []
  for (const [orderId, ofOrder] of Map.groupBy(rates, (r) => r.orderId)) {
    let excess = sum(ofOrder.map((r) => r.leftPayable)) - Math.max(stillToBill.get(orderId) ?? 0, 0)
    for (const downPayment of [...Map.groupBy(ofOrder, (r) => r.invoiceId).values()].reverse()) {
      const amount = Math.min(downPayment[0]!.open, excess)
      if (amount <= 0) continue
      closings.push(partOf(downPayment, amount))
      excess -= amount
    }
  }
  return closings
}

/** An amount of a down payment, spread over its rates by what is left of each. */
export function partOf(rates: readonly DownPaymentRate[], amount: Cents): DownPaymentUse[] {
  const parts = distribute(
    amount,
    rates.map((r) => r.leftPayable),
  )
  return rates.flatMap((rate, i) => (parts[i]! > 0 ? [takeOf(rate, parts[i]!)] : []))
}
