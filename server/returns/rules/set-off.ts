import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'

interface Item {
  invoiceId: string
  number: string
  dueOn: Day | null
  open: Cents
}

export interface Allocation {
  creditId: string
  invoiceId: string
  amount: Cents
  skonto: 0
}

/** Credits settle what else is open, the oldest due first. Skonto is for who pays, not for who returns. */
export function setOff(credits: readonly { id: string; left: Cents }[], items: readonly Item[]): Allocation[] {
  const open = items
    .toSorted((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || a.number.localeCompare(b.number))
    .map((i) => ({ ...i }))
  return credits.flatMap(({ id, left }) => {
    let rest = left
    return open.flatMap((item) => {
      const amount = Math.min(rest, item.open)
      rest -= amount
      item.open -= amount
      return amount > 0 ? [{ creditId: id, invoiceId: item.invoiceId, amount, skonto: 0 as const }] : []
    })
  })
}
