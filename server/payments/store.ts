import { type Database, statement, type Work } from '../kernel/index.ts'

/** How a refund stands: `r` the refund, `o` its outcome, `m` the file it is in. */
export const refundStatusSql = `case when o.outcome = 'cancelled' then 'cancelled' when o.refund_id is not null or not r.by_file then 'paid' when m.file_id is null then 'to-pay'
    when exists (select 1 from payments.payment_file_step s where s.file_id = m.file_id and s.step = 'handed-over') then 'paid' else 'in-file' end`
export const refundStatusJoins =
  'left join payments.refund_outcome o on o.refund_id = r.id left join payments.refund_in_file m on m.refund_id = r.id'

export interface RefundRow {
  id: string
  number: string
  customerId: string
  creditId: string
  amount: number
  status: 'to-pay' | 'in-file' | 'paid' | 'cancelled'
  fromNumber: string
}
const refundColumns = `r.id, r.number, r.customer_id as "customerId", r.credit_id as "creditId", r.amount, ${refundStatusSql} as status,
  coalesce((select i.number from invoicing.invoice i where i.id = r.credit_id), (select p.number from payments.payment p where p.id = r.credit_id), '') as "fromNumber"`
const refundsById = statement<RefundRow>(
  'payments.refunds',
  `select ${refundColumns} from payments.refund r ${refundStatusJoins} where r.id = any($1) order by r.id`,
)
const refundsOfCredits = statement<RefundRow>(
  'payments.refunds-of-credits',
  `select ${refundColumns} from payments.refund r ${refundStatusJoins} where r.credit_id = any($1) order by r.id`,
)
const lockRefundRows = statement(
  'payments.lock-refunds',
  'select 1 from payments.refund where id = any($1) order by id for update',
)

export const findRefundRows = (database: Database, ids: readonly string[]) => database.query(refundsById, [ids])
export const findRefundsOf = (database: Database, creditIds: readonly string[]) =>
  database.query(refundsOfCredits, [creditIds])
/** How they stand is looked at under the lock: of two clerks at once one wins. */
export async function lockRefunds(work: Work, ids: readonly string[]): Promise<RefundRow[]> {
  const [, rows] = await Promise.all([work.query(lockRefundRows, [ids]), findRefundRows(work, ids)])
  return rows
}

const insertOutcome = statement(
  'payments.insert-refund-outcome',
  'insert into payments.refund_outcome (refund_id, outcome, note, at) values ($1, $2, $3, $4)',
)
export function saveOutcome(
  work: Work,
  refundId: string,
  outcome: 'paid-by-hand' | 'cancelled',
  note: string | null,
): void {
  work.save(insertOutcome, [refundId, outcome, note, work.now])
}

const insertFileRow = statement(
  'payments.insert-payment-file',
  'insert into payments.payment_file (id, number, execute_on, count, total, document_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
)
const insertItems = statement(
  'payments.insert-payment-file-items',
  `with item as (insert into payments.payment_file_item (file_id, position, refund_id) select $1, n, id from unnest($2::uuid[]) with ordinality as x(id, n) returning refund_id)
   insert into payments.refund_in_file (refund_id, file_id) select refund_id, $1 from item`,
)
export interface NewPaymentFile {
  id: string
  number: string
  executeOn: string
  total: number
  documentId: string
  refundIds: readonly string[]
}
export function insertPaymentFile(work: Work, f: NewPaymentFile): void {
  work.save(insertFileRow, [f.id, f.number, f.executeOn, f.refundIds.length, f.total, f.documentId, work.now])
  work.save(insertItems, [f.id, f.refundIds])
}

export interface PaymentFileRow {
  id: string
  number: string
  steps: ('handed-over' | 'withdrawn')[]
}
const lockFileRow = statement(
  'payments.lock-payment-file',
  'select 1 from payments.payment_file where id = $1 for update',
)
const fileById = statement<PaymentFileRow>(
  'payments.payment-file',
  `select f.id, f.number, array(select step from payments.payment_file_step s where s.file_id = f.id) as steps from payments.payment_file f where f.id = $1`,
)
export async function lockPaymentFile(work: Work, id: string): Promise<PaymentFileRow | undefined> {
  const [, [row]] = await Promise.all([work.query(lockFileRow, [id]), work.query(fileById, [id])])
  return row
}

const insertStep = statement(
  'payments.insert-payment-file-step',
  'insert into payments.payment_file_step (file_id, step, reason, at) values ($1, $2, $3, $4)',
)
const freeRefunds = statement('payments.free-refunds', 'delete from payments.refund_in_file where file_id = $1')
/** A file that is withdrawn lets go of its refunds; they wait again. */
export function saveFileStep(work: Work, id: string, step: 'handed-over' | 'withdrawn', reason: string | null): void {
  work.save(insertStep, [id, step, reason, work.now])
  if (step === 'withdrawn') work.save(freeRefunds, [id])
}
