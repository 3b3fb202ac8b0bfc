import { breaches } from '../kernel/invariants.ts'

export const receivablesInvariants = [
  breaches(
    'an open item is its invoice less what was allocated',
    `select format('invoice %s: amount %s, allocated %s, open %s', o.number, o.amount, coalesce(a.sum, 0), o.open) as breach
       from receivables.open_item o left join (select invoice_id, sum(amount + skonto)::bigint as sum from receivables.allocation group by 1) a using (invoice_id)
      where o.open <> o.amount - coalesce(a.sum, 0)`,
  ),
  breaches(
    'what is left of a credit is its amount less what was allocated and what was paid out',
    `select format('credit %s: amount %s, allocated %s, refunded %s, left %s', c.id, c.amount, coalesce(a.sum, 0), coalesce(r.sum, 0), c."left") as breach
       from receivables.credit c left join (select credit_id, sum(amount)::bigint as sum from receivables.allocation group by 1) a on a.credit_id = c.id
       left join (select credit_id, sum(amount)::bigint as sum from payments.refund f where not exists (select 1 from payments.refund_outcome o where o.refund_id = f.id and o.outcome = 'cancelled') group by 1) r on r.credit_id = c.id
      where c."left" <> c.amount - coalesce(a.sum, 0) - coalesce(r.sum, 0)`,
  ),
  breaches(
    "a customer's balance in the ledger is his open items less his credits",
    `select format('customer %s: ledger %s, open items %s, credits %s; account says %s and %s', coalesce(e.customer_id, a.customer_id), coalesce(e.sum, 0), coalesce(o.sum, 0), coalesce(c.sum, 0), a.open_items, a.credits) as breach
       from receivables.account a
       full join (select customer_id, sum(amount)::bigint as sum from receivables.entry group by 1) e using (customer_id)
       left join (select customer_id, sum(open)::bigint as sum from receivables.open_item group by 1) o using (customer_id)
       left join (select customer_id, sum("left")::bigint as sum from receivables.credit group by 1) c using (customer_id)
      where coalesce(e.sum, 0) <> coalesce(o.sum, 0) - coalesce(c.sum, 0) or coalesce(a.open_items, 0) <> coalesce(o.sum, 0) or coalesce(a.credits, 0) <> coalesce(c.sum, 0)`,
  ),
]
