import type { Day } from '../../../common/dates.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

/** What somebody wants to give back: a line of a note, or an article wherever it was delivered. */
export interface ReturnWish {
  noteLineId?: string | undefined
  articleId?: string | undefined
  quantity: Quantity
}

/** A delivered line that something of may come back. */
export interface DeliveredLine {
  id: string
  noteId: string
  articleId: string | null
  /** for the refusal: number and name as the clerk knows them */
  label: string
  deliveredOn: Day
  position: number
  delivered: Quantity
  returned: Quantity
  invoiced: Quantity
}

/** What of a note line stands on a document that billed it, newest document first. */
export interface Standing {
  invoiceId: string
  lineId: string
  noteLineId: string
  standing: Quantity
}

export interface ReturnPart<W, L> {
  wish: W
  line: L
  quantity: Quantity
  /** of it billed before: taken back by corrections of these documents */
  credits: { invoiceId: string; lineId: string; quantity: Quantity }[]
  credited: Quantity
}

/**
 * Where returned goods came from: the chosen line, or the newest deliveries of the article first, as far as each has
 * something that isn't back yet. What is not billed yet goes first and only makes the note smaller; the rest is taken off
 * the newest documents that billed it. Never more than was delivered.
 */
export function planReturn<W extends ReturnWish, L extends DeliveredLine>(
  wishes: readonly W[],
  lines: readonly L[],
  standing: readonly Standing[],
): ReturnPart<W, L>[] | Refusal {
  if (wishes.length === 0 || wishes.every((w) => w.quantity === 0)) return refuse('nothing-to-return')
  const back = new Map(lines.map((l) => [l.id, l.returned]))
  const unbilled = new Map(lines.map((l) => [l.id, l.delivered - l.returned - l.invoiced]))
  const billed = standing.map((s) => ({ ...s }))
  const parts: ReturnPart<W, L>[] = []
  for (const wish of wishes) {
    const from = linesFor(wish, lines)
    const returnable = from.reduce((sum, l) => sum + l.delivered - back.get(l.id)!, 0)
    if (wish.quantity > returnable)
      return refuse('more-than-returnable', { article: from[0]?.label ?? '?', requested: wish.quantity, returnable })
    let left = wish.quantity
    for (const line of from) {
      const quantity = Math.min(left, line.delivered - back.get(line.id)!)
      if (quantity === 0) continue
      left -= quantity
      back.set(line.id, back.get(line.id)! + quantity)
      const free = Math.min(quantity, unbilled.get(line.id)!)
      unbilled.set(line.id, unbilled.get(line.id)! - free)
      const credits = takeOff(billed, line.id, quantity - free)
      parts.push({ wish, line, quantity, credits, credited: quantity - free })
    }
  }
  return parts
}

function linesFor<L extends DeliveredLine>(wish: ReturnWish, lines: readonly L[]): L[] {
  if (wish.noteLineId !== undefined) return lines.filter((l) => l.id === wish.noteLineId)
  return lines
    .filter((l) => l.articleId !== null && l.articleId === wish.articleId)
    .sort((a, b) => b.deliveredOn.localeCompare(a.deliveredOn) || (a.id < b.id ? 1 : -1))
}

/** Off the documents that billed the line; `billed` is lowered. */
function takeOff(billed: Standing[], noteLineId: string, quantity: Quantity): ReturnPart<unknown, unknown>['credits'] {
  let left = quantity
  return billed
    .filter((s) => s.noteLineId === noteLineId)
    .flatMap((s) => {
      const taken = Math.min(left, s.standing)
      left -= taken
      s.standing -= taken
      return taken > 0 ? [{ invoiceId: s.invoiceId, lineId: s.lineId, quantity: taken }] : []
    })
}

/** By document, what of each of its lines is taken back; newest document first. */
export function creditsByDocument(
  parts: readonly Pick<ReturnPart<unknown, unknown>, 'credits'>[],
): Map<string, Map<string, Quantity>> {
  const documents = new Map<string, Map<string, Quantity>>()
  for (const { invoiceId, lineId, quantity } of parts.flatMap((p) => p.credits)) {
    const lines = documents.get(invoiceId) ?? new Map<string, Quantity>()
    lines.set(lineId, (lines.get(lineId) ?? 0) + quantity)
    documents.set(invoiceId, lines)
  }
  return new Map([...documents].sort(([a], [b]) => (a < b ? 1 : -1)))
}
