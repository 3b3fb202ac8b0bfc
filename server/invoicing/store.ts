import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { newId, statement, type Work } from '../kernel/index.ts'

export interface InvoiceRow {
  id: string
  number: string
  kind: 'invoice' | 'correction'
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
  reason: string | null
  dueOn: Day | null
  skonto: unknown
}
const insertInvoiceRow = statement(
  'invoicing.insert-invoice',
  `insert into invoicing.invoice (id, number, kind, corrects, reason, customer_id, bill_to, price_mode, issued_on, due_on, period_from, period_to, net, vat, rounding, gross, prepaid, per_rate, skonto, document_id, issued_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
)
const insertLineRows = statement(
  'invoicing.insert-lines',
  `insert into invoicing.invoice_line (id, invoice_id, position, note_id, note_line_id, order_id, order_line_id, quantity, amount, net, gross, vat_category, vat_rate)
   select l.id, $2, l.position, l.note_id, l.note_line_id, l.order_id, l.order_line_id, l.quantity, l.amount, l.net, l.gross, l.vat_category, l.vat_rate
     from jsonb_to_recordset($1) as l(id uuid, position int, note_id uuid, note_line_id uuid, order_id uuid, order_line_id uuid, quantity bigint, amount bigint, net bigint, gross bigint, vat_category text, vat_rate int)`,
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
  vatCategory: string
  vatRate: number
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
  }))
  work.save(insertLineRows, [JSON.stringify(rows), i.id])
}

const invoiceById = statement<InvoiceRow & { correction: string | null }>(
  'invoicing.invoice',
  `select i.id, i.number, i.kind, i.customer_id as "customerId", i.bill_to as "billTo", i.price_mode as "priceMode", i.issued_on as "issuedOn", i.net, i.vat, i.gross, i.rounding, i.prepaid, i.per_rate as "perRate",
          i.period_from as "periodFrom", i.period_to as "periodTo", i.document_id as "documentId", (select c.number from invoicing.invoice c where c.corrects = i.id) as correction
     from invoicing.invoice i where i.id = $1`,
)
export async function findInvoiceRow(
  work: Pick<Work, 'query'>,
  id: string,
): Promise<(InvoiceRow & { correction: string | null }) | undefined> {
  return (await work.query(invoiceById, [id]))[0]
}
const linesOfInvoice = statement<InvoiceLineRow>(
  'invoicing.lines-of-invoice',
  `select note_id as "noteId", note_line_id as "noteLineId", order_id as "orderId", order_line_id as "orderLineId", quantity, amount, net, gross, vat_category as "vatCategory", vat_rate as "vatRate"
     from invoicing.invoice_line where invoice_id = $1 order by position`,
)
export const findInvoiceLines = (work: Pick<Work, 'query'>, invoiceId: string) =>
  work.query(linesOfInvoice, [invoiceId])

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
