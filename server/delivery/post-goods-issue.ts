import type { Day } from '../../common/dates.ts'
import type { Quantity } from '../../common/quantity.ts'
import { findMerchant, letterheadOf, locationNames, type StoredMerchant } from '../branches/index.ts'
import { findArticleTexts } from '../catalog/index.ts'
import { findBuyer } from '../customers/index.ts'
import { type FileFormat, issueDocument } from '../documents/index.ts'
import { nextNumber, orNotFound, orRefuse, refuseNow, statement, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, lockOrders, type OrderLineRow, type Progress, recordProgress } from '../orders/index.ts'
import { lockAccount } from '../receivables/index.ts'
import { findReservations, issueGoods, lockLevels } from '../stock/index.ts'
import { checkDespatchAdvice } from './despatch-advice/check-despatch-advice.ts'
import type { DeliveryNoteSnapshot } from './despatch-advice/delivery-note-snapshot.ts'
import type { NoteSnapshot } from './make-note-files.ts'
import { composeNoteSnapshot, type ShippingFacts } from './rules/compose-snapshot.ts'
import { type Picked, planIssue } from './rules/plan-goods-issue.ts'
import { issueNote, lockNotes, type NoteLineRow } from './store.ts'

export interface GoodsIssueInput {
  id: string
  deliveredOn?: Day | undefined
  picked?: { lineId: string; quantity: Quantity }[] | undefined
  parcels?: number | undefined
  grossWeight?: number | undefined
  carrier?: string | undefined
  trackingNumber?: string | undefined
}

const behindNote = statement<{
  orderIds: string[]
  orderLineIds: string[]
  articleIds: string[]
  customerId: string
  addressIds: string[]
  lines: NoteLineRow[]
}>(
  'delivery.behind-note',
  `select array_agg(distinct l.order_id)::text[] as "orderIds", array_agg(distinct l.order_line_id)::text[] as "orderLineIds", array_remove(array_agg(distinct o.article_id), null)::text[] as "articleIds",
          n.customer_id as "customerId", (array[n.deliver_to] || array_agg(distinct s.bill_to))::text[] as "addressIds",
          jsonb_agg(jsonb_build_object('id', l.id, 'noteId', l.note_id, 'position', l.position, 'orderId', l.order_id, 'orderLineId', l.order_line_id, 'planned', l.planned, 'delivered', l.delivered, 'returned', l.returned, 'invoiced', l.invoiced) order by l.position) as lines
     from delivery.note n join delivery.note_line l on l.note_id = n.id join orders.order_line o on o.id = l.order_line_id join orders.sales_order s on s.id = l.order_id
    where n.id = $1 group by n.id`,
)

/** Goods issue (Warenausgang): the goods leave, the order knows, the stock falls, the note becomes a record. */
export async function postGoodsIssue(
  work: Work,
  input: GoodsIssueInput,
): Promise<{ id: string; number: string; documentId: string; stillOpen: boolean }> {
  const found = await loadAndLock(work, input.id)
  const { note, orders } = found
  const deliveredOn = input.deliveredOn ?? work.today
  const picked = orRefuse(planIssue(found.lines, input.picked, deliveredOn, work.today))
  const { number } = found
  const snapshot = snapshotOf(found, picked, { ...shippingOf(input), number, issuedOn: work.today, deliveredOn })
  const documentId = archiveNote(work, note.id, snapshot, found.facts.merchant)
  issueNote(work, note.id, { ...snapshot, documentId }, picked)
  recordProgress(work, orders, progressOf(picked))
  await issueGoods(work, goodsOf(found, picked, number), found.levels, found.reservations)
  const delivery = deliveryStates(found.orderLines, picked)
  const stillOpen = delivery.size > 0 && [...delivery.values()].includes('partly-delivered')
  work.announce('delivery.goods-issued', {
    deliveryNoteId: note.id,
    number,
    orderIds: orders.map((o) => o.id),
    stillOpen,
    carrier: input.carrier ?? null,
    trackingNumber: input.trackingNumber ?? null,
    orders: orders.map((o) => ({
      orderId: o.id,
      channel: o.channel,
      externalNumber: o.externalNumber,
      delivery: delivery.get(o.id),
    })),
  })
  work.record({ subjectId: note.id, after: { number, deliveredOn, lines: snapshot.lines.length, stillOpen } })
  return { id: note.id, number, documentId, stillOpen }
}

type Found = Awaited<ReturnType<typeof loadAndLock>>
type PickedLine = Picked<Found['lines'][number]>

function shippingOf({ parcels, grossWeight, carrier, trackingNumber }: GoodsIssueInput) {
  return { parcels, grossWeight, carrier, trackingNumber }
}

