import type { LinkContent } from '../../../common/links/content.ts'
import type { Report } from './ask.ts'

export type NoteLine = LinkContent['notes'][number]['lines'][number]
export type Problem = Report['lines'][number]['problem']

/** How much of a line is missing and how much damaged, in thousandths; by id of the line. */
export type Draft = Readonly<Record<string, { missing: number; damaged: number }>>

const ONE = 1000
const NOTHING = { missing: 0, damaged: 0 }

export const saidOf = (draft: Draft, line: NoteLine) => draft[line.id] ?? NOTHING

/** What can be said of a line at most: what came and did not go back. */
export const mostOf = (line: NoteLine) => line.delivered - line.returned

/** Another quantity of one problem; never below nothing, and both together never more than came. */
export function withQuantity(draft: Draft, line: NoteLine, problem: Problem, quantity: number): Draft {
  const before = saidOf(draft, line)
  const other = problem === 'missing' ? before.damaged : before.missing
  const next = Math.min(Math.max(0, quantity), mostOf(line) - other)
  return { ...draft, [line.id]: { ...before, [problem]: next } }
}

/** One step up or down in whole pieces; the last one reaches what is not whole. */
export function stepped(draft: Draft, line: NoteLine, problem: Problem, direction: 1 | -1): Draft {
  const now = saidOf(draft, line)[problem]
  const next = direction === 1 ? Math.floor(now / ONE) * ONE + ONE : Math.ceil(now / ONE) * ONE - ONE
  return withQuantity(draft, line, problem, next)
}

export function reportedLines(draft: Draft): Report['lines'] {
  return Object.entries(draft).flatMap(([noteLineId, said]) =>
    (['missing', 'damaged'] as const).flatMap((problem) =>
      said[problem] > 0 ? [{ noteLineId, problem, quantity: said[problem] }] : [],
    ),
  )
}
