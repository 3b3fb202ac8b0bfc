import { locationNames } from '../branches/index.ts'
import { articleIdsByNumber } from '../catalog/index.ts'
import { statement, type Work } from '../kernel/index.ts'
import { countStock, lockLevels, receiveGoods } from '../stock/index.ts'
import { cellsOf, type Sheet } from './cells.ts'
import type { Asked, Planned } from './import-table.ts'
import { type ColumnNames, cellsBelow, readRecords, tableOf } from './read-table.ts'
import { decimalStyleOf } from './rules/figures.ts'
import { noProblems } from './rules/problems.ts'

const stockColumns: ColumnNames = {
  aliases: {
    article: ['artikel', 'artikelnummer', 'artikelnr', 'artnr', 'sku', 'number'],
    location: ['lagerort', 'lager'],
    quantity: ['menge', 'bestand'],
  },
  required: ['article', 'location', 'quantity'],
}
const MOST_QUANTITY = 9_000_000_000
const NOTE = 'Import'
const LINES_A_RECEIPT = 1_000
const COUNTS_AT_ONCE = 1_000

const onHandRows = statement<{ articleId: string; locationId: string; onHand: number }>(
  'import.on-hand',
  `select article_id as "articleId", location_id as "locationId", on_hand as "onHand"
     from stock.level where article_id in (select unnest($1::uuid[]))`,
)

interface Count {
  articleId: string
  locationId: string
  counted: number
}

const keyOf = ({ articleId, locationId }: Pick<Count, 'articleId' | 'locationId'>) => `${articleId} ${locationId}`
const byKey = (levels: readonly { articleId: string; locationId: string; onHand: number }[]) =>
  new Map(levels.map((l) => [keyOf(l), l.onHand]))

/** Reads a counted stock. Where nothing lay it's a goods receipt, elsewhere a correction; what is right stays untouched. */
export async function planStock(work: Work, asked: Asked): Promise<Planned> {
  const problems = noProblems()
  const table = tableOf(await readRecords(asked.text, problems), stockColumns, problems)
  const style = decimalStyleOf(cellsBelow(table, 'quantity'))
  const sheet: Sheet = { table, names: stockColumns, style, problems }
  const [articles, locations] = await Promise.all([
    articleIdsByNumber(work, cellsBelow(table, 'article')),
    locationNames(work),
  ])
  const codes = [...locations.values()].map((l) => l.code)
  // codes are typed by hand: in any case of letters
  const locationByCode = new Map([...locations.values()].map((l) => [l.code.toLowerCase(), l.id]))
  const articleIds = [...articles.values()]
  const onHand = byKey(await work.query(onHandRows, [articleIds]))
  const seen = new Map<string, number>()
  const counts: Count[] = []
  for (const [i, row] of table.rows.entries()) {
    await asked.onChecked(i, table.rows.length)
    const cells = cellsOf(sheet, row)
    const article = cells.text('article')
    const location = cells.text('location')
    const quantity = cells.text('quantity')
    const articleId = articles.get(article ?? '')
    const locationId = locationByCode.get((location ?? '').toLowerCase())
    const counted = cells.figure('quantity', 3)
    if (article === undefined) cells.complain('article', 'empty', {})
    else if (articleId === undefined) cells.complain('article', 'unknown-article', { text: article })
    if (location === undefined) cells.complain('location', 'empty', {})
    else if (locationId === undefined)
      cells.complain('location', 'unknown-location', { text: location, allowed: codes })
    if (quantity === undefined) cells.complain('quantity', 'empty', {})
    else if ((counted ?? 0) < 0) cells.complain('quantity', 'below-zero', { text: quantity })
    else if ((counted ?? 0) > MOST_QUANTITY) cells.complain('quantity', 'too-large', { text: quantity })
    if (articleId === undefined || locationId === undefined || counted === undefined) continue
    const key = keyOf({ articleId, locationId })
    // two counts of the same shelf: nobody knows which one is right
    const earlier = seen.get(key)
    if (earlier !== undefined) cells.complain('article', 'row-twice', { text: article, row: earlier })
    seen.set(key, row.row)
    counts.push({ articleId, locationId, counted })
  }
  // nothing there yet is created by a receipt, the rest is corrected
  const changes = counts.filter((c) => c.counted !== (onHand.get(keyOf(c)) ?? 0))
  const created = changes.filter((c) => !onHand.get(keyOf(c))).length
  return {
    rows: table.rows.length,
    created,
    changed: changes.length - created,
    unchanged: counts.length - changes.length,
    problems,
    write: async (onWritten) => {
      const sorted = counts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) // as everybody locks
      const sortedIds = sorted.map((c) => c.articleId)
      const before = byKey(await lockLevels(work, sortedIds))
      const receipts = sorted.filter((c) => c.counted > 0 && !before.get(keyOf(c)))
      await receive(work, receipts)
      // what came in at the last moment, where no level was yet to be locked, is a difference like any other
      const after = byKey(await lockLevels(work, sortedIds))
      const different = sorted.filter((c) => c.counted !== (after.get(keyOf(c)) ?? 0))
      await correct(work, different, (done) => onWritten(receipts.length + done, receipts.length + different.length))
    },
  }
}

async function receive(work: Work, receipts: readonly Count[]): Promise<void> {
  for (const [locationId, here] of Map.groupBy(receipts, (c) => c.locationId)) {
    for (let from = 0; from < here.length; from += LINES_A_RECEIPT) {
      const lines = here.slice(from, from + LINES_A_RECEIPT)
      await receiveGoods(work, {
        locationId,
        note: NOTE,
        lines: lines.map((c) => ({ articleId: c.articleId, quantity: c.counted })),
      })
    }
  }
}

async function correct(work: Work, different: readonly Count[], onDone: (done: number) => void): Promise<void> {
  onDone(0)
  for (let from = 0; from < different.length; from += COUNTS_AT_ONCE) {
    await countStock(work, different.slice(from, from + COUNTS_AT_ONCE), NOTE)
    onDone(Math.min(from + COUNTS_AT_ONCE, different.length))
  }
}
