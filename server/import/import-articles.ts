import type { z } from 'zod'
import { type NewArticle, newArticle, type packageUnit, type priceRow } from '../../common/catalog/api.ts'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { articlesByNumbers, saveArticles } from '../catalog/index.ts'
import { canonicalJson, newId, type Work } from '../kernel/index.ts'
import { Cells } from './cells.ts'
import type { Planned } from './import-table.ts'
import { type ColumnNames, type RowProblem, readTable, type TableRow } from './read-table.ts'
import { type DecimalStyle, decimalStyleOf, readFigure } from './rules/figures.ts'

const PRICE_COLUMN = /^(?:price|preis):([^:]+)(?::([\d.,]+))?$/i

export const articleColumns: ColumnNames = {
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
}

const vatClasses: Record<string, string> = {
  '19': 'standard',
  '19%': 'standard',
  '7': 'reduced',
  '7%': 'reduced',
  '0': 'zero',
  '0%': 'zero',
  voll: 'standard',
  ermäßigt: 'reduced',
}

/** Reads a table of articles over what is there: missing columns stay as they are, empty cells clear what may be empty. */
export async function planArticles(work: Work, text: string): Promise<Planned> {
  const table = readTable(text, articleColumns)
  const problems = [...table.problems]
  const existing = new Map(
    (await work.query(articlesByNumbers, [table.rows.map((r) => r.cells.get('number') ?? '')])).map(({ article }) => [
      article.number,
      article,
    ]),
  )
  const figures = table.rows.flatMap((r) =>
    [...r.cells]
      .filter(([c]) => c === 'listPrice' || PRICE_COLUMN.test(c))
      .map(([, v]) => v)
      .filter(Boolean),
  )
  const inPrices = table.rows.flatMap((r) => [...(r.cells.get('prices') ?? '').matchAll(/[\d.,]+/g)].map((m) => m[0]))
  const style = decimalStyleOf([...figures, ...inPrices])
  const seen = new Map<string, number>()
  const articles: (NewArticle & { id: string })[] = []
  const plan: Planned = {
    rows: table.rows.length,
    created: 0,
    changed: 0,
    unchanged: 0,
    problems,
    write: async () => undefined,
  }
  for (const row of table.rows) {
    const number = row.cells.get('number') ?? ''
    const earlier = seen.get(number)
    if (earlier !== undefined)
      problems.push({ row: row.row, column: 'number', problem: `Artikel ${number} steht schon in Zeile ${earlier}` })
    seen.set(number, row.row)
    const before = existing.get(number)
    const article = articleOf(row, style, before, problems)
    if (!article) continue
    if (before && canonicalJson(comparable(before)) === canonicalJson(comparable(article))) plan.unchanged++
    else {
      articles.push({ ...article, id: before?.id ?? newId() })
      if (before) plan.changed++
      else plan.created++
    }
  }
  plan.write = async (onWritten) => {
    for (let from = 0; from < articles.length; from += 1_000) {
      await saveArticles(work, articles.slice(from, from + 1_000))
      onWritten(Math.min(from + 1_000, articles.length), articles.length)
    }
  }
  return plan
}

function comparable({ number: _, ...article }: NewArticle): unknown {
  const { id: _id, createdAt: _at, ...rest } = article as Record<string, unknown>
  return newArticle.omit({ number: true }).parse(rest)
}

