import type { z } from 'zod'
import type { deliveryNote, noteLine, noteRow, openLine, receipt, unbilledLine } from '../../common/delivery/api.ts'
import { findAddresses } from '../customers/index.ts'
import { findFiles } from '../documents/index.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'

type NoteView = z.input<typeof noteRow>
const noteColumns = `n.id, n.number, n.state, n.customer_id as "customerId", c.name as "customerName", n.location_id as "locationId", s.name as "locationName", n.created_at as "createdAt", n.delivered_on as "deliveredOn",
  q.orders, q.lines, case when n.state <> 'issued' or q.billable = 0 and q.invoiced = 0 then 'nothing-to-invoice' when q.invoiced = 0 then 'not-invoiced' when q.billable = 0 then 'invoiced' else 'partly-invoiced' end as invoicing`
const noteJoins = `join customers.customer c on c.id = n.customer_id join branches.stock_location s on s.id = n.location_id
  left join lateral (select count(*)::int as lines, count(*) filter (where l.invoiced < l.delivered - l.returned)::int as billable, count(*) filter (where l.invoiced > 0)::int as invoiced,
    jsonb_agg(distinct jsonb_build_object('id', o.id, 'number', o.number)) as orders from delivery.note_line l join orders.sales_order o on o.id = l.order_id where l.note_id = n.id) q on true`
const noteRows = statement<NoteView>(
  'delivery.find-notes',
  `select ${noteColumns} from delivery.note n ${noteJoins}
    where ($1::uuid is null or n.id < $1) and ($2::text is null or n.state = $2) and ($3::uuid is null or n.customer_id = $3)
      and ($4::text is null or n.number ilike '%' || $4 || '%' or c.name ilike '%' || $4 || '%' or q.orders::text ilike '%' || $4 || '%')
    order by n.id desc limit $5 + 1`,
)

