import type { TakeBackInput } from '../../common/returns/api.ts'
import { type Database, newId, statement, type Work } from '../kernel/index.ts'
import type { DeliveredLine } from './rules/plan-return.ts'

type Wished = TakeBackInput['lines'][number]
export type Goods = Wished['goods']

/** A line of an issued note, and of what it is. */
export interface CandidateLine extends DeliveredLine {
  noteNumber: string
  customerId: string
  orderId: string
  orderLineId: string
  articleNumber: string | null
  name: string
  unit: string
}
const candidateColumns = `l.id, l.note_id as "noteId", n.number as "noteNumber", n.customer_id as "customerId", n.delivered_on as "deliveredOn", l.position, l.order_id as "orderId", l.order_line_id as "orderLineId",
  o.article_id as "articleId", o.article_number as "articleNumber", o.name, o.unit, coalesce(o.article_number, o.name) as label, l.delivered, l.returned, l.invoiced`
const candidateJoins =
  'delivery.note_line l join delivery.note n on n.id = l.note_id join orders.order_line o on o.id = l.order_line_id'
const candidatesById = statement<CandidateLine>(
  'returns.candidates-by-id',
  `select ${candidateColumns} from ${candidateJoins} where l.id = any($1) and n.state = 'issued' order by n.delivered_on desc, l.id desc`,
)
const candidatesOfArticles = statement<CandidateLine>(
  'returns.candidates-of-articles',
  `select ${candidateColumns} from ${candidateJoins}
    where n.customer_id = $1 and n.state = 'issued' and n.delivered_on >= $3 and o.article_id = any($2) and l.delivered > l.returned
    order by n.delivered_on desc, l.id desc`,
)
export const findCandidates = (database: Database, ids: readonly string[]) => database.query(candidatesById, [ids])
/** Of one customer, delivered since a day. */
export const findDelivered = (database: Database, customerId: string, articleIds: readonly string[], since: string) =>
  database.query(candidatesOfArticles, [customerId, articleIds, since])

const openOfCustomer = statement<{ invoiceId: string; number: string; dueOn: string | null; open: number }>(
  'returns.open-items',
  'select invoice_id as "invoiceId", number, due_on as "dueOn", open from receivables.open_item where customer_id = $1 and open > 0 order by invoice_id',
)
/** For a preview; who posts locks them. */
export const findOpenOf = (database: Database, customerId: string) => database.query(openOfCustomer, [customerId])

const insertReturnRow = statement(
  'returns.insert-return',
  'insert into returns.goods_return (id, number, customer_id, returned_on, money, remark, document_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
)
const insertLineRows = statement(
  'returns.insert-lines',
  `insert into returns.line (id, return_id, position, note_id, note_line_id, order_id, order_line_id, article_id, quantity, credited, reason, condition, goods, location_id)
   select l.id, $2, l.position, l.note_id, l.note_line_id, l.order_id, l.order_line_id, l.article_id, l.quantity, l.credited, l.reason, l.condition, l.goods, l.location_id
     from jsonb_to_recordset($1) as l(id uuid, position int, note_id uuid, note_line_id uuid, order_id uuid, order_line_id uuid, article_id uuid, quantity bigint, credited bigint, reason text, condition text, goods text, location_id uuid)`,
)

export interface NewReturn {
  id: string
  number: string
  customerId: string
  returnedOn: string
  money: string
  remark: string | null
  documentId: string
}
export interface NewReturnLine {
  line: CandidateLine
  quantity: number
  credited: number
  wish: Wished
  locationId: string | null
}
export function insertReturn(work: Work, r: NewReturn, lines: readonly NewReturnLine[]): void {
  work.save(insertReturnRow, [r.id, r.number, r.customerId, r.returnedOn, r.money, r.remark, r.documentId, work.now])
  const rows = lines.map(({ line, wish, ...l }, i) => ({
    id: newId(),
    position: i + 1,
    note_id: line.noteId,
    note_line_id: line.id,
    order_id: line.orderId,
    order_line_id: line.orderLineId,
    article_id: line.articleId,
    quantity: l.quantity,
    credited: l.credited,
    reason: wish.reason,
    condition: wish.condition,
    goods: wish.goods,
    location_id: l.locationId,
  }))
  work.save(insertLineRows, [JSON.stringify(rows), r.id])
}

/** A return with what was decided about it since. */
export interface ReturnRow {
  id: string
  number: string
  customerId: string
  cancelled: boolean
  inspected: boolean
}
const returnById = statement<ReturnRow>(
  'returns.return',
  `select r.id, r.number, r.customer_id as "customerId", exists (select 1 from returns.cancellation c where c.return_id = r.id) as cancelled,
          exists (select 1 from returns.inspection i where i.return_id = r.id) as inspected
     from returns.goods_return r where r.id = $1`,
)
export async function findReturnRow(database: Database, id: string): Promise<ReturnRow | undefined> {
  return (await database.query(returnById, [id]))[0]
}
const lockReturnRow = statement('returns.lock-return', 'select 1 from returns.goods_return where id = $1 for update')
/** Before anything else of it is looked at, so that it's cancelled or inspected by one at a time. */
export async function lockReturn(work: Work, id: string): Promise<ReturnRow | undefined> {
  const [, row] = await Promise.all([work.query(lockReturnRow, [id]), findReturnRow(work, id)])
  return row
}

