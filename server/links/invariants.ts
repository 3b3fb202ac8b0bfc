import { breaches } from '../kernel/invariants.ts'

export const linkInvariants = [
  breaches(
    'a link and what is reported over it are of one customer, and so are its document and its notes',
    `select breach from (
       select format('link %s of customer %s shows document %s of %s', l.id, l.customer_id, l.document_id, o.customer_id) as breach
         from links.link l join documents.document d on d.id = l.document_id
         join (select id, customer_id from delivery.note union all select id, customer_id from invoicing.invoice union all select id, customer_id from returns.goods_return) o on o.id = d.subject_id
        where o.customer_id <> l.customer_id
       union all select format('report %s of customer %s came over link %s of %s', c.number, c.customer_id, l.id, l.customer_id) from links.case c join links.link l on l.id = c.link_id where l.customer_id <> c.customer_id
       union all select format('report %s of customer %s is about note %s of %s', c.number, c.customer_id, n.number, n.customer_id) from links.case c join links.case_line x on x.case_id = c.id join delivery.note n on n.id = x.note_id where n.customer_id <> c.customer_id) b`,
  ),
  breaches(
    'each report is about lines of the notes it names, and never about more than was delivered',
    `select format('report %s, line %s: %s of note line %s on note %s, delivered %s', c.number, x.position, x.quantity, x.note_line_id, x.note_id, l.delivered) as breach
       from links.case c left join links.case_line x on x.case_id = c.id left join delivery.note_line l on l.id = x.note_line_id
      where l.id is null or l.note_id <> x.note_id or x.quantity > l.delivered`,
  ),
  breaches(
    'a report stands where its last step left it',
    `select format('report %s is %s, its last step is %s', c.number, c.state, coalesce(s.kind, 'none')) as breach
       from links.case c left join lateral (select kind from links.case_step where case_id = c.id order by id desc limit 1) s on true
      where c.state <> case when s.kind is null then 'open' when s.kind = 'answered' then 'answered' else 'done' end`,
  ),
]
