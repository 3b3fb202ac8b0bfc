import type { z } from 'zod'
import type { monthRow } from '../../common/billing/api.ts'
import type { Day } from '../../common/dates.ts'
import { type Database, statement } from '../kernel/index.ts'
import { csvOf } from './rules/write-csv.ts'

/*
 * VAT arises in the month of the delivery, whenever it is billed (§ 13 (1) no. 1 a UStG), so the adviser has to know what
 * was delivered and not billed yet. As of a day: what is not billed now, and what was billed after that day. What a
 * correction took back after the day counts as billed on it. Goods that came back after the day were there on it: not billed
 * ones are added again; billed ones came off delivery and invoice alike, so neither they nor their correction count.
 */
// a return after the day, and one before it that was taken back after it
const cameBackLater = `
  select l.note_id, l.note_line_id, l.order_id, l.order_line_id, case when t.returned_on > $1 then l.quantity - l.credited else l.credited - l.quantity end as back
    from returns.goods_return t join returns.line l on l.return_id = t.id left join returns.cancellation c on c.return_id = t.id
   where l.quantity > l.credited and (t.returned_on > $1) = (c.return_id is null) and (c.at is null or (c.at at time zone 'Europe/Berlin')::date > $1)`
const lines = (whose = '') => `
  select l.id, n.id as note_id, n.delivered_on, n.number, n.customer_id, o.article_number, o.name, o.unit, o.vat_category, o.vat_rate, l.delivered - l.returned - l.invoiced as quantity,
         case h.price_mode when 'net' then round(o.amount::numeric * (l.delivered - l.returned - l.invoiced) / o.ordered)
           else round(round(o.gross::numeric * (l.delivered - l.returned - l.invoiced) / o.ordered) * 10000 / (10000 + o.vat_rate)) end::bigint as net,
         round(o.gross::numeric * (l.delivered - l.returned - l.invoiced) / o.ordered)::bigint as gross
    from delivery.note n join delivery.note_line l on l.note_id = n.id join orders.order_line o on o.id = l.order_line_id join orders.sales_order h on h.id = l.order_id
   where n.billable and n.delivered_on <= $1 and l.invoiced < l.delivered - l.returned ${whose}
  union all
  select b.note_line_id, n.id, n.delivered_on, n.number, n.customer_id, o.article_number, o.name, o.unit, b.vat_category, b.vat_rate, b.quantity, b.net, b.gross
    from invoicing.invoice i join invoicing.invoice_line b on b.invoice_id = i.id join delivery.note n on n.id = b.note_id join orders.order_line o on o.id = b.order_line_id
   where i.issued_on > $1 and n.delivered_on <= $1 and i.source_id is null
     and not exists (select 1 from invoicing.invoice t where t.id = i.corrects and t.source_id is not null) ${whose}
  union all
  select r.note_line_id, n.id, n.delivered_on, n.number, n.customer_id, o.article_number, o.name, o.unit, o.vat_category, o.vat_rate, r.back,
         case h.price_mode when 'net' then round(o.amount::numeric * r.back / o.ordered) else round(round(o.gross::numeric * r.back / o.ordered) * 10000 / (10000 + o.vat_rate)) end::bigint,
         round(o.gross::numeric * r.back / o.ordered)::bigint
    from (${cameBackLater}) r join delivery.note n on n.id = r.note_id join orders.order_line o on o.id = r.order_line_id join orders.sales_order h on h.id = r.order_id
   where n.delivered_on <= $1 ${whose}`
const byMonth = statement<z.input<typeof monthRow>>(
  'billing.delivered-not-billed',
  `select to_char(delivered_on, 'YYYY-MM') as month, vat_category as "vatCategory", vat_rate as "vatRate", count(distinct note_id)::int as notes, sum(net)::bigint as net, sum(gross - net)::bigint as vat, sum(gross)::bigint as gross
     from (${lines()}) f group by 1, 2, 3 having sum(quantity) <> 0 order by 1, 2, 3 desc`,
)

/** Delivered and not billed as of a day, by month of delivery and VAT rate. */
export async function findDeliveredNotBilled(database: Database, day: Day) {
  return { day, months: await database.query(byMonth, [day]) }
}

interface Line {
  deliveredOn: Day
  noteNumber: string
  customerNumber: string
  customerName: string
  articleNumber: string | null
  name: string
  unit: string
  vatRate: number
  quantity: number
  net: number
  gross: number
}
const lineByLine = statement<Line>(
  'billing.delivered-not-billed-lines',
  `select f.delivered_on as "deliveredOn", f.number as "noteNumber", c.number as "customerNumber", c.name as "customerName", f.article_number as "articleNumber", f.name, f.unit, f.vat_rate as "vatRate",
          sum(f.quantity)::bigint as quantity, sum(f.net)::bigint as net, sum(f.gross)::bigint as gross
     from (${lines('and n.customer_id = any($2)')}) f join customers.customer c on c.id = f.customer_id
    group by f.id, 1, 2, 3, 4, 5, 6, 7, 8 having sum(f.quantity) <> 0 order by 3, 1, 2, 5`,
)
const customersBehind = statement<{ id: string }>(
  'billing.customers-delivered-not-billed',
  `select c.id from customers.customer c join (select customer_id from delivery.note where billable and delivered_on <= $1 union select customer_id from invoicing.invoice where issued_on > $1 union select customer_id from returns.goods_return) x on x.customer_id = c.id order by c.number`,
)

const CUSTOMERS_AT_ONCE = 100
const HEAD = [
  'Monat',
  'Lieferdatum',
  'Lieferschein',
  'Kundennummer',
  'Kunde',
  'Artikel',
  'Bezeichnung',
  'Menge',
  'Einheit',
  'Steuersatz',
  'Netto',
  'Umsatzsteuer',
  'Brutto',
]

/** The same line by line, in pieces, so that a long list costs no memory. */
export async function* writeDeliveredNotBilled(database: Database, day: Day): AsyncGenerator<string> {
  yield `\uFEFF${csvOf([HEAD])}`
  const customers = (await database.query(customersBehind, [day])).map((c) => c.id)
  for (let from = 0; from < customers.length; from += CUSTOMERS_AT_ONCE) {
    const some = customers.slice(from, from + CUSTOMERS_AT_ONCE)
    yield csvOf((await database.query(lineByLine, [day, some])).map(cellsOf))
  }
}

function cellsOf(l: Line) {
  return [
    l.deliveredOn.slice(0, 7),
    l.deliveredOn.split('-').reverse().join('.'),
    l.noteNumber,
    l.customerNumber,
    l.customerName,
    l.articleNumber ?? '',
    l.name,
    { value: l.quantity, digits: 3 },
    l.unit,
    { value: l.vatRate, digits: 2 },
    { value: l.net, digits: 2 },
    { value: l.gross - l.net, digits: 2 },
    { value: l.gross, digits: 2 },
  ]
}
