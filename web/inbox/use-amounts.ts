import { useWords } from '../words/words.ts'

/** Amounts of others: in their currency, perhaps missing, perhaps a fraction of a cent. */
export function useAmounts() {
  const { f } = useWords()
  const plain = (amount: number | null) => (amount === null ? '–' : f.money(amount))
  return {
    plain,
    inCurrency: (amount: number | null, currency: string) =>
      amount === null ? '–' : currency === 'EUR' ? f.euros(amount) : `${f.money(amount)} ${currency}`,
    percent: (rate: number | null) => (rate === null ? '–' : f.percent(rate)),
  }
}
