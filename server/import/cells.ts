import type { z } from 'zod'
import { type RowProblem, readYesNo, type TableRow } from './read-table.ts'
import { type DecimalStyle, readFigure } from './rules/figures.ts'

/** Reads the cells of one row; what can't be read is noted by row and column. */
export class Cells {
  private readonly row: TableRow
  private readonly style: DecimalStyle
  private readonly problems: RowProblem[]

  constructor(row: TableRow, style: DecimalStyle, problems: RowProblem[]) {
    this.row = row
    this.style = style
    this.problems = problems
  }

  has(column: string): boolean {
    return this.row.cells.has(column)
  }

  complain(column: string, problem: string): void {
    this.problems.push({ row: this.row.row, column, problem })
  }

  /** undefined for an empty cell */
  text(column: string): string | undefined {
    return this.row.cells.get(column) || undefined
  }

  figure(column: string, digits: number): number | undefined {
    const text = this.text(column)
    if (text === undefined) return undefined
    const read = readFigure(text, digits, this.style)
    if ('problem' in read) this.complain(column, read.problem)
    return 'value' in read ? read.value : undefined
  }

  yesNo(column: string): boolean | undefined {
    const text = this.text(column)
    if (text === undefined) return undefined
    const read = readYesNo(text)
    if (read === undefined) this.complain(column, `„${text}“ ist weder ja noch nein`)
    return read
  }

  /** Entries of a cell that holds several, separated by |. */
  list<T>(column: string, read: (entry: string) => T | undefined, form: string): T[] {
    const entries = (this.text(column) ?? '')
      .split('|')
      .map((e) => e.trim())
      .filter(Boolean)
    return entries.flatMap((entry) => {
      const value = read(entry)
      if (value === undefined) this.complain(column, `„${entry}“ hat nicht die Form: ${form}`)
      return value === undefined ? [] : [value]
    })
  }

  /** Checks the whole record against the contract; each problem at its column. */
  check<S extends z.ZodType>(
    schema: S,
    record: unknown,
    columnOf: (path: PropertyKey[]) => string,
  ): z.output<S> | undefined {
    const parsed = schema.safeParse(record)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) this.complain(columnOf(issue.path), issue.message)
    return undefined
  }
}
