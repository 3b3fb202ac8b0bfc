import { locationNames } from '../branches/index.ts'
import { articleIdsByNumber } from '../catalog/index.ts'
import { statement, type Work } from '../kernel/index.ts'
import { correctStock, receiveGoods } from '../stock/index.ts'
import { Cells } from './cells.ts'
import type { Planned } from './import-table.ts'
import { type ColumnNames, readTable } from './read-table.ts'
import { decimalStyleOf } from './rules/figures.ts'

export const stockColumns: ColumnNames = {
  aliases: {
    article: ['artikel', 'artikelnummer', 'sku', 'number'],
    location: ['lagerort', 'lager'],
    quantity: ['menge', 'bestand'],
  },
  required: ['article', 'location', 'quantity'],
}

const onHandRows = statement<{ articleId: string; locationId: string; onHand: number }>(
  'import.on-hand',
  'select article_id as "articleId", location_id as "locationId", on_hand as "onHand" from stock.level where article_id = any($1)',
)

/** Reads a counted stock. Where nothing lay it's a goods receipt, elsewhere a correction; what is right stays untouched. */
export async function planStock(work: Work, text: string): Promise<Planned> {
  const table = readTable(text, stockColumns)
  const problems = [...table.problems]
  const [articles, locations] = await Promise.all([
    articleIdsByNumber(
      work,
      table.rows.map((r) => r.cells.get('article') ?? ''),
    ),
    locationNames(work),
  ])
  const locationByCode = new Map([...locations.values()].map((l) => [l.code.toLowerCase(), l.id]))
  const style = decimalStyleOf(table.rows.map((r) => r.cells.get('quantity') ?? '').filter(Boolean))
  const onHand = new Map(
    (await work.query(onHandRows, [[...articles.values()]])).map((l) => [`${l.articleId} ${l.locationId}`, l.onHand]),
  )
  const seen = new Map<string, number>()
  const counts: { articleId: string; locationId: string; quantity: number; before: number }[] = []
  for (const row of table.rows) {
    const cells = new Cells(row, style, problems)
    const [article, location] = [cells.text('article') ?? '', cells.text('location') ?? '']
    const [articleId, locationId, quantity] = [
      articles.get(article),
      locationByCode.get(location.toLowerCase()),
      cells.figure('quantity', 3),
    ]
    if (articleId === undefined) cells.complain('article', `Den Artikel „${article}“ gibt es nicht`)
    if (locationId === undefined)
      cells.complain(
        'location',
        `Den Lagerort „${location}“ gibt es nicht. Es gibt: ${[...locations.values()].map((l) => l.code).join(', ')}`,
      )
    if (quantity === undefined && !cells.text('quantity')) cells.complain('quantity', 'Die Menge fehlt')
    if (quantity !== undefined && quantity < 0) cells.complain('quantity', 'Ein Bestand ist nie kleiner als null')
    if (articleId === undefined || locationId === undefined || quantity === undefined) continue
    const key = `${articleId} ${locationId}`
    const earlier = seen.get(key)
    if (earlier !== undefined)
      cells.complain('article', `${article} am Lagerort ${location} steht schon in Zeile ${earlier}`)
    seen.set(key, row.row)
    counts.push({ articleId, locationId, quantity, before: onHand.get(key) ?? 0 })
  }
  const changes = counts.filter((c) => c.quantity !== c.before)
  const created = changes.filter((c) => c.before === 0)
  return {
    rows: table.rows.length,
    created: created.length,
    changed: changes.length - created.length,
    unchanged: counts.length - changes.length,
    problems,
    write: async (onWritten) => {
      for (const locationId of new Set(created.map((c) => c.locationId))) {
        await receiveGoods(work, {
          locationId,
          note: 'Import',
          lines: created.filter((c) => c.locationId === locationId),
        })
      }
      for (const [i, { articleId, locationId, quantity }] of changes.filter((c) => c.before > 0).entries()) {
        await correctStock(work, { articleId, locationId, counted: quantity, reason: 'Import' })
        if (i % 100 === 99) onWritten(created.length + i + 1, changes.length)
      }
      onWritten(changes.length, changes.length)
    },
  }
}
