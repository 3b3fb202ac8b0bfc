import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { parseDecimal } from '../../common/money.ts'

/** A file beside this one: first line the names of the columns, semicolons between them. */
export function readCsv<Column extends string>(name: string): Record<Column, string>[] {
  return parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'), {
    columns: true,
    delimiter: ';',
    bom: true,
  })
}

/** A decimal of the file in whole units of 10^-digits; a wrong figure stops the demo instead of ending up in it. */
export function figure(text: string, digits: number): number {
  const value = parseDecimal(text, digits)
  if (value === undefined) throw new Error(`not a decimal with ${digits} digits: ${text}`)
  return value
}

/** The entries of a cell that holds several: `a | b`. */
export function entries(cell: string): string[] {
  return cell === '' ? [] : cell.split(' | ')
}

/** What a column left empty means: nothing said. */
export function orNothing(cell: string): string | undefined {
  return cell === '' ? undefined : cell
}
