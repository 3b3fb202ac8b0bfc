import type { z } from 'zod'
import type { changedPrice, toBillRow } from '../../common/billing/api.ts'
import { billingRule } from '../../common/customers/api.ts'
import type { Day } from '../../common/dates.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'
import { findPlannedBills, isDue, sumOf } from './find-portions.ts'
import { lastDayDue } from './rules/due-on.ts'

type Row = z.input<typeof toBillRow>
// who has something to bill, and since when, stands in the partial index; what is billed is never touched
const customersToBill = statement<Omit<Row, 'dueOn' | 'gross' | 'dueGross' | 'dueInvoices'> & { key: string }>(
  'billing.customers-to-bill',
  `select c.id as "customerId", c.number as "customerNumber", c.name as "customerName", c.billing_rule as rule, c.invoice_grouping as grouping, b.since, b.notes, b.since || ' ' || c.number as key
     from (select customer_id, min(delivered_on) as since, count(*)::int as notes from delivery.note where billable group by 1) b
     join customers.customer c on c.id = b.customer_id left join receivables.account a on a.customer_id = c.id
    where ($1::text is null or c.number ilike $1 || '%' or c.name ilike '%' || $1 || '%')
      and ($2::text is null or c.billing_rule = $2) and ($3::date is null or b.since <= $3)
      and ($4::jsonb is null or b.since <= ($4::jsonb->>c.billing_rule)::date or c.billing_rule = 'above-amount' and a.unbilled >= c.billing_amount)
      and ($5::text is null or b.since || ' ' || c.number > $5)
    order by key limit $6 + 1`,
)

/** What is delivered and not billed, a row a customer, who waits longest first. Derived from the notes alone. */
export async function findToBill(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    q?: string | undefined
    rule?: Row['rule'] | undefined
    show: 'all' | 'due'
    deliveredUntil?: Day | undefined
  },
  today: Day,
): Promise<{ rows: Row[]; next: string | null }> {
  const found = await database.query(customersToBill, [
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.rule ?? null,
    input.deliveredUntil ?? null,
    input.show === 'due' ? JSON.stringify(lastDays(today)) : null,
    input.after ?? null,
    input.limit,
  ])
  const page = pageRows(found, input, (r) => r.key)
  const planned = await findPlannedBills(
    database,
    page.rows.map((r) => r.customerId),
    today,
  )
  const billsOf = new Map(planned.map((p) => [p.customerId, p.bills]))
  const rows = page.rows.map(({ key: _, ...row }) => {
    const bills = billsOf.get(row.customerId) ?? []
    const due = bills.filter((b) => isDue(b, today))
    const days = bills.flatMap((b) => (b.dueOn === null ? [] : [b.dueOn])).sort()
    return { ...row, dueOn: days[0] ?? null, gross: sumOf(bills), dueGross: sumOf(due), dueInvoices: due.length }
  })
  // above an amount the sum over all invoices may be reached where none of them is
  return { rows: input.show === 'due' ? rows.filter((r) => r.dueInvoices > 0) : rows, next: page.next }
}

const lastDays = (today: Day) => Object.fromEntries(billingRule.options.map((rule) => [rule, lastDayDue(rule, today)]))

// the price this customer would get today for the quantity he ordered, in the price mode of the order
const changedPrices = statement<z.input<typeof changedPrice>>(
  'billing.changed-prices',
  `select * from (
     select l.id as "noteLineId", n.number as "noteNumber", o.article_number as "articleNumber", o.name, h.price_mode as "priceMode", o.unit_price as agreed,
            case h.price_mode when 'net' then p.price else round(p.price::numeric * (10000 + o.vat_rate) / 10000)::bigint end as "priceNow"
       from delivery.note n join delivery.note_line l on l.note_id = n.id join orders.order_line o on o.id = l.order_line_id join orders.sales_order h on h.id = l.order_id
       join customers.customer c on c.id = n.customer_id join catalog.article a on a.id = o.article_id
       cross join lateral (select coalesce(
         (select x.price from catalog.price x where x.article_id = a.id and x.price_group = c.price_group and x.from_quantity <= o.ordered order by x.from_quantity desc limit 1), a.list_price) as price) p
      where n.billable and n.customer_id = $1 and l.invoiced < l.delivered - l.returned) f
    where "priceNow" <> agreed and ($2::uuid is null or "noteLineId" > $2) order by "noteLineId" limit $3 + 1`,
)

/** Lines to be billed whose list price is another one by now. Billed is what was agreed; this only shows it. */
export async function findChangedPrices(
  database: Database,
  input: { customerId: string; limit: number; after?: string | undefined },
) {
  const rows = await database.query(changedPrices, [input.customerId, input.after ?? null, input.limit])
  return pageRows(rows, input, (r) => r.noteLineId)
}
