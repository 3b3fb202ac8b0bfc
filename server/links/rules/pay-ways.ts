import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'

export interface OpenInvoice {
  /** what was to be paid when it was issued */
  amount: Cents
  open: Cents
  skonto: readonly { percent: number; until: Day; discount: Cents; payable: Cents }[]
}

export interface PayWay {
  amount: Cents
  /** null: the whole open amount, whenever */
  until: Day | null
  discount: Cents
  percent: number
}

/**
 * The amounts that settle an invoice today: the whole open rest, and before it each early payment discount (Skonto) whose
 * day has not passed. Once something was paid or taken back the discount is a matter for the merchant, and not offered.
 */
export function payWays({ amount, open, skonto }: OpenInvoice, today: Day): PayWay[] {
  if (open <= 0) return []
  const early = open === amount ? skonto.filter((s) => s.until >= today) : []
  return [
    ...early.map((s) => ({ amount: s.payable, until: s.until, discount: s.discount, percent: s.percent })),
    { amount: open, until: null, discount: 0, percent: 0 },
  ]
}

export type ShownState = 'open' | 'overdue' | 'settled' | 'corrected' | 'correction'

/** How an invoice stands, in the words a customer understands. */
export function stateOf(
  invoice: { kind: 'invoice' | 'correction'; open: Cents; dueOn: Day | null; correctedWhole: boolean },
  today: Day,
): ShownState {
  if (invoice.kind === 'correction') return 'correction'
  if (invoice.correctedWhole) return 'corrected'
  if (invoice.open === 0) return 'settled'
  return invoice.dueOn !== null && invoice.dueOn < today ? 'overdue' : 'open'
}
