import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

interface Note {
  id: string
  number: string | null
  state: string
}
interface NoteLine {
  id: string
  noteId: string
  position: number
  orderId: string
  delivered: Quantity
  returned: Quantity
  invoiced: Quantity
}
interface Order {
  id: string
  customerId: string
  billTo: string
  priceMode: 'net' | 'gross'
}

export interface Selection {
  noteIds?: readonly string[] | undefined
  lines?: readonly { noteLineId: string; quantity?: Quantity | undefined }[] | undefined
}

export interface BilledLine<L> {
  line: L
  quantity: Quantity
}

/**
 * What an invoice takes: of whole notes all that was delivered and is not billed yet, of single lines the quantity asked
 * for. Each piece once. All of it for one buyer at one address and in one price mode, so that no mistake in choosing can
 * put two customers on one invoice.
 */
export function planInvoice<L extends NoteLine>(
  selection: Selection,
  notes: readonly Note[],
  lines: readonly L[],
  orders: readonly Order[],
): BilledLine<L>[] | Refusal {
  const notIssued = notes.find((n) => n.state !== 'issued')
  if (notIssued) return refuse('note-not-issued', { note: notIssued.number ?? notIssued.id })
  const wholeNotes = new Set(selection.noteIds)
  const asked = new Map(selection.lines?.map((l) => [l.noteLineId, l.quantity]))
  const numbers = new Map(notes.map((n) => [n.id, n.number]))
  const billed: BilledLine<L>[] = []
  for (const line of lines) {
    if (!wholeNotes.has(line.noteId) && !asked.has(line.id)) continue
    const billable = line.delivered - line.returned - line.invoiced
    const quantity = asked.get(line.id) ?? billable
    if (quantity > billable)
      return refuse('more-than-delivered', {
        note: numbers.get(line.noteId),
        line: line.position,
        requested: quantity,
        billable,
      })
    if (quantity > 0) billed.push({ line, quantity })
  }
  if (billed.length === 0) return refuse('nothing-to-invoice')
  const [first] = orders
  const different = orders.find(
    (o) => o.customerId !== first!.customerId || o.billTo !== first!.billTo || o.priceMode !== first!.priceMode,
  )
  return different ? refuse('different-buyers') : billed
}