/** Delivery notes, newest first. */
export async function findDeliveryNotes(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    q?: string | undefined
    state?: string | undefined
    customerId?: string | undefined
  },
) {
  const rows = await database.query(noteRows, [
    input.after ?? null,
    input.state ?? null,
    input.customerId ?? null,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.id)
}

const noteById = statement<
  NoteView & {
    deliverTo: string
    parcels: number | null
    grossWeight: number | null
    carrier: string | null
    trackingNumber: string | null
    documentId: string | null
  }
>(
  'delivery.find-note',
  `select ${noteColumns}, n.deliver_to as "deliverTo", n.parcels, n.gross_weight as "grossWeight", n.carrier, n.tracking_number as "trackingNumber", n.document_id as "documentId" from delivery.note n ${noteJoins} where n.id = $1`,
)
const noteLines = statement<z.input<typeof noteLine>>(
  'delivery.find-note-lines',
  `select l.id, l.position, l.order_id as "orderId", h.number as "orderNumber", l.order_line_id as "orderLineId", o.kind, o.article_id as "articleId", o.article_number as "articleNumber", a.gtin, o.name, o.unit,
          l.planned, l.delivered, l.returned, l.invoiced, o.ordered
     from delivery.note_line l join orders.order_line o on o.id = l.order_line_id join orders.sales_order h on h.id = l.order_id left join catalog.article a on a.id = o.article_id
    where l.note_id = $1 order by l.position`,
)

const receiptsOfNote = statement<z.input<typeof receipt>>(
  'delivery.find-receipts',
  `select r.taken_by as "takenBy", r.taken_at as "takenAt", r.signature, r.reason, r.recorded_at as "recordedAt", coalesce(u.name, k.name, 'Tresen') as "recordedBy"
     from delivery.receipt r left join kernel.app_user u on u.id = r.recorded_by left join kernel.api_key k on k.id = r.recorded_by where r.note_id = $1 order by r.position desc`,
)

/** One delivery note with its lines, who took the goods, and its files. */
export async function findDeliveryNote(
  database: Database,
  input: { id: string },
): Promise<z.input<typeof deliveryNote>> {
  const [[row], lines, receipts] = await Promise.all([
    database.query(noteById, [input.id]),
    database.query(noteLines, [input.id]),
    database.query(receiptsOfNote, [input.id]),
  ])
  const note = orNotFound(row, 'delivery-note')
  const [addresses, files] = await Promise.all([
    findAddresses(database, [note.deliverTo]),
    findFiles(database, note.documentId),
  ])
  return { ...note, deliverTo: addresses.get(note.deliverTo)!.details, noteLines: lines, receipts, files }
}

const openLines = statement<z.input<typeof openLine> & { key: string }>(
  'delivery.find-open-lines',
  `select o.id as "orderId", o.number as "orderNumber", l.id as "orderLineId", l.position, o.customer_id as "customerId", c.name as "customerName", o.deliver_to as "deliverToId", d.details->>'name' || ', ' || (d.details->>'city') as "deliverToName",
          l.article_number as "articleNumber", l.name, l.unit, l.ordered - l.cancelled - l.planned - l.delivered as open, greatest(r.quantity - coalesce(p.planned, 0), 0)::bigint as reserved, r.location_id as "locationId", s.name as "locationName", o.ordered_at as "orderedAt",
          o.id || ' ' || lpad(l.position::text, 6, '0') || ' ' || r.location_id as key
     from stock.reservation r join orders.order_line l on l.id = r.order_line_id join orders.sales_order o on o.id = l.order_id join customers.customer c on c.id = o.customer_id
     join customers.address d on d.id = o.deliver_to join branches.stock_location s on s.id = r.location_id
     left join lateral (select sum(nl.planned)::bigint as planned from delivery.note_line nl join delivery.note n on n.id = nl.note_id where nl.order_id = o.id and nl.order_line_id = l.id and n.state = 'open' and n.location_id = r.location_id) p on true
    where o.hold is null and l.ordered - l.cancelled - l.planned - l.delivered > 0 and r.quantity > coalesce(p.planned, 0)
      and ($1::uuid is null or o.id = $1) and ($2::uuid is null or o.customer_id = $2) and ($3::uuid is null or r.location_id = $3)
      and ($4::text is null or o.id || ' ' || lpad(l.position::text, 6, '0') || ' ' || r.location_id > $4)
    order by key limit $5 + 1`,
)

/** What waits for delivery and lies ready, oldest order first. */
export async function findOpenLines(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    orderId?: string | undefined
    customerId?: string | undefined
    locationId?: string | undefined
  },
) {
  const rows = await database.query(openLines, [
    input.orderId ?? null,
    input.customerId ?? null,
    input.locationId ?? null,
    input.after ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.key)
}

const unbilledLines = statement<z.input<typeof unbilledLine> & { key: string }>(
  'delivery.find-unbilled-lines',
  `select n.id as "noteId", n.number as "noteNumber", n.delivered_on as "deliveredOn", l.id as "noteLineId", l.position, h.number as "orderNumber", n.customer_id as "customerId", c.name as "customerName", h.bill_to as "billToId",
          o.article_number as "articleNumber", o.name, o.unit, l.delivered, l.delivered - l.returned - l.invoiced as billable, round(o.amount::numeric * (l.delivered - l.returned - l.invoiced) / o.ordered)::bigint as amount, h.price_mode as "priceMode",
          c.number || ' ' || n.number || ' ' || lpad(l.position::text, 6, '0') as key
     from delivery.note n join delivery.note_line l on l.note_id = n.id join orders.order_line o on o.id = l.order_line_id join orders.sales_order h on h.id = l.order_id join customers.customer c on c.id = n.customer_id
    where n.billable and l.invoiced < l.delivered - l.returned and ($1::uuid is null or n.customer_id = $1) and ($2::uuid is null or n.id = $2)
      and ($3::text is null or c.number || ' ' || n.number || ' ' || lpad(l.position::text, 6, '0') > $3)
    order by key limit $4 + 1`,
)

/** Delivered and not yet invoiced, by customer and note. */
export async function findUnbilledLines(
  database: Database,
  input: { limit: number; after?: string | undefined; customerId?: string | undefined; noteId?: string | undefined },
) {
  const rows = await database.query(unbilledLines, [
    input.customerId ?? null,
    input.noteId ?? null,
    input.after ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.key)
}
