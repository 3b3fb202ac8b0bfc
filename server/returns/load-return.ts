import { addDays, dayOf } from '../../common/dates.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { findMerchant, locationNames } from '../branches/index.ts'
import { findBuyer } from '../customers/index.ts'
import { lockNotes } from '../delivery/index.ts'
import { findStanding, loadCorrectables } from '../invoicing/index.ts'
import { type Database, orRefuse, refuseNow, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, findOrderRows, lockOrders } from '../orders/index.ts'
import { lockAccount, lockAllOpenItems } from '../receivables/index.ts'
import { lockLevels } from '../stock/index.ts'
import { creditsByDocument, planReturn } from './rules/plan-return.ts'
import { type CandidateLine, findCandidates, findDelivered, findOpenOf } from './store.ts'

/**
 * Everything a return touches, found without locks and, to post it (`lock`), found again under them: orders, notes,
 * account, open items, stock levels. What changed in between is refused by the rule.
 */
export async function loadReturn(database: Database, input: TakeBackInput, lock?: Work) {
  const [merchant, locations] = await Promise.all([findMerchant(database), locationNames(database)])
  const location = locations.get(input.locationId)
  if (location?.purpose !== 'sale') refuseNow('unknown-location', { location: input.locationId })
  const today = lock?.today ?? dayOf(new Date())
  const returnedOn = input.returnedOn ?? today
  if (returnedOn > today) refuseNow('delivered-in-future', { deliveredOn: returnedOn })
  const candidates = await findLines(database, input, addDays(returnedOn, -merchant.returnDays))
  const customerId = onlyCustomer(candidates, input.customerId)
  const chosen = orRefuse(planReturn(input.lines, candidates, [])).map((p) => p.line)
  const ids = <K extends 'id' | 'noteId' | 'orderId' | 'articleId'>(key: K) => [
    ...new Set(chosen.flatMap((l) => l[key] ?? [])),
  ]
  const [lineIds, orderIds] = [ids('id'), ids('orderId')]
  const [orders, , , openItems, , fresh, orderLines, standing] = await Promise.all([
    lock ? lockOrders(lock, orderIds) : findOrderRows(database, orderIds),
    lock ? lockNotes(lock, ids('noteId')) : [],
    lock ? lockAccount(lock, customerId) : undefined,
    lock ? lockAllOpenItems(lock, customerId) : findOpenOf(database, customerId),
    lock ? lockLevels(lock, ids('articleId')) : [],
    findCandidates(database, lineIds),
    findLinesOfOrders(database, orderIds),
    findStanding(database, lineIds),
  ])
  const parts = orRefuse(planReturn(input.lines, fresh, standing))
  const credits = creditsByDocument(parts)
  const [correctables, { customer, addresses }] = await Promise.all([
    loadCorrectables(database, [...credits.keys()]),
    findBuyer(database, customerId, [orders[0]!.billTo]),
  ])
  const openOf = new Map(openItems.map((i) => [i.invoiceId, i.open]))
  const byId = new Map(correctables.map((c) => [c.row.id, { ...c, open: openOf.get(c.row.id) ?? 0 }]))
  return {
    parts,
    credits: [...credits].map(([id, quantities]) => ({ correctable: byId.get(id)!, quantities })),
    orders,
    orderLines: new Map(orderLines.map((l) => [l.id, l])),
    openItems,
    customer,
    billTo: addresses.get(orders[0]!.billTo)!.details,
    merchant,
    location,
    returnedOn,
  }
}
export type LoadedReturn = Awaited<ReturnType<typeof loadReturn>>

async function findLines(database: Database, input: TakeBackInput, since: string): Promise<CandidateLine[]> {
  const chosen = input.lines.flatMap((l) => l.noteLineId ?? [])
  const articles = input.lines.flatMap((l) => (l.noteLineId === undefined ? (l.articleId ?? []) : []))
  const [byId, byArticle] = await Promise.all([
    findCandidates(database, chosen),
    input.customerId && articles.length > 0 ? findDelivered(database, input.customerId, articles, since) : [],
  ])
  if (byId.length < new Set(chosen).size) refuseNow('not-found', { what: 'delivery-note-line' })
  const named = new Set(chosen)
  return [...byId, ...byArticle.filter((l) => !named.has(l.id))]
}

function onlyCustomer(lines: readonly CandidateLine[], customerId: string | undefined): string {
  const owner = customerId ?? lines[0]?.customerId
  if (owner === undefined) refuseNow('nothing-to-return')
  if (lines.some((l) => l.customerId !== owner)) refuseNow('different-customers')
  return owner
}
