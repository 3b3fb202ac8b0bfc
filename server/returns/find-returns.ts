import type { z } from 'zod'
import type { goodsReturn, returnableLine, returnLine, returnRow } from '../../common/returns/api.ts'
import { findFiles } from '../documents/index.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'

type Row = z.input<typeof returnRow>
type View = z.input<typeof goodsReturn>
const waitingSql = `l.quantity - coalesce((select sum(i.quantity) from returns.inspection i where i.line_id = l.id), 0)`
const rowColumns = `r.id, r.number, r.customer_id as "customerId", c.name as "customerName", r.returned_on as "returnedOn", case when x.return_id is null then 'taken-back' else 'cancelled' end as state, q.notes, q.lines, q.reasons,
  case when x.return_id is null then q.waiting else 0 end as waiting, k.corrections, k.credited`
const rowJoins = `join customers.customer c on c.id = r.customer_id left join returns.cancellation x on x.return_id = r.id
  join lateral (select count(*)::int as lines, jsonb_agg(distinct jsonb_build_object('id', n.id, 'number', n.number)) as notes, jsonb_agg(distinct l.reason) as reasons,
                       coalesce(sum(${waitingSql}) filter (where l.goods = 'quarantine' and l.location_id is not null), 0)::bigint as waiting
                  from returns.line l join delivery.note n on n.id = l.note_id where l.return_id = r.id) q on true
  join lateral (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number) order by i.id), '[]') as corrections, coalesce(-sum(i.gross + i.rounding), 0)::bigint as credited
                  from invoicing.invoice i where i.source_id = r.id) k on true`
const returnRows = statement<Row>(
  'returns.find-returns',
  `select ${rowColumns} from returns.goods_return r ${rowJoins}
    where ($1::uuid is null or r.id < $1) and ($2::uuid is null or r.customer_id = $2)
      and ($3::text is null or r.number ilike '%' || $3 || '%' or c.name ilike '%' || $3 || '%' or q.notes::text ilike '%' || $3 || '%' or k.corrections::text ilike '%' || $3 || '%')
      and ($4 = 'all' or x.return_id is null and q.waiting > 0)
    order by r.id desc limit $5 + 1`,
)

const escaped = (q: string | undefined) => q?.replace(/[\\%_]/g, '\\$&') ?? null

/** Returns, newest first; `waiting`: with goods that nobody looked at yet. */
export async function findReturns(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    q?: string | undefined
    customerId?: string | undefined
    show: 'all' | 'waiting'
  },
) {
  const rows = await database.query(returnRows, [
    input.after ?? null,
    input.customerId ?? null,
    escaped(input.q),
    input.show,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.id)
}

const returnById = statement<Omit<View, 'returnLines' | 'chain' | 'files'>>(
  'returns.find-return',
  `select ${rowColumns}, r.money, r.remark,
          (select jsonb_build_object('order', jsonb_build_object('id', s.id, 'number', s.number), 'note', (select jsonb_build_object('id', n.id, 'number', n.number) from delivery.note n where n.id = e.note_id), 'invoice', (select jsonb_build_object('id', i.id, 'number', i.number) from invoicing.invoice i where i.id = e.invoice_id))
             from returns.exchange e join orders.sales_order s on s.id = e.order_id where e.return_id = r.id) as exchange, r.document_id as "documentId", x.at as "cancelledAt", x.reason as "cancelReason" from returns.goods_return r ${rowJoins} where r.id = $1`,
)
const returnLines = statement<z.input<typeof returnLine>>(
  'returns.find-return-lines',
  `select l.id, l.position, l.note_id as "noteId", n.number as "noteNumber", l.order_id as "orderId", s.number as "orderNumber", l.article_id as "articleId", o.article_number as "articleNumber", o.name, o.unit, l.quantity, l.credited, l.reason, l.condition, l.goods, p.name as "locationName",
          case when l.goods = 'quarantine' and l.location_id is not null and not exists (select 1 from returns.cancellation x where x.return_id = l.return_id) then ${waitingSql} else 0 end::bigint as waiting
     from returns.line l join delivery.note n on n.id = l.note_id join orders.order_line o on o.id = l.order_line_id join orders.sales_order s on s.id = l.order_id left join branches.stock_location p on p.id = l.location_id
    where l.return_id = $1 order by l.position`,
)
const returnChain = statement<View['chain'][number]>(
  'returns.find-chain',
  `with mine as (select i.id, k.invoice_id as corrects from invoicing.invoice i join invoicing.correction_of k on k.correction_id = i.id where i.source_id = $1)
   select id, kind, number, day, amount from (
   select s.id, 'order' as kind, s.number, (s.ordered_at at time zone 'Europe/Berlin')::date as day, s.gross as amount, s.id as sort from orders.sales_order s where s.id in (select order_id from returns.line where return_id = $1)
   union all select n.id, 'delivery-note', n.number, n.delivered_on, null, n.id from delivery.note n where n.id in (select note_id from returns.line where return_id = $1)
   union all select i.id, i.kind, i.number, i.issued_on, i.gross + i.rounding, i.id from invoicing.invoice i where i.id in (select corrects from mine) or i.id in (select id from mine) or i.corrects in (select id from mine)
   union all select f.id, 'refund', f.number, f.paid_on, f.amount, f.id from payments.refund f where f.credit_id in (select id from mine)) c order by sort`,
)

/** One return with its lines, what it came from, and what it led to. */
export async function findReturn(database: Database, input: { id: string }): Promise<View> {
  const [[row], lines, chain] = await Promise.all([
    database.query(returnById, [input.id]),
    database.query(returnLines, [input.id]),
    database.query(returnChain, [input.id]),
  ])
  const found = orNotFound(row, 'return')
  return { ...found, returnLines: lines, chain, files: await findFiles(database, found.documentId) }
}

const returnable = statement<z.input<typeof returnableLine>>(
  'returns.find-returnable',
  `select l.id as "noteLineId", n.id as "noteId", n.number as "noteNumber", n.delivered_on as "deliveredOn", s.number as "orderNumber", n.customer_id as "customerId", c.name as "customerName", n.location_id as "locationId",
          o.article_id as "articleId", o.article_number as "articleNumber", a.gtin, o.name, o.unit, l.delivered, l.delivered - l.returned as returnable, l.delivered - l.returned - l.invoiced as unbilled
     from delivery.note_line l join delivery.note n on n.id = l.note_id join orders.order_line o on o.id = l.order_line_id join orders.sales_order s on s.id = l.order_id join customers.customer c on c.id = n.customer_id
     left join catalog.article a on a.id = o.article_id
    where n.state = 'issued' and l.delivered > l.returned and ($1::uuid is null or n.customer_id = $1) and ($2::uuid is null or n.id = $2)
      and ($3::uuid is null or l.id in (select note_line_id from invoicing.invoice_line where invoice_id = $3))
      and ($4::text is null or o.article_number ilike '%' || $4 || '%' or n.number ilike '%' || $4 || '%' or a.gtin = $4 or o.name ilike '%' || $4 || '%')
      and ($5::uuid is null or l.id < $5)
    order by l.id desc limit $6 + 1`,
)

/** Delivered lines of which something is still with the customer, newest first. */
export async function findReturnable(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    customerId?: string | undefined
    noteId?: string | undefined
    invoiceId?: string | undefined
    q?: string | undefined
  },
) {
  const rows = await database.query(returnable, [
    input.customerId ?? null,
    input.noteId ?? null,
    input.invoiceId ?? null,
    escaped(input.q),
    input.after ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.noteLineId)
}
