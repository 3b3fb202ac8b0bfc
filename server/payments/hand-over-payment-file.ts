import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { lockPaymentFile, saveFileStep } from './store.ts'

/** The file went to the bank: its refunds are paid, as far as we know. */
export async function handOverPaymentFile(work: Work, input: { id: string }): Promise<Record<string, never>> {
  const file = orNotFound(await lockPaymentFile(work, input.id), 'payment-file')
  if (file.steps.length > 0) refuseNow('payment-file-done', { file: file.number })
  return step(work, file, 'handed-over', null)
}

/** The file is not used, or the bank refused it whole, also after it was handed over: its refunds wait again. */
export async function withdrawPaymentFile(
  work: Work,
  input: { id: string; reason: string },
): Promise<Record<string, never>> {
  const file = orNotFound(await lockPaymentFile(work, input.id), 'payment-file')
  if (file.steps.includes('withdrawn')) refuseNow('payment-file-done', { file: file.number })
  return step(work, file, 'withdrawn', input.reason)
}

function step(
  work: Work,
  { id, number, steps }: { id: string; number: string; steps: string[] },
  next: 'handed-over' | 'withdrawn',
  reason: string | null,
): Record<string, never> {
  saveFileStep(work, id, next, reason)
  work.announce(`payment-file.${next}`, { paymentFileId: id, number })
  work.record({ subjectId: id, before: { steps }, after: { step: next, reason } })
  return {}
}
