import type { Quantity } from '../../common/quantity.ts'
import { type Database, statement, type Work } from '../kernel/index.ts'
import type { Backorder } from './rules/fill-backorders.ts'
import type { OrderPlace, RoutedAgain } from './rules/plan-count.ts'
import type { Level } from './rules/plan-reservation.ts'

const lockArticleLevels = statement<Level>(
  'stock.lock-article-levels',
  `select article_id as "articleId", location_id as "locationId", on_hand as "onHand", reserved
     from stock.level where article_id = any($1) order by article_id, location_id for update`,
)

/** Locks the levels of articles at all locations, always in the same order. Whoever changes stock begins here. */
export function lockLevels(work: Work, articleIds: readonly string[]): Promise<Level[]> {
  return work.query(lockArticleLevels, [[...new Set(articleIds)]])
}

const changeLevelsStatement = statement(
  'stock.change-levels',
  `insert into stock.level as l (article_id, location_id, on_hand, reserved)
   select c.article, c.location, c.on_hand, c.reserved
     from jsonb_to_recordset($1) as c(article uuid, location uuid, on_hand bigint, reserved bigint)
   on conflict (article_id, location_id) do update set on_hand = l.on_hand + excluded.on_hand, reserved = l.reserved + excluded.reserved`,
)
const shiftLevelsStatement = statement(
  'stock.shift-levels',
  `update stock.level l set on_hand = l.on_hand + c.on_hand, reserved = l.reserved + c.reserved
     from jsonb_to_recordset($1) as c(article uuid, location uuid, on_hand bigint, reserved bigint)
    where l.article_id = any($2) and l.article_id = c.article and l.location_id = c.location`,
)

export interface LevelChange {
  articleId: string
  locationId: string
  onHand: number
  reserved: number
}

/** Changes levels that exist and are locked. Changes of one article at one location are added up first. */
export function shiftLevels(work: Work, changes: readonly LevelChange[]): void {
  if (changes.length > 0)
    work.save(shiftLevelsStatement, [recordset(changes), [...new Set(changes.map((c) => c.articleId))]])
}

/**
 * The same for goods that come in, where an article may be new at the location. Answers the levels as they are then. All
 * levels of the articles are locked before the first is written, or a receipt at a branch and an order for the same goods
 * would each hold what the other waits for.
 */
export async function raiseLevels(work: Work, changes: readonly LevelChange[]): Promise<Level[]> {
  const articleIds = changes.map((c) => c.articleId)
  const locked = lockLevels(work, articleIds)
  work.save(changeLevelsStatement, [recordset(changes)])
  const [, levels] = await Promise.all([locked, lockLevels(work, articleIds)])
  return levels
}

function recordset(changes: readonly LevelChange[]): string {
  const sums = new Map<string, { article: string; location: string; on_hand: number; reserved: number }>()
  for (const c of changes) {
    const key = `${c.articleId} ${c.locationId}`
    const sum = sums.get(key) ?? { article: c.articleId, location: c.locationId, on_hand: 0, reserved: 0 }
    sum.on_hand += c.onHand
    sum.reserved += c.reserved
    sums.set(key, sum)
  }
  // rows are locked as they are written: in the order in which lockLevels locks them
  return JSON.stringify([...sums.keys()].sort().map((key) => sums.get(key)))
}

const insertReservations = statement(
  'stock.insert-reservations',
  `insert into stock.reservation as r (order_line_id, location_id, article_id, order_id, quantity)
   select order_line_id, location_id, article_id, order_id, quantity
     from jsonb_to_recordset($1) as n(order_line_id uuid, location_id uuid, article_id uuid, order_id uuid, quantity bigint)
   on conflict (order_line_id, location_id) do update set quantity = r.quantity + excluded.quantity`,
)
const insertBackorders = statement(
  'stock.insert-backorders',
  `insert into stock.backorder as b (order_line_id, article_id, order_id, locations, quantity, since)
   select order_line_id, article_id, order_id, $2::uuid[], quantity, $3
     from jsonb_to_recordset($1) as n(order_line_id uuid, article_id uuid, order_id uuid, quantity bigint)
   on conflict (order_line_id) do update set quantity = b.quantity + excluded.quantity`,
)

export interface ReservationRow {
  orderLineId: string
  orderId: string
  articleId: string
  locationId: string
  quantity: Quantity
}