function snapshotOf(
  { facts, orders }: Found,
  picked: readonly PickedLine[],
  shipping: ShippingFacts,
): DeliveryNoteSnapshot {
  const lines = picked
    .filter((p) => p.delivered > 0)
    .map(({ line, delivered }) => ({ position: line.position, orderLine: line.orderLine, delivered }))
  return composeNoteSnapshot({ ...facts, orders, lines }, shipping)
}

/** What the note says is kept with the paper it's printed on; the files are made from it after the commit. */
function archiveNote(work: Work, noteId: string, note: DeliveryNoteSnapshot, merchant: StoredMerchant): string {
  const { deliveryNote: intro, retentionOfTitle } = merchant.texts
  const snapshot: NoteSnapshot = {
    note,
    letterhead: letterheadOf(merchant, note.language),
    texts: { intro, retentionOfTitle },
    contact: note.supplier.contact,
  }
  return issueDocument(work, {
    kind: 'delivery-note',
    number: note.number,
    subjectId: noteId,
    snapshot,
    formats: formatsOf(note),
  })
}

function progressOf(picked: readonly PickedLine[]): Progress[] {
  return picked.map(({ line, delivered }) => ({ line: line.orderLine, planned: -line.planned, delivered }))
}

function goodsOf({ note, facts }: Found, picked: readonly PickedLine[], noteNumber: string) {
  const lines = picked.flatMap(({ line: { orderLine }, delivered }) =>
    orderLine.articleId === null || delivered === 0
      ? []
      : [
          {
            orderLineId: orderLine.id,
            articleId: orderLine.articleId,
            articleNumber: orderLine.articleNumber ?? '',
            quantity: delivered,
          },
        ],
  )
  return { locationId: note.locationId, locationName: facts.location.name, noteId: note.id, noteNumber, lines }
}

/** How far each order is delivered now, for its channel. */
function deliveryStates(
  orderLines: readonly OrderLineRow[],
  picked: readonly PickedLine[],
): Map<string, 'delivered' | 'partly-delivered'> {
  const delivered = new Map<string, Quantity>()
  for (const p of picked) delivered.set(p.line.orderLineId, (delivered.get(p.line.orderLineId) ?? 0) + p.delivered)
  const states = new Map<string, 'delivered' | 'partly-delivered'>()
  for (const line of orderLines.filter((l) => l.kind === 'goods')) {
    const isOpen = line.ordered - line.cancelled - line.delivered - (delivered.get(line.id) ?? 0) > 0
    if (isOpen || !states.has(line.orderId)) states.set(line.orderId, isOpen ? 'partly-delivered' : 'delivered')
  }
  return states
}

async function loadAndLock(work: Work, noteId: string) {
  const [found] = await work.query(behindNote, [noteId])
  const behind = orNotFound(found, 'delivery-note')
  // the lines of an open note never change, only whether it's still open does: that's looked at under the lock
  const [
    orders,
    [noteRow],
    orderLines,
    ,
    levels,
    reservations,
    { customer, addresses },
    articles,
    merchant,
    locations,
    number,
  ] = await Promise.all([
    lockOrders(work, behind.orderIds),
    lockNotes(work, [noteId]),
    findLinesOfOrders(work, behind.orderIds),
    lockAccount(work, behind.customerId),
    lockLevels(work, behind.articleIds),
    findReservations(work, behind.orderLineIds),
    findBuyer(work, behind.customerId, behind.addressIds),
    findArticleTexts(work, behind.articleIds),
    findMerchant(work),
    locationNames(work),
    nextNumber(work, 'delivery-note'),
  ])
  const note = noteRow!
  if (note.state !== 'open') refuseNow('note-not-open', { note: note.number ?? note.id })
  const held = orders.find((o) => o.hold !== null)
  if (held) refuseNow('order-on-hold', { order: held.number })
  const byId = new Map(orderLines.map((l) => [l.id, l]))
  const joined = behind.lines.map((l) => {
    const orderLine = byId.get(l.orderLineId)!
    return { ...l, orderLine, isGoods: orderLine.kind === 'goods' }
  })
  const facts = {
    merchant,
    customer,
    deliverTo: addresses.get(note.deliverTo)!.details,
    billTo: addresses.get(orders[0]!.billTo)!.details,
    location: locations.get(note.locationId)!,
    articles,
  }
  return { number, note, lines: joined, orders, orderLines, levels, reservations, facts }
}

/**
 * The details a delivery note must have are checked here and never left to the template. Without the recipient's
 * electronic address the paper goes out all the same; the message can't.
 */
function formatsOf(snapshot: DeliveryNoteSnapshot): FileFormat[] {
  const problems = checkDespatchAdvice(snapshot)
  const missing = problems.filter((p) => !p.field.endsWith('.electronicAddress'))
  if (missing.length > 0)
    refuseNow('note-incomplete', { missing: missing.map((p) => p.message.de), fields: missing.map((p) => p.field) })
  return problems.length === 0 ? ['pdf', 'despatch-advice'] : ['pdf']
}
