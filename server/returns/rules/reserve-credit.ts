import type { Cents } from '../../../common/money.ts'

/**
 * What of credits pays for an exchange, the first first, and what of each is free. Goods that cost more than came back are
 * paid as far as it goes; the rest the customer owes.
 */
export function reserveCredit<C extends { id: string; left: Cents }>(
  credits: readonly C[],
  price: Cents,
): { reserved: Cents; bound: string[]; free: C[] } {
  let rest = Math.max(price, 0)
  const bound: string[] = []
  const free = credits.flatMap((credit) => {
    const taken = Math.min(rest, credit.left)
    rest -= taken
    if (taken > 0) bound.push(credit.id)
    return credit.left > taken ? [{ ...credit, left: credit.left - taken }] : []
  })
  return { reserved: Math.max(price, 0) - rest, bound, free }
}
