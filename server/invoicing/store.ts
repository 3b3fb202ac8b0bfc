import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import type { VatCategory } from '../../common/tax/vat.ts'
import { newId, statement, type Work } from '../kernel/index.ts'

export interface InvoiceRow {
  id: string
  number: string
  kind: 'invoice' | 'down-payment' | 'correction'
  /** of a down-payment invoice and its corrections */
  orderId?: string | null
  customerId: string
  billTo: string
  priceMode: 'net' | 'gross'
  issuedOn: Day
  net: Cents
  vat: Cents
  gross: Cents
  rounding: Cents
  prepaid: Cents
  perRate: unknown
  periodFrom: Day
  periodTo: Day
  documentId: string
}
export interface NewInvoice extends InvoiceRow {
  corrects: string | null
  /** of a correction: nothing of the corrected document stands afterwards */
  correctsAll?: boolean
  /** the return a correction was made for */
  sourceId?: string | null
  reason: string | null
  dueOn: Day | null
  skonto: unknown
}
const insertInvoiceRow = statement(
  'invoicing.insert-invoice',
  `insert into invoicing.invoice (id, number, kind, corrects, reason, customer_id, bill_to, price_mode, issued_on, due_on, period_from, period_to, net, vat, rounding, gross, prepaid, per_rate, skonto, document_id, issued_at, corrects_all, source_id, order_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
)
const insertLineRows = statement(
  'invoicing.insert-lines',
  `insert into invoicing.invoice_line (id, invoice_id, position, note_id, note_line_id, order_id, order_line_id, quantity, amount, net, gross, vat_category, vat_rate, corrects_line)
   select l.id, $2, l.position, l.note_id, l.note_line_id, l.order_id, l.order_line_id, l.quantity, l.amount, l.net, l.gross, l.vat_category, l.vat_rate, l.corrects_line
     from jsonb_to_recordset($1) as l(id uuid, position int, note_id uuid, note_line_id uuid, order_id uuid, order_line_id uuid, quantity bigint, amount bigint, net bigint, gross bigint, vat_category text, vat_rate int, corrects_line uuid)`,
)
export interface InvoiceLineRow {
  noteId: string
  noteLineId: string
  orderId: string
  orderLineId: string
  quantity: number
  amount: Cents
  net: Cents
  gross: Cents
  vatCategory: VatCategory
  vatRate: number
  /** of a correction: the line it takes back */
  correctsLine?: string
}

export function insertInvoice(work: Work, i: NewInvoice, lines: readonly InvoiceLineRow[]): void {
  work.save(insertInvoiceRow, [
    i.id,
    i.number,
    i.kind,
    i.corrects,
    i.reason,
    i.customerId,
    i.billTo,
    i.priceMode,
    i.issuedOn,
    i.dueOn,
    i.periodFrom,
    i.periodTo,
    i.net,
    i.vat,
    i.rounding,
    i.gross,
    i.prepaid,
    JSON.stringify(i.perRate),
    JSON.stringify(i.skonto),
    i.documentId,
    work.now,
    i.correctsAll ?? true,
    i.sourceId ?? null,
    i.orderId ?? null,
  ])
  const rows = lines.map((l, n) => ({
    id: newId(),
    position: n + 1,
    note_id: l.noteId,
    note_line_id: l.noteLineId,
    order_id: l.orderId,
    order_line_id: l.orderLineId,
    quantity: l.quantity,
    amount: l.amount,
    net: l.net,
    gross: l.gross,
    vat_category: l.vatCategory,
    vat_rate: l.vatRate,
    corrects_line: l.correctsLine ?? null,
  }))
  work.save(insertLineRows, [JSON.stringify(rows), i.id])
}

/** what a document deducted of down payments, as the customer would have paid it otherwise */
const usedBy = (invoiceId: string) =>
  `(select coalesce(sum(u.payable), 0)::bigint from invoicing.down_payment_use u where u.invoice_id = ${invoiceId})`
const invoicesById = statement<CorrectableRow>(
  'invoicing.invoices',
  `select i.id, i.number, i.kind, i.customer_id as "customerId", i.bill_to as "billTo", i.price_mode as "priceMode", i.issued_on as "issuedOn", i.net, i.vat, i.gross, i.rounding, i.prepaid, i.per_rate as "perRate",
          i.period_from as "periodFrom", i.period_to as "periodTo", i.document_id as "documentId", i.source_id as "sourceId", i.order_id as "orderId",
          (select c.number from invoicing.correction_of x join invoicing.invoice c on c.id = x.correction_id where x.invoice_id = i.id and x.whole) as correction,
          ${usedBy('i.id')} as deducted,
          (select coalesce(-sum(x.payable + ${usedBy('x.correction_id')}), 0)::bigint from invoicing.correction_of x where x.invoice_id = i.id) as "creditedPayable"
     from invoicing.invoice i where i.id = any($1) order by i.id`,
)
export interface CorrectableRow extends InvoiceRow {
  sourceId: string | null
  orderId: string | null
  /** down payments it deducted: so much more was billed by its lines than was to be paid */
  deducted: Cents
  /** the number of the correction after which nothing of it stands */
  correction: string | null
  /** what corrections gave back so far */
  creditedPayable: Cents
}
export const findInvoiceRows = (work: Pick<Work, 'query'>, ids: readonly string[]) => work.query(invoicesById, [ids])

export interface BilledLineRow extends InvoiceLineRow {
  id: string
  invoiceId: string
  /** what corrections took back of it so far */
  credited: { quantity: number; amount: Cents; gross: Cents }
}
const linesOfInvoices = statement<BilledLineRow>(
  'invoicing.lines-of-invoices',
  `select l.id, l.invoice_id as "invoiceId", l.note_id as "noteId", l.note_line_id as "noteLineId", l.order_id as "orderId", l.order_line_id as "orderLineId", l.quantity, l.amount, l.net, l.gross, l.vat_category as "vatCategory", l.vat_rate as "vatRate",
          (select jsonb_build_object('quantity', coalesce(-sum(x.quantity), 0), 'amount', coalesce(-sum(x.amount), 0), 'gross', coalesce(-sum(x.gross), 0)) from invoicing.invoice_line x where x.corrects_line = l.id) as credited
     from invoicing.invoice_line l where l.invoice_id = any($1) order by l.invoice_id, l.position`,
)
export const findInvoiceLines = (work: Pick<Work, 'query'>, invoiceIds: readonly string[]) =>
  work.query(linesOfInvoices, [invoiceIds])

const raiseCredited = statement(
  'invoicing.raise-credited',
  `insert into invoicing.credited as c (invoice_line_id, billed, credited)
   select id, billed, quantity from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as n(id, billed, quantity)
   on conflict (invoice_line_id) do update set credited = c.credited + excluded.credited`,
)
/** Counts what is taken back of lines; the table's own check refuses more than they billed. */
export function recordCredited(
  work: Work,
  lines: readonly { line: { id: string; quantity: number }; quantity: number }[],
): void {
  work.save(raiseCredited, [
    lines.map((l) => l.line.id),
    lines.map((l) => Math.abs(l.line.quantity)),
    lines.map((l) => Math.abs(l.quantity)),
  ])
}

const insertPartRows = statement(
  'invoicing.insert-collective-parts',
  `insert into invoicing.collective_part (correction_id, invoice_id, position, payable, whole)
   select $1, p.invoice_id, p.position, p.payable, p.whole from jsonb_to_recordset($2) as p(invoice_id uuid, position int, payable bigint, whole boolean)`,
)
/** What of a correction over several invoices concerns which; as the ledger has it. */
export function insertParts(
  work: Work,
  correctionId: string,
  parts: readonly { invoiceId: string; payable: Cents; whole: boolean }[],
): void {
  const rows = parts.map((p, i) => ({
    invoice_id: p.invoiceId,
    position: i + 1,
    payable: p.payable,
    whole: p.whole,
  }))
  work.save(insertPartRows, [correctionId, JSON.stringify(rows)])
}

const billedOfOrders = statement<{ orderLineId: string; amount: Cents; gross: Cents }>(
  'invoicing.billed-of-orders',
  `select order_line_id as "orderLineId", sum(amount)::bigint as amount, sum(gross)::bigint as gross
     from invoicing.invoice_line where order_id = any($1) group by 1`,
)
/** What is billed of the lines of these orders so far, corrections taken off. */
export async function findBilled(
  database: Pick<Work, 'query'>,
  orderIds: readonly string[],
): Promise<Map<string, { amount: Cents; gross: Cents }>> {
  const rows = await database.query(billedOfOrders, [orderIds])
  return new Map(rows.map(({ orderLineId, ...billed }) => [orderLineId, billed]))
}

/** What of a note line stands on which document, newest document first. */
export interface StandingOnDocument {
  invoiceId: string
  lineId: string
  noteLineId: string
  standing: number
}
const standingOfNoteLines = statement<StandingOnDocument>(
  'invoicing.standing-of-note-lines',
  `select l.invoice_id as "invoiceId", l.id as "lineId", l.note_line_id as "noteLineId", l.quantity - coalesce(c.credited, 0) as standing
     from invoicing.invoice_line l left join invoicing.credited c on c.invoice_line_id = l.id
    where l.note_line_id = any($1) and l.quantity > coalesce(c.credited, 0) order by l.invoice_id desc, l.position`,
)
export const findStanding = (database: Pick<Work, 'query'>, noteLineIds: readonly string[]) =>
  database.query(standingOfNoteLines, [noteLineIds])
