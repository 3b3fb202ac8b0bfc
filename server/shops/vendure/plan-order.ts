import { ONE, type Quantity } from '../../../common/quantity.ts'
import type { OrderState } from '../connector.ts'
import { collectsItself } from '../rules/payment-method.ts'

/** What we read of an order before telling the shop what became of it. */
export interface OrderInShop {
  id: string
  code: string
  state: string
  nextStates: readonly string[]
  lines: readonly { id: string; quantity: number; orderPlacedQuantity: number; productVariant: { id: string } }[]
  fulfillments: readonly Fulfilment[] | null
  totalWithTax: number
  payments: readonly Payment[] | null
  modifications: readonly { lines: readonly Pieces[] }[]
  history: { items: readonly { data: { note?: string } }[] }
}
interface Payment {
  id: string
  method: string
  state: string
  amount: number
  refunds: readonly { id: string; total: number; state: string; reason: string | null }[]
}
interface Fulfilment {
  id: string
  state: string
  method: string
  lines: readonly Pieces[]
}
export interface Pieces {
  orderLineId: string
  quantity: number
}

/** What the buyer reads of an invoice or its correction. */
interface Note {
  kind: 'invoice-told' | 'correction-told'
  number: string
  text: string
}

export interface OrderPlan {
  /** 'whole' with its shipping, or pieces of lines */
  cancel: 'whole' | readonly Pieces[]
  fulfil: readonly { number: string; method: string; trackingCode: string; lines: readonly Pieces[] }[]
  /** payments that are to be settled */
  settle: readonly string[]
  notes: readonly Note[]
}

/**
 * What the shop is still to be told of an order, from what it shows and what is true here. Each part is recognised by its
 * own mark (the number of the delivery note, of the invoice; pieces taken off), so that doing it again finds nothing left.
 */
export function planOrder(shop: OrderInShop, state: OrderState): OrderPlan {
  const cancel = planCancellation(shop, state)
  const cancelled = cancel === 'whole' ? openOf(shop) : toRecord(cancel)
  return {
    cancel,
    fulfil: planFulfilments(shop, state, cancelled),
    settle: planSettlement(shop, state),
    notes: planNotes(shop, state),
  }
}

/** Fulfilments that stand: a cancelled one gave its pieces back. */
export function standingFulfilments(shop: Pick<OrderInShop, 'fulfillments'>): Fulfilment[] {
  return (shop.fulfillments ?? []).filter(({ state }) => state !== 'Cancelled')
}

function openOf(shop: OrderInShop): Record<string, number> {
  const fulfilled = toRecord(standingFulfilments(shop).flatMap(({ lines }) => lines))
  return Object.fromEntries(shop.lines.map(({ id, quantity }) => [id, quantity - (fulfilled[id] ?? 0)]))
}

/**
 * How many pieces are still to be taken off a line: those cancelled here less those the shop took off already, by a
 * cancellation or by changing the order; what it took off before the order was taken here was never ours. Never pieces
 * that were delivered.
 */
function planCancellation(shop: OrderInShop, { cancelled, ordered }: OrderState): OrderPlan['cancel'] {
  if (shop.state === 'Cancelled') return []
  const open = openOf(shop)
  const isUntouched = standingFulfilments(shop).length === 0
  if (cancelled.all && isUntouched) return 'whole'
  const pieces = shop.lines.flatMap(({ id, quantity, orderPlacedQuantity }) => {
    const changes = shop.modifications.flatMap(({ lines }) => lines).filter(({ orderLineId }) => orderLineId === id)
    const added = changes.reduce((sum, change) => sum + Math.max(0, change.quantity), 0)
    const before = Math.max(0, orderPlacedQuantity - wholePieces(ordered?.[id] ?? orderPlacedQuantity * ONE))
    const takenOff = Math.max(0, orderPlacedQuantity + added - quantity - before)
    const left = Math.min(wholePieces(cancelled.lines[id] ?? 0) - takenOff, open[id] ?? 0)
    return left > 0 ? [{ orderLineId: id, quantity: left }] : []
  })
  const takesAll = shop.lines.every(
    ({ id, quantity }) => quantity === pieces.filter((one) => one.orderLineId === id).reduce(sumQuantity, 0),
  )
  return takesAll && pieces.length > 0 ? 'whole' : pieces
}

/** One fulfilment a goods issue, known by the number of its delivery note; the shop only knows whole pieces. */
function planFulfilments(shop: OrderInShop, { shipments }: OrderState, cancelled: Record<string, number>) {
  const open = openOf(shop)
  for (const [id, quantity] of Object.entries(cancelled)) open[id] = (open[id] ?? 0) - quantity
  const delivered: Record<string, Quantity> = {}
  const planned: OrderPlan['fulfil'][number][] = []
  for (const { number, lines, carrier, trackingNumber } of shipments) {
    const pieces = Object.entries(lines).map(([orderLineId, quantity]) => {
      const before = delivered[orderLineId] ?? 0
      delivered[orderLineId] = before + quantity
      return { orderLineId, quantity: wholePieces(before + quantity) - wholePieces(before) }
    })
    if ((shop.fulfillments ?? []).some(({ method }) => mentions(method, number))) continue
    const take = pieces
      .map((one) => ({ ...one, quantity: Math.min(one.quantity, open[one.orderLineId] ?? 0) }))
      .filter(({ quantity }) => quantity > 0)
    for (const one of take) open[one.orderLineId] = open[one.orderLineId]! - one.quantity
    const method = `${carrier?.trim() || 'Lieferung'}, Lieferschein ${number}`
    if (take.length > 0) planned.push({ number, method, trackingCode: trackingNumber?.trim() ?? '', lines: take })
  }
  return planned
}