export function addReservations(work: Work, rows: readonly ReservationRow[]): void {
  if (rows.length === 0) return
  work.save(insertReservations, [
    JSON.stringify(
      rows.map((r) => ({
        order_line_id: r.orderLineId,
        location_id: r.locationId,
        article_id: r.articleId,
        order_id: r.orderId,
        quantity: r.quantity,
      })),
    ),
  ])
}

export function addBackorders(
  work: Work,
  orderId: string,
  rows: readonly { orderLineId: string; articleId: string; quantity: Quantity }[],
  locations: readonly string[],
): void {
  if (rows.length === 0) return
  work.save(insertBackorders, [
    JSON.stringify(
      rows.map((r) => ({
        order_line_id: r.orderLineId,
        article_id: r.articleId,
        order_id: orderId,
        quantity: r.quantity,
      })),
    ),
    locations,
    work.now,
  ])
}

// A row that would reach zero is deleted; the rest is lowered. Two statements, both by primary key.
const deleteReservations = statement(
  'stock.delete-spent-reservations',
  `delete from stock.reservation r using jsonb_to_recordset($1) as c(order_line_id uuid, location_id uuid, quantity bigint)
    where r.order_line_id = any($2) and r.order_line_id = c.order_line_id and r.location_id = c.location_id and r.quantity = c.quantity`,
)
const lowerReservations = statement(
  'stock.lower-reservations',
  `update stock.reservation r set quantity = r.quantity - c.quantity from jsonb_to_recordset($1) as c(order_line_id uuid, location_id uuid, quantity bigint)
    where r.order_line_id = any($2) and r.order_line_id = c.order_line_id and r.location_id = c.location_id`,
)

/** Takes quantities off reservations whose current quantity is known and whose levels are locked. */
export function takeFromReservations(
  work: Work,
  taken: readonly { orderLineId: string; locationId: string; quantity: Quantity; of: Quantity }[],
): void {
  const rows = (list: typeof taken) =>
    JSON.stringify(list.map((t) => ({ order_line_id: t.orderLineId, location_id: t.locationId, quantity: t.quantity })))
  const spent = taken.filter((t) => t.quantity === t.of)
  const lowered = taken.filter((t) => t.quantity < t.of)
  if (spent.length > 0) work.save(deleteReservations, [rows(spent), spent.map((t) => t.orderLineId)])
  if (lowered.length > 0) work.save(lowerReservations, [rows(lowered), lowered.map((t) => t.orderLineId)])
}

const reservationsOfLines = statement<ReservationRow>(
  'stock.reservations-of-lines',
  `select order_line_id as "orderLineId", order_id as "orderId", article_id as "articleId", location_id as "locationId", quantity
     from stock.reservation where order_line_id = any($1) order by order_line_id, location_id`,
)
const reservationsOfOrders = statement<ReservationRow>(
  'stock.reservations-of-orders',
  `select order_line_id as "orderLineId", order_id as "orderId", article_id as "articleId", location_id as "locationId", quantity
     from stock.reservation where order_id = any($1) order by order_line_id, location_id`,
)
const backordersOfLines = statement<{ orderLineId: string; quantity: Quantity }>(
  'stock.backorders-of-lines',
  'select order_line_id as "orderLineId", quantity from stock.backorder where order_line_id = any($1) order by order_line_id',
)
const reservationsAt = statement<ReservationRow>(
  'stock.reservations-at',
  `select order_line_id as "orderLineId", order_id as "orderId", article_id as "articleId", location_id as "locationId", quantity
     from unnest($1::uuid[], $2::uuid[]) as shelf(article_id, location_id) join stock.reservation using (article_id, location_id)
    order by order_id desc, order_line_id`,
)
// the order's own channel and date stand above this capability; its SQL may read them
const orderPlaces = statement<OrderPlace>(
  'stock.order-places',
  `select o.id as "orderId", c.locations::text[] as locations, o.ordered_at as since
     from orders.sales_order o join branches.channel c on c.code = o.channel where o.id = any($1)`,
)
const insertWaitingAgain = statement(
  'stock.wait-again',
  `insert into stock.backorder as b (order_line_id, article_id, order_id, locations, quantity, since)
   select order_line_id, article_id, order_id, locations, quantity, since
     from jsonb_to_recordset($1) as n(order_line_id uuid, article_id uuid, order_id uuid, locations uuid[], quantity bigint, since timestamptz)
   on conflict (order_line_id) do update set quantity = b.quantity + excluded.quantity, since = least(b.since, excluded.since)`,
)
const waitingBackorders = statement<Backorder>(
  'stock.waiting-backorders',
  `select order_line_id as "orderLineId", order_id as "orderId", article_id as "articleId", locations::text[] as locations, quantity
     from stock.backorder where article_id = any($1) order by since, order_line_id`,
)
const deleteBackorders = statement(
  'stock.delete-backorders',
  'delete from stock.backorder where order_line_id = any($1)',
)
const lowerBackorders = statement(
  'stock.lower-backorders',
  `update stock.backorder b set quantity = c.quantity from jsonb_to_recordset($1) as c(order_line_id uuid, quantity bigint) where b.order_line_id = any($2) and b.order_line_id = c.order_line_id`,
)

