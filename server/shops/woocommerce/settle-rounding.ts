import { type Cents, mulDiv, roundHalfUp } from '../../../common/money.ts'
import type { PriceMode } from '../../../common/tax/vat.ts'
import type { Part } from './read-parts.ts'
import type { Micros } from './shapes.ts'

/** What each part costs in the order's price mode. */
export function amountsOf(parts: readonly Part[], mode: PriceMode): Cents[] {
  return parts.map((part) => (mode === 'gross' ? part.net + part.tax : part.net))
}

/**
 * A shop that rounds at the subtotal ("woocommerce_tax_round_at_subtotal") adds up unrounded lines, so its lines of two
 * decimals miss its total by cents. Then each rate gets its unrounded sum, rounded once, and the lines of the rate
 * share it: every line rounded down, the cents left to those that lost most. No line moves by a whole cent. Where the
 * unrounded lines don't explain the total either, everything stays as the shop wrote it (and is found to differ).
 */
export function settleRounding(parts: readonly Part[], mode: PriceMode, stated: Cents): Cents[] {
  const amounts = amountsOf(parts, mode)
  if (sum(amounts) === stated) return amounts
  const exact = parts.map((part) => (mode === 'gross' ? grossOf(part) : part.exactNet))
  if (Math.abs(stated * 10_000 - sum(exact)) >= 10_000) return amounts
  const groups = [...Map.groupBy(parts.keys(), (i) => parts[i]!.vat?.rate ?? -1).values()]
  const targets = groups.map((members) => roundHalfUp(sum(members.map((i) => exact[i]!)), 10_000))
  const rest = stated - sum(targets)
  if (Math.abs(rest) > groups.length) return amounts
  const byLoss = [...groups.keys()].sort((a, b) => Math.sign(rest) * (loss(groups[b]!, b) - loss(groups[a]!, a)))
  for (const g of byLoss.slice(0, Math.abs(rest))) targets[g] = targets[g]! + Math.sign(rest)
  const settled = groups.map((members, g) =>
    shareOut(
      members.map((i) => exact[i]!),
      targets[g]!,
    ),
  )
  if (settled.some((share) => share === undefined)) return amounts
  groups.forEach((members, g) => {
    members.forEach((i, k) => {
      amounts[i] = settled[g]![k]!
    })
  })
  return amounts

  function loss(members: readonly number[], g: number): Micros {
    return sum(members.map((i) => exact[i]!)) - targets[g]! * 10_000
  }
}

function grossOf(part: Part): Micros {
  return mulDiv(part.exactNet, 10_000 + (part.vat?.rate ?? 0), 10_000)
}

function shareOut(exact: readonly Micros[], target: Cents): Cents[] | undefined {
  const shares = exact.map((micros) => Math.floor(micros / 10_000))
  const left = target - sum(shares)
  if (left < 0 || left > shares.length) return undefined
  const byLoss = [...exact.keys()].sort((a, b) => exact[b]! - shares[b]! * 10_000 - (exact[a]! - shares[a]! * 10_000))
  for (const i of byLoss.slice(0, left)) shares[i] = shares[i]! + 1
  return shares
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
