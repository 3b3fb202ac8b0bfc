import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import type { Facts, RefusalCode } from '../../common/refusal.ts'
import { type Actor, type Database, newId, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'

export type RunState = 'planning' | 'planned' | 'billing' | 'stopped' | 'done' | 'discarded'
export interface RunRow {
  id: string
  state: RunState
  atOnce: boolean
  scheduled: boolean
  day: Day
  everything: boolean
  customerId: string | null
  rule: string | null
  actorKind: Actor['kind']
  actorId: string | null
  plannedTo: string | null
}
const runColumns =
  'id, state, at_once as "atOnce", scheduled, day, everything, customer_id as "customerId", rule, actor_kind as "actorKind", actor_id as "actorId", planned_to as "plannedTo"'
const insertRunRow = statement(
  'billing.insert-run',
  `insert into billing.run (id, state, at_once, scheduled, day, everything, customer_id, rule, actor_kind, actor_id, created_at) values ($1, 'planning', $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
)
export function insertRun(work: Work, run: Omit<RunRow, 'state' | 'actorKind' | 'actorId' | 'plannedTo'>): void {
  work.save(insertRunRow, [
    run.id,
    run.atOnce,
    run.scheduled,
    run.day,
    run.everything,
    run.customerId,
    run.rule,
    work.actor.kind,
    work.actor.id,
    work.now,
  ])
}
const runById = statement<RunRow>('billing.run', `select ${runColumns} from billing.run where id = $1`)
const lockRunById = statement<RunRow>(
  'billing.lock-run',
  `select ${runColumns} from billing.run where id = $1 for update`,
)
export async function findRunRow(database: Database, id: string): Promise<RunRow> {
  return orNotFound((await database.query(runById, [id]))[0], 'billing-run')
}
/** Locks a run. Refuses 'run-state' in any other state than these. */
export async function lockRun(work: Work, id: string, states: readonly RunState[]): Promise<RunRow> {
  const run = orNotFound((await work.query(lockRunById, [id]))[0], 'billing-run')
  if (!states.includes(run.state)) refuseNow('run-state', { state: run.state })
  return run
}
const setRunState = statement('billing.set-run-state', `update billing.run set state = $2, ended_at = $3 where id = $1`)
export function saveRunState(work: Work, id: string, state: RunState): void {
  const ended = state === 'done' || state === 'discarded'
  work.save(setRunState, [id, state, ended ? work.now : null])
}
const setPlannedTo = statement('billing.set-planned-to', `update billing.run set planned_to = $2 where id = $1`)
export const savePlannedTo = (work: Work, id: string, customerId: string) => work.save(setPlannedTo, [id, customerId])

const nextCustomers = statement<{ id: string }>(
  'billing.next-customers',
  `select distinct n.customer_id as id from delivery.note n join customers.customer c on c.id = n.customer_id
    where n.billable and n.delivered_on <= $1 and ($2::uuid is null or n.customer_id > $2) and ($3::uuid is null or n.customer_id = $3) and ($4::text is null or c.billing_rule = $4)
    order by 1 limit $5`,
)
export async function findNextCustomers(database: Database, run: RunRow, limit: number): Promise<string[]> {
  const rows = await database.query(nextCustomers, [run.day, run.plannedTo, run.customerId, run.rule, limit])
  return rows.map((r) => r.id)
}

export interface NewBill {
  customerId: string
  noteLineIds: string[]
  dueOn: Day | null
  deliveredFrom: Day
  deliveredTo: Day
  notes: number
  net: Cents | null
  vat: Cents | null
  gross: Cents
  refusal: { code: RefusalCode; facts: Facts } | null
}
const insertBillRows = statement(
  'billing.insert-bills',
  `insert into billing.bill (id, run_id, customer_id, note_line_ids, due_on, delivered_from, delivered_to, notes, net, vat, gross, state, refusal)
   select b.id, $2, b."customerId", b."noteLineIds", b."dueOn", b."deliveredFrom", b."deliveredTo", b.notes, b.net, b.vat, b.gross, case when b.refusal is null then 'waiting' else 'refused' end, b.refusal
     from jsonb_to_recordset($1) as b(id uuid, "customerId" uuid, "noteLineIds" uuid[], "dueOn" date, "deliveredFrom" date, "deliveredTo" date, notes int, net bigint, vat bigint, gross bigint, refusal jsonb)`,
)
export function insertBills(work: Work, runId: string, bills: readonly NewBill[]): void {
  if (bills.length > 0) work.save(insertBillRows, [JSON.stringify(bills.map((b) => ({ ...b, id: newId() }))), runId])
}

const waitingBills = statement<{ id: string }>(
  'billing.waiting-bills',
  `select id from billing.bill where run_id = $1 and state = 'waiting' order by id limit $2`,
)
export async function findWaitingBills(database: Database, runId: string, limit: number): Promise<string[]> {
  return (await database.query(waitingBills, [runId, limit])).map((r) => r.id)
}
const lockBillById = statement<{ state: string; noteLineIds: string[] }>(
  'billing.lock-bill',
  `select state, note_line_ids::text[] as "noteLineIds" from billing.bill where id = $1 for update`,
)
/** Locks an invoice of a run that is still to be written. Refuses 'bill-not-waiting' if it was written or left out. */
export async function lockWaitingBill(work: Work, id: string): Promise<{ noteLineIds: string[] }> {
  const [bill] = await work.query(lockBillById, [id])
  return bill?.state === 'waiting' ? bill : refuseNow('bill-not-waiting')
}
const setBilled = statement(
  'billing.set-billed',
  `update billing.bill set state = 'billed', invoice_id = $2 where id = $1`,
)
export const saveBilled = (work: Work, id: string, invoiceId: string) => work.save(setBilled, [id, invoiceId])
const setRefused = statement(
  'billing.set-refused',
  `update billing.bill set state = $2, refusal = $3 where id = $1 and state = 'waiting'`,
)
export function saveRefused(work: Work, id: string, refusal: { code: RefusalCode; facts: Facts }): void {
  // somebody billed it meanwhile: nothing is wrong, nothing is left
  const gone = refusal.code === 'nothing-to-invoice'
  work.save(setRefused, [id, gone ? 'gone' : 'refused', gone ? null : JSON.stringify(refusal)])
}
const setExcluded = statement<{ id: string }>(
  'billing.set-excluded',
  `update billing.bill set state = case when $3::text is null then 'waiting' else 'excluded' end, reason = $3
    where run_id = $1 and id = any($2) and state in ('waiting', 'excluded') returning id`,
)
export async function saveExcluded(
  work: Work,
  runId: string,
  billIds: readonly string[],
  reason: string | null,
): Promise<number> {
  return (await work.query(setExcluded, [runId, billIds, reason])).length
}
