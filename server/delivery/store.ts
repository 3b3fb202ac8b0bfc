import type { Day } from '../../common/dates.ts'
import type { Quantity } from '../../common/quantity.ts'
import { type Database, statement, type Work } from '../kernel/index.ts'

export interface NoteRow {
  id: string
  number: string | null
  state: 'open' | 'issued' | 'cancelled'
  customerId: string
  deliverTo: string
  locationId: string
  deliveredOn: Day | null
  issuedOn: Day | null
  documentId: string | null
}
export interface NoteLineRow {
  id: string
  noteId: string
  position: number
  orderId: string
  orderLineId: string
  planned: Quantity
  delivered: Quantity
  returned: Quantity
  invoiced: Quantity
}
const noteColumns =
  'id, number, state, customer_id as "customerId", deliver_to as "deliverTo", location_id as "locationId", delivered_on as "deliveredOn", issued_on as "issuedOn", document_id as "documentId"'
const lineColumns =
  'id, note_id as "noteId", position, order_id as "orderId", order_line_id as "orderLineId", planned, delivered, returned, invoiced'
const lockNoteRows = statement<NoteRow>(
  'delivery.lock-notes',
  `select ${noteColumns} from delivery.note where id = any($1) order by id for update`,
)
const noteRows = statement<NoteRow>(
  'delivery.notes',
  `select ${noteColumns} from delivery.note where id = any($1) order by id`,
)
const linesOfNotes = statement<NoteLineRow>(
  'delivery.lines-of-notes',
  `select ${lineColumns} from delivery.note_line where note_id = any($1) order by note_id, position`,
)
/** What stands behind delivery notes, by id: known before anything is locked, and it never changes. */
export interface BehindNotes {
  noteIds: string[]
  /** those of the lines asked for that exist */
  lineIds: string[]
  orderIds: string[]
  articleIds: string[]
  customerId: string
  addressIds: string[]
}
const behindNotes = statement<BehindNotes>(
  'delivery.behind-notes',
  `with l as (
     select id, note_id, order_id, order_line_id from delivery.note_line where note_id = any($1) or id = any($2)),
   n as (select id, customer_id, deliver_to from delivery.note where id = any(array(select note_id from l)))
   select array(select id from n)::text[] as "noteIds", array(select id from l where id = any($2))::text[] as "lineIds", array(select distinct order_id from l)::text[] as "orderIds",
          array(select distinct article_id from orders.order_line where id = any(array(select order_line_id from l)) and article_id is not null)::text[] as "articleIds",
          (select customer_id from n limit 1) as "customerId",
          array(select deliver_to from n union select bill_to from orders.sales_order where id = any(array(select order_id from l)))::text[] as "addressIds"
    where exists (select from l)`,
)

/** Locks notes, always in the order of their ids; the orders behind them are locked before. */
export const lockNotes = (work: Work, ids: readonly string[]) => work.query(lockNoteRows, [ids])
export const findNoteRows = (database: Database, ids: readonly string[]) => database.query(noteRows, [ids])
export const findNoteLines = (database: Database, noteIds: readonly string[]) => database.query(linesOfNotes, [noteIds])
/** What stands behind whole notes and single lines; undefined if none of them exists. */
export async function findBehindNotes(
  database: Database,
  noteIds: readonly string[],
  lineIds: readonly string[],
): Promise<BehindNotes | undefined> {
  return (await database.query(behindNotes, [noteIds, lineIds]))[0]
}

const insertNoteRow = statement(
  'delivery.insert-note',
  'insert into delivery.note (id, customer_id, deliver_to, location_id, created_at) values ($1, $2, $3, $4, $5)',
)
const insertLineRows = statement(
  'delivery.insert-lines',
  `insert into delivery.note_line (id, note_id, position, order_id, order_line_id, planned)
   select l.id, $2, l.position, l.order_id, l.order_line_id, l.planned from jsonb_to_recordset($1) as l(id uuid, position int, order_id uuid, order_line_id uuid, planned bigint)`,
)
export interface NewNoteLine {
  id: string
  orderId: string
  orderLineId: string
  planned: Quantity
}
export function insertNote(
  work: Work,
  note: { id: string; customerId: string; deliverTo: string; locationId: string },
  lines: readonly NewNoteLine[],
): void {
  work.save(insertNoteRow, [note.id, note.customerId, note.deliverTo, note.locationId, work.now])
  const rows = lines.map((l, i) => ({
    id: l.id,
    position: i + 1,
    order_id: l.orderId,
    order_line_id: l.orderLineId,
    planned: l.planned,
  }))
  work.save(insertLineRows, [JSON.stringify(rows), note.id])
}

