import { type Database, newId, statement, type Work } from '../kernel/index.ts'
import type { PlannedLine, ShownLine } from './rules/plan-case.ts'

const goodsOfNotes = statement<ShownLine>(
  'links.goods-of-notes',
  `select l.id, l.note_id as "noteId", o.kind, o.name, l.delivered, l.returned from delivery.note_line l join orders.order_line o on o.id = l.order_line_id
    where l.note_id = any($1) and l.delivered > 0`,
)
export const findGoodsOf = (database: Database, noteIds: readonly string[]) => database.query(goodsOfNotes, [noteIds])

const waitingOfLink = statement<{ count: number }>(
  'links.waiting-of-link',
  "select count(*)::int as count from links.case where link_id = $1 and state <> 'done'",
)
export async function countWaiting(database: Database, linkId: string): Promise<number> {
  return (await database.query(waitingOfLink, [linkId]))[0]!.count
}

const sameCase = statement<{ number: string }>(
  'links.same-case',
  "select number from links.case where link_id = $1 and content_hash = $2 and state <> 'done'",
)
/** The number of a report that says the same and still waits. */
export async function findSameCase(database: Database, linkId: string, hash: Buffer): Promise<string | undefined> {
  return (await database.query(sameCase, [linkId, hash]))[0]?.number
}

const insertCaseRow = statement(
  'links.insert-case',
  'insert into links.case (id, number, link_id, customer_id, words, contact, language, content_hash, reported_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
)
const insertLineRows = statement(
  'links.insert-case-lines',
  `insert into links.case_line (case_id, position, note_id, note_line_id, problem, quantity)
   select $2, l.position, l.note_id, l.note_line_id, l.problem, l.quantity from jsonb_to_recordset($1) as l(position int, note_id uuid, note_line_id uuid, problem text, quantity bigint)`,
)
interface NewCase {
  id: string
  number: string
  linkId: string
  customerId: string
  words: string
  contact?: string | undefined
  language: 'de' | 'en'
  contentHash: Buffer
}
export function insertCase(work: Work, c: NewCase, lines: readonly PlannedLine[]): void {
  const { id, number, linkId, customerId, words, contact, language, contentHash } = c
  work.save(insertCaseRow, [id, number, linkId, customerId, words, contact || null, language, contentHash, work.now])
  const rows = lines.map((l, i) => ({
    position: i + 1,
    note_id: l.noteId,
    note_line_id: l.noteLineId,
    problem: l.problem,
    quantity: l.quantity,
  }))
  work.save(insertLineRows, [JSON.stringify(rows), id])
}

export interface CaseRow {
  id: string
  number: string
  customerId: string
  state: 'open' | 'answered' | 'done'
}
const lockCaseRow = statement<CaseRow>(
  'links.lock-case',
  'select id, number, customer_id as "customerId", state from links.case where id = $1 for update',
)
export async function lockCase(work: Work, id: string): Promise<CaseRow | undefined> {
  return (await work.query(lockCaseRow, [id]))[0]
}

const insertStepRow = statement(
  'links.insert-step',
  'insert into links.case_step (id, case_id, kind, words, return_id, at, by) values ($1, $2, $3, $4, $5, $6, $7)',
)
const setStateRow = statement('links.set-state', 'update links.case set state = $2 where id = $1')
export interface Step {
  kind: 'answered' | 'returned' | 'rejected' | 'settled'
  words: string | null
  returnId?: string | undefined
}
/** What was done about a case, and how it stands then: only an answer leaves it open for more. */
export function saveStep(work: Work, caseId: string, { kind, words, returnId }: Step): void {
  work.save(insertStepRow, [newId(), caseId, kind, words, returnId ?? null, work.now, work.actor.id])
  work.save(setStateRow, [caseId, kind === 'answered' ? 'answered' : 'done'])
}

const returnForCase = statement<{ number: string }>(
  'links.return-for-case',
  `select r.number from returns.goods_return r join links.case c on c.id = $1 and c.customer_id = r.customer_id
    where r.id = $2 and exists (select from returns.line l join links.case_line x on x.case_id = $1 and x.note_line_id = l.note_line_id where l.return_id = r.id)`,
)
/** The number of a return that takes back something the case is about. */
export async function findReturnForCase(
  database: Database,
  caseId: string,
  returnId: string,
): Promise<string | undefined> {
  return (await database.query(returnForCase, [caseId, returnId]))[0]?.number
}
