import { type NewArticle, newArticle } from '../../common/catalog/api.ts'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { articlesByNumbers, lockArticlesByNumbers, numbersByGtin, saveArticles } from '../catalog/index.ts'
import { canonicalJson, newId, type Work } from '../kernel/index.ts'
import { vatRates } from '../tax/index.ts'
import { type Cells, cellsOf, type Sheet } from './cells.ts'
import type { Asked, Planned } from './import-table.ts'
import { type ColumnNames, cellOf, cellsBelow, readRecords, tableOf } from './read-table.ts'
import { decimalStyleOf } from './rules/figures.ts'
import {
  keyOf,
  PRICE_COLUMN,
  type PriceColumn,
  pricesOf,
  readPackageUnit,
  readPrice,
  readPriceColumn,
  twicePriced,
} from './rules/prices.ts'
import { noProblems, note } from './rules/problems.ts'
import { codeOf, unitOf, vatClassWords } from './rules/words.ts'

const articleColumns: ColumnNames = {
  aliases: {
    number: ['artikelnummer', 'artikelnr', 'artnr', 'sku', 'nummer'],
    gtin: ['ean', 'barcode'],
    nameDe: ['bezeichnung', 'name', 'artikelname'],
    nameEn: ['bezeichnung englisch', 'name englisch'],
    descriptionDe: ['beschreibung', 'langtext'],
    descriptionEn: ['beschreibung englisch'],
    unit: ['einheit', 'mengeneinheit'],
    packageUnits: ['verpackungseinheiten'],
    weightGrams: ['gewicht', 'gewicht g'],
    vatClass: ['steuerklasse', 'mwst', 'ust'],
    listPrice: ['listenpreis', 'preis', 'vk netto'],
    prices: ['preise', 'staffelpreise'],
    active: ['aktiv'],
  },
  pattern: PRICE_COLUMN,
  required: ['number'],
  examples: { gtin: '4006381333931', unit: 'H87' },
}

type SavedArticle = NewArticle & { id: string }

/** Articles of a table over what is there: missing columns stay as they are, empty cells clear what may be empty. */
export async function planArticles(work: Work, asked: Asked): Promise<Planned> {
  const problems = noProblems()
  const table = tableOf(await readRecords(asked.text, problems), articleColumns, problems)
  const prices = priceColumnsOf({ table, problems })
  const style = decimalStyleOf(figuresIn(table, prices))
  const sheet: Sheet = { table, names: articleColumns, style, problems }
  const numbers = cellsBelow(table, 'number')
  const found = await work.query(asked.dryRun ? articlesByNumbers : lockArticlesByNumbers, [numbers])
  const existing = new Map(found.map(({ article }) => [article.number, article]))
  const gtins = await takenGtins(work, table)
  const vatClasses = new Set((await vatRates(work)).map((r) => r.vatClass))
  const seen = new Map<string, number>()
  const articles: SavedArticle[] = []
  let [changed, unchanged] = [0, 0]
  for (const [i, row] of table.rows.entries()) {
    await asked.onChecked(i, table.rows.length)
    const cells = cellsOf(sheet, row)
    const number = cells.text('number') ?? ''
    const earlier = seen.get(number)
    if (earlier !== undefined) cells.complain('number', 'row-twice', { text: number, row: earlier })
    else if (number !== '') seen.set(number, row.row)
    checkGtin(cells, number, gtins)
    const before = existing.get(number)
    const article = articleOf(cells, before, prices)
    if (article && cells.text('vatClass') !== undefined && !vatClasses.has(article.vatClass))
      cells.complain('vatClass', 'one-of', { text: article.vatClass, allowed: [...vatClasses] })
    else if (article && before && isSame(before, article)) unchanged++
    else if (article) {
      articles.push({ ...article, id: before?.id ?? newId() })
      if (before) changed++
    }
  }
  return {
    rows: table.rows.length,
    created: articles.length - changed,
    changed,
    unchanged,
    problems,
    write: (onWritten) => saveArticles(work, articles, onWritten),
  }
}

/** Who has a GTIN, by GTIN: articles that are there and keep it, and those of the rows above. */
async function takenGtins(work: Work, table: Sheet['table']): Promise<Map<string, string>> {
  const found = await work.query(numbersByGtin, [cellsBelow(table, 'gtin')])
  const said = new Map(table.rows.map((row) => [cellOf(table, row, 'number'), cellOf(table, row, 'gtin')]))
  const keeps = ({ number, gtin }: { number: string; gtin: string }) => (said.get(number) ?? gtin) === gtin
  return new Map(found.filter(keeps).map((a) => [a.gtin, a.number]))
}

