import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

interface Order {
  id: string
  number: string
  customerId: string
  deliverTo: string
  hold: unknown
}
interface Line {
  id: string
  orderId: string
  position: number
  kind: 'goods' | 'shipping' | 'surcharge'
  articleNumber: string | null
  ordered: Quantity
  cancelled: Quantity
  planned: Quantity
  delivered: Quantity
}
interface Reservation {
  orderLineId: string
  locationId: string
  quantity: Quantity
}

export interface NoteWish<L extends Line, O extends Order> {
  orders: readonly O[]
  lines: readonly L[]
  reservations: readonly Reservation[]
  /** quantities of these lines on other open notes of a location, by order line and location */
  onOpenNotes: readonly Reservation[]
  wanted: readonly { orderLineId: string; quantity: Quantity }[] | undefined
  locationId: string | undefined
  locationName(id: string): string
}

export interface NotePlan<L> {
  locationId: string
  lines: { line: L; quantity: Quantity }[]
}

const openOf = (line: Line) => line.ordered - line.cancelled - line.planned - line.delivered

/**
 * What goes on a delivery note: the wanted quantities, or all that is reserved at the location. All orders go to one
 * customer and one address, none is on hold, and nothing stands on two notes. Shipping cost and surcharges of an order
 * go with its first note, so that they are billed once and in time.
 */
export function planNote<L extends Line, O extends Order>(wish: NoteWish<L, O>): NotePlan<L> | Refusal {
  const [first] = wish.orders
  if (wish.orders.some((o) => o.customerId !== first!.customerId || o.deliverTo !== first!.deliverTo))
    return refuse('different-recipients', { orders: wish.orders.map((o) => o.number) })
  const held = wish.orders.find((o) => o.hold !== null)
  if (held) return refuse('order-on-hold', { order: held.number })
  const free = freeReservations(wish)
  const locationId = wish.locationId ?? fullestLocation(free)
  if (locationId === undefined) return refuse('nothing-to-deliver', { orders: wish.orders.map((o) => o.number) })
  const lines: NotePlan<L>['lines'] = []
  for (const line of wish.lines.filter((l) => l.kind === 'goods')) {
    const reserved = free.get(`${line.id} ${locationId}`) ?? 0
    const quantity =
      wish.wanted === undefined
        ? Math.min(reserved, openOf(line))
        : (wish.wanted.find((w) => w.orderLineId === line.id)?.quantity ?? 0)
    if (quantity === 0) continue
    const order = wish.orders.find((o) => o.id === line.orderId)!
    if (quantity > openOf(line))
      return refuse('more-than-open', {
        order: order.number,
        line: line.position,
        requested: quantity,
        open: openOf(line),
      })
    if (quantity > reserved)
      return refuse('not-reserved', {
        article: line.articleNumber,
        location: wish.locationName(locationId),
        requested: quantity,
        reserved,
      })
    lines.push({ line, quantity })
  }
  if (lines.length === 0) return refuse('nothing-to-deliver', { orders: wish.orders.map((o) => o.number) })
  const ordersOnNote = new Set(lines.map((l) => l.line.orderId))
  const charges = wish.lines.filter((l) => l.kind !== 'goods' && ordersOnNote.has(l.orderId) && openOf(l) > 0)
  return { locationId, lines: [...lines, ...charges.map((line) => ({ line, quantity: openOf(line) }))] }
}

/** What is reserved and not yet planned on another open note, by line and location. */
function freeReservations(wish: {
  reservations: readonly Reservation[]
  onOpenNotes: readonly Reservation[]
}): Map<string, Quantity> {
  const free = new Map(wish.reservations.map((r) => [`${r.orderLineId} ${r.locationId}`, r.quantity]))
  for (const p of wish.onOpenNotes) {
    const key = `${p.orderLineId} ${p.locationId}`
    free.set(key, (free.get(key) ?? 0) - p.quantity)
  }
  return free
}

function fullestLocation(free: ReadonlyMap<string, Quantity>): string | undefined {
  const sums = new Map<string, Quantity>()
  for (const [key, quantity] of free) {
    if (quantity <= 0) continue
    const locationId = key.split(' ')[1]!
    sums.set(locationId, (sums.get(locationId) ?? 0) + quantity)
  }
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0]
}
