import type { z } from 'zod'
import type { invoice, invoiceLine, invoiceRow } from '../../common/invoicing/api.ts'
import { findFiles } from '../documents/index.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'
import { findDownPaymentView } from './find-down-payment.ts'
import { previewSelection } from './load-selection.ts'
import type { Selection } from './rules/plan-invoice.ts'

type InvoiceView = z.input<typeof invoice>
const rowColumns = `i.id, i.number, i.kind, i.customer_id as "customerId", c.name as "customerName", i.issued_on as "issuedOn", i.due_on as "dueOn", i.gross + i.rounding as gross, coalesce(o.open, 0)::bigint as open,
  (select count(distinct l.note_id) > 1 from invoicing.invoice_line l where l.invoice_id = i.id) as collective,
  case when o.invoice_id is null then 'nothing-to-pay' when x.correction_id is not null then 'corrected' when o.amount = 0 then 'nothing-to-pay' when o.open = 0 then 'paid' when o.open < o.amount - k.credited then 'partly-paid' else 'unpaid' end as payment, (x.correction_id is null and k.corrections > 0) as "partlyCorrected"`
const rowJoins = `join customers.customer c on c.id = i.customer_id left join receivables.open_item o on o.invoice_id = i.id left join invoicing.correction_of x on x.invoice_id = i.id and x.whole
  left join lateral (select count(*) as corrections, coalesce(sum(a.amount), 0)::bigint as credited from invoicing.correction_of y left join receivables.allocation a on a.credit_id = y.correction_id and a.invoice_id = i.id where y.invoice_id = i.id) k on true`
const invoiceRows = statement<z.input<typeof invoiceRow>>(
  'invoicing.find-invoices',
  `select ${rowColumns} from invoicing.invoice i ${rowJoins}
    where ($1::uuid is null or i.id < $1) and ($2::uuid is null or i.customer_id = $2) and ($3::text is null or i.number ilike '%' || $3 || '%' or c.name ilike '%' || $3 || '%')
      and ($4 = 'all' or o.open > 0 and ($4 = 'open' or o.due_on < (now() at time zone 'Europe/Berlin')::date))
    order by i.id desc limit $5 + 1`,
)

/** Invoices and corrections, newest first. */
export async function findInvoices(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    q?: string | undefined
    customerId?: string | undefined
    show: 'all' | 'open' | 'overdue'
  },
) {
  const rows = await database.query(invoiceRows, [
    input.after ?? null,
    input.customerId ?? null,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.show,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.id)
}

type Head = Omit<InvoiceView, 'lines' | 'files' | 'amountDue' | 'period' | 'downPayment'> & {
  periodFrom: string
  periodTo: string
}
const invoiceHead = statement<Head>(
  'invoicing.find-invoice',
  `select ${rowColumns}, i.net, i.vat, i.rounding, i.prepaid, i.per_rate as "perRate", i.period_from as "periodFrom", i.period_to as "periodTo", i.skonto, i.reason, i.document_id as "documentId", i.issued_at as "issuedAt",
          (select jsonb_build_object('id', y.id, 'number', y.number) from invoicing.invoice y where y.id = i.corrects) as corrects,
          (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'number', y.number, 'amount', p.payable) order by p.position), '[]') from invoicing.collective_part p join invoicing.invoice y on y.id = p.invoice_id where p.correction_id = i.id) as "correctsSeveral",
          (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'number', y.number) order by y.id), '[]') from invoicing.correction_of x join invoicing.invoice y on y.id = x.correction_id where x.invoice_id = i.id) as "correctedBy", i.source_id as "returnId",
          (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'number', s.number) order by s.id), '[]') from orders.sales_order s
            where s.id = i.order_id or s.id in (select l.order_id from invoicing.invoice_line l where l.invoice_id = i.id)) as orders,
          (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'number', y.number, 'issuedOn', y.issued_on, 'category', u.vat_category, 'rate', u.vat_rate, 'net', u.net, 'vat', u.vat, 'payable', u.payable) order by y.id, u.vat_rate desc), '[]')
             from invoicing.down_payment_use u join invoicing.invoice y on y.id = u.down_payment_id where u.invoice_id = i.id and i.order_id is null) as deductions,
          (select coalesce(jsonb_agg(distinct jsonb_build_object('id', n.id, 'number', n.number, 'deliveredOn', n.delivered_on)), '[]') from invoicing.invoice_line l join delivery.note n on n.id = l.note_id where l.invoice_id = i.id) as notes,
          (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'number', p.number, 'receivedOn', p.received_on, 'amount', a.amount, 'skonto', a.skonto) order by p.id), '[]') from receivables.allocation a join payments.payment p on p.id = a.credit_id where a.invoice_id = i.id) as payments
     from invoicing.invoice i ${rowJoins} where i.id = $1`,
)
const invoiceLines = statement<z.input<typeof invoiceLine>>(
  'invoicing.find-invoice-lines',
  `select l.id, l.position, l.note_id as "noteId", n.number as "noteNumber", n.delivered_on as "deliveredOn", l.note_line_id as "noteLineId", s.number as "orderNumber", o.article_number as "articleNumber", o.name, o.unit,
          l.quantity, l.net, l.vat_category as "vatCategory", l.vat_rate as "vatRate"
     from invoicing.invoice_line l join delivery.note n on n.id = l.note_id join orders.order_line o on o.id = l.order_line_id join orders.sales_order s on s.id = l.order_id
    where l.invoice_id = $1 order by l.position`,
)

/** One invoice with its lines, payments, files and neighbours. */
export async function findInvoice(database: Database, input: { id: string }): Promise<InvoiceView> {
  const [[row], lines] = await Promise.all([
    database.query(invoiceHead, [input.id]),
    database.query(invoiceLines, [input.id]),
  ])
  const { periodFrom, periodTo, ...head } = orNotFound(row, 'invoice')
  const [files, downPayment] = await Promise.all([
    findFiles(database, head.documentId),
    row!.kind === 'down-payment' ? findDownPaymentView(database, input.id) : null,
  ])
  return {
    ...head,
    period: periodFrom === periodTo ? null : { from: periodFrom, to: periodTo },
    amountDue: head.gross - head.prepaid,
    lines,
    files,
    downPayment,
  }
}

/** What an invoice would come to, exactly. */
export async function previewInvoice(database: Database, selection: Selection) {
  const { amounts, delivered, lines, notes, deductions, closings } = await previewSelection(database, selection)
  const { net, vat, gross, rounding, perRate } = amounts
  return {
    lines: lines.length,
    notes: notes.length,
    net,
    vat,
    gross: gross + rounding,
    rounding,
    perRate,
    delivered: delivered.payable,
    deductions: deductions.map(({ of: { invoiceId, number, issuedOn, category, rate }, ...used }) => {
      return { id: invoiceId, number, issuedOn, category, rate, ...used }
    }),
    closings: closings.map((uses) => ({
      id: uses[0]!.of.invoiceId,
      number: uses[0]!.of.number,
      amount: uses.reduce((sum, u) => sum + u.payable, 0),
    })),
  }
}
