import { findMerchant, locationNames } from '../branches/index.ts'
import { findCustomerRow } from '../customers/index.ts'
import { lockNotes, recordReturned } from '../delivery/index.ts'
import { loadCorrectables, undoCorrection } from '../invoicing/index.ts'
import { nextNumber, orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, lockOrders, recordProgress } from '../orders/index.ts'
import { cancelWaitingRefunds } from '../payments/index.ts'
import { lockAccount, lockCredits } from '../receivables/index.ts'
import { lockLevels, moveReturned } from '../stock/index.ts'
import { findCorrectionIds, findReturnLines, findStandingExchange, lockReturn, saveCancellation } from './store.ts'
import { movedOf } from './take-back.ts'

/**
 * A return was a mistake: the customer has his goods, all is as before. Notes and orders get their quantities back, each
 * correction is taken back by a further one and owed again, the goods leave stock. Refused once goods of it were decided
 * about, or where they are no longer there.
 */
export async function cancelReturn(
  work: Work,
  input: { id: string; reason: string },
): Promise<{ corrections: { id: string; number: string }[] }> {
  const found = await loadAndLock(work, input)
  const { row, lines, orderLines, correctables, credits, locations, customer, merchant } = found
  const corrections: { id: string; number: string }[] = []
  for (const correctable of correctables) {
    const number = await nextNumber(work, 'correction')
    const credit = credits.find((c) => c.id === correctable.row.id)
    const facts = { number, reason: input.reason, typeCode: '384' as const, customer, merchant }
    const { id } = undoCorrection(work, { ...correctable, open: 0 }, credit, facts)
    corrections.push({ id, number })
  }
  const moved = lines.map((l) => ({ ...l, line: { id: l.noteLineId, noteId: l.noteId } }))
  recordReturned(work, movedOf(moved, -1))
  recordProgress(
    work,
    found.orders,
    lines.map((l) => ({ line: orderLines.get(l.orderLineId)!, returned: -l.quantity, invoiced: l.credited })),
  )
  const moves = lines.flatMap(({ articleId, articleNumber, locationId, quantity }) =>
    articleId === null || locationId === null
      ? []
      : [{ articleId, articleNumber, from: locations.get(locationId)!, to: null, quantity }],
  )
  await moveReturned(work, moves, { id: row.id, number: row.number })
  saveCancellation(work, row.id, input.reason)
  work.announce('return.cancelled', {
    returnId: row.id,
    number: row.number,
    deliveryNoteIds: [...new Set(lines.map((l) => l.noteId))],
    orderIds: found.orders.map((o) => o.id),
  })
  work.record({ subjectId: row.id, after: { reason: input.reason, corrections: corrections.map((c) => c.number) } })
  return { corrections }
}

async function loadAndLock(work: Work, { id, reason }: { id: string; reason: string }) {
  const [lines, correctionIds] = await Promise.all([findReturnLines(work, id), findCorrectionIds(work, id)])
  const orderIds = lines.map((l) => l.orderId)
  const found = await lockReturn(work, id)
  const row = orNotFound(found, 'return')
  if (row.cancelled) refuseNow('return-cancelled', { return: row.number })
  if (row.inspected) refuseNow('inspected-already', { return: row.number })
  const exchange = await findStandingExchange(work, id)
  if (exchange !== undefined) refuseNow('exchange-stands', { order: exchange })
  const [orders, , , , , orderLines, correctables, locations, customer, merchant] = await Promise.all([
    lockOrders(work, orderIds),
    lockNotes(work, [...new Set(lines.map((l) => l.noteId))]),
    lockAccount(work, row.customerId),
    lockCredits(work, correctionIds),
    lockLevels(
      work,
      lines.flatMap((l) => l.articleId ?? []),
    ),
    findLinesOfOrders(work, orderIds),
    loadCorrectables(work, correctionIds),
    locationNames(work),
    findCustomerRow(work, row.customerId),
    findMerchant(work),
  ])
  await cancelWaitingRefunds(work, correctionIds, reason)
  const credits = await lockCredits(work, correctionIds) // with what waiting refunds gave back
  return {
    row,
    lines,
    orders,
    orderLines: new Map(orderLines.map((l) => [l.id, l])),
    correctables,
    credits,
    locations,
    customer: customer!,
    merchant,
  }
}
