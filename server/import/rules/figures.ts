import { parseDecimal } from '../../../common/money.ts'

/** How a file writes decimals: 1.234,56 or 1,234.56; found from the figures that can only be read one way. */
export type DecimalStyle = 'comma' | 'point' | 'unknown' | 'mixed'

/** 1.234 and 1,234 may be a thousand or one and a bit; everything else says which sign is the decimal one. */
function styleOfFigure(text: string): 'comma' | 'point' | undefined {
  const [dot, comma] = [text.lastIndexOf('.'), text.lastIndexOf(',')]
  if (dot >= 0 && comma >= 0) return dot > comma ? 'point' : 'comma'
  const sign = dot >= 0 ? '.' : comma >= 0 ? ',' : undefined
  if (sign === undefined) return undefined
  const parts = text.replace(/^[+-]/, '').split(sign)
  const isAmbiguous = parts.length === 2 && parts[1]!.length === 3 && parts[0]!.length <= 3 && parts[0] !== '0'
  if (isAmbiguous) return undefined
  const isGrouping = parts.length > 2
  if (sign === '.') return isGrouping ? 'comma' : 'point'
  return isGrouping ? 'point' : 'comma'
}

export function decimalStyleOf(figures: readonly string[]): DecimalStyle {
  const styles = new Set(figures.map((f) => styleOfFigure(f.trim())).filter((s) => s !== undefined))
  return styles.size === 2 ? 'mixed' : ([...styles][0] ?? 'unknown')
}

/**
 * A figure in whole units of 10^-digits, read in the file's style. What could be read two ways in a file that gives no
 * hint is refused with both readings.
 */
export function readFigure(text: string, digits: number, style: DecimalStyle): { value: number } | { problem: string } {
  const clean = text.trim().replace(/[\s\u00a0€]/g, '')
  const own = styleOfFigure(clean) ?? (/[.,]/.test(clean) ? undefined : 'point')
  const read = own ?? (style === 'comma' || style === 'point' ? style : undefined)
  if (read === undefined) {
    const group = clean.replace(/[.,]/, '')
    return {
      problem: `„${text}“ kann ${group} oder ${clean.replace(/[.,]/, ',')} heißen; in dieser Datei steht nichts, was es entscheidet`,
    }
  }
  const plain = read === 'comma' ? clean.replaceAll('.', '').replace(',', '.') : clean.replaceAll(',', '')
  const value = parseDecimal(plain, digits)
  return value === undefined
    ? { problem: `„${text}“ ist keine Zahl mit höchstens ${digits} Nachkommastellen` }
    : { value }
}