export const findReservations = (database: Database, orderLineIds: readonly string[]) =>
  database.query(reservationsOfLines, [orderLineIds])
export const findReservationsOfOrders = (database: Database, orderIds: readonly string[]) =>
  database.query(reservationsOfOrders, [orderIds])
export const findBackorders = (database: Database, orderLineIds: readonly string[]) =>
  database.query(backordersOfLines, [orderLineIds])
/** Reservations at these shelves, those of the newest orders first. */
export const findReservationsAt = (work: Work, shelves: readonly { articleId: string; locationId: string }[]) =>
  work.query(reservationsAt, [shelves.map((s) => s.articleId), shelves.map((s) => s.locationId)])
export const findOrderPlaces = (work: Work, orderIds: readonly string[]) => work.query(orderPlaces, [orderIds])

/** Orders that had their goods wait again, each since it was placed. */
export function waitAgain(work: Work, rows: RoutedAgain['backorders']): void {
  if (rows.length === 0) return
  const sent = rows.map(({ orderLineId, articleId, orderId, ...r }) => ({
    ...r,
    order_line_id: orderLineId,
    article_id: articleId,
    order_id: orderId,
  }))
  work.save(insertWaitingAgain, [JSON.stringify(sent)])
}
export const findWaiting = (work: Work, articleIds: readonly string[]) => work.query(waitingBackorders, [articleIds])

/** Sets what is still waited for; 0 takes the row away. */
export function setBackorders(work: Work, rows: readonly { orderLineId: string; left: Quantity }[]): void {
  const gone = rows.filter((r) => r.left === 0).map((r) => r.orderLineId)
  const lowered = rows.filter((r) => r.left > 0)
  if (gone.length > 0) work.save(deleteBackorders, [gone])
  if (lowered.length > 0)
    work.save(lowerBackorders, [
      JSON.stringify(lowered.map((r) => ({ order_line_id: r.orderLineId, quantity: r.left }))),
      lowered.map((r) => r.orderLineId),
    ])
}

const insertMovements = statement(
  'stock.insert-movements',
  `insert into stock.movement (id, at, article_id, from_location, to_location, quantity, reason, note, reference_kind, reference_id, reference_number)
   select m.id, $2, m.article_id, m.from_location, m.to_location, m.quantity, m.reason, m.note, m.reference_kind, m.reference_id, m.reference_number
     from jsonb_to_recordset($1) as m(id uuid, article_id uuid, from_location uuid, to_location uuid, quantity bigint, reason text, note text, reference_kind text, reference_id uuid, reference_number text)`,
)

export interface Movement {
  id: string
  articleId: string
  from: string | null
  to: string | null
  quantity: Quantity
  reason: 'goods-receipt' | 'goods-issue' | 'correction' | 'transfer' | 'return'
  note?: string | undefined
  reference?: { kind: string; id: string; number: string }
}

/** Writes movements into the ledger of goods. The levels are changed by the same use case. */
export function writeMovements(work: Work, movements: readonly Movement[]): void {
  if (movements.length === 0) return
  const rows = movements.map((m) => ({
    id: m.id,
    article_id: m.articleId,
    from_location: m.from,
    to_location: m.to,
    quantity: m.quantity,
    reason: m.reason,
    note: m.note ?? null,
    reference_kind: m.reference?.kind ?? null,
    reference_id: m.reference?.id ?? null,
    reference_number: m.reference?.number ?? null,
  }))
  work.save(insertMovements, [JSON.stringify(rows), work.now])
}
