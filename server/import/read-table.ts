import { parse } from 'csv-parse/sync'

export interface RowProblem {
  /** line in the file as a spreadsheet counts it; the header is row 1 */
  row: number
  column: string
  problem: string
}

export interface TableRow {
  row: number
  /** by our column name; a column that the file has not is missing, an empty cell is '' */
  cells: Map<string, string>
}

export interface Table {
  columns: string[]
  rows: TableRow[]
  problems: RowProblem[]
}

/** The columns a kind knows: our name, and what others call it. A pattern lets price columns of any group in. */
export interface ColumnNames {
  aliases: Record<string, readonly string[]>
  pattern?: RegExp
  required: readonly string[]
}

/** Bytes of a spreadsheet's export: UTF-8, with or without BOM, or else Windows-1252 as Excel writes it. */
export function decodeTable(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Reads a CSV table with a header row; semicolon, comma or tab, whichever the header uses. Unknown columns are named. */
export function readTable(text: string, names: ColumnNames): Table {
  const content = text.replace(/^\ufeff/, '')
  const header = content.split(/\r?\n/, 1)[0] ?? ''
  const delimiter = [';', '\t', ','].reduce(
    (best, d) => (header.split(d).length > header.split(best).length ? d : best),
    ';',
  )
  let records: string[][]
  try {
    records = parse(content, { delimiter, relax_column_count: true, skip_empty_lines: false, trim: true })
  } catch (error) {
    const fault = error as { lines?: number; message: string }
    return {
      columns: [],
      rows: [],
      problems: [{ row: fault.lines ?? 1, column: '', problem: `Die Datei ist kein lesbares CSV: ${fault.message}` }],
    }
  }
  const [head = [], ...body] = records
  const problems: RowProblem[] = []
  const columns = head.map((title) => {
    const name = columnOf(title, names)
    if (name === undefined && title !== '')
      problems.push({
        row: 1,
        column: title,
        problem: `Diese Spalte ist nicht bekannt. Bekannt sind: ${Object.keys(names.aliases).join(', ')}`,
      })
    return name
  })
  for (const name of names.required)
    if (!columns.includes(name)) problems.push({ row: 1, column: name, problem: 'Diese Spalte fehlt.' })
  const rows = body.flatMap((record, i) => {
    const row = i + 2
    if (record.every((cell) => cell === '')) return []
    if (record.length > columns.length)
      problems.push({ row, column: '', problem: `${record.length} Zellen, der Kopf hat ${columns.length}` })
    const cells = new Map<string, string>()
    columns.forEach((name, c) => {
      if (name !== undefined) cells.set(name, (record[c] ?? '').replace(/^'/, ''))
    })
    return [{ row, cells }]
  })
  return { columns: columns.filter((c) => c !== undefined), rows, problems }
}

function columnOf(title: string, names: ColumnNames): string | undefined {
  const plain = title
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '')
  for (const [name, aliases] of Object.entries(names.aliases)) {
    if (name.toLowerCase() === plain || aliases.some((a) => a.toLowerCase().replace(/[\s_-]+/g, '') === plain))
      return name
  }
  return names.pattern?.test(title.trim()) ? title.trim() : undefined
}

/** yes/no in the words people use. */
export function readYesNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (['yes', 'ja', 'true', '1', 'x', 'wahr'].includes(word)) return true
  if (['no', 'nein', 'false', '0', 'falsch'].includes(word)) return false
  return undefined
}
