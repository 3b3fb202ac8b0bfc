import { canonicalJson, type Database, statement, type Work } from '../kernel/index.ts'
import type { ComposedOrder } from './rules/compose-order.ts'
import type { LineQuantities } from './rules/line-exposure.ts'

export interface KnownOrder {
  id: string
  number: string
  gross: number
  contentHash: Buffer
  content: unknown
  hold: unknown
}
const knownOrder = statement<KnownOrder>(
  'orders.known-order',
  'select id, number, gross, content_hash as "contentHash", content, hold from orders.sales_order where channel = $1 and external_number = $2',
)
export async function findKnownOrder(
  database: Database,
  channel: string,
  externalNumber: string | undefined,
): Promise<KnownOrder | undefined> {
  return externalNumber === undefined ? undefined : (await database.query(knownOrder, [channel, externalNumber]))[0]
}

const insertOrderRow = statement(
  'orders.insert-order',
  `insert into orders.sales_order (id, number, channel, external_number, content_hash, content, customer_id, bill_to, deliver_to, price_mode, payment_method, payment_reference, prepaid, on_account, buyer_order_number, note, ordered_at, net, vat, gross, per_rate, hold, held_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
)
const insertLineRows = statement(
  'orders.insert-lines',
  `insert into orders.order_line (id, order_id, position, kind, article_id, article_number, external_line, name, unit, vat_category, vat_rate, unit_price, discount, discount_reason, amount, gross, ordered)
   select l.id, $2, l.position, l.kind, l.article_id, l.article_number, l.external_line, l.name, l.unit, l.vat_category, l.vat_rate, l.unit_price, l.discount, l.discount_reason, l.amount, l.gross, l.ordered
     from jsonb_to_recordset($1) as l(id uuid, position int, kind text, article_id uuid, article_number text, external_line text, name text, unit text, vat_category text, vat_rate int, unit_price bigint, discount bigint, discount_reason text, amount bigint, gross bigint, ordered bigint)`,
)

export interface OrderHead {
  id: string
  number: string
  channel: string
  externalNumber: string | undefined
  contentHash: Buffer
  content: unknown
  customerId: string
  billTo: string
  deliverTo: string
  priceMode: 'net' | 'gross'
  paymentMethod: string
  paymentReference: string | undefined
  prepaid: number
  onAccount: boolean
  buyerOrderNumber: string | undefined
  note: string | undefined
  orderedAt: string | Date
  hold: unknown[] | undefined
}

/** Writes an order and its lines. `lineIds` were made before, because reservations name them. */
export function insertOrder(work: Work, head: OrderHead, order: ComposedOrder, lineIds: readonly string[]): void {
  work.save(insertOrderRow, [
    head.id,
    head.number,
    head.channel,
    head.externalNumber ?? null,
    head.contentHash,
    canonicalJson(head.content),
    head.customerId,
    head.billTo,
    head.deliverTo,
    head.priceMode,
    head.paymentMethod,
    head.paymentReference ?? null,
    head.prepaid,
    head.onAccount,
    head.buyerOrderNumber ?? null,
    head.note ?? null,
    head.orderedAt,
    order.net,
    order.vat,
    order.gross,
    JSON.stringify(order.perRate),
    head.hold ? JSON.stringify(head.hold) : null,
    head.hold ? work.now : null,
  ])
  const rows = order.lines.map((l, i) => ({
    id: lineIds[i],
    position: i + 1,
    kind: l.kind,
    article_id: l.article?.id ?? null,
    article_number: l.article?.number ?? null,
    external_line: l.externalLine ?? null,
    name: l.name,
    unit: l.unit,
    vat_category: l.vatCategory,
    vat_rate: l.vatRate,
    unit_price: l.unitPrice,
    discount: l.discount,
    discount_reason: l.discountReason ?? null,
    amount: l.amount,
    gross: l.gross,
    ordered: l.quantity,
  }))
  work.save(insertLineRows, [JSON.stringify(rows), head.id])
}

/** An order as the steps after it need it. */
export interface OrderRow {
  id: string
  number: string
  channel: string
  externalNumber: string | null
  customerId: string
  billTo: string
  deliverTo: string
  priceMode: 'net' | 'gross'
  paymentMethod: string
  onAccount: boolean
  buyerOrderNumber: string | null
  orderedAt: string
  prepaid: number
  hold: { code: string; facts: Record<string, unknown> }[] | null
}
const orderColumns = `id, number, channel, external_number as "externalNumber", customer_id as "customerId", bill_to as "billTo", deliver_to as "deliverTo", price_mode as "priceMode", payment_method as "paymentMethod",
  on_account as "onAccount", buyer_order_number as "buyerOrderNumber", ordered_at as "orderedAt", prepaid, hold`
const lockOrderRows = statement<OrderRow>(
  'orders.lock-orders',
  `select ${orderColumns} from orders.sales_order where id = any($1) order by id for no key update`,
)
const orderRows = statement<OrderRow>(
  'orders.orders',
  `select ${orderColumns} from orders.sales_order where id = any($1) order by id`,
)

/** Locks orders, always in the order of their ids. */
export const lockOrders = (work: Work, ids: readonly string[]) => work.query(lockOrderRows, [[...new Set(ids)]])
export const findOrderRows = (database: Database, ids: readonly string[]) =>
  database.query(orderRows, [[...new Set(ids)]])

export interface OrderLineRow extends LineQuantities {
  id: string
  orderId: string
  position: number
  kind: 'goods' | 'shipping' | 'surcharge'
  articleId: string | null
  articleNumber: string | null
  name: string
  unit: string
  vatCategory: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O'
  vatRate: number
  unitPrice: number
  discount: number
  discountReason: string | null
  amount: number
}
const lineColumns = `id, order_id as "orderId", position, kind, article_id as "articleId", article_number as "articleNumber", name, unit, vat_category as "vatCategory", vat_rate as "vatRate", unit_price as "unitPrice",
  discount, discount_reason as "discountReason", amount, gross, ordered, cancelled, planned, delivered, returned, invoiced`
const linesOfOrders = statement<OrderLineRow>(
  'orders.lines-of-orders',
  `select ${lineColumns} from orders.order_line where order_id = any($1) order by order_id, position`,
)
const linesById = statement<OrderLineRow>(
  'orders.lines-by-id',
  `select ${lineColumns} from orders.order_line where id = any($1) order by order_id, position`,
)

/** Lines of orders; lock the orders first if they are to change. */
export const findLinesOfOrders = (database: Database, orderIds: readonly string[]) =>
  database.query(linesOfOrders, [[...new Set(orderIds)]])
export const findLines = (database: Database, ids: readonly string[]) => database.query(linesById, [ids])

// Arrays, as PostgreSQL knows how long they are: it goes by the key for a few lines and for thousands.
const shiftLineRows = statement(
  'orders.shift-lines',
  `update orders.order_line l set cancelled = l.cancelled + s.cancelled, planned = l.planned + s.planned, delivered = l.delivered + s.delivered, invoiced = l.invoiced + s.invoiced, returned = l.returned + s.returned
     from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) as s(id, cancelled, planned, delivered, invoiced, returned)
    where l.id = s.id`,
)
export interface LineShift {
  id: string
  cancelled?: number
  planned?: number
  delivered?: number
  invoiced?: number
  returned?: number
}

/** Moves quantities of lines whose orders are locked; the table's own checks refuse what can't be. */
export function shiftLines(work: Work, shifts: readonly LineShift[]): void {
  if (shifts.length === 0) return
  work.save(shiftLineRows, [
    shifts.map((s) => s.id),
    shifts.map((s) => s.cancelled ?? 0),
    shifts.map((s) => s.planned ?? 0),
    shifts.map((s) => s.delivered ?? 0),
    shifts.map((s) => s.invoiced ?? 0),
    shifts.map((s) => s.returned ?? 0),
  ])
}

const setHoldRow = statement(
  'orders.release-order',
  'update orders.sales_order set hold = null, released_at = $2, released_by = $3, release_reason = $4, on_account = on_account or $5 where id = $1',
)
const addPrepaidRow = statement(
  'orders.add-prepaid',
  'update orders.sales_order set prepaid = prepaid + $2, payment_reference = coalesce(payment_reference, $3), hold = $4, on_account = on_account or $5 where id = $1',
)
/** `bindsCredit`: from now on; the caller moves the customer's account. */
export function setReleased(
  work: Work,
  orderId: string,
  { reason, bindsCredit }: { reason: string; bindsCredit: boolean },
): void {
  work.save(setHoldRow, [orderId, work.now, work.actor.id, reason, bindsCredit])
}
export interface Prepaid {
  id: string
  amount: number
  reference: string | null
  hold: unknown[] | null
  /** as above */
  bindsCredit: boolean
}
export function addPrepaid(work: Work, { id, amount, reference, hold, bindsCredit }: Prepaid): void {
  const stillHeld = hold && hold.length > 0 ? JSON.stringify(hold) : null
  work.save(addPrepaidRow, [id, amount, reference, stillHeld, bindsCredit])
}