function checkGtin(cells: Cells, number: string, taken: Map<string, string>): void {
  const gtin = cells.text('gtin')
  if (gtin === undefined || !/^(\d{8}|\d{12,14})$/.test(gtin)) return // the contract says what is wrong with its form
  const article = taken.get(gtin) ?? number
  if (!gtinHasRightCheckDigit(gtin)) cells.complain('gtin', 'gtin-check-digit', { gtin })
  else if (article !== number) cells.complain('gtin', 'gtin-taken', { gtin, article })
  taken.set(gtin, article)
}

function isSame(before: NewArticle, article: NewArticle): boolean {
  return canonicalJson(comparable(before)) === canonicalJson(comparable(article))
}

function comparable(article: NewArticle): unknown {
  const { prices, ...rest } = newArticle.parse(article)
  return { ...rest, prices: prices.map((p) => `${p.priceGroup} ${p.fromQuantity} ${p.price}`).sort() }
}

function priceColumnsOf({ table, problems }: Pick<Sheet, 'table' | 'problems'>): PriceColumn[] {
  const found: PriceColumn[] = []
  for (const [name, { title }] of table.columns) {
    if (!PRICE_COLUMN.test(name)) continue
    const read = readPriceColumn(name, title)
    const at = { row: 1, column: title }
    if ('wrong' in read) note(problems, { ...at, code: read.wrong, facts: read.facts })
    else if (twicePriced([...found, read.value]))
      note(problems, { ...at, code: 'price-twice', facts: { priceGroup: read.value.priceGroup } })
    else found.push(read.value)
  }
  return found
}

/** Every figure of the file, to see how it writes decimals. */
function* figuresIn(table: Sheet['table'], prices: readonly PriceColumn[]): Generator<string> {
  for (const row of table.rows) {
    for (const column of ['listPrice', 'weightGrams', ...prices.map((p) => p.column)])
      yield cellOf(table, row, column) ?? ''
    for (const column of ['prices', 'packageUnits'])
      for (const [figure] of (cellOf(table, row, column) ?? '').matchAll(/(?<=\s)\d[\d.,]*/g)) yield figure
  }
}

function articleOf(
  cells: Cells,
  before: NewArticle | undefined,
  columns: readonly PriceColumn[],
): NewArticle | undefined {
  const take = <T>(column: string, read: (column: string) => T, otherwise: T): T =>
    cells.has(column) ? read(column) : otherwise
  const [unit, vatClass] = [cells.text('unit'), cells.text('vatClass')]
  const listed = take('prices', (c) => cells.list(c, /\|/, readPrice), before?.prices ?? [])
  const own = columns.filter((c) => cells.has(c.column))
  const prices = pricesOf(
    listed,
    own.map((c) => ({ ...c, price: cells.figure(c.column, 4) })),
  )
  const twice = twicePriced(prices)
  if (twice) cells.complain('prices', 'price-twice', { priceGroup: twice.priceGroup })
  const record = {
    number: cells.text('number'),
    gtin: take('gtin', cells.text, before?.gtin),
    nameDe: cells.text('nameDe') ?? before?.nameDe,
    nameEn: take('nameEn', cells.text, before?.nameEn),
    descriptionDe: take('descriptionDe', cells.text, before?.descriptionDe),
    descriptionEn: take('descriptionEn', cells.text, before?.descriptionEn),
    unit: unit === undefined ? before?.unit : unitOf(unit),
    packageUnits: take('packageUnits', (c) => cells.list(c, /\|/, readPackageUnit), before?.packageUnits ?? []),
    weightGrams: take('weightGrams', (c) => cells.figure(c, 0), before?.weightGrams),
    vatClass: vatClass === undefined ? before?.vatClass : codeOf(vatClass, vatClassWords),
    listPrice: take('listPrice', (c) => cells.figure(c, 4), before?.listPrice),
    prices,
    active: cells.yesNo('active') ?? before?.active,
  }
  return cells.check(newArticle, record, ([column, index]) => {
    const price = column === 'prices' ? prices[Number(index)] : undefined
    return own.find((c) => price && keyOf(c) === keyOf(price))?.column ?? String(column ?? '')
  })
}
