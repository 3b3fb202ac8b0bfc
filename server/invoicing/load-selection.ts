import { findMerchant } from '../branches/index.ts'
import { findArticleTexts } from '../catalog/index.ts'
import { findBuyer } from '../customers/index.ts'
import { findNoteLines, findNoteLinesById, findNoteRows, lockNotes, sameParty } from '../delivery/index.ts'
import { type Database, orRefuse, refuseNow, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, findOrderRows, lockOrders } from '../orders/index.ts'
import { lockAccount, lockPrepayments } from '../receivables/index.ts'
import { planInvoice, type Selection } from './rules/plan-invoice.ts'
import { priceLines } from './rules/price-lines.ts'
import { findBilled } from './store.ts'

/** The notes and orders behind a selection; ids only, before anything is locked. */
async function findBehind(
  database: Database,
  selection: Selection,
): Promise<{ noteIds: string[]; orderIds: string[] }> {
  const [byNote, byLine] = await Promise.all([
    selection.noteIds?.length ? findNoteLines(database, selection.noteIds) : [],
    selection.lines?.length
      ? findNoteLinesById(
          database,
          selection.lines.map((l) => l.noteLineId),
        )
      : [],
  ])
  const known = new Set([...byNote.map((l) => l.noteId), ...byLine.map((l) => l.id)])
  const foreign = [...(selection.noteIds ?? []), ...(selection.lines ?? []).map((l) => l.noteLineId)].find(
    (id) => !known.has(id),
  )
  if (foreign) refuseNow('not-found', { what: 'Lieferschein' })
  const all = [...byNote, ...byLine]
  if (all.length === 0) refuseNow('nothing-to-invoice')
  return { noteIds: [...new Set(all.map((l) => l.noteId))], orderIds: [...new Set(all.map((l) => l.orderId))] }
}

async function load(database: Database, selection: Selection, lock: Work | undefined) {
  const { noteIds, orderIds } = await findBehind(database, selection)
  const [orders, notes, noteLines, orderLines, before] = await Promise.all([
    lock ? lockOrders(lock, orderIds) : findOrderRows(database, orderIds),
    lock ? lockNotes(lock, noteIds) : findNoteRows(database, noteIds),
    findNoteLines(database, noteIds),
    findLinesOfOrders(database, orderIds),
    findBilled(database, orderIds),
  ])
  const orderLineById = new Map(orderLines.map((l) => [l.id, l]))
  const noteById = new Map(notes.map((n) => [n.id, n]))
  const joined = noteLines.map((l) => ({
    ...l,
    orderLine: orderLineById.get(l.orderLineId)!,
    note: noteById.get(l.noteId)!,
  }))
  const billed = orRefuse(planInvoice(selection, notes, joined, orders))
  const billedOrders = new Set(billed.map((b) => b.line.orderId))
  const billedNotes = new Set(billed.map((b) => b.line.noteId))
  return {
    ...priceLines(billed, orders[0]!.priceMode, before),
    orders: orders.filter((o) => billedOrders.has(o.id)),
    notes: notes.filter((n) => billedNotes.has(n.id)),
  }
}

/** What an invoice over this selection would say, without issuing it. */
export function previewSelection(database: Database, selection: Selection) {
  return load(database, selection, undefined)
}

/** The same under lock, with everything the document needs. Locks: orders, notes, account, prepayments. */
export async function lockSelection(work: Work, selection: Selection) {
  const loaded = await load(work, selection, work)
  const { customerId, billTo } = loaded.orders[0]!
  const deliverTo = loaded.notes[0]!.deliverTo
  const [, credits, { customer, addresses }, articles, merchant] = await Promise.all([
    lockAccount(work, customerId),
    lockPrepayments(
      work,
      customerId,
      loaded.orders.map((o) => o.id),
    ),
    findBuyer(work, customerId, [billTo, deliverTo]),
    findArticleTexts(work, [...new Set(loaded.lines.flatMap((l) => l.line.orderLine.articleId ?? []))]),
    findMerchant(work),
  ])
  // an intra-community supply always says where the goods went (BR-IC-12)
  const saysWhere =
    !sameParty(addresses.get(billTo)!.details, addresses.get(deliverTo)!.details) ||
    loaded.lines.some((l) => l.line.orderLine.vatCategory === 'K')
  const oneAddress = saysWhere && loaded.notes.every((n) => n.deliverTo === deliverTo)
  return {
    ...loaded,
    credits,
    customer: customer,
    billTo: addresses.get(billTo)!.details,
    deliverTo: oneAddress ? addresses.get(deliverTo)!.details : undefined,
    articles,
    merchant,
  }
}
