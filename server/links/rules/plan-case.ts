import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

export type ProblemKind = 'missing' | 'damaged'

/** A line of a note the customer sees. */
export interface ShownLine {
  id: string
  noteId: string
  kind: 'goods' | 'shipping' | 'surcharge'
  name: string
  delivered: Quantity
  returned: Quantity
}

export interface Reported {
  noteLineId: string
  problem: ProblemKind
  quantity: Quantity
}

export interface PlannedLine extends Reported {
  noteId: string
}

/** So many reports of one link may wait for the clerk; then he has to look first. */
export const MOST_WAITING = 10

/**
 * What a customer's report is about: goods of notes his link shows, and of each line no more than he got and still has.
 * The same line named twice with the same problem is added up.
 */
export function planCase(reported: readonly Reported[], shown: readonly ShownLine[]): PlannedLine[] | Refusal {
  const byId = new Map(shown.map((l) => [l.id, l]))
  const planned = new Map<string, PlannedLine>()
  const ofLine = new Map<string, Quantity>()
  for (const { noteLineId, problem, quantity } of reported) {
    const line = byId.get(noteLineId)
    if (line?.kind !== 'goods') return refuse('not-found', { what: 'delivery-note-line' })
    const sum = (ofLine.get(line.id) ?? 0) + quantity
    const most = line.delivered - line.returned
    if (sum > most) return refuse('more-than-received', { name: line.name, received: most, reported: sum })
    ofLine.set(line.id, sum)
    const key = `${line.id} ${problem}`
    const before = planned.get(key)?.quantity ?? 0
    planned.set(key, { noteLineId, problem, quantity: before + quantity, noteId: line.noteId })
  }
  return [...planned.values()]
}

/** The same said in another order or with other blanks is the same. */
export function sameReport(lines: readonly PlannedLine[], words: string): unknown {
  const parts = lines.map((l) => `${l.noteLineId} ${l.problem} ${l.quantity}`).sort()
  return { lines: parts, words: words.replace(/\s+/g, ' ').trim() }
}
