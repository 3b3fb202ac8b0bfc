import type { Day } from '../../common/dates.ts'
import type { LinkContent } from '../../common/links/content.ts'
import type { Cents } from '../../common/money.ts'
import { type Database, statement } from '../kernel/index.ts'

/* The rows behind a link, each by the ids of its chain. */

type Note = LinkContent['notes'][number]
type Invoice = LinkContent['invoices'][number]
type Return = LinkContent['returns'][number]
export type WithDocument<T> = Omit<T, 'files'> & { documentId: string }

const notesById = statement<WithDocument<Note>>(
  'links.notes',
  `select n.id, n.number, n.delivered_on as "deliveredOn", n.parcels, n.carrier, n.tracking_number as "trackingNumber", n.document_id as "documentId",
          jsonb_build_object('name', a.details->>'name', 'street', a.details->>'street', 'postalCode', a.details->>'postalCode', 'city', a.details->>'city') as "deliverTo",
          (select jsonb_agg(distinct jsonb_build_object('number', o.number, 'buyerOrderNumber', o.buyer_order_number)) from delivery.note_line l join orders.sales_order o on o.id = l.order_id where l.note_id = n.id) as orders,
          (select jsonb_build_object('takenBy', r.taken_by, 'takenAt', r.taken_at, 'signature', r.signature) from delivery.receipt r where r.note_id = n.id order by r.position desc limit 1) as receipt,
          (select jsonb_agg(jsonb_build_object('id', l.id, 'kind', o.kind, 'articleNumber', o.article_number, 'name', o.name, 'nameEn', c.name_en, 'unit', o.unit, 'delivered', l.delivered, 'returned', l.returned) order by l.position)
             from delivery.note_line l join orders.order_line o on o.id = l.order_line_id left join catalog.article c on c.id = o.article_id where l.note_id = n.id and l.delivered > 0) as lines
     from delivery.note n join customers.address a on a.id = n.deliver_to where n.id = any($1) order by n.id desc`,
)
export const findNotes = (database: Database, ids: readonly string[]) => database.query(notesById, [ids])

export interface PaperInvoice extends WithDocument<Omit<Invoice, 'state' | 'pay'>> {
  /** what was to be paid when it was issued */
  amount: Cents
  skonto: { percent: number; until: Day; discount: Cents; payable: Cents }[]
  correctedWhole: boolean
}
const invoicesById = statement<PaperInvoice>(
  'links.invoices',
  `select i.id, i.number, i.kind, i.issued_on as "issuedOn", i.due_on as "dueOn", i.net, i.vat, i.gross + i.rounding as gross, i.prepaid, i.per_rate as "perRate", i.reason, i.skonto, i.document_id as "documentId",
          coalesce(o.open, 0)::bigint as open, coalesce(o.amount, 0)::bigint as amount, (select string_agg(x.number, ', ' order by x.id) from invoicing.correction_of c join invoicing.invoice x on x.id = c.invoice_id where c.correction_id = i.id) as corrects,
          exists (select from invoicing.correction_of c where c.invoice_id = i.id and c.whole) as "correctedWhole", array(select x.number from invoicing.correction_of c join invoicing.invoice x on x.id = c.correction_id where c.invoice_id = i.id order by x.id) as "correctedBy"
     from invoicing.invoice i left join receivables.open_item o on o.invoice_id = i.id where i.id = any($1) order by i.id desc`,
)
export const findInvoices = (database: Database, ids: readonly string[]) => database.query(invoicesById, [ids])

const returnsById = statement<WithDocument<Return>>(
  'links.returns',
  `select r.id, r.number, r.returned_on as "returnedOn", r.document_id as "documentId", exists (select from returns.cancellation x where x.return_id = r.id) as cancelled,
          (select jsonb_agg(jsonb_build_object('name', o.name, 'unit', o.unit, 'quantity', l.quantity) order by l.position) from returns.line l join orders.order_line o on o.id = l.order_line_id where l.return_id = r.id) as lines
     from returns.goods_return r where r.id = any($1) order by r.id desc`,
)
export const findReturns = (database: Database, ids: readonly string[]) => database.query(returnsById, [ids])

const filesOfDocuments = statement<{ documentId: string; format: string; ready: boolean }>(
  'links.files',
  `select d.id as "documentId", w.format, f.document_id is not null as ready
     from documents.document d cross join unnest(d.formats) with ordinality as w(format, position) left join documents.file f on f.document_id = d.id and f.format = w.format
    where d.id = any($1) order by d.id, w.position`,
)
export const findFilesOf = (database: Database, documentIds: readonly string[]) =>
  database.query(filesOfDocuments, [documentIds])

const casesOfNotes = statement<LinkContent['cases'][number]>(
  'links.cases-of-notes',
  `select c.number, c.reported_at as "reportedAt", c.state, c.words,
          (select jsonb_agg(jsonb_build_object('noteNumber', n.number, 'name', o.name, 'unit', o.unit, 'problem', l.problem, 'quantity', l.quantity) order by l.position)
             from links.case_line l join delivery.note n on n.id = l.note_id join delivery.note_line x on x.id = l.note_line_id join orders.order_line o on o.id = x.order_line_id where l.case_id = c.id) as lines,
          coalesce((select jsonb_agg(jsonb_build_object('kind', s.kind, 'words', s.words, 'at', s.at, 'returnNumber', r.number) order by s.id) from links.case_step s left join returns.goods_return r on r.id = s.return_id where s.case_id = c.id), '[]') as steps
     from links.case c where c.customer_id = $1 and c.id in (select l.case_id from links.case_line l where l.note_id = any($2)) order by c.id desc limit 50`,
)
/** What the customer reported about these notes, over any link of his. */
export const findCasesOfNotes = (database: Database, customerId: string, noteIds: readonly string[]) =>
  database.query(casesOfNotes, [customerId, noteIds])

const aboutDocument = statement<{ kind: string; number: string }>(
  'links.about',
  'select kind, number from documents.document where id = $1',
)
export async function findAbout(database: Database, documentId: string | null) {
  return documentId === null ? null : ((await database.query(aboutDocument, [documentId]))[0] ?? null)
}
