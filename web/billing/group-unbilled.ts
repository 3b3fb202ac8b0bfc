import type { z } from 'zod'
import type { unbilledLine } from '../../common/delivery/api.ts'

export type UnbilledLine = z.output<typeof unbilledLine>

/** What can stand on one invoice: one customer, one bill-to address, one price mode. */
export interface BillGroup {
  key: string
  customerId: string
  customerName: string
  billToId: string
  priceMode: 'net' | 'gross'
  since: string
  amount: number
  notes: Map<string, UnbilledLine[]>
  lines: UnbilledLine[]
}

export function groupUnbilled(lines: readonly UnbilledLine[]): BillGroup[] {
  const groups = new Map<string, BillGroup>()
  for (const line of lines) {
    const { customerId, customerName, billToId, priceMode } = line
    const key = [customerId, billToId, priceMode].join(' ')
    let group = groups.get(key)
    if (!group) {
      group = {
        key,
        customerId,
        customerName,
        billToId,
        priceMode,
        since: line.deliveredOn,
        amount: 0,
        notes: new Map(),
        lines: [],
      }
      groups.set(key, group)
    }
    group.lines.push(line)
    group.amount += line.amount
    if (line.deliveredOn < group.since) group.since = line.deliveredOn
    const ofNote = group.notes.get(line.noteId)
    if (ofNote) ofNote.push(line)
    else group.notes.set(line.noteId, [line])
  }
  return [...groups.values()]
}
