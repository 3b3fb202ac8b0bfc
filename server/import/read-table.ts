import { finished } from 'node:stream/promises'
import { setImmediate as pause } from 'node:timers/promises'
import { type Options, parse } from 'csv-parse'
import { note, type Problems } from './rules/problems.ts'

export interface TableRow {
  /** as a spreadsheet counts it; the header is row 1 */
  row: number
  record: readonly string[]
}

export interface Table {
  /** by our name: where the column stands and what the file calls it */
  columns: ReadonlyMap<string, { index: number; title: string }>
  rows: readonly TableRow[]
}

/** The columns a kind knows: our name, and what others call it. A pattern lets price columns of any group in. */
export interface ColumnNames {
  aliases: Readonly<Record<string, readonly string[]>>
  pattern?: RegExp
  required: readonly string[]
  /** what a right value looks like, for columns of a certain form */
  examples?: Readonly<Record<string, string>>
}

/** More than this is a file to be split; what one import holds in memory is bounded by it. */
const MOST_ROWS = 100_000
const PIECE = 100_000

/** Bytes of a spreadsheet's export: UTF-8 or UTF-16, with or without BOM, or else Windows-1252 as Excel writes it. */
export function decodeTable(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The records of a CSV table, header first; semicolon, comma or tab, whichever the header uses. */
export async function readRecords(text: string, problems: Problems): Promise<TableRow[]> {
  const content = text.replace(/^\ufeff/, '')
  const first = content.split(/\r\n|\n|\r/, 1)[0] ?? ''
  const named = /^"?sep=(.)"?$/i.exec(first)?.[1]
  const options = {
    delimiter: named ?? delimiterOf(first),
    relax_column_count: true,
    relax_quotes: true, // Rohr 1/2" without quotes around it
    skip_empty_lines: false,
    trim: true,
    to: MOST_ROWS + 2,
  }
  try {
    const records = await parseInTurns(content, options)
    if (records.length > MOST_ROWS + 1)
      note(problems, { row: MOST_ROWS + 2, column: '', code: 'too-many-rows', facts: { maximum: MOST_ROWS } })
    const numbered = records.map((record, i) => ({ row: i + 1, record }))
    return named === undefined ? numbered : numbered.slice(1)
  } catch (error) {
    const fault = error as { lines?: number; message: string }
    note(problems, { row: fault.lines ?? 1, column: '', code: 'no-csv', facts: { reason: fault.message } })
    return []
  }
}

/** A piece at a time, so that others get their turn. */
async function parseInTurns(content: string, options: Options): Promise<string[][]> {
  const parser = parse(options)
  const records: string[][] = []
  parser.on('data', (record: string[]) => records.push(record))
  const ended = finished(parser)
  ended.catch(() => undefined) // awaited below, when all is written
  const bytes = Buffer.from(content)
  for (let from = 0; from < bytes.length && parser.writable; from += PIECE) {
    parser.write(bytes.subarray(from, from + PIECE))
    await pause()
  }
  parser.end()
  await ended
  return records
}

function delimiterOf(header: string): string {
  const plain = header.replace(/"[^"]*"/g, '')
  return [';', '\t', ','].reduce((best, d) => (plain.split(d).length > plain.split(best).length ? d : best), ';')
}

/** Names the columns of a table; those that are unknown, missing or there twice are problems, and so are cells outside of them. */
export function tableOf(records: readonly TableRow[], names: ColumnNames, problems: Problems): Table {
  const [head, ...body] = records
  if (head === undefined) return { columns: new Map(), rows: [] }
  const columns = columnsOf(head, names, problems)
  const rows = body.filter(({ record }) => record.some((cell) => cell !== ''))
  const unnamed = new Set(head.record.flatMap((title, i) => (title === '' ? [i] : [])))
  for (const { row, record } of rows) {
    // a spreadsheet may leave empty cells away at the end of a row, never put more than the header has
    if (record.slice(head.record.length).some((cell) => cell !== ''))
      note(problems, {
        row,
        column: '',
        code: 'too-many-cells',
        facts: { cells: record.length, columns: head.record.length },
      })
    for (const [i, cell] of record.entries()) {
      if (cell.includes('\ufffd'))
        note(problems, { row, column: head.record[i] ?? '', code: 'unreadable-character', facts: {} })
      if (cell !== '' && unnamed.delete(i))
        note(problems, { row: head.row, column: '', code: 'column-without-name', facts: { position: i + 1 } })
    }
  }
  return { columns, rows }
}

function columnsOf(head: TableRow, names: ColumnNames, problems: Problems): Table['columns'] {
  const columns = new Map<string, { index: number; title: string }>()
  for (const [index, title] of head.record.entries()) {
    if (title === '') continue
    const name = columnOf(title, names)
    const earlier = name === undefined ? undefined : columns.get(name)
    const at = { row: head.row, column: title }
    if (name === undefined)
      note(problems, { ...at, code: 'unknown-column', facts: { known: Object.keys(names.aliases) } })
    else if (earlier) note(problems, { ...at, code: 'column-twice', facts: { first: earlier.title } })
    else columns.set(name, { index, title })
  }
  for (const name of names.required)
    if (!columns.has(name)) note(problems, { row: head.row, column: name, code: 'missing-column', facts: {} })
  return columns
}

function columnOf(title: string, names: ColumnNames): string | undefined {
  const plain = plainTitle(title)
  for (const [name, aliases] of Object.entries(names.aliases)) {
    if (plainTitle(name) === plain || aliases.some((a) => plainTitle(a) === plain)) return name
  }
  return names.pattern?.test(title) ? title.toLowerCase() : undefined
}

/** Artikel-Nr., artikel_nr and ArtikelNr are one and the same. */
export function plainTitle(title: string): string {
  return title.toLowerCase().replace(/[\s_.-]+/g, '')
}

/** What a cell says; '' for an empty one, undefined where the row has none. A leading apostrophe only kept it text. */
export function cellOf(table: Table, { record }: TableRow, column: string): string | undefined {
  const at = table.columns.get(column)
  return at === undefined ? undefined : record[at.index]?.replace(/^'/, '')
}

/** All cells of a column that say something. */
export function cellsBelow(table: Table, column: string): string[] {
  return table.rows.flatMap((row) => cellOf(table, row, column) || [])
}