/** A provider's payment is his to collect: settling it would take money that came another way. */
function planSettlement({ payments }: OrderInShop, { payment }: OrderState): string[] {
  if (!payment.isPaid) return []
  return (payments ?? [])
    .filter(({ state, method }) => state === 'Authorized' && !collectsItself([method]))
    .map(({ id }) => id)
}

/** by this the refunds that are ours are known again */
export const NEVER_PAID = 'Stornierte Teile, nicht bezahlt'

/**
 * Vendure can only settle the amount that was authorised, also where pieces were cancelled since. What the payment says
 * too much is taken back by a refund that says why; one whose answer got lost is found and settled. Money that a provider
 * collected is never touched.
 */
export function planRefunds(shop: OrderInShop, { payment }: OrderState) {
  const settled = (shop.payments ?? []).filter(({ state }) => state === 'Settled')
  const nothing = { settle: [], refund: [] }
  if (!payment.isPaid || settled.some(({ method }) => collectsItself([method]))) return nothing
  const ours = settled.map((one) => ({ ...one, refunds: one.refunds.filter(({ state }) => state !== 'Failed') }))
  const settle = ours
    .flatMap(({ refunds }) => refunds)
    .filter(({ state, reason }) => state === 'Pending' && reason?.startsWith(NEVER_PAID))
    .map(({ id }) => id)
  const left = ours.map(({ id, amount, refunds }) => ({
    id,
    amount: refunds.reduce((sum, one) => sum - one.total, amount),
  }))
  let excess = left.reduce((sum, { amount }) => sum + amount, -shop.totalWithTax)
  const refund = left.toReversed().flatMap(({ id, amount }) => {
    const now = Math.min(excess, amount)
    excess -= Math.max(0, now)
    return now > 0 ? [{ paymentId: id, amount: now }] : []
  })
  return { settle, refund }
}

/** What the buyer reads of invoices and their corrections: each once, known by the word and the number it begins with. */
function planNotes(shop: OrderInShop, { invoices, corrections }: OrderState): Note[] {
  const told = shop.history.items.map(({ data }) => data.note ?? '')
  const untold = (kind: Note['kind'], number: string, text: string): Note[] => {
    const name = `${kind === 'invoice-told' ? 'Rechnung' : 'Rechnungskorrektur'} ${number}`
    return told.some((note) => mentions(note, name)) ? [] : [{ kind, number, text: `${name} ${text}` }]
  }
  return [
    ...invoices.flatMap(({ number, on, gross }) =>
      untold('invoice-told', number, `vom ${germanDay(on)} über ${germanMoney(gross)}`),
    ),
    ...corrections.flatMap(({ number, on, corrects, gross, whole }) =>
      untold(
        'correction-told',
        number,
        `vom ${germanDay(on)} zu ${corrects} über ${germanMoney(gross)}${whole ? `: ${corrects} ist damit aufgehoben` : ''}`,
      ),
    ),
  ]
}

/** Whether a text names a number, and not one that merely begins with it. */
export function mentions(text: string, number: string): boolean {
  const at = text.indexOf(number)
  return at >= 0 && !/[\w-]/.test(text.charAt(at + number.length)) && !/[\w-]/.test(text.charAt(at - 1))
}

/** The state the order should be in after its fulfilments; undefined: nothing has left yet. */
export function stateByFulfilments(shop: Pick<OrderInShop, 'lines' | 'fulfillments'>): string | undefined {
  const standing = standingFulfilments(shop)
  const piecesIn = (states: readonly string[]) =>
    toRecord(standing.filter(({ state }) => states.includes(state)).flatMap(({ lines }) => lines))
  const covers = (pieces: Record<string, number>) =>
    shop.lines.every(({ id, quantity }) => (pieces[id] ?? 0) >= quantity)
  const [delivered, left] = [piecesIn(['Delivered']), piecesIn(['Shipped', 'Delivered'])]
  if (Object.keys(left).length === 0) return undefined
  if (covers(delivered)) return 'Delivered'
  if (Object.keys(delivered).length > 0) return 'PartiallyDelivered'
  return covers(left) ? 'Shipped' : 'PartiallyShipped'
}

function toRecord(pieces: readonly Pieces[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { orderLineId, quantity } of pieces) sums[orderLineId] = (sums[orderLineId] ?? 0) + quantity
  return sums
}

const wholePieces = (quantity: Quantity) => Math.floor(quantity / ONE)
const sumQuantity = (sum: number, one: Pieces) => sum + one.quantity
const germanDay = (day: string) => day.split('-').reverse().join('.')
const germanMoney = (amount: number) => `${(amount / 100).toFixed(2).replace('.', ',')} €`