function articleOf(
  row: TableRow,
  style: DecimalStyle,
  before: NewArticle | undefined,
  problems: RowProblem[],
): NewArticle | undefined {
  const cells = new Cells(row, style, problems)
  const had = problems.length
  const take = <T>(column: string, read: () => T, otherwise: T): T => (cells.has(column) ? read() : otherwise)
  const gtin = take('gtin', () => cells.text('gtin'), before?.gtin)
  if (gtin !== undefined && cells.has('gtin') && !gtinHasRightCheckDigit(gtin))
    cells.complain('gtin', `Die GTIN ${gtin} hat eine falsche Prüfziffer`)
  const vatClass = cells.text('vatClass')
  const record = {
    number: cells.text('number'),
    gtin,
    nameDe: take('nameDe', () => cells.text('nameDe'), before?.nameDe),
    nameEn: take('nameEn', () => cells.text('nameEn'), before?.nameEn),
    descriptionDe: take('descriptionDe', () => cells.text('descriptionDe'), before?.descriptionDe),
    descriptionEn: take('descriptionEn', () => cells.text('descriptionEn'), before?.descriptionEn),
    unit: cells.text('unit') ?? before?.unit,
    packageUnits: take(
      'packageUnits',
      () => cells.list('packageUnits', readPackageUnit, 'Einheit Menge GTIN Name'),
      before?.packageUnits ?? [],
    ),
    weightGrams: take('weightGrams', () => cells.figure('weightGrams', 0), before?.weightGrams),
    vatClass: vatClass === undefined ? before?.vatClass : (vatClasses[vatClass.toLowerCase()] ?? vatClass),
    listPrice: take('listPrice', () => cells.figure('listPrice', 4), before?.listPrice),
    prices: pricesOf(cells, row, style, before),
    active: cells.yesNo('active') ?? before?.active,
  }
  const article = cells.check(newArticle, record, (path) => String(path[0] ?? ''))
  return problems.length > had ? undefined : article
}

type Price = z.output<typeof priceRow>

/** Prices stand in one cell (group, from quantity, price) or in columns of their own, price:trade:10. */
function pricesOf(cells: Cells, row: TableRow, style: DecimalStyle, before: NewArticle | undefined): Price[] {
  const columns = [...row.cells.keys()].filter((c) => PRICE_COLUMN.test(c))
  const base = cells.has('prices')
    ? cells.list('prices', (entry) => readPrice(entry, style), 'Gruppe Menge Preis')
    : (before?.prices ?? [])
  const own = columns.flatMap((column) => {
    const [, priceGroup = '', from = '1'] = PRICE_COLUMN.exec(column)!
    const price = cells.figure(column, 4)
    return price === undefined ? [] : [{ priceGroup, fromQuantity: quantityOf(from), price }]
  })
  const key = (p: Price) => `${p.priceGroup} ${p.fromQuantity}`
  const replaced = new Set(
    columns.map((c) => {
      const [, g = '', f = '1'] = PRICE_COLUMN.exec(c)!
      return `${g} ${quantityOf(f)}`
    }),
  )
  return [...base.filter((p) => !replaced.has(key(p))), ...own].sort(
    (a, b) => a.priceGroup.localeCompare(b.priceGroup) || a.fromQuantity - b.fromQuantity,
  )
}

function quantityOf(text: string): number {
  return Math.round(Number(text.replace(',', '.')) * 1000)
}

function readPrice(entry: string, style: DecimalStyle): Price | undefined {
  const match = /^(\S+)\s+([\d.,]+)\s+([\d.,]+)$/.exec(entry)
  if (!match) return undefined
  const [quantity, price] = [readFigure(match[2]!, 3, style), readFigure(match[3]!, 4, style)]
  return 'value' in quantity && 'value' in price
    ? { priceGroup: match[1]!, fromQuantity: quantity.value, price: price.value }
    : undefined
}

function readPackageUnit(entry: string): z.output<typeof packageUnit> | undefined {
  const match = /^([A-Z0-9]{2,3})\s+(\d+(?:[.,]\d{1,3})?)(?:\s+(\d{8,14}))?(?:\s+(.+))?$/.exec(entry)
  return match
    ? {
        unit: match[1]!,
        quantity: quantityOf(match[2]!),
        ...(match[3] ? { gtin: match[3] } : {}),
        ...(match[4] ? { name: match[4] } : {}),
      }
    : undefined
}
