import type { postGoodsIssue } from '../../common/delivery/api.ts'
import type { CallInput } from '../api.ts'
import type { Note, NoteLine } from './note.ts'

/** By line what was taken from the shelf; undefined while a field is empty. */
export type Picked = Record<string, number | undefined>

export const plannedOf = (note: Note): Picked =>
  Object.fromEntries(note.noteLines.map((line) => [line.id, line.planned]))

export const nothingPicked = (note: Note, picked: Picked): boolean =>
  note.noteLines.every((line) => line.kind !== 'goods' || !picked[line.id])

interface Shipping {
  deliveredOn: string | undefined
  parcels: number | undefined
  grossWeight: number | undefined
  carrier: string
  trackingNumber: string
}

export function goodsIssueInput(note: Note, picked: Picked, shipping: Shipping): CallInput<typeof postGoodsIssue> {
  const asPlanned = note.noteLines.every((line) => picked[line.id] === line.planned)
  return {
    id: note.id,
    deliveredOn: shipping.deliveredOn,
    parcels: shipping.parcels,
    grossWeight: shipping.grossWeight || undefined,
    carrier: shipping.carrier.trim() || undefined,
    trackingNumber: shipping.trackingNumber.trim() || undefined,
    ...(asPlanned
      ? {}
      : { picked: note.noteLines.map((line) => ({ lineId: line.id, quantity: picked[line.id] ?? 0 })) }),
  }
}

/** The line that a scanned GTIN or article number means: of several, the first that is not complete. */
export function lineOfScan(note: Note, picked: Picked, code: string): NoteLine | undefined {
  const same = (line: NoteLine) =>
    line.articleNumber?.toLowerCase() === code.toLowerCase() ||
    (line.gtin !== null && /^\d{8,14}$/.test(code) && line.gtin.padStart(14, '0') === code.padStart(14, '0'))
  const matching = note.noteLines.filter(same)
  return matching.find((line) => (picked[line.id] ?? 0) < line.planned) ?? matching[0]
}
