import { type Refusal, refuse } from '../../../common/refusal.ts'

const CLOCKS_DIFFER_MS = 5 * 60_000

export interface ReceiptWish {
  takenAt: Date
  /** why it is said anew */
  reason: string | undefined
}

/**
 * Whether somebody may be named who took the goods of a note, and the how many-th he is. Only of what left; once, or with
 * a reason in place of who was named before; not in the future, whatever the clock of the device says.
 */
export function planReceipt(
  note: { number: string; issued: boolean; receipts: number },
  wish: ReceiptWish,
  now: Date,
): { position: number } | Refusal {
  if (!note.issued) return refuse('note-not-issued', { note: note.number })
  if (note.receipts > 0 && wish.reason === undefined) return refuse('receipt-there', { note: note.number })
  if (wish.takenAt.getTime() > now.getTime() + CLOCKS_DIFFER_MS) return refuse('taken-in-future', { note: note.number })
  return { position: note.receipts + 1 }
}
