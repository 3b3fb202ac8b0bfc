import { decimalOf, decimalOfCents } from '../../../common/money.ts'
import type { En16931Invoice, En16931Line } from './en16931.ts'

/** How single business terms are put into words, the same for both syntaxes and for the rules that check them. */

/** BT-119, BT-152: hundredths of a percent as a plain decimal without trailing zeros, 1900 -> "19", 1070 -> "10.7". */
export function decimalOfRate(rate: number): string {
  return decimalOf(rate, 2).replace(/\.?0+$/, '')
}

/**
 * BT-20, payment terms: a line for each Skonto as BR-DE-18 demands it, each closed by a newline, then the free words.
 * Receivers' programs read the lines, so not a blank may be added.
 */
export function paymentTermsOf(invoice: Pick<En16931Invoice, 'skonto' | 'paymentTermsText'>): string | undefined {
  const lines = invoice.skonto.map(({ days, percent, base }) => {
    const basis = base === undefined ? '' : `BASISBETRAG=${decimalOfCents(base)}#`
    return `#SKONTO#TAGE=${days}#PROZENT=${decimalOf(percent, 2)}#${basis}\n`
  })
  return lines.join('') + (invoice.paymentTermsText ?? '') || undefined
}

/** BT-128, invoiced object identifier: the delivery note that a line bills. */
export function invoicedObjectOf(line: En16931Line): string | undefined {
  return line.deliveryNote?.number
}

/** An IBAN without the blanks it is printed with. */
export function compactIban(iban: string | undefined): string | undefined {
  return iban?.replace(/\s/g, '').toUpperCase()
}
