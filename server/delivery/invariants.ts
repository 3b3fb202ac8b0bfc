import { breaches } from '../kernel/invariants.ts'

export const deliveryInvariants = [
  breaches(
    'order lines know exactly what their delivery notes planned and delivered',
    `select format('order line %s: planned %s, on notes %s; delivered %s, on notes %s', l.id, l.planned, coalesce(n.planned, 0), l.delivered, coalesce(n.delivered, 0)) as breach
       from orders.order_line l left join (
         select x.order_line_id, coalesce(sum(x.planned) filter (where n.state = 'open'), 0)::bigint as planned, coalesce(sum(x.delivered) filter (where n.state = 'issued'), 0)::bigint as delivered
           from delivery.note_line x join delivery.note n on n.id = x.note_id group by 1) n on n.order_line_id = l.id
      where l.planned <> coalesce(n.planned, 0) or l.delivered <> coalesce(n.delivered, 0)`,
  ),
  breaches(
    'what left by goods issue is what the issued delivery notes say',
    `select format('note %s, article %s: delivered %s, movements %s', n.number, coalesce(d.article_id, m.article_id), coalesce(d.sum, 0), coalesce(m.sum, 0)) as breach
       from (select x.note_id, o.article_id, sum(x.delivered)::bigint as sum from delivery.note_line x join orders.order_line o on o.id = x.order_line_id where o.kind = 'goods' and x.delivered > 0 group by 1, 2) d
       full join (select reference_id, article_id, sum(quantity)::bigint as sum from stock.movement where reason = 'goods-issue' group by 1, 2) m on m.reference_id = d.note_id and m.article_id = d.article_id
       left join delivery.note n on n.id = coalesce(d.note_id, m.reference_id)
      where coalesce(d.sum, 0) <> coalesce(m.sum, 0)`,
  ),
  breaches(
    'a note is on the list to bill exactly while something of it is billable',
    `select format('note %s: billable %s', n.number, n.billable) as breach from delivery.note n
      where n.billable <> exists (select 1 from delivery.note_line l where l.note_id = n.id and l.invoiced < l.delivered - l.returned)`,
  ),
  breaches(
    'goods were taken only of issued notes, and who took them is counted without a gap',
    `select format('note %s is %s and has %s receipts, the last is number %s', n.number, n.state, count(*), max(r.position)) as breach
       from delivery.receipt r join delivery.note n on n.id = r.note_id group by n.id having n.state <> 'issued' or max(r.position) <> count(*)`,
  ),
]
