import { breaches } from '../kernel/invariants.ts'

export const paymentInvariants = [
  breaches(
    'the ledger has each refund once, and none that was cancelled',
    `select format('refund %s: amount %s, %s, ledger %s', r.number, r.amount, coalesce(o.outcome, 'valid'), coalesce(e.sum, 0)) as breach
       from payments.refund r left join payments.refund_outcome o on o.refund_id = r.id left join (select source_id, sum(amount)::bigint as sum from receivables.entry where kind = 'refund' group by 1) e on e.source_id = r.id
      where coalesce(e.sum, 0) <> case when o.outcome = 'cancelled' then 0 else r.amount end`,
  ),
  breaches(
    'a refund is in one payment file at most, and in none if it was paid otherwise or cancelled',
    `select format('refund %s: in %s files, held by %s, outcome %s', r.number, count(distinct i.file_id), count(distinct m.file_id), min(o.outcome)) as breach
       from payments.refund r left join payments.refund_outcome o on o.refund_id = r.id
       left join payments.payment_file_item i on i.refund_id = r.id and not exists (select 1 from payments.payment_file_step s where s.file_id = i.file_id and s.step = 'withdrawn')
       left join payments.refund_in_file m on m.refund_id = r.id
      group by r.id having count(distinct i.file_id) > 1 or min(i.file_id::text) is distinct from min(m.file_id::text) or min(i.file_id::text) is not null and (bool_or(not r.by_file) or min(o.outcome) is not null)`,
  ),
  breaches(
    'a payment file pays exactly the refunds in it, as does the file for the bank',
    `select format('payment file %s: %s of %s, refunds %s of %s, the XML says otherwise: %s', f.number, f.count, f.total, i.count, i.sum, x.document_id is not null) as breach
       from payments.payment_file f
       join lateral (select count(*) as count, sum(r.amount)::bigint as sum from payments.payment_file_item t join payments.refund r on r.id = t.refund_id where t.file_id = f.id) i on true
       left join documents.file x on x.document_id = f.document_id and convert_from(x.bytes, 'UTF8') not like
         '%<NbOfTxs>' || f.count || '</NbOfTxs><CtrlSum>' || to_char(f.total / 100.0, 'FM999999999990.00') || '</CtrlSum>%'
      where f.count <> i.count or f.total <> i.sum or x.document_id is not null`,
  ),
]
