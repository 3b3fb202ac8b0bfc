import type { Quantity } from '../../common/quantity.ts'
import type { Work } from '../kernel/index.ts'
import { fillBackorders } from './rules/fill-backorders.ts'
import {
  addReservations,
  findBackorders,
  findReservations,
  findWaiting,
  type LevelChange,
  lockLevels,
  setBackorders,
  shiftLevels,
  takeFromReservations,
} from './store.ts'

/**
 * What an order no longer needs goes back: first what it still waited for, then what was reserved. What becomes free
 * goes to other orders that wait for it.
 */
export async function releaseReservations(
  work: Work,
  lines: readonly { orderLineId: string; articleId: string; quantity: Quantity }[],
): Promise<void> {
  const articleIds = [...new Set(lines.map((l) => l.articleId))]
  const levels = await lockLevels(work, articleIds)
  const ids = lines.map((l) => l.orderLineId)
  const [reservations, backorders] = await Promise.all([findReservations(work, ids), findBackorders(work, ids)])
  const changes: LevelChange[] = []
  const taken: { orderLineId: string; locationId: string; quantity: Quantity; of: Quantity }[] = []
  const waits: { orderLineId: string; left: Quantity }[] = []
  for (const line of lines) {
    let left = line.quantity
    const wait = backorders.find((b) => b.orderLineId === line.orderLineId)
    if (wait) {
      const quantity = Math.min(left, wait.quantity)
      waits.push({ orderLineId: line.orderLineId, left: wait.quantity - quantity })
      left -= quantity
    }
    for (const r of reservations.filter((r) => r.orderLineId === line.orderLineId)) {
      const quantity = Math.min(left, r.quantity)
      if (quantity === 0) continue
      taken.push({ orderLineId: r.orderLineId, locationId: r.locationId, quantity, of: r.quantity })
      changes.push({ articleId: r.articleId, locationId: r.locationId, onHand: 0, reserved: -quantity })
      left -= quantity
    }
  }
  setBackorders(work, waits)
  takeFromReservations(work, taken)
  await handOn(work, articleIds, changes, levels)
}

/** What is free of each article at the locations where something changed. */
function freeByLocation(levels: Parameters<typeof handOn>[3], changes: readonly LevelChange[]) {
  const free = new Map([...new Set(changes.map((c) => c.locationId))].map((id) => [id, new Map<string, Quantity>()]))
  const add = (locationId: string, articleId: string, quantity: Quantity) => {
    const here = free.get(locationId)
    here?.set(articleId, (here.get(articleId) ?? 0) + quantity)
  }
  for (const l of levels) add(l.locationId, l.articleId, l.onHand - l.reserved)
  for (const c of changes) add(c.locationId, c.articleId, c.onHand - c.reserved)
  return free
}

/** Free goods go to the orders that wait; the levels are locked already. Returns how many waiting lines got something. */
export async function handOn(
  work: Work,
  articleIds: readonly string[],
  changes: LevelChange[],
  levels: readonly { articleId: string; locationId: string; onHand: Quantity; reserved: Quantity }[],
): Promise<number> {
  const waiting = await findWaiting(work, articleIds)
  let filledLines = 0
  const left = new Map(waiting.map((w) => [w.orderLineId, w.quantity]))
  const freeAt = waiting.length === 0 ? new Map<string, Map<string, Quantity>>() : freeByLocation(levels, changes)
  for (const [locationId, free] of freeAt) {
    const open = waiting.map((w) => ({ ...w, quantity: left.get(w.orderLineId)! })).filter((w) => w.quantity > 0)
    const filled = fillBackorders(open, locationId, free)
    addReservations(
      work,
      filled.map(({ backorder: b, quantity }) => ({
        orderLineId: b.orderLineId,
        orderId: b.orderId,
        articleId: b.articleId,
        locationId,
        quantity,
      })),
    )
    for (const { backorder, quantity } of filled) {
      changes.push({ articleId: backorder.articleId, locationId, onHand: 0, reserved: quantity })
      left.set(backorder.orderLineId, left.get(backorder.orderLineId)! - quantity)
    }
    filledLines += filled.length
    const orders = [...new Set(filled.map((f) => f.backorder.orderId))]
    for (const orderId of orders) work.announce('order.changed', { orderId, what: 'reserved' })
  }
  setBackorders(
    work,
    waiting
      .filter((w) => left.get(w.orderLineId) !== w.quantity)
      .map((w) => ({ orderLineId: w.orderLineId, left: left.get(w.orderLineId)! })),
  )
  shiftLevels(work, changes)
  if (changes.length > 0) work.announce('stock.changed', { articleIds })
  return filledLines
}
