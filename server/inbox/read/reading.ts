import type { Day } from '../../../common/dates.ts'
import { isDay } from '../../../common/dates.ts'
import { type Cents, parseDecimal } from '../../../common/money.ts'
import type { XmlElement } from './xml-tree.ts'

/** What the reader could not take as a value of the model: a finding each. */
export interface Reading {
  /** terms that must be there and aren't, BT-112 */
  missing: { term: string; line?: string }[]
  /** terms whose text is no number or no day */
  unreadable: { term: string; value: string; line?: string }[]
}

type Parent = XmlElement | undefined

/** Every element at the path `A/B/C` below the parent. */
export function all(parent: Parent, path: string): XmlElement[] {
  let found = parent ? [parent] : []
  for (const name of path.split('/')) found = found.flatMap((e) => e.children.filter((child) => child.name === name))
  return found
}

export function first(parent: Parent, path: string): XmlElement | undefined {
  return all(parent, path)[0]
}

/** Takes the text of an element; an empty one says nothing. */
export function take(element: Parent): string | undefined {
  if (!element) return undefined
  element.isRead = true
  return element.text === '' ? undefined : element.text
}

/** Takes the text of the first element at the path. */
export function text(parent: Parent, path: string): string | undefined {
  return take(first(parent, path))
}

/** Marks what says nothing of its own (the tax scheme VAT, say) as read, if it has that text. */
export function skip(parent: Parent, path: string, ...texts: readonly string[]): void {
  for (const element of all(parent, path)) if (texts.includes(element.text)) element.isRead = true
}

/** Whole cents; a fraction of a cent stays one, for BR-DEC to find. NaN where nothing is or no number. */
export function amount(reading: Reading, parent: Parent, path: string, term: string): Cents {
  const found = first(parent, path)
  const value = take(found)
  if (value === undefined) {
    reading.missing.push({ term })
    return Number.NaN
  }
  return scaled(reading, value, 2, term)
}

/** An amount that is zero where it isn't said. */
export function optionalAmount(reading: Reading, parent: Parent, path: string, term: string): Cents {
  return optionalAmountOf(reading, first(parent, path), term)
}

/** The same of the element that was found already. */
export function optionalAmountOf(reading: Reading, element: Parent, term: string): Cents {
  const value = take(element)
  return value === undefined ? 0 : scaled(reading, value, 2, term)
}

/** Hundredths of a percent; what is not subject to VAT has none. */
export function rate(reading: Reading, parent: Parent, path: string, term: string): number {
  return optionalAmount(reading, parent, path, term)
}

/** A plain decimal in whole units of 10^-digits, with its fraction where there is more. NaN for anything else. */
export function scaled(reading: Reading, value: string, digits: number, term: string): number {
  const whole = parseDecimal(value, digits)
  if (whole !== undefined) return whole
  if (/^[+-]?(\d{1,15}(\.\d*)?|\.\d+)$/.test(value)) return Number(value) * 10 ** digits
  reading.unreadable.push({ term, value: value.slice(0, 100) })
  return Number.NaN
}

/** A day as 2026-11-24 (UBL) or 20261124 (CII); a time zone behind it is left out. */
export function day(reading: Reading, parent: Parent, path: string, term: string): Day | undefined {
  const value = text(parent, path)
  if (value === undefined) return undefined
  const plain = value
    .replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    .replace(/^(\d{4}-\d{2}-\d{2})(Z|[+-]\d\d:\d\d)$/, '$1')
  if (isDay(plain)) return plain
  reading.unreadable.push({ term, value: value.slice(0, 100) })
  return undefined
}

export function period(from: Day | undefined, to: Day | undefined): { from: Day; to: Day } | undefined {
  const start = from ?? to
  return start ? { from: start, to: to ?? start } : undefined
}

const SKONTO = /^#SKONTO#TAGE=(\d{1,4})#PROZENT=(\d{1,3}\.\d{2})#(?:BASISBETRAG=(-?\d{1,12}\.\d{2})#)?$/

/** BT-20: the lines in the form of BR-DE-18, and the free words beside them. */
export function paymentTerms(value: string | undefined) {
  const lines = value?.split(/\r?\n/) ?? []
  const matches = lines.map((line) => SKONTO.exec(line.trim()))
  return {
    skonto: matches.flatMap((m) =>
      m
        ? [
            {
              days: Number(m[1]),
              percent: parseDecimal(m[2]!, 2)!,
              ...(m[3] === undefined ? {} : { base: parseDecimal(m[3], 2)! }),
            },
          ]
        : [],
    ),
    text:
      lines
        .filter((_, i) => matches[i] === null)
        .join('\n')
        .trim() || undefined,
  }
}

/** The object without what says nothing, so that a profile's silence looks like ours. */
export function said<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}
