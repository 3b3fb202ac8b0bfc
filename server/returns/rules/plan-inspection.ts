import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

interface Line {
  id: string
  articleId: string | null
  articleNumber: string
  goods: string
  quantity: Quantity
  /** decided about before */
  inspected: Quantity
}

/** What may be decided about: goods of the return that still lie in quarantine, each piece once. */
export function planInspection<W extends { lineId: string; quantity: Quantity }, L extends Line>(
  wishes: readonly W[],
  lines: readonly L[],
): { wish: W; line: L }[] | Refusal {
  const waiting = new Map(lines.map((l) => [l.id, waitingOf(l)]))
  const decided: { wish: W; line: L }[] = []
  for (const wish of wishes) {
    const line = lines.find((l) => l.id === wish.lineId)
    if (!line) return refuse('not-found', { what: 'return-line' })
    const left = waiting.get(line.id)!
    if (wish.quantity > left) return refuse('not-in-quarantine', { article: line.articleNumber, waiting: left })
    waiting.set(line.id, left - wish.quantity)
    decided.push({ wish, line })
  }
  return decided
}

export function waitingOf(line: Line): Quantity {
  return line.goods === 'quarantine' && line.articleId !== null ? line.quantity - line.inspected : 0
}
