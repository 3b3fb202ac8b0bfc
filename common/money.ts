/**
 * Money. Amounts are whole cents, unit prices whole ten-thousandths of a euro. Nothing in Tresen computes with
 * fractions of these; what cannot be divided is rounded once, half up, at the place the standard names.
 */

/** Whole cents of a euro: 19,99 € is 1999. */
export type Cents = number

/** Whole ten-thousandths of a euro: 0,0425 € is 425, 19,99 € is 199900. */
export type UnitPrice = number

/**
 * numerator / denominator, rounded to the next whole number; a half goes away from zero (commercial rounding,
 * "kaufmännisch runden"). Exact for every input within the safe integers, also when the product was larger.
 */
export function roundHalfUp(numerator: number | bigint, denominator: number | bigint): number {
  if (typeof numerator === 'number' && typeof denominator === 'number' && Number.isSafeInteger(2 * numerator)) {
    const sign = numerator < 0 !== denominator < 0 ? -1 : 1
    const n = Math.abs(numerator)
    const d = Math.abs(denominator)
    const whole = Math.floor(n / d)
    const rest = n - whole * d
    const rounded = rest * 2 >= d ? whole + 1 : whole
    return rounded === 0 ? 0 : sign * rounded
  }
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  const negative = n < 0n !== d < 0n
  const absolute = ((n < 0n ? -n : n) * 2n + (d < 0n ? -d : d)) / ((d < 0n ? -d : d) * 2n)
  return Number(negative ? -absolute : absolute)
}

/** a * b / c, rounded half up, without losing digits in the product. */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b
  return Number.isSafeInteger(2 * product) ? roundHalfUp(product, c) : roundHalfUp(BigInt(a) * BigInt(b), BigInt(c))
}

/**
 * What of `total` falls on the pieces up to `part` of `whole`. Taking the difference of two such sums for
 * consecutive parts never loses or invents a cent: the parts add up to the total whatever the order.
 */
export function cumulativeShare(total: Cents, part: number, whole: number): Cents {
  return whole === 0 ? 0 : mulDiv(total, part, whole)
}

/**
 * Divides `total` in proportion to `weights` into whole numbers that add up to `total` exactly: each gets its floor,
 * the cents left over go to the largest remainders (the first of equals). With all weights 0 the first takes all.
 */
export function distribute(total: Cents, weights: readonly number[]): Cents[] {
  if (weights.length === 0) return []
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0))
  const floors = weights.map((w) => floorDiv(BigInt(total) * BigInt(w), BigInt(sum)))
  let left = total - floors.reduce((a, f) => a + Number(f.quotient), 0)
  const order = floors
    .map((f, i) => ({ i, rest: f.rest }))
    .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest < b.rest ? 1 : -1))
  const out = floors.map((f) => Number(f.quotient))
  for (const { i } of order) {
    if (left <= 0) break
    out[i] = out[i]! + 1
    left -= 1
  }
  return out
}

function floorDiv(n: bigint, d: bigint): { quotient: bigint; rest: bigint } {
  const [num, den] = d < 0n ? [-n, -d] : [n, d]
  const q = num / den
  const quotient = num % den < 0n ? q - 1n : q
  return { quotient, rest: num - quotient * den }
}

/** Cents as a plain decimal for XML and CSV: 1999 -> "19.99". */
export function decimalOfCents(cents: Cents): string {
  return decimalOf(cents, 2)
}

/** A whole number of 10^-digits units as a plain decimal: (425, 4) -> "0.0425". */
export function decimalOf(value: number, digits: number): string {
  const sign = value < 0 ? '-' : ''
  const text = String(Math.abs(value)).padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** A unit price as a decimal with at least two and at most four decimals: 199900 -> "19.99", 425 -> "0.0425". */
export function decimalOfUnitPrice(price: UnitPrice): string {
  return decimalOf(price, 4).replace(/0{1,2}$/, '')
}

/**
 * Reads a decimal number ("1234.5", "-0.04") into whole units of 10^-digits. Undefined where the text is no plain
 * decimal or has more digits than fit: the caller says what is wrong with it.
 */
export function parseDecimal(text: string, digits: number): number | undefined {
  const match = /^([+-]?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return undefined
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) return undefined
  const value = Number(match[2]! + fraction.padEnd(digits, '0'))
  if (!Number.isSafeInteger(value)) return undefined
  return match[1] === '-' && value !== 0 ? -value : value
}
