import { breaches } from '../kernel/invariants.ts'

export const orderInvariants = [
  breaches(
    'per line, cancelled, planned and delivered are never more than ordered, and invoiced never more than delivered less returned',
    `select format('order line %s: ordered %s, cancelled %s, planned %s, delivered %s, returned %s, invoiced %s', id, ordered, cancelled, planned, delivered, returned, invoiced) as breach
       from orders.order_line where cancelled + planned + delivered > ordered or invoiced > delivered - returned or least(cancelled, planned, delivered, returned, invoiced) < 0`,
  ),
  breaches(
    'what is open of a line is reserved or waited for, and nothing else is',
    `select format('order line %s: open %s, reserved %s, waiting %s', l.id, l.ordered - l.cancelled - l.delivered, coalesce(r.sum, 0), coalesce(b.quantity, 0)) as breach
       from orders.order_line l left join (select order_line_id, sum(quantity)::bigint as sum from stock.reservation group by 1) r on r.order_line_id = l.id left join stock.backorder b on b.order_line_id = l.id
      where l.kind = 'goods' and l.ordered - l.cancelled - l.delivered <> coalesce(r.sum, 0) + coalesce(b.quantity, 0)`,
  ),
  breaches(
    "a customer's exposure by stage follows from the quantities of his orders",
    `select format('customer %s: open orders %s, from lines %s; not billed %s, from lines %s', coalesce(a.customer_id, s.customer_id), a.open_orders, s.open_orders, a.unbilled, s.unbilled) as breach
       from receivables.account a full join (
         select o.customer_id,
                sum(case when o.on_account then sign(l.gross) * div(2 * abs(l.gross)::numeric * (l.ordered - l.cancelled - l.delivered) + l.ordered, 2 * l.ordered) else 0 end)::bigint as open_orders,
                sum(sign(l.gross) * div(2 * abs(l.gross)::numeric * (l.delivered - l.returned - l.invoiced) + l.ordered, 2 * l.ordered))::bigint as unbilled
           from orders.sales_order o join orders.order_line l on l.order_id = o.id group by 1) s using (customer_id)
      where coalesce(a.open_orders, 0) <> coalesce(s.open_orders, 0) or coalesce(a.unbilled, 0) <> coalesce(s.unbilled, 0)`,
  ),
]
