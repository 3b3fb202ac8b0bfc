import { breaches } from '../kernel/invariants.ts'

const standing = 'not exists (select 1 from returns.cancellation c where c.return_id = l.return_id)'

export const returnInvariants = [
  breaches(
    'note lines and order lines know exactly what came back, and it is never more than was delivered',
    `select format('%s line %s: delivered %s, returned %s, on returns %s', kind, id, delivered, returned, coalesce(sum, 0)) as breach from (
       select 'note' as kind, n.id, n.delivered, n.returned, r.sum from delivery.note_line n left join (select note_line_id, sum(quantity)::bigint as sum from returns.line l where ${standing} group by 1) r on r.note_line_id = n.id
       union all select 'order', o.id, o.delivered, o.returned, r.sum from orders.order_line o left join (select order_line_id, sum(quantity)::bigint as sum from returns.line l where ${standing} group by 1) r on r.order_line_id = o.id) x
      where returned <> coalesce(sum, 0) or returned > delivered`,
  ),
  breaches(
    'what a return takes off invoices is what its corrections say, line by line',
    `select format('return %s, note line %s: credited %s, on corrections %s', coalesce(r.return_id, c.source_id), coalesce(r.note_line_id, c.note_line_id), coalesce(r.sum, 0), coalesce(c.sum, 0)) as breach
       from (select return_id, note_line_id, sum(credited)::bigint as sum from returns.line group by 1, 2 having sum(credited) > 0) r
       full join (select i.source_id, l.note_line_id, -sum(l.quantity)::bigint as sum from invoicing.invoice i join invoicing.invoice_line l on l.invoice_id = i.id where i.source_id is not null group by 1, 2) c
         on c.source_id = r.return_id and c.note_line_id = r.note_line_id
      where coalesce(r.sum, 0) <> coalesce(c.sum, 0)`,
  ),
  breaches(
    'the corrections of a return are taken back exactly when the return is',
    `select format('return %s is %s, its correction %s is %s', r.number, case when x.return_id is null then 'valid' else 'cancelled' end, i.number, case when u.id is null then 'valid' else 'taken back' end) as breach
       from returns.goods_return r join invoicing.invoice i on i.source_id = r.id left join returns.cancellation x on x.return_id = r.id left join invoicing.invoice u on u.corrects = i.id
      where (x.return_id is null) <> (u.id is null)`,
  ),
  breaches(
    'goods of returns moved in stock as the returns say',
    `select format('return %s, article %s: taken in %s, movements %s', coalesce(r.return_id, m.reference_id), coalesce(r.article_id, m.article_id), coalesce(r.sum, 0), coalesce(m.sum, 0)) as breach
       from (select l.return_id, l.article_id, sum(l.quantity)::bigint as sum from returns.line l where l.location_id is not null and ${standing} group by 1, 2) r
       full join (select reference_id, article_id, sum(case when from_location is null then quantity else -quantity end)::bigint as sum from stock.movement where reason = 'return' group by 1, 2 having sum(case when from_location is null then quantity else -quantity end) <> 0) m
         on m.reference_id = r.return_id and m.article_id = r.article_id
      where coalesce(r.sum, 0) <> coalesce(m.sum, 0)`,
  ),
  breaches(
    'nothing is decided about more goods than lie in quarantine',
    `select format('return line %s: %s, quantity %s, decided about %s', l.id, l.goods, l.quantity, i.sum) as breach
       from returns.line l join (select line_id, sum(quantity)::bigint as sum from returns.inspection group by 1) i on i.line_id = l.id where l.goods <> 'quarantine' or i.sum > l.quantity`,
  ),
]
