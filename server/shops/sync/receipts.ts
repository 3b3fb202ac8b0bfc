import type { Remark } from '../../../common/shops/api.ts'
import { type Database, firstIdAt, newId, statement } from '../../kernel/index.ts'
import { withoutPersons } from '../rules/said-by-shop.ts'

export type Outcome = 'received' | 'done' | 'nothing-to-do' | 'parked' | 'stale' | 'again' | 'dead'

export interface Receipt {
  direction: 'in' | 'out'
  kind: string
  objectId: string
  attempt?: number
  outcome: Outcome
  /** what was done or found, the weightiest first */
  remarks?: readonly Remark[]
  /** what the other side said itself */
  answer?: string | null
  /** ids and figures only, no personal data */
  facts?: Record<string, unknown>
  milliseconds?: number
}

const insertReceipts = statement(
  'shops.insert-receipts',
  `insert into shops.receipt (id, at, channel_id, direction, kind, object_id, attempt, outcome, remarks, answer, facts, milliseconds)
   select id, clock_timestamp(), $2, direction, kind, object_id, attempt, outcome, remarks, answer, facts, milliseconds
     from jsonb_to_recordset($1) as r(id uuid, direction text, kind text, object_id text, attempt int, outcome text, remarks jsonb, answer text, facts jsonb, milliseconds int)`,
)

/** The proof: every event in and out leaves one, also each attempt that failed. */
export async function writeReceipts(
  database: Database,
  channelId: string,
  receipts: readonly Receipt[],
): Promise<void> {
  if (receipts.length === 0) return
  const rows = receipts.map((r) => ({
    id: newId(),
    direction: r.direction,
    kind: r.kind,
    object_id: r.objectId,
    attempt: r.attempt ?? 1,
    outcome: r.outcome,
    remarks: r.remarks ?? [],
    answer: r.answer ? withoutPersons(r.answer).slice(0, 1000) : null,
    facts: r.facts ?? {},
    milliseconds: r.milliseconds === undefined ? null : Math.round(r.milliseconds),
  }))
  await database.query(insertReceipts, [JSON.stringify(rows), channelId])
}

const KEEP_DAYS = 400
const removeOld = statement<{ id: string }>(
  'shops.remove-old-receipts',
  `delete from shops.receipt where id in (select id from shops.receipt where id < $1 order by id limit 10000) returning id`,
)

/** Receipts are kept a bit more than a year: longer than a shop's own log, and than anybody asks. */
export async function forgetOldReceipts(database: Database): Promise<void> {
  const first = firstIdAt(new Date(Date.now() - KEEP_DAYS * 86_400_000))
  while ((await database.query(removeOld, [first])).length === 10_000) {}
}
