import type { Day } from '../../common/dates.ts'
import type { Quantity } from '../../common/quantity.ts'
import { findMerchant, letterheadOf, locationNames } from '../branches/index.ts'
import { findArticleTexts } from '../catalog/index.ts'
import { findAddresses, findCustomerRow } from '../customers/index.ts'
import { type FileFormat, issueDocument } from '../documents/index.ts'
import { nextNumber, orNotFound, orRefuse, refuseNow, statement, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, lockOrders, type OrderLineRow, recordProgress } from '../orders/index.ts'
import { lockAccount } from '../receivables/index.ts'
import { findReservations, issueGoods, lockLevels } from '../stock/index.ts'
import { checkDespatchAdvice } from './despatch-advice/check-despatch-advice.ts'
import type { NoteSnapshot } from './make-note-files.ts'
import { composeNoteSnapshot } from './rules/compose-snapshot.ts'
import { planIssue } from './rules/plan-goods-issue.ts'
import { findNoteLines, issueNote, lockNotes } from './store.ts'

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
}>(
  'delivery.behind-note',
  `select array_agg(distinct l.order_id)::text[] as "orderIds", array_agg(distinct l.order_line_id)::text[] as "orderLineIds", array_remove(array_agg(distinct o.article_id), null)::text[] as "articleIds",
          n.customer_id as "customerId", (array[n.deliver_to] || array_agg(distinct s.bill_to))::text[] as "addressIds"
     from delivery.note n join delivery.note_line l on l.note_id = n.id join orders.order_line o on o.id = l.order_line_id join orders.sales_order s on s.id = l.order_id
    where n.id = $1 group by n.id`,
)

/** Goods issue (Warenausgang): the goods leave, the order knows, the stock falls, the note becomes a record. */
export async function postGoodsIssue(
  work: Work,
  input: GoodsIssueInput,
): Promise<{ id: string; number: string; documentId: string; stillOpen: boolean }> {
  const { note, lines, orders, orderLines, levels, reservations, facts } = await loadAndLock(work, input.id)
  const deliveredOn = input.deliveredOn ?? work.today
  const picked = orRefuse(planIssue(lines, input.picked, deliveredOn, work.today))
  const shipped = picked.filter((p) => p.delivered > 0)
  const number = await nextNumber(work, 'delivery-note')
  const { picked: _, id: __, ...shipping } = input
  const snapshot = composeNoteSnapshot(
    {
      ...facts,
      orders,
      lines: shipped.map(({ line, delivered }) => ({ position: line.position, orderLine: line.orderLine, delivered })),
    },
    { ...shipping, number, issuedOn: work.today, deliveredOn },
  )
  const formats = formatsOf(snapshot)
  const stored: NoteSnapshot = {
    note: snapshot,
    letterhead: letterheadOf(facts.merchant, facts.customer.language),
    texts: { intro: facts.merchant.texts.deliveryNote, retentionOfTitle: facts.merchant.texts.retentionOfTitle },
    contact: snapshot.supplier.contact,
  }
  const documentId = issueDocument(work, {
    kind: 'delivery-note',
    number,
    subjectId: note.id,
    snapshot: stored,
    formats,
  })
  issueNote(
    work,
    note.id,
    {
      ...shipping,
      number,
      issuedOn: work.today,
      deliveredOn,
      documentId,
      parcels: input.parcels,
      grossWeight: snapshot.grossWeight,
      carrier: input.carrier,
      trackingNumber: input.trackingNumber,
    },
    picked.map(({ line, delivered }) => ({ id: line.id, delivered })),
  )
  recordProgress(
    work,
    orders,
    picked.map(({ line, delivered }) => ({ line: line.orderLine, planned: -line.planned, delivered })),
  )
  const goods = shipped.flatMap(({ line, delivered }) =>
    line.orderLine.articleId === null
      ? []
      : [
          {
            orderLineId: line.orderLineId,
            articleId: line.orderLine.articleId,
            articleNumber: line.orderLine.articleNumber ?? '',
            quantity: delivered,
          },
        ],
  )
  await issueGoods(
    work,
    {
      locationId: note.locationId,
      locationName: facts.location.name,
      noteId: note.id,
      noteNumber: number,
      lines: goods,
    },
    levels,
    reservations,
  )
  const stillOpen = isStillOpen(orderLines, picked)
  work.announce('delivery.goods-issued', {
    deliveryNoteId: note.id,
    number,
    orderIds: orders.map((o) => o.id),
    stillOpen,
  })
  work.record({ subjectId: note.id, after: { number, deliveredOn, lines: shipped.length, stillOpen } })
  return { id: note.id, number, documentId, stillOpen }
}

async function loadAndLock(work: Work, noteId: string) {
  const [found] = await work.query(behindNote, [noteId])
  const behind = orNotFound(found, 'Lieferschein')
  const [
    orders,
    [noteRow],
    lines,
    orderLines,
    ,
    levels,
    reservations,
    customer,
    addresses,
    articles,
    merchant,
    locations,
  ] = await Promise.all([
    lockOrders(work, behind.orderIds),
    lockNotes(work, [noteId]),
    findNoteLines(work, [noteId]),
    findLinesOfOrders(work, behind.orderIds),
    lockAccount(work, behind.customerId),
    lockLevels(work, behind.articleIds),
    findReservations(work, behind.orderLineIds),
    findCustomerRow(work, behind.customerId),
    findAddresses(work, behind.addressIds),
    findArticleTexts(work, behind.articleIds),
    findMerchant(work),
    locationNames(work),
  ])
  const note = noteRow!
  if (note.state !== 'open') refuseNow('note-not-open', { note: note.number ?? note.id })
  const held = orders.find((o) => o.hold !== null)
  if (held) refuseNow('order-on-hold', { order: held.number })
  const byId = new Map(orderLines.map((l) => [l.id, l]))
  const joined = lines.map((l) => {
    const orderLine = byId.get(l.orderLineId)!
    return { ...l, orderLine, isGoods: orderLine.kind === 'goods' }
  })
  const facts = {
    merchant,
    customer: customer!,
    deliverTo: addresses.get(note.deliverTo)!.details,
    billTo: addresses.get(orders[0]!.billTo)!.details,
    location: locations.get(note.locationId)!,
    articles,
  }
  return { note, lines: joined, orders, orderLines, levels, reservations, facts }
}

/**
 * The details a delivery note must have are checked here and never left to the template. Without the recipient's
 * electronic address the paper goes out all the same; the message can't.
 */
function formatsOf(snapshot: NoteSnapshot['note']): FileFormat[] {
  const problems = checkDespatchAdvice(snapshot)
  const missing = problems.filter((p) => !p.field.endsWith('.electronicAddress'))
  if (missing.length > 0)
    refuseNow('note-incomplete', { missing: missing.map((p) => p.message.de), fields: missing.map((p) => p.field) })
  return problems.length === 0 ? ['pdf', 'despatch-advice'] : ['pdf']
}

function isStillOpen(
  orderLines: readonly OrderLineRow[],
  picked: readonly { line: { orderLineId: string }; delivered: Quantity }[],
): boolean {
  const delivered = new Map<string, Quantity>()
  for (const p of picked) delivered.set(p.line.orderLineId, (delivered.get(p.line.orderLineId) ?? 0) + p.delivered)
  return orderLines.some(
    (l) => l.kind === 'goods' && l.ordered - l.cancelled - l.delivered - (delivered.get(l.id) ?? 0) > 0,
  )
}
