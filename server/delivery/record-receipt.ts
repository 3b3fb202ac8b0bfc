import type { Signature } from '../../common/delivery/signature.ts'
import { newId, orNotFound, orRefuse, statement, type Work } from '../kernel/index.ts'
import { planReceipt } from './rules/plan-receipt.ts'
import { lockNotes } from './store.ts'

interface ReceiptInput {
  id: string
  takenBy: string
  /** left out: now */
  takenAt?: string | undefined
  signature?: Signature | undefined
  reason?: string | undefined
}

const receiptsOfNote = statement<{ count: number }>(
  'delivery.count-receipts',
  'select count(*)::int as count from delivery.receipt where note_id = $1',
)
const insertReceipt = statement(
  'delivery.insert-receipt',
  'insert into delivery.receipt (id, note_id, position, taken_by, taken_at, signature, reason, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
)

/**
 * The proof that goods were handed over (Empfangsbestätigung): who took them, when, and what he signed. The note is not
 * touched. Who was named by mistake is named anew with a reason, and the former stays. Refuses a note that is not issued,
 * one that has its proof, and a moment in the future.
 */
export async function recordReceipt(work: Work, input: ReceiptInput): Promise<{ position: number }> {
  const [[row], [receipts]] = await Promise.all([lockNotes(work, [input.id]), work.query(receiptsOfNote, [input.id])])
  const note = orNotFound(row, 'delivery-note')
  const takenAt = input.takenAt === undefined ? work.now : new Date(input.takenAt)
  const { position } = orRefuse(
    planReceipt(
      { number: note.number ?? note.id, issued: note.state === 'issued', receipts: receipts!.count },
      { takenAt, reason: input.reason },
      work.now,
    ),
  )
  const signature = input.signature === undefined ? null : JSON.stringify(input.signature)
  const { takenBy, reason = null } = input
  work.save(insertReceipt, [
    newId(),
    note.id,
    position,
    takenBy,
    takenAt,
    signature,
    position === 1 ? null : reason,
    work.now,
    work.actor.id,
  ])
  work.announce('delivery.receipt-recorded', { deliveryNoteId: note.id, number: note.number })
  work.record({ subjectId: note.id, after: { position, signed: signature !== null } })
  return { position }
}
