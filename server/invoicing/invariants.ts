import type { Database, Invariant } from '../kernel/index.ts'
import { sha256, statement } from '../kernel/index.ts'
import { breaches } from '../kernel/invariants.ts'
import { readTotals } from './e-invoice/read-totals.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'
import { signOf } from './rules/reverse-invoice.ts'

interface Totals {
  net: number
  vat: number
  gross: number
  amountDue: number
}
interface Archived extends Totals {
  id: string
  number: string
  snapshot: InvoiceSnapshot
  format: string | null
  bytes: Buffer | null
  sha256: Buffer | null
}
const archivedPage = statement<Archived>(
  'invoicing.archived-page',
  `select i.id, i.number, i.net, i.vat, i.gross, i.gross + i.rounding - i.prepaid as "amountDue", d.snapshot, f.format, f.bytes, f.sha256
     from (select * from invoicing.invoice where id > $1 order by id limit 200) i join documents.document d on d.id = i.document_id left join documents.file f on f.document_id = d.id order by i.id`,
)

/** Snapshot, XML and ledger say the same to the cent, and the archived files are what was hashed. */
const filesAgree: Invariant = {
  name: 'invoice totals are the same in the ledger, in the document and in every XML file, to the cent',
  async findBroken(database: Database) {
    const problems: string[] = []
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const rows = await database.query(archivedPage, [after])
      for (const row of rows) problems.push(...problemsOf(row))
      if (rows.length === 0 || problems.length > 50) return problems
      after = rows.at(-1)!.id
    }
  },
}

function problemsOf(row: Archived): string[] {
  // a credit note says in positive figures what the ledger has as given back
  const sign = signOf(row.snapshot.invoice)
  const said = row.snapshot.invoice.totals
  const problems: string[] = []
  if (differ(said, row, sign))
    problems.push(
      `invoice ${row.number}: the document says ${said.net}/${said.vat}/${said.gross}, the ledger ${row.net}/${row.vat}/${row.gross}`,
    )
  if (row.bytes === null) return problems
  if (!sha256(row.bytes).equals(row.sha256!))
    problems.push(`invoice ${row.number}: the file ${row.format} was changed after it was archived`)
  if (row.format === 'pdf') return problems
  const xml = readTotals(row.bytes.toString('utf8'))
  if (xml.number !== row.number || differ(xml, row, sign))
    problems.push(
      `invoice ${row.number}: ${row.format} says ${xml.number} ${xml.net}/${xml.vat}/${xml.gross}/${xml.amountDue}`,
    )
  return problems
}

function differ(said: Totals, row: Totals, sign: number): boolean {
  return (['net', 'vat', 'gross', 'amountDue'] as const).some((total) => sign * said[total] !== row[total])
}

