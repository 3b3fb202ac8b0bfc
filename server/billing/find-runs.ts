import type { z } from 'zod'
import type { bill, billingRun, billState } from '../../common/billing/api.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'

type RunView = z.input<typeof billingRun>
const runColumns = `r.id, r.state, r.scheduled, r.at_once as "atOnce", r.day, r.everything, case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name) end as customer, r.rule, r.created_at as "createdAt", r.ended_at as "endedAt",
  (select coalesce(jsonb_object_agg(s.state, jsonb_build_object('count', s.count, 'gross', s.gross)), '{}') from (
     select b.state, count(*)::int as count, sum(coalesce(i.gross + i.rounding, b.gross))::bigint as gross from billing.bill b left join invoicing.invoice i on i.id = b.invoice_id where b.run_id = r.id group by 1) s) as bills`
const runRows = statement<Omit<RunView, 'bills'> & { bills: Partial<RunView['bills']> }>(
  'billing.find-runs',
  `select ${runColumns} from billing.run r left join customers.customer c on c.id = r.customer_id where ($1::uuid is null or r.id < $1) order by r.id desc limit $2 + 1`,
)
const runById = statement<Omit<RunView, 'bills'> & { bills: Partial<RunView['bills']> }>(
  'billing.find-run',
  `select ${runColumns} from billing.run r left join customers.customer c on c.id = r.customer_id where r.id = $1`,
)
const NONE = { count: 0, gross: 0 }
const counted = (bills: Partial<RunView['bills']>): RunView['bills'] => ({
  waiting: NONE,
  billed: NONE,
  refused: NONE,
  gone: NONE,
  excluded: NONE,
  ...bills,
})

/** Billing runs, newest first, each with how many invoices it wrote and what is left. */
export async function findRuns(database: Database, input: { limit: number; after?: string | undefined }) {
  const rows = await database.query(runRows, [input.after ?? null, input.limit])
  return pageRows(
    rows.map((r) => ({ ...r, bills: counted(r.bills) })),
    input,
    (r) => r.id,
  )
}

export async function findRun(database: Database, { id }: { id: string }): Promise<RunView> {
  const run = orNotFound((await database.query(runById, [id]))[0], 'billing-run')
  return { ...run, bills: counted(run.bills) }
}

const billRows = statement<z.input<typeof bill>>(
  'billing.find-bills',
  `select b.id, b.customer_id as "customerId", c.number as "customerNumber", c.name as "customerName", b.due_on as "dueOn", b.delivered_from as "deliveredFrom", b.delivered_to as "deliveredTo", b.notes, cardinality(b.note_line_ids) as lines,
          b.net, b.vat, b.gross, b.state, b.reason, b.refusal, case when i.id is not null then jsonb_build_object('id', i.id, 'number', i.number, 'gross', i.gross + i.rounding) end as invoice
     from billing.bill b join customers.customer c on c.id = b.customer_id left join invoicing.invoice i on i.id = b.invoice_id
    where b.run_id = $1 and ($2::text is null or b.state = $2) and ($3::uuid is null or b.id > $3) order by b.id limit $4 + 1`,
)

/** The invoices of a run as they were planned, with what became of each. */
export async function findBills(
  database: Database,
  input: { id: string; limit: number; after?: string | undefined; state?: z.output<typeof billState> | undefined },
) {
  const rows = await database.query(billRows, [input.id, input.state ?? null, input.after ?? null, input.limit])
  return pageRows(rows, input, (r) => r.id)
}
