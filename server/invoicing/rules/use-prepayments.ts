import type { Cents } from '../../../common/money.ts'
import type { Credit } from '../../receivables/index.ts'

/** Money paid ahead for these orders settles the invoice first, oldest first. */
export function usePrepayments(credits: readonly Credit[], payable: Cents): { creditId: string; amount: Cents }[] {
  const used: { creditId: string; amount: Cents }[] = []
  let left = Math.max(payable, 0)
  for (const credit of credits) {
    const amount = Math.min(left, credit.left)
    if (amount > 0) used.push({ creditId: credit.id, amount })
    left -= amount
  }
  return used
}
