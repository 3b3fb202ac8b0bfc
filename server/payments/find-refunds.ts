import type { z } from 'zod'
import type { creditRow, getPaymentFile, paymentFileRow, refundRow } from '../../common/payments/api.ts'
import { findFiles } from '../documents/index.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'
import { refundStatusJoins, refundStatusSql } from './store.ts'

const refundRows = statement<z.input<typeof refundRow>>(
  'payments.find-refunds',
  `select id, number, "customerId", "customerName", "paidOn", method, reference, amount, "from", status, file, note, case when status = 'to-pay' then account end as account from (
     select r.id, r.number, r.customer_id as "customerId", c.name as "customerName", r.paid_on as "paidOn", r.method, r.reference, r.amount, c.bank_account as account, o.note, ${refundStatusSql} as status,
            coalesce((select jsonb_build_object('id', i.id, 'number', i.number, 'kind', 'correction') from invoicing.invoice i where i.id = r.credit_id), (select jsonb_build_object('id', p.id, 'number', p.number, 'kind', 'payment') from payments.payment p where p.id = r.credit_id)) as "from",
            (select jsonb_build_object('id', f.id, 'number', f.number) from payments.payment_file f where f.id = m.file_id) as file
       from payments.refund r join customers.customer c on c.id = r.customer_id ${refundStatusJoins}
      where ($1::uuid is null or r.id < $1) and ($2::uuid is null or r.customer_id = $2) and ($4 = 'all' or r.by_file and o.refund_id is null and m.refund_id is null)
        and ($3::text is null or r.number ilike '%' || $3 || '%' or c.name ilike '%' || $3 || '%' or r.reference ilike '%' || $3 || '%')
      order by r.id desc limit $5 + 1) x order by id desc`,
)

/** Refunds, newest first. */
export async function findRefunds(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    customerId?: string | undefined
    q?: string | undefined
    show: 'to-pay' | 'all'
  },
) {
  const rows = await database.query(refundRows, [
    input.after ?? null,
    input.customerId ?? null,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.show,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.id)
}

const creditRows = statement<z.input<typeof creditRow>>(
  'payments.find-credits',
  `select k.id, k.kind, coalesce(i.number, p.number) as number, k.customer_id as "customerId", c.name as "customerName", k.received_on as "receivedOn", s.number as "orderNumber", k.amount, k."left", c.bank_account as account
     from receivables.credit k join customers.customer c on c.id = k.customer_id left join invoicing.invoice i on i.id = k.id left join payments.payment p on p.id = k.id left join orders.sales_order s on s.id = k.order_id
    where k."left" > 0 and ($1::uuid is null or k.id > $1) and ($2::uuid is null or k.customer_id = $2) and ($3::text is null or c.name ilike '%' || $3 || '%' or coalesce(i.number, p.number) ilike '%' || $3 || '%')
    order by k.id limit $4 + 1`,
)
/** Money of customers that nobody used yet, oldest first. */
export async function findCredits(
  database: Database,
  input: { limit: number; after?: string | undefined; customerId?: string | undefined; q?: string | undefined },
) {
  const q = input.q?.replace(/[\\%_]/g, '\\$&') ?? null
  const rows = await database.query(creditRows, [input.after ?? null, input.customerId ?? null, q, input.limit])
  return pageRows(rows, input, (r) => r.id)
}

type FileView = z.input<(typeof getPaymentFile)['output']>
const stepAt = (step: string) =>
  `(select s.at from payments.payment_file_step s where s.file_id = f.id and s.step = '${step}')`
const fileColumns = `f.id, f.number, f.execute_on as "executeOn", f.count, f.total, f.created_at as "createdAt",
  case when ${stepAt('withdrawn')} is not null then 'withdrawn' when ${stepAt('handed-over')} is not null then 'handed-over' else 'made' end as status`
const fileRows = statement<z.input<typeof paymentFileRow>>(
  'payments.find-payment-files',
  `select ${fileColumns} from payments.payment_file f where ($1::uuid is null or f.id < $1) order by f.id desc limit $2 + 1`,
)
const fileById = statement<Omit<FileView, 'refunds' | 'files'>>(
  'payments.find-payment-file',
  `select ${fileColumns}, f.document_id as "documentId", ${stepAt('handed-over')} as "handedOverAt", ${stepAt('withdrawn')} as "withdrawnAt",
          (select s.reason from payments.payment_file_step s where s.file_id = f.id and s.step = 'withdrawn') as "withdrawReason" from payments.payment_file f where f.id = $1`,
)
const refundsOfFile = statement<FileView['refunds'][number]>(
  'payments.refunds-of-file',
  `select r.id, r.number, r.customer_id as "customerId", c.name as "customerName", r.amount, ${refundStatusSql} as status
     from payments.payment_file_item t join payments.refund r on r.id = t.refund_id join customers.customer c on c.id = r.customer_id ${refundStatusJoins} where t.file_id = $1 order by t.position`,
)

/** Payment files, newest first. */
export async function findPaymentFiles(database: Database, input: { limit: number; after?: string | undefined }) {
  return pageRows(await database.query(fileRows, [input.after ?? null, input.limit]), input, (r) => r.id)
}

export async function findPaymentFile(database: Database, input: { id: string }): Promise<FileView> {
  const [[row], refunds] = await Promise.all([
    database.query(fileById, [input.id]),
    database.query(refundsOfFile, [input.id]),
  ])
  const file = orNotFound(row, 'payment-file')
  return { ...file, refunds, files: await findFiles(database, file.documentId) }
}
