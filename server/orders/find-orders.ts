import type { z } from 'zod'
import type { orderRow } from '../../common/orders/api.ts'
import { type OrderProgress, orderStatusOf } from '../../common/orders/status.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'

type OrderListRow = z.input<typeof orderRow>

/** The sums a status is derived from, per order; `o` is the order. */
export const progressSql = `
  left join lateral (
    select coalesce(sum(l.ordered) filter (where l.kind = 'goods'), 0)::bigint as "goodsOrdered", coalesce(sum(l.cancelled) filter (where l.kind = 'goods'), 0)::bigint as "goodsCancelled",
           coalesce(sum(l.delivered) filter (where l.kind = 'goods'), 0)::bigint as "goodsDelivered",
           coalesce(sum(l.gross * (l.ordered - l.cancelled - l.returned) / l.ordered), 0)::bigint as "toBill",
           count(*) filter (where l.ordered - l.cancelled - l.returned > 0)::int as "linesToBill",
           count(*) filter (where l.ordered - l.cancelled - l.returned > 0 and l.invoiced >= l.ordered - l.cancelled - l.returned)::int as "linesBilled",
           count(*) filter (where l.invoiced > 0 and l.invoiced < l.ordered - l.cancelled - l.returned)::int as "linesPartlyBilled"
      from orders.order_line l where l.order_id = o.id) q on true
  left join lateral (select coalesce(sum(r.quantity), 0)::bigint as "goodsReserved" from stock.reservation r where r.order_id = o.id) r on true
  left join lateral (
    select coalesce(sum(i.amount - coalesce(k.credited, 0)), 0)::bigint as "invoicesAmount", coalesce(sum(i.open), 0)::bigint as "invoicesOpen"
      from receivables.open_item i
      left join lateral (select sum(a.amount)::bigint as credited from invoicing.correction_of y join receivables.allocation a on a.credit_id = y.correction_id and a.invoice_id = i.invoice_id where y.invoice_id = i.invoice_id) k on true
     where i.invoice_id in (select x.invoice_id from invoicing.invoice_line x where x.order_id = o.id union select d.id from invoicing.invoice d where d.order_id = o.id)
       and not exists (select 1 from invoicing.correction_of c where c.invoice_id = i.invoice_id and c.whole)) i on true`

export const progressColumns = `(o.hold is not null) as "onHold", o.prepaid, q."goodsOrdered", q."goodsCancelled", q."goodsDelivered", q."toBill", q."linesToBill", q."linesBilled", q."linesPartlyBilled",
  r."goodsReserved", i."invoicesAmount", i."invoicesOpen"`

const orderRows = statement<Omit<OrderListRow, 'status'> & OrderProgress>(
  'orders.find-orders',
  `select o.id, o.number, o.external_number as "externalNumber", o.channel, o.customer_id as "customerId", c.name as "customerName", o.ordered_at as "orderedAt", o.payment_method as "paymentMethod", o.gross, ${progressColumns}
     from orders.sales_order o join customers.customer c on c.id = o.customer_id ${progressSql}
    where ($1::uuid is null or o.id < $1) and ($2::uuid is null or o.customer_id = $2)
      and ($3::text is null or o.number ilike '%' || $3 || '%' or o.external_number ilike $3 || '%' or o.buyer_order_number ilike $3 || '%' or c.name ilike '%' || $3 || '%')
      and case $4 when 'on-hold' then o.hold is not null
                  when 'to-deliver' then o.hold is null and o.id in (select order_id from stock.reservation)
                  when 'backordered' then o.id in (select order_id from stock.backorder)
                  when 'to-invoice' then o.id in (select l.order_id from delivery.note n join delivery.note_line l on l.note_id = n.id where n.billable and l.invoiced < l.delivered - l.returned)
                  else true end
    order by o.id desc limit $5 + 1`,
)

interface OrderQuestion {
  limit: number
  after?: string | undefined
  q?: string | undefined
  customerId?: string | undefined
  show: 'all' | 'on-hold' | 'to-deliver' | 'to-invoice' | 'backordered'
}

/** Orders, newest first, each with its four statuses. */
export async function findOrders(database: Database, input: OrderQuestion) {
  const rows = await database.query(orderRows, [
    input.after ?? null,
    input.customerId ?? null,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.show,
    input.limit,
  ])
  return pageRows(rows.map(withStatus), input, (r) => r.id)
}

export function withStatus<T extends OrderProgress>(row: T) {
  return { ...row, status: orderStatusOf(row) }
}