const issueNoteRow = statement(
  'delivery.issue-note',
  `update delivery.note set state = 'issued', number = $2, issued_on = $3, delivered_on = $4, parcels = $5, gross_weight = $6, carrier = $7, tracking_number = $8, document_id = $9, billable = true where id = $1`,
)
const deliverLineRows = statement(
  'delivery.deliver-lines',
  'update delivery.note_line l set delivered = d.delivered from unnest($1::uuid[], $2::bigint[]) as d(id, delivered) where l.id = d.id',
)
const cancelNoteRow = statement('delivery.cancel-note', "update delivery.note set state = 'cancelled' where id = $1")

export interface Issue {
  number: string
  issuedOn: Day
  deliveredOn: Day
  parcels?: number | undefined
  grossWeight?: number | undefined
  carrier?: string | undefined
  trackingNumber?: string | undefined
  documentId: string
}
/** Makes the note final: quantities first, then the head, because lines of an issued note no longer change. */
export function issueNote(
  work: Work,
  noteId: string,
  issue: Issue,
  picked: readonly { line: { id: string }; delivered: Quantity }[],
): void {
  work.save(deliverLineRows, [picked.map(({ line }) => line.id), picked.map(({ delivered }) => delivered)])
  work.save(issueNoteRow, [
    noteId,
    issue.number,
    issue.issuedOn,
    issue.deliveredOn,
    issue.parcels ?? null,
    issue.grossWeight ?? null,
    issue.carrier ?? null,
    issue.trackingNumber ?? null,
    issue.documentId,
  ])
}
export function setNoteCancelled(work: Work, noteId: string): void {
  work.save(cancelNoteRow, [noteId])
}

const shiftInvoicedRows = statement(
  'delivery.shift-invoiced',
  'update delivery.note_line l set invoiced = l.invoiced + s.quantity from unnest($1::uuid[], $2::bigint[]) as s(id, quantity) where l.id = s.id',
)
const setBillableRows = statement(
  'delivery.set-billable',
  `update delivery.note n set billable = b.open from (
     select note_id, bool_or(invoiced < delivered - returned) as open from delivery.note_line where note_id = any($1) group by 1) b
    where n.id = any($1) and n.id = b.note_id and n.billable <> b.open`,
)
/** Marks quantities as billed (or, negative, billable again). The note lines' own check refuses billing a piece twice. */
export function recordInvoiced(work: Work, lines: readonly { id: string; noteId: string; quantity: Quantity }[]): void {
  work.save(shiftInvoicedRows, [lines.map((l) => l.id), lines.map((l) => l.quantity)])
  work.save(setBillableRows, [[...new Set(lines.map((l) => l.noteId))]])
}

const shiftReturnedRows = statement(
  'delivery.shift-returned',
  `update delivery.note_line l set returned = l.returned + s.returned, invoiced = l.invoiced + s.invoiced
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as s(id, returned, invoiced) where l.id = s.id`,
)
/**
 * Marks quantities as come back (or, negative, as with the customer again), and what of them is no longer billed. The
 * note lines' own check refuses that more comes back than was delivered.
 */
export function recordReturned(
  work: Work,
  lines: readonly { id: string; noteId: string; returned: Quantity; invoiced: Quantity }[],
): void {
  work.save(shiftReturnedRows, [lines.map((l) => l.id), lines.map((l) => l.returned), lines.map((l) => l.invoiced)])
  work.save(setBillableRows, [[...new Set(lines.map((l) => l.noteId))]])
}
