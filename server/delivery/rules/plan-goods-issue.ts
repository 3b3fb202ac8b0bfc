import type { Day } from '../../../common/dates.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

interface NoteLine {
  id: string
  orderId: string
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
 * is no goods issue. Shipping cost and surcharges go along with the goods of their order, not without them.
 */
export function planIssue<L extends NoteLine>(
  lines: readonly L[],
  picked: readonly { lineId: string; quantity: Quantity }[] | undefined,
  deliveredOn: Day,
  today: Day,
): Picked<L>[] | Refusal {
  if (deliveredOn > today) return refuse('delivered-in-future', { deliveredOn })
  const found = new Map(picked?.map((p) => [p.lineId, p.quantity]))
  if ([...found.keys()].some((id) => !lines.some((l) => l.id === id)))
    return refuse('not-found', { what: 'delivery-note-line' })
  const quantityOf = (line: L) => (picked === undefined ? line.planned : (found.get(line.id) ?? 0))
  const goods = lines.filter((l) => l.isGoods)
  const tooMuch = goods.find((l) => quantityOf(l) > l.planned)
  if (tooMuch)
    return refuse('more-than-planned', {
      line: tooMuch.position,
      planned: tooMuch.planned,
      picked: quantityOf(tooMuch),
    })
  const delivered = new Set(goods.filter((l) => quantityOf(l) > 0).map((l) => l.orderId))
  if (delivered.size === 0) return refuse('nothing-to-deliver')
  return lines.map((line) => ({
    line,
    delivered: line.isGoods ? quantityOf(line) : delivered.has(line.orderId) ? line.planned : 0,
  }))
}