export const invoicingInvariants: Invariant[] = [
  breaches(
    'each delivered piece is billed once: note lines and order lines know exactly what the invoices took',
    `select format('%s line %s: invoiced %s, on invoices %s', kind, id, invoiced, coalesce(sum, 0)) as breach from (
       select 'note' as kind, l.id, l.invoiced, i.sum from delivery.note_line l left join (select note_line_id, sum(quantity)::bigint as sum from invoicing.invoice_line group by 1) i on i.note_line_id = l.id
       union all select 'order', l.id, l.invoiced, i.sum from orders.order_line l left join (select order_line_id, sum(quantity)::bigint as sum from invoicing.invoice_line group by 1) i on i.order_line_id = l.id) x
      where invoiced <> coalesce(sum, 0)`,
  ),
  breaches(
    'an invoice is the sum of its lines less the down payments it deducts, and its VAT the sum over its rates',
    `select format('invoice %s: net %s, lines %s, rates %s; vat %s, rates %s', i.number, i.net, l.net, r.net, i.vat, r.vat) as breach
       from invoicing.invoice i left join (select invoice_id, sum(net)::bigint as net from invoicing.invoice_line group by 1) l on l.invoice_id = i.id
       left join (select invoice_id, sum(net)::bigint as net from invoicing.down_payment_use group by 1) u on u.invoice_id = i.id
       left join lateral (select sum((x->>'net')::bigint)::bigint as net, sum((x->>'vat')::bigint)::bigint as vat from jsonb_array_elements(i.per_rate) x) r on true
      where i.net <> l.net - coalesce(u.net, 0) or i.net <> r.net or i.vat <> r.vat`,
  ),
  breaches(
    'every invoice has its open item over the whole amount, every correction its entry',
    `select format('invoice %s: to pay %s, open item %s, ledger %s', i.number, i.gross + i.rounding, o.amount, e.amount) as breach
       from invoicing.invoice i left join receivables.open_item o on o.invoice_id = i.id left join receivables.entry e on e.source_id = i.id and e.kind in ('invoice', 'correction')
      where e.amount is distinct from i.gross + i.rounding or (i.kind = 'invoice' or i.gross + i.rounding > 0) and o.amount is distinct from i.gross + i.rounding`,
  ),
  breaches(
    'never more is credited than was billed, and what all corrections of a document took back comes to its amount',
    `select format('invoice %s: lines over-credited %s, to pay %s, given back %s, nothing stands: %s', i.number, l.over, b.payable, c.payable, l.standing = 0) as breach
       from invoicing.invoice i
       cross join lateral (select i.gross + i.rounding + coalesce(sum(u.payable), 0) as payable from invoicing.down_payment_use u where u.invoice_id = i.id) b
       join (select x.invoice_id, -sum(x.payable + coalesce(u.payable, 0))::bigint as payable
               from invoicing.correction_of x left join (select invoice_id, sum(payable)::bigint as payable from invoicing.down_payment_use group by 1) u on u.invoice_id = x.correction_id
              group by 1) c on c.invoice_id = i.id
       join lateral (
         select count(*) filter (where abs(x.quantity) < abs(y.taken) or x.quantity * y.taken < 0 or coalesce(k.credited, 0) <> abs(y.taken)) as over, sum(abs(x.quantity) - abs(y.taken)) as standing
           from invoicing.invoice_line x left join invoicing.credited k on k.invoice_line_id = x.id
           cross join lateral (select coalesce(-sum(z.quantity), 0) as taken from invoicing.invoice_line z where z.corrects_line = x.id) y
          where x.invoice_id = i.id) l on true
      where i.order_id is null and (l.over > 0 or abs(c.payable) > abs(b.payable) or (l.standing = 0) <> exists (select 1 from invoicing.correction_of w where w.invoice_id = i.id and w.whole)
         or l.standing = 0 and c.payable <> b.payable)`,
  ),
  breaches(
    'a down-payment invoice is the sum of its rates, and what is left of each is what was billed less what was deducted or taken back, to the cent',
    `select format('down payment %s: %s %s/%s/%s, rates %s/%s/%s, left %s, used %s', i.number, i.gross + i.rounding, i.net, i.vat, i.gross, d.payable, d.net, d.vat, d."left", d.used) as breach
       from invoicing.invoice i left join lateral (
         select sum(r.payable)::bigint as payable, sum(r.net)::bigint as net, sum(r.vat)::bigint as vat, sum(r.left_payable) as "left", sum(u.payable) as used,
                count(*) filter (where r.left_payable <> r.payable - coalesce(u.payable, 0) or r.left_net <> r.net - coalesce(u.net, 0) or r.left_vat <> r.vat - coalesce(u.vat, 0) or r.left_payable = 0 and (r.left_net, r.left_vat) <> (0, 0)) as wrong
           from invoicing.down_payment r left join (select down_payment_id, vat_category, vat_rate, sum(payable)::bigint as payable, sum(net)::bigint as net, sum(vat)::bigint as vat from invoicing.down_payment_use group by 1, 2, 3) u
             on u.down_payment_id = r.invoice_id and u.vat_category = r.vat_category and u.vat_rate = r.vat_rate
          where r.invoice_id = i.id) d on true
      where i.kind = 'down-payment' and (d.wrong > 0 or (d.payable, d.net, d.vat) is distinct from (i.gross + i.rounding, i.net, i.vat))`,
  ),
  breaches(
    'never more of a down payment is deducted than was received, and only for the customer who paid it',
    `select format('down payment %s: left %s, open %s; used by %s', i.number, d."left", o.open, f.number) as breach
       from invoicing.invoice i join (select invoice_id, sum(left_payable)::bigint as "left" from invoicing.down_payment group by 1) d on d.invoice_id = i.id join receivables.open_item o on o.invoice_id = i.id
       left join lateral (select x.number from invoicing.down_payment_use u join invoicing.invoice x on x.id = u.invoice_id where u.down_payment_id = i.id and x.customer_id <> i.customer_id limit 1) f on true
      where d."left" < o.open or f.number is not null`,
  ),
  breaches(
    "a customer's account knows what is billed as down payment and not deducted",
    `select format('customer %s: account %s, down payments %s', a.customer_id, a.down_payments, coalesce(d.sum, 0)) as breach
       from receivables.account a left join (select i.customer_id, sum(d.left_payable)::bigint as sum from invoicing.down_payment d join invoicing.invoice i on i.id = d.invoice_id group by 1) d using (customer_id)
      where a.down_payments <> coalesce(d.sum, 0)`,
  ),
  breaches(
    'a correction over several invoices is the sum of what concerns each, and of lines of those',
    `select format('correction %s: %s, %s invoices %s, strange lines %s', i.number, i.gross + i.rounding, p.parts, p.sum, l.strange) as breach
       from invoicing.invoice i
       join lateral (select count(*) as parts, coalesce(sum(payable), 0) as sum from invoicing.collective_part where correction_id = i.id) p on true
       join lateral (select count(*) as strange from invoicing.invoice_line x join invoicing.invoice_line y on y.id = x.corrects_line
                      where x.invoice_id = i.id and not exists (select 1 from invoicing.collective_part c where c.correction_id = i.id and c.invoice_id = y.invoice_id)) l on true
      where i.kind = 'correction' and i.corrects is null and (p.parts < 2 or p.sum <> i.gross + i.rounding or l.strange > 0) or (i.kind <> 'correction' or i.corrects is not null) and p.parts > 0`,
  ),
  filesAgree,
]
