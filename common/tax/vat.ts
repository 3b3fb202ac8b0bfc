import { type Cents, distribute, mulDiv } from '../money.ts'

/** VAT category of EN 16931 (UNTDID 5305): standard, zero, exempt, reverse charge, intra-community, export, outside. */
export type VatCategory = 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O'

/** Hundredths of a percent: 19 % is 1900. */
export type VatRate = number

/** A price is agreed without VAT (trade) or with it (consumers, most shops). */
export type PriceMode = 'net' | 'gross'

/** An amount in the price mode of its document, with the VAT that belongs to it. */
export interface TaxedAmount {
  amount: Cents
  category: VatCategory
  rate: VatRate
}

export interface VatTotal {
  category: VatCategory
  rate: VatRate
  net: Cents
  vat: Cents
}

export interface DocumentAmounts {
  /** one row a category and rate, highest rate first */
  perRate: VatTotal[]
  net: Cents
  vat: Cents
  gross: Cents
  /** what is added to gross so that the customer pays the agreed gross prices exactly (BT-114): at most a cent a rate */
  rounding: Cents
  /** gross + rounding: what is to be paid */
  payable: Cents
  /** the net amount of each input, in its order; they add up to `net` */
  nets: Cents[]
}

/** VAT on a net amount, rounded half up to the cent (EN 16931 BR-CO-17). */
export function vatOf(net: Cents, rate: VatRate): Cents {
  return mulDiv(net, rate, 10_000)
}

/**
 * The net amount whose VAT makes up a gross one, and what is left over. Of the whole-cent nets beside gross / (1 + rate)
 * it takes the one with net + VAT = gross; where none exists (with 19 % that's one gross in six) the nearest, and
 * `rounding` says by how much the gross is missed.
 */
export function netOfGross(gross: Cents, rate: VatRate): { net: Cents; vat: Cents; rounding: Cents } {
  const middle = mulDiv(gross, 10_000, 10_000 + rate)
  const candidates = [middle, middle - 1, middle + 1].map((net) => {
    const vat = vatOf(net, rate)
    return { net, vat, rounding: gross - net - vat }
  })
  return candidates.reduce((best, c) => (Math.abs(c.rounding) < Math.abs(best.rounding) ? c : best))
}

/**
 * Totals of a document: VAT per category and rate on the sum, never per line. In net mode the amounts are nets; in
 * gross mode they are what the customer pays, each rate's net is found from its gross total and spread over its
 * amounts. Used by order, delivery note and invoice alike, so that they can't differ.
 */
export function documentAmounts(amounts: readonly TaxedAmount[], mode: PriceMode): DocumentAmounts {
  const groups = new Map<string, number[]>()
  amounts.forEach((a, i) => {
    const key = `${a.category} ${a.rate}`
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
  })
  const nets = new Array<Cents>(amounts.length).fill(0)
  const perRate: VatTotal[] = []
  let rounding = 0
  for (const members of groups.values()) {
    const { category, rate } = amounts[members[0]!]!
    const sum = members.reduce((total, i) => total + amounts[i]!.amount, 0)
    if (mode === 'net') {
      perRate.push({ category, rate, net: sum, vat: vatOf(sum, rate) })
      for (const i of members) nets[i] = amounts[i]!.amount
    } else {
      const found = netOfGross(sum, rate)
      perRate.push({ category, rate, net: found.net, vat: found.vat })
      rounding += found.rounding
      const parts = spread(
        found.net,
        members.map((i) => amounts[i]!.amount),
      )
      members.forEach((i, k) => {
        nets[i] = parts[k]!
      })
    }
  }
  perRate.sort((a, b) => b.rate - a.rate || a.category.localeCompare(b.category))
  const net = perRate.reduce((sum, r) => sum + r.net, 0)
  const vat = perRate.reduce((sum, r) => sum + r.vat, 0)
  return { perRate, net, vat, gross: net + vat, rounding, payable: net + vat + rounding, nets }
}

/** Amounts of both signs (a fee taken off) can't be weights: each sign is spread by itself. */
function spread(net: Cents, grosses: readonly Cents[]): Cents[] {
  const sum = grosses.reduce((a, b) => a + b, 0)
  if (sum !== 0 && grosses.every((g) => g >= 0 === sum > 0 || g === 0)) return distribute(net, grosses)
  const others = grosses.map((g) => (g < 0 ? mulDiv(g, net === 0 || sum === 0 ? 1 : net, sum === 0 ? 1 : sum) : 0))
  const rest = net - others.reduce((a, b) => a + b, 0)
  const positive = distribute(
    rest,
    grosses.map((g) => Math.max(g, 0)),
  )
  return grosses.map((_, i) => others[i]! + positive[i]!)
}
