import type { Cents } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'
import { exposureChange, type LineQuantities } from './line-exposure.ts'

interface Line extends LineQuantities {
  id: string
  position: number
  kind: string
}

export interface CancellationPlan<L> {
  cancelled: { line: L; quantity: Quantity }[]
  openOrdersChange: Cents
}

const openOf = (line: LineQuantities) => line.ordered - line.cancelled - line.planned - line.delivered

/**
 * Which quantities are cancelled: those asked for, or all that is open. Once no goods are left to come and none came, the
 * shipping cost and surcharges go with them. Quantities on an open delivery note are not open: cancel the note first.
 */
export function planCancellation<L extends Line>(
  order: string,
  lines: readonly L[],
  wanted: readonly { lineId: string; quantity: Quantity }[] | undefined,
): CancellationPlan<L> | Refusal {
  const cancelled: { line: L; quantity: Quantity }[] = []
  for (const line of lines) {
    const asked =
      wanted === undefined
        ? line.kind === 'goods'
          ? openOf(line)
          : 0
        : (wanted.find((w) => w.lineId === line.id)?.quantity ?? 0)
    if (asked > openOf(line))
      return refuse('cancel-exceeds-open', { order, line: line.position, requested: asked, open: openOf(line) })
    if (asked > 0) cancelled.push({ line, quantity: asked })
  }
  const goodsLeft = lines.some(
    (l) => l.kind === 'goods' && l.ordered - l.cancelled - (cancelled.find((c) => c.line === l)?.quantity ?? 0) > 0,
  )
  for (const line of goodsLeft
    ? []
    : lines.filter((l) => l.kind !== 'goods' && openOf(l) > 0 && !cancelled.some((c) => c.line === l)))
    cancelled.push({ line, quantity: openOf(line) })
  if (cancelled.length === 0) return refuse('nothing-to-cancel', { order })
  const openOrdersChange = cancelled.reduce(
    (sum, { line, quantity }) =>
      sum + exposureChange(line, { ...line, cancelled: line.cancelled + quantity }).openOrders,
    0,
  )
  return { cancelled, openOrdersChange }
}
