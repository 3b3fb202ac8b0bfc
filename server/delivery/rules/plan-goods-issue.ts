import type { Day } from '../../../common/dates.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

interface NoteLine {
  id: string
  position: number
  planned: Quantity
  isGoods: boolean
}

export interface Picked<L> {
  line: L
  delivered: Quantity
}

/**
 * What leaves: as planned, or what the picker found. Less is a partial delivery, more needs another note, nothing at all
 * is no goods issue. Shipping cost and surcharges go along.
 */
export function planIssue<L extends NoteLine>(
  lines: readonly L[],
  picked: readonly { lineId: string; quantity: Quantity }[] | undefined,
  deliveredOn: Day,
  today: Day,
): Picked<L>[] | Refusal {
  if (deliveredOn > today) return refuse('delivered-in-future', { deliveredOn })
  const plan: Picked<L>[] = []
  for (const line of lines) {
    const delivered =
      line.isGoods && picked !== undefined ? (picked.find((p) => p.lineId === line.id)?.quantity ?? 0) : line.planned
    if (delivered > line.planned)
      return refuse('more-than-planned', { line: line.position, planned: line.planned, picked: delivered })
    plan.push({ line, delivered })
  }
  return plan.some((p) => p.line.isGoods && p.delivered > 0) ? plan : refuse('nothing-to-deliver')
}
