import type { z } from 'zod'
import { dayOf, daysBetween } from '../../common/dates.ts'
import type { openItem, payment, paymentRow } from '../../common/payments/api.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'

const columns = `p.id, p.number, p.customer_id as "customerId", c.name as "customerName", p.received_on as "receivedOn", p.method, p.reference, p.amount, p.amount - r."left" as allocated, r."left"`
const paymentRows = statement<z.input<typeof paymentRow>>(
  'payments.find-payments',
  `select ${columns} from payments.payment p join customers.customer c on c.id = p.customer_id join receivables.credit r on r.id = p.id
    where ($1::uuid is null or p.id < $1) and ($2::uuid is null or p.customer_id = $2) and ($3::text is null or p.number ilike '%' || $3 || '%' or c.name ilike '%' || $3 || '%' or p.reference ilike '%' || $3 || '%')
    order by p.id desc limit $4 + 1`,
)
const paymentById = statement<Omit<z.input<typeof payment>, 'allocations'>>(
  'payments.find-payment',
  `select ${columns}, p.at, c.bank_account as account from payments.payment p join customers.customer c on c.id = p.customer_id join receivables.credit r on r.id = p.id where p.id = $1`,
)
const allocationsOf = statement<z.input<typeof payment>['allocations'][number]>(
  'payments.allocations-of',
  `select a.invoice_id as "invoiceId", o.number as "invoiceNumber", a.amount, a.skonto, a.at from receivables.allocation a join receivables.open_item o on o.invoice_id = a.invoice_id where a.credit_id = $1 order by a.id`,
)

/** Payments, newest first. */
export async function findPayments(
  database: Database,
  input: { limit: number; after?: string | undefined; customerId?: string | undefined; q?: string | undefined },
) {
  const rows = await database.query(paymentRows, [
    input.after ?? null,
    input.customerId ?? null,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.id)
}

export async function findPayment(database: Database, input: { id: string }) {
  const [[row], allocations] = await Promise.all([
    database.query(paymentById, [input.id]),
    database.query(allocationsOf, [input.id]),
  ])
  return { ...orNotFound(row, 'payment'), allocations }
}

const openItems = statement<Omit<z.input<typeof openItem>, 'overdueDays'> & { key: string }>(
  'payments.find-open-items',
  `select o.invoice_id as "invoiceId", o.number as "invoiceNumber", o.customer_id as "customerId", c.name as "customerName", o.issued_on as "issuedOn", o.due_on as "dueOn", o.amount, o.open, o.skonto, coalesce(o.due_on::text, '9999') || ' ' || o.invoice_id as key
     from receivables.open_item o join customers.customer c on c.id = o.customer_id
    where o.open > 0 and ($1::uuid is null or o.customer_id = $1) and ($2::text is null or coalesce(o.due_on::text, '9999') || ' ' || o.invoice_id > $2)
    order by key limit $3 + 1`,
)

/** Open items, oldest due first. */
export async function findOpenItems(
  database: Database,
  input: { limit: number; after?: string | undefined; customerId?: string | undefined },
) {
  const today = dayOf(new Date())
  const rows = await database.query(openItems, [input.customerId ?? null, input.after ?? null, input.limit])
  const { rows: items, next } = pageRows(rows, input, (r) => r.key)
  return {
    rows: items.map((i) => ({ ...i, overdueDays: i.dueOn === null ? 0 : Math.max(daysBetween(i.dueOn, today), 0) })),
    next,
  }
}
