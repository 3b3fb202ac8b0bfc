import { findMerchant, letterheadOf, locationNames } from '../branches/index.ts'
import { findArticleTexts } from '../catalog/index.ts'
import { findAddresses } from '../customers/index.ts'
import { issueDocument } from '../documents/index.ts'
import { orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { findLines, findOrderRows } from '../orders/index.ts'
import { lockLevels } from '../stock/index.ts'
import type { PickListSnapshot } from './make-note-files.ts'
import { findNoteLines, findNoteRows } from './store.ts'

/** A pick list (Pickliste) of an open note for the warehouse: what to take, how much, and how much should lie there. */
export async function makePickList(work: Work, input: { id: string }): Promise<{ documentId: string }> {
  const [[row], lines] = await Promise.all([findNoteRows(work, [input.id]), findNoteLines(work, [input.id])])
  const note = orNotFound(row, 'delivery-note')
  if (note.state !== 'open') refuseNow('note-not-open', { note: note.number ?? note.id })
  const orderLines = new Map(
    (
      await findLines(
        work,
        lines.map((l) => l.orderLineId),
      )
    ).map((l) => [l.id, l]),
  )
  const articleIds = [...orderLines.values()].flatMap((l) => l.articleId ?? [])
  const [articles, levels, merchant, locations, addresses, orders] = await Promise.all([
    findArticleTexts(work, articleIds),
    lockLevels(work, articleIds),
    findMerchant(work),
    locationNames(work),
    findAddresses(work, [note.deliverTo]),
    findOrderRows(
      work,
      lines.map((l) => l.orderId),
    ),
  ])
  const deliverTo = addresses.get(note.deliverTo)!.details
  const goods = lines.filter((l) => orderLines.get(l.orderLineId)!.kind === 'goods')
  const walk = goods
    .map((l) => ({ line: l, orderLine: orderLines.get(l.orderLineId)! }))
    .sort((a, b) => (a.orderLine.articleNumber ?? '').localeCompare(b.orderLine.articleNumber ?? ''))
  const number = `P-${orders[0]!.number}-${note.id.slice(9, 13)}`
  const snapshot: PickListSnapshot = {
    letterhead: letterheadOf(merchant, 'de'),
    language: 'de',
    number,
    printedOn: work.today,
    location: locations.get(note.locationId)!.name,
    recipient: `${deliverTo.name}, ${deliverTo.city}`,
    orders: orders.map((o) => ({ number: o.number, buyerOrderNumber: o.buyerOrderNumber ?? undefined })),
    lines: walk.map(({ line, orderLine }, i) => ({
      position: i + 1,
      articleNumber: orderLine.articleNumber ?? '',
      gtin: articles.get(orderLine.articleId ?? '')?.gtin ?? undefined,
      name: orderLine.name,
      unit: orderLine.unit,
      toPick: line.planned,
      onHand: levels.find((l) => l.articleId === orderLine.articleId && l.locationId === note.locationId)?.onHand ?? 0,
    })),
  }
  const documentId = issueDocument(work, { kind: 'pick-list', number, subjectId: note.id, snapshot, formats: ['pdf'] })
  work.record({ subjectId: note.id, after: { lines: goods.length } })
  return { documentId }
}
