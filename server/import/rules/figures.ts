import { parseDecimal } from '../../../common/money.ts'
import type { Reading } from './problems.ts'

/** How a file writes decimals: 1.234,56 or 1,234.56; found from the figures that can only be read one way. */
export type DecimalStyle = 'comma' | 'point' | 'unknown' | 'mixed'

// groups of three only, so that a date or a slip is no figure; 0.425 has no thousands
const COMMA = /^[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/
const POINT = /^[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/

/** The figure as a plain decimal in either style; undefined where the style can't be meant. */
function readingsOf(text: string): { clean: string; comma: string | undefined; point: string | undefined } {
  const clean = text.replace(/[\s€]|EUR$/g, '').replace('\u2212', '-')
  return {
    clean,
    comma: COMMA.test(clean) ? clean.replaceAll('.', '').replace(',', '.') : undefined,
    point: POINT.test(clean) ? clean.replaceAll(',', '') : undefined,
  }
}

export function decimalStyleOf(figures: Iterable<string>): DecimalStyle {
  const styles = new Set<'comma' | 'point'>()
  for (const figure of figures) {
    const { comma, point } = readingsOf(figure)
    if (comma !== undefined && point === undefined) styles.add('comma')
    if (point !== undefined && comma === undefined) styles.add('point')
  }
  return styles.size === 2 ? 'mixed' : ([...styles][0] ?? 'unknown')
}

/**
 * A figure in whole units of 10^-digits, read in the file's style. What could be read two ways in a file that gives no
 * hint is refused with both readings.
 */
export function readFigure(text: string, digits: number, style: DecimalStyle): Reading<number> {
  const { clean, comma, point } = readingsOf(text)
  const isTwoWays = comma !== undefined && point !== undefined && comma !== point
  if (isTwoWays && (style === 'unknown' || style === 'mixed'))
    return {
      wrong: 'figure-two-ways',
      facts: { text, thousands: clean.replace(/[.,]/g, ''), decimals: clean.replace('.', ',') },
    }
  const plain = isTwoWays ? (style === 'comma' ? comma : point) : (comma ?? point)
  const value = plain === undefined ? undefined : parseDecimal(plain, digits)
  return value === undefined
    ? { wrong: digits === 0 ? 'no-whole-figure' : 'no-figure', facts: { text, digits } }
    : { value }
}
