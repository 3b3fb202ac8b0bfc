import type { z } from 'zod'
import type { Day } from '../../common/dates.ts'
import type { invoice, receiptRow } from '../../common/invoicing/api.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'
import { findDownPaymentRates } from './down-payment-store.ts'
import type { DownPaymentRate } from './rules/down-payments.ts'
import { shareOfReceipt, spreadReceipts } from './rules/spread-receipts.ts'

type DownPaymentView = NonNullable<z.input<typeof invoice>['downPayment']>
type Receipt = DownPaymentView['receipts'][number]

const dayOf = `case c.kind when 'correction' then (a.at at time zone 'Europe/Berlin')::date else c.received_on end`
// what corrections of the down payment itself closed is no money that came in
const receiptsOf = statement<Omit<Receipt, 'perRate'>>(
  'invoicing.down-payment-receipts',
  `select ${dayOf} as "receivedOn", coalesce(p.number, x.number, s.number) as number, a.amount
     from receivables.allocation a join receivables.credit c on c.id = a.credit_id left join payments.payment p on p.id = c.id left join invoicing.invoice x on x.id = c.id
     left join orders.sales_order s on s.id = c.order_id
    where a.invoice_id = $1 and a.amount > 0 and x.corrects is distinct from $1 order by 1, a.id`,
)
const usedBy = statement<DownPaymentView['usedBy'][number]>(
  'invoicing.down-payment-used-by',
  `select i.id, i.number, i.kind, i.issued_on as "issuedOn", sum(u.payable)::bigint as payable
     from invoicing.down_payment_use u join invoicing.invoice i on i.id = u.invoice_id where u.down_payment_id = $1 group by i.id order by i.id`,
)

/** Of a down-payment invoice: when which money came with how much tax in it, who used it, and what is left. */
export async function findDownPaymentView(database: Database, invoiceId: string): Promise<DownPaymentView> {
  const [rates, receipts, uses] = await Promise.all([
    findDownPaymentRates(database, [invoiceId]),
    database.query(receiptsOf, [invoiceId]),
    database.query(usedBy, [invoiceId]),
  ])
  return {
    left: rates.reduce((sum, r) => sum + r.leftPayable, 0),
    receipts: spreadReceipts(receipts, rates),
    usedBy: uses,
  }
}

type ReceiptRow = z.input<typeof receiptRow>
const allReceipts = statement<Omit<ReceiptRow, 'perRate'> & { upTo: number; rates: DownPaymentRate[]; key: string }>(
  'invoicing.all-down-payment-receipts',
  `select * from (
     select ${dayOf} as "receivedOn", coalesce(p.number, x.number, s.number) as number, a.amount, d.id as "invoiceId", d.number as "invoiceNumber", d.customer_id as "customerId", k.name as "customerName",
            sum(a.amount) over (partition by d.id order by ${dayOf}, a.id)::bigint as "upTo", ${dayOf} || ' ' || a.id as key,
            (select jsonb_agg(jsonb_build_object('category', r.vat_category, 'rate', r.vat_rate, 'payable', r.payable, 'net', r.net, 'vat', r.vat) order by r.vat_rate desc) from invoicing.down_payment r where r.invoice_id = d.id) as rates
       from invoicing.invoice d join customers.customer k on k.id = d.customer_id join receivables.allocation a on a.invoice_id = d.id join receivables.credit c on c.id = a.credit_id
       left join payments.payment p on p.id = c.id left join invoicing.invoice x on x.id = c.id left join orders.sales_order s on s.id = c.order_id
      where d.kind = 'down-payment' and a.amount > 0 and x.corrects is distinct from d.id) f
    where "receivedOn" between $1 and $2 and ($3::text is null or key > $3) order by key limit $4 + 1`,
)

/** All money received on down payments in these days, with the tax in it: what a tax adviser asks for. */
export async function findReceipts(
  database: Database,
  input: { from: Day; to: Day; limit: number; after?: string | undefined },
) {
  const found = await database.query(allReceipts, [input.from, input.to, input.after ?? null, input.limit])
  const { rows, next } = pageRows(found, input, (r) => r.key)
  return {
    rows: rows.map(({ upTo, rates, key: _, ...row }) => ({ ...row, perRate: shareOfReceipt(row.amount, upTo, rates) })),
    next,
  }
}
