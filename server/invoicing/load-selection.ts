import type { Cents } from '../../common/money.ts'
import type { PriceMode } from '../../common/tax/vat.ts'
import { findMerchant } from '../branches/index.ts'
import { findArticleTexts } from '../catalog/index.ts'
import { findBuyer } from '../customers/index.ts'
import {
  type BehindNotes,
  findBehindNotes,
  findNoteLines,
  findNoteRows,
  lockNotes,
  type NoteLineRow,
  sameParty,
} from '../delivery/index.ts'
import { type Database, nextNumber, orRefuse, refuseNow, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, findOrderRows, lockOrders, type OrderLineRow } from '../orders/index.ts'
import { lockAccount, lockPrepayments } from '../receivables/index.ts'
import { findDownPayments } from './down-payment-store.ts'
import { afterUses, lessDeductions, payablePerRate, planClosings, planDeductions } from './rules/down-payments.ts'
import { stillToBill } from './rules/plan-down-payment.ts'
import { type BilledLine, planInvoice, type Selection } from './rules/plan-invoice.ts'
import { priceLines } from './rules/price-lines.ts'
import { findBilled } from './store.ts'

/** The notes and orders behind a selection, and whose they are; ids only, before anything is locked. */
async function findBehind(database: Database, selection: Selection): Promise<BehindNotes> {
  const noteIds = selection.noteIds ?? []
  const lineIds = selection.lines?.map((l) => l.noteLineId) ?? []
  if (noteIds.length + lineIds.length === 0) refuseNow('nothing-to-invoice')
  const behind = await findBehindNotes(database, noteIds, lineIds)
  const known = new Set([...(behind?.noteIds ?? []), ...(behind?.lineIds ?? [])])
  if (behind === undefined || [...noteIds, ...lineIds].some((id) => !known.has(id)))
    refuseNow('not-found', { what: 'delivery-note' })
  return behind
}

async function load(database: Database, selection: Selection, behind: BehindNotes, lock?: Work) {
  const { noteIds, orderIds, customerId } = behind
  const [orders, notes, noteLines, orderLines, before, , found] = await Promise.all([
    lock ? lockOrders(lock, orderIds) : findOrderRows(database, orderIds),
    lock ? lockNotes(lock, noteIds) : findNoteRows(database, noteIds),
    findNoteLines(database, noteIds),
    findLinesOfOrders(database, orderIds),
    findBilled(database, orderIds),
    // who pays a down payment holds the account too: what is read after it stays true
    lock ? lockAccount(lock, customerId) : undefined,
    findDownPayments(database, orderIds),
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
  const mode = orders[0]!.priceMode
  const downPayments = found.filter((d) => billedOrders.has(d.orderId))
  const priced = priceLines(billed, mode, before)
  const deductions = planDeductions(downPayments, priced.lines.map(billedAmount), mode)
  const closings = planClosings(afterUses(downPayments, deductions), toBillAfter(orderLines, billed, mode))
  return {
    lines: priced.lines,
    /** of the goods, before anything is deducted */
    delivered: priced.amounts,
    amounts: lessDeductions(priced.amounts, deductions),
    deductions,
    closings,
    orders: orders.filter((o) => billedOrders.has(o.id)),
    notes: notes.filter((n) => billedNotes.has(n.id)),
  }
}

type Billed = BilledLine<NoteLineRow & { orderLine: OrderLineRow }>

const billedAmount = ({ line: { orderLine }, amount }: { line: { orderLine: OrderLineRow }; amount: Cents }) => ({
  orderId: orderLine.orderId,
  amount,
  category: orderLine.vatCategory,
  rate: orderLine.vatRate,
})

/** What is still to be billed of each order after this invoice. */
function toBillAfter(
  orderLines: readonly OrderLineRow[],
  billed: readonly Billed[],
  mode: PriceMode,
): ReadonlyMap<string, Cents> {
  const now = new Map<string, number>()
  for (const { line, quantity } of billed) now.set(line.orderLineId, (now.get(line.orderLineId) ?? 0) + quantity)
  const left = Map.groupBy(stillToBill(orderLines, now), (b) => b.orderId)
  return new Map(
    [...left].map(([id, amounts]) => [id, [...payablePerRate(amounts, mode).values()].reduce((a, b) => a + b, 0)]),
  )
}

/** What an invoice over this selection would say, without issuing it. */
export async function previewSelection(database: Database, selection: Selection) {
  return load(database, selection, await findBehind(database, selection))
}

/**
 * The same under lock, with everything the document needs, and its number: all of it travels together. Locks: orders,
 * notes, account, prepayments, number series.
 */
export async function lockSelection(work: Work, selection: Selection) {
  const behind = await findBehind(work, selection)
  const [loaded, prepayments, { customer, addresses }, articles, merchant, number] = await Promise.all([
    load(work, selection, behind, work),
    lockPrepayments(work, behind.customerId, behind.orderIds),
    findBuyer(work, behind.customerId, behind.addressIds),
    findArticleTexts(work, behind.articleIds),
    findMerchant(work),
    nextNumber(work, 'invoice'),
  ])
  const billTo = addresses.get(loaded.orders[0]!.billTo)!.details
  const deliverToId = loaded.notes[0]!.deliverTo
  const deliverTo = addresses.get(deliverToId)!.details
  const billedOrders = new Set(loaded.orders.map((o) => o.id))
  // an intra-community supply always says where the goods went (BR-IC-12)
  const saysWhere = !sameParty(billTo, deliverTo) || loaded.lines.some((l) => l.line.orderLine.vatCategory === 'K')
  const oneAddress = saysWhere && loaded.notes.every((n) => n.deliverTo === deliverToId)
  return {
    ...loaded,
    number,
    credits: prepayments.filter((c) => c.orderId !== null && billedOrders.has(c.orderId)),
    customer,
    billTo,
    deliverTo: oneAddress ? deliverTo : undefined,
    articles,
    merchant,
  }
}
