import { type Cents, decimalOfCents } from '../../common/money.ts'

/** A transfer that the payer's banking app fills in by itself. */
export interface EpcTransfer {
  name: string
  iban: string
  bic?: string
  amount: Cents
  /** ISO 20022 purpose code, up to four letters */
  purpose?: string
  /** structured creditor reference (ISO 11649); excludes `text` */
  reference?: string
  /** what the payer's bank passes on to us: the invoice number */
  text?: string
  /** for the payer's eyes only */
  information?: string
}

const MOST_BYTES = 331
const MOST_CENTS = 99_999_999_999

/**
 * Content of the GiroCode (EPC069-12, version 002, UTF-8). Long names and texts are cut to what the standard holds; what
 * no bank could read is a mistake of the caller and thrown: an amount outside 0,01 to 999.999.999,99 €, two references.
 */
export function epcCode(transfer: EpcTransfer): string {
  if (!Number.isInteger(transfer.amount) || transfer.amount < 1 || transfer.amount > MOST_CENTS)
    throw new RangeError(`GiroCode: ${transfer.amount} cents cannot be transferred`)
  if (transfer.reference && transfer.text) throw new RangeError('GiroCode: either a reference or a text, not both')
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    compact(transfer.bic),
    field(transfer.name, 70),
    compact(transfer.iban),
    `EUR${decimalOfCents(transfer.amount)}`,
    field(transfer.purpose, 4),
    field(transfer.reference, 35),
    field(transfer.text, 140),
    field(transfer.information, 70),
  ]
  while (lines.at(-1) === '') lines.pop()
  const code = lines.join('\n')
  if (new TextEncoder().encode(code).length > MOST_BYTES)
    throw new RangeError(`GiroCode: more than ${MOST_BYTES} bytes`)
  return code
}

/** One line of the code: no line breaks, at most so many characters. */
function field(text: string | undefined, characters: number): string {
  return [...(text ?? '').replace(/\s+/g, ' ').trim()].slice(0, characters).join('').trim()
}

function compact(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, '').toUpperCase()
}