export interface ReturnLineRow {
  id: string
  noteId: string
  noteLineId: string
  orderId: string
  orderLineId: string
  articleId: string | null
  articleNumber: string
  quantity: number
  credited: number
  goods: Goods
  locationId: string | null
  /** of what lies in quarantine, decided about */
  inspected: number
}
const linesOfReturn = statement<ReturnLineRow>(
  'returns.lines-of-return',
  `select l.id, l.note_id as "noteId", l.note_line_id as "noteLineId", l.order_id as "orderId", l.order_line_id as "orderLineId", l.article_id as "articleId", coalesce(o.article_number, o.name) as "articleNumber", l.quantity, l.credited, l.goods, l.location_id as "locationId",
          coalesce((select sum(i.quantity) from returns.inspection i where i.line_id = l.id), 0)::bigint as inspected
     from returns.line l join orders.order_line o on o.id = l.order_line_id where l.return_id = $1 order by l.position`,
)
export const findReturnLines = (database: Database, id: string) => database.query(linesOfReturn, [id])

const correctionsOf = statement<{ id: string }>(
  'returns.corrections-of-return',
  'select id from invoicing.invoice where source_id = $1 order by id',
)
/** The corrections a return made; those never change. */
export async function findCorrectionIds(database: Database, id: string): Promise<string[]> {
  return (await database.query(correctionsOf, [id])).map((r) => r.id)
}

const insertCancellation = statement(
  'returns.insert-cancellation',
  'insert into returns.cancellation (return_id, reason, at) values ($1, $2, $3)',
)
export function saveCancellation(work: Work, id: string, reason: string): void {
  work.save(insertCancellation, [id, reason, work.now])
}

const insertInspections = statement(
  'returns.insert-inspections',
  `insert into returns.inspection (id, return_id, line_id, condition, goods, quantity, location_id, at)
   select id, $2, line_id, condition, goods, quantity, location_id, $3 from jsonb_to_recordset($1) as n(id uuid, line_id uuid, condition text, goods text, quantity bigint, location_id uuid)`,
)
export function saveInspections(
  work: Work,
  id: string,
  lines: readonly { lineId: string; condition: string; goods: string; quantity: number; locationId: string }[],
): void {
  const rows = lines.map((l) => ({
    id: newId(),
    line_id: l.lineId,
    condition: l.condition,
    goods: l.goods,
    quantity: l.quantity,
    location_id: l.locationId,
  }))
  work.save(insertInspections, [JSON.stringify(rows), id, work.now])
}

const articleNumbers = statement<{ id: string; number: string }>(
  'returns.article-numbers',
  'select id, number from catalog.article where id = any($1)',
)
export async function findArticleNumbers(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await database.query(articleNumbers, [ids])).map((a) => [a.id, a.number]))
}

const ownChannel = statement<{ code: string }>(
  'returns.own-channel',
  `select code from branches.channel where active and kind <> 'web-shop' and $1 = any(locations) order by kind, code limit 1`,
)
/** The channel that sells at a place: its branch, else the telephone. */
export async function findOwnChannel(database: Database, locationId: string): Promise<string | undefined> {
  return (await database.query(ownChannel, [locationId]))[0]?.code
}

const stockAt = statement<{ articleId: string; article: string; free: number }>(
  'returns.stock-at',
  `select a.id as "articleId", a.number as article, coalesce(l.on_hand - l.reserved, 0)::bigint as free
     from catalog.article a left join stock.level l on l.article_id = a.id and l.location_id = $1 where a.id = any($2) order by a.id`,
)
/** What at a place nobody reserved. */
export const findStockAt = (database: Database, locationId: string, articleIds: readonly string[]) =>
  database.query(stockAt, [locationId, articleIds])

const insertExchangeRow = statement(
  'returns.insert-exchange',
  'insert into returns.exchange (return_id, order_id, note_id, invoice_id) values ($1, $2, $3, $4)',
)
export function insertExchange(
  work: Work,
  returnId: string,
  e: { orderId: string; noteId: string | null; invoiceId: string | null },
): void {
  work.save(insertExchangeRow, [returnId, e.orderId, e.noteId, e.invoiceId])
}

const standingExchange = statement<{ number: string }>(
  'returns.standing-exchange',
  `select s.number from returns.exchange x join orders.sales_order s on s.id = x.order_id
    where x.return_id = $1 and exists (select 1 from orders.order_line l where l.order_id = x.order_id and l.ordered > l.cancelled + l.returned)`,
)
/** The order a return was exchanged for, as long as something of it is with the customer or on its way. */
export async function findStandingExchange(database: Database, returnId: string): Promise<string | undefined> {
  return (await database.query(standingExchange, [returnId]))[0]?.number
}
