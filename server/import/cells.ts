import type { z } from 'zod'
import type { Facts } from '../../common/refusal.ts'
import { type ColumnNames, cellOf, type Table, type TableRow } from './read-table.ts'
import { type DecimalStyle, readFigure } from './rules/figures.ts'
import { note, type ProblemCode, type Problems, type Reading } from './rules/problems.ts'
import { readYesNo } from './rules/words.ts'

/** The cells of one row, read by our column name; what can't be read is noted by row and column. */
export interface Cells {
  has(column: string): boolean
  complain(column: string, code: ProblemCode, facts: Facts): void
  /** undefined for an empty cell */
  text(column: string): string | undefined
  figure(column: string, digits: number): number | undefined
  yesNo(column: string): boolean | undefined
  /** entries of a cell that holds several */
  list<T>(column: string, separator: RegExp, read: (entry: string, style: DecimalStyle) => Reading<T>): T[]
  /** checks the whole record against the contract, each problem at its column; undefined if anything in the row is wrong */
  check<S extends z.ZodType>(
    schema: S,
    record: unknown,
    columnOf: (path: PropertyKey[]) => string,
  ): z.output<S> | undefined
}

/** What all rows of a table have in common. */
export interface Sheet {
  table: Table
  names: ColumnNames
  style: DecimalStyle
  problems: Problems
}

export function cellsOf({ table, names, style, problems }: Sheet, row: TableRow): Cells {
  const complain: Cells['complain'] = (column, code, facts) =>
    note(problems, { row: row.row, column: table.columns.get(column)?.title ?? column, code, facts })
  const text: Cells['text'] = (column) => cellOf(table, row, column) || undefined
  const take = <T>(column: string, reading: Reading<T>): T | undefined => {
    if ('value' in reading) return reading.value
    complain(column, reading.wrong, reading.facts)
    return undefined
  }
  return {
    complain,
    text,
    has: (column) => cellOf(table, row, column) !== undefined,
    figure(column, digits) {
      const cell = text(column)
      return cell === undefined ? undefined : take(column, readFigure(cell, digits, style))
    },
    yesNo(column) {
      const cell = text(column)
      if (cell === undefined) return undefined
      const value = readYesNo(cell)
      return take(column, value === undefined ? { wrong: 'neither-yes-nor-no', facts: { text: cell } } : { value })
    },
    list(column, separator, read) {
      const entries = (text(column) ?? '').split(separator).map((entry) => entry.trim())
      return entries.filter(Boolean).flatMap((entry) => take(column, read(entry, style)) ?? [])
    },
    check(schema, record, columnOf) {
      const parsed = schema.safeParse(record)
      const named = new Set<string>()
      for (const issue of parsed.error?.issues ?? []) {
        const column = columnOf(issue.path)
        if (named.has(column)) continue // one cell may stand in two places of the record
        named.add(column)
        const value = valueAt(record, issue.path)
        const cell = text(column)
        if (value === undefined || value === '') {
          // a cell that could not even be read has its problem already
          if (cell === undefined) complain(column, 'empty', {})
        } else complain(column, ...wordsFor(issue, cell ?? String(value), names.examples?.[column]))
      }
      return parsed.success && !problems.rows.has(row.row) ? parsed.data : undefined
    },
  }
}

function valueAt(record: unknown, path: PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], record)
}

/** A problem the contract has with a value, in the merchant's words. */
function wordsFor(issue: z.core.$ZodIssue, text: string, example: string | undefined): [ProblemCode, Facts] {
  if (issue.code === 'too_big' && issue.origin === 'string') return ['too-long', { maximum: issue.maximum }]
  if (issue.code === 'too_big' && issue.origin === 'array') return ['too-many', { maximum: issue.maximum }]
  if (issue.code === 'too_big') return ['too-large', { text }]
  if (issue.code === 'too_small') return [text.includes('-') ? 'below-zero' : 'too-small', { text }]
  if (issue.code === 'invalid_value') return ['one-of', { text, allowed: issue.values }]
  if (issue.code === 'invalid_format' && issue.message === 'control characters') return ['unreadable-character', {}]
  if (issue.code === 'invalid_format' && example !== undefined) return ['form', { text, example }]
  return ['invalid', { text, reason: issue.message }]
}
