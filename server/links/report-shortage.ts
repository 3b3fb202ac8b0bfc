import { canonicalJson, newId, nextNumber, orRefuse, refuseNow, sha256, type Work } from '../kernel/index.ts'
import { countWaiting, findGoodsOf, findSameCase, insertCase } from './case-store.ts'
import { findChain } from './find-chain.ts'
import { refuseUnknown } from './open-link.ts'
import type { Reported } from './rules/plan-case.ts'
import { MOST_WAITING, planCase, sameReport } from './rules/plan-case.ts'
import { lockLink } from './store.ts'

export interface ReportInput {
  linkId: string
  lines: Reported[]
  words: string
  contact?: string | undefined
  language: 'de' | 'en'
}

/**
 * A customer says over his link what is missing or damaged; it becomes a case for the clerk. Nothing is booked by it.
 * The same said again while it still waits is the same case. Refuses lines his link does not show, more than he got,
 * and further reports when ten wait.
 */
export async function reportShortage(work: Work, input: ReportInput): Promise<{ number: string; again: boolean }> {
  const link = await lockLink(work, input.linkId)
  if (!link || link.revokedAt !== null || new Date(link.expiresAt) <= work.now) return refuseUnknown({ database: work })
  const { noteIds } = await findChain(work, link)
  const [shown, waiting] = await Promise.all([findGoodsOf(work, noteIds), countWaiting(work, link.id)])
  const lines = orRefuse(planCase(input.lines, shown))
  const contentHash = sha256(canonicalJson(sameReport(lines, input.words)))
  const known = await findSameCase(work, link.id, contentHash)
  if (known) return { number: known, again: true }
  if (waiting >= MOST_WAITING) refuseNow('too-many-cases', { most: MOST_WAITING })
  const [id, number] = [newId(), await nextNumber(work, 'case')]
  const { words, contact, language } = input
  insertCase(
    work,
    { id, number, linkId: link.id, customerId: link.customerId, words, contact, language, contentHash },
    lines,
  )
  const deliveryNoteIds = [...new Set(lines.map((l) => l.noteId))]
  work.announce('case.reported', { caseId: id, number, customerId: link.customerId, deliveryNoteIds })
  work.record({ subjectId: id, after: { number, linkId: link.id, lines: lines.length } })
  return { number, again: false }
}
