import type { BillGroup, UnbilledLine } from './group-unbilled.ts'

/** By note line how much is to be billed; what is not in it is left for later. */
export type Selection = ReadonlyMap<string, number>

export function selectLines(lines: readonly UnbilledLine[]): Selection {
  return new Map(lines.map((line) => [line.noteLineId, line.billable]))
}

export function withLines(selection: Selection, lines: readonly UnbilledLine[], on: boolean): Selection {
  const next = new Map(selection)
  for (const line of lines) {
    if (on) next.set(line.noteLineId, line.billable)
    else next.delete(line.noteLineId)
  }
  return next
}

export function withQuantity(selection: Selection, line: UnbilledLine, quantity: number | undefined): Selection {
  const next = new Map(selection)
  if (quantity) next.set(line.noteLineId, quantity)
  else next.delete(line.noteLineId)
  return next
}

/** Whole notes by their id, the rest line by line: the way the invoice wants to hear it. */
export function billingInput(
  group: BillGroup,
  selection: Selection,
): { noteIds?: string[]; lines?: { noteLineId: string; quantity?: number }[] } {
  const noteIds: string[] = []
  const lines: { noteLineId: string; quantity?: number }[] = []
  for (const [noteId, ofNote] of group.notes) {
    if (ofNote.every((line) => selection.get(line.noteLineId) === line.billable)) noteIds.push(noteId)
    else
      for (const line of ofNote)
        if (selection.has(line.noteLineId))
          lines.push({ noteLineId: line.noteLineId, quantity: selection.get(line.noteLineId) })
  }
  return { ...(noteIds.length > 0 ? { noteIds } : {}), ...(lines.length > 0 ? { lines } : {}) }
}
