import { roundHalfUp } from '../../../common/money.ts'
import type { NewOrderInput, ParkReason } from '../../../common/orders/api.ts'
import { amountOf, type Quantity } from '../../../common/quantity.ts'
import { unitPriceFor } from './agreed-line.ts'
import type { BundleLines } from './bundle-pieces.ts'

/** An article of the shop and what it is made of; quantities in thousandths for one piece of the shop's. */
export interface Listing {
  sku: string
  parts: readonly { article: string; quantity: Quantity; listPrice: number }[]
}

type Line = NewOrderInput['lines'][number]

/**
 * Lines of shop articles that are not simply one of ours become lines of ours: another article number, several pieces in
 * one, or a bundle. The agreed amount is spread over the parts by their list prices and stays the same to the cent. A part
 * that comes to less than a thousandth of a unit can't be delivered: the line stays as it is, with a reason to park.
 */
export function explodeBundles(
  order: NewOrderInput | null,
  listings: readonly Listing[],
): { order: NewOrderInput | null; bundles: BundleLines | null; problems: ParkReason[] } {
  const bySku = new Map(listings.map((listing) => [listing.sku, listing]))
  const bundles: BundleLines = {}
  const problems: ParkReason[] = []
  if (order === null) return { order, bundles: null, problems }
  const lines = order.lines.flatMap((line) => {
    const listing = line.article === undefined ? undefined : bySku.get(line.article)
    if (!listing || isOneOfOurs(listing)) return [line]
    if (!listing.parts.every((part) => (line.quantity * part.quantity) % 1000 === 0)) {
      problems.push({ code: 'unreadable-order', facts: { path: `lines ${listing.sku}`, quantity: line.quantity } })
      return [line]
    }
    if (line.externalLine !== undefined)
      bundles[line.externalLine] = Object.fromEntries(listing.parts.map((part) => [part.article, part.quantity]))
    return partsOf(line, listing)
  })
  return { order: { ...order, lines }, bundles: Object.keys(bundles).length > 0 ? bundles : null, problems }
}

function isOneOfOurs({ sku, parts }: Listing): boolean {
  return parts.length === 1 && parts[0]!.article === sku && parts[0]!.quantity === 1000
}

function partsOf(line: Line, { parts }: Listing): Line[] {
  const total = line.amount ?? amountOf(line.quantity, line.unitPrice ?? 0) - (line.discount ?? 0)
  const weights = parts.map((part) => part.listPrice * part.quantity)
  const known = weights.reduce((sum, weight) => sum + weight, 0) > 0
  const shares = spread(total, known ? weights : parts.map(() => 1))
  return parts.map((part, i) => {
    const quantity = (line.quantity * part.quantity) / 1000
    const amount = shares[i]!
    const own = { ...line, article: part.article, name: parts.length > 1 ? undefined : line.name, quantity, amount }
    if (amount < 0) return { ...own, unitPrice: undefined, discount: 0 }
    const unitPrice = unitPriceFor(amount, quantity)
    return { ...own, unitPrice, discount: amountOf(quantity, unitPrice) - amount }
  })
}

/** Shares that add up: each one is the rounded share up to here less what the ones before got. */
function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  let upTo = 0
  let given = 0
  return weights.map((weight) => {
    upTo += weight
    const here = roundHalfUp(BigInt(total) * BigInt(upTo), BigInt(sum))
    const share = here - given
    given = here
    return share
  })
}
