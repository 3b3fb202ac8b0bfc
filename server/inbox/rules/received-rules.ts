import { amountsOfTwoDecimals, must, type RuleViolation, twoDecimals } from '../../invoicing/index.ts'
import type { ReceivedFile } from '../read/read-received.ts'
import type { ReceivedInvoice, ReceivedLine } from '../read/received.ts'
import { isVatCategory, isVatexCode, PAYMENT_MEANS, TYPE_CODES } from './wide-code-lists.ts'

/** A rule asked of what others send; our own invoices can't break it, or have a shorter list. */
export interface ReceivedRule {
  id: string
  term: string
  de: string
  en: string
  severity?: (file: ReceivedFile) => RuleViolation['severity']
  check: (file: ReceivedFile) => readonly RuleViolation['facts'][]
}

/** BR-12 to BR-15 and so on: an amount that has to be there. */
function mustBeThere(id: string, term: string, de: string, en: string): ReceivedRule {
  return {
    id,
    term,
    de,
    en,
    check: ({ missing }) => missing.filter((m) => m.term === term).map(() => ({})),
  }
}

/** Quantity times price, in cents; official rules allow two cents of rounding. */
function lineIsOff(line: ReceivedLine): RuleViolation['facts'][] {
  const price = Number(line.netPrice)
  const sum = (list: readonly { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0)
  const exact = (line.quantity * price) / line.priceBase / 10 - sum(line.allowances) + sum(line.charges)
  if (!line.inSums || !Number.isFinite(exact) || Number.isNaN(line.net)) return []
  return Math.abs(line.net - exact) <= 2.000001
    ? []
    : [{ line: line.id, stated: line.net, computed: Math.round(exact) }]
}

/** A charge on a line is none of our own. An amount that is none at all has a finding of its own. */
const decimals: readonly ReceivedRule[] = [
  ...amountsOfTwoDecimals,
  twoDecimals<ReceivedInvoice>('BR-DEC-27', 'BT-141', ({ lines }) =>
    lines.flatMap((line) => line.charges.map((c) => c.amount)),
  ),
].map(({ amounts, ...rule }) => ({
  ...rule,
  check: ({ invoice }) => must(amounts(invoice).every((a) => Number.isNaN(a) || Number.isSafeInteger(a))),
}))

export const receivedRules: readonly ReceivedRule[] = [
  ...decimals,
  {
    id: 'BR-01',
    term: 'BT-24',
    de: 'Die Rechnung sagt nicht, nach welcher Spezifikation sie geschrieben ist.',
    en: 'The invoice does not say which specification it follows.',
    check: ({ specification }) => must(specification !== ''),
  },
  {
    id: 'BR-04',
    term: 'BT-3',
    de: 'Die Rechnungsart fehlt.',
    en: 'The invoice type is missing.',
    check: ({ invoice }) => must((invoice.typeCode as string) !== ''),
  },
  {
    id: 'BR-05',
    term: 'BT-5',
    de: 'Die Währung fehlt oder ist kein Code nach ISO 4217.',
    en: 'The currency is missing or is no code of ISO 4217.',
    check: ({ currency }) => must(/^[A-Z]{3}$/.test(currency), { currency }),
  },
  mustBeThere('BR-12', 'BT-106', 'Die Summe der Positionen fehlt.', 'The sum of the lines is missing.'),
  mustBeThere('BR-13', 'BT-109', 'Die Nettosumme fehlt.', 'The net total is missing.'),
  mustBeThere('BR-14', 'BT-112', 'Die Bruttosumme fehlt.', 'The total with VAT is missing.'),
  mustBeThere('BR-15', 'BT-115', 'Der Zahlbetrag fehlt.', 'The amount due is missing.'),
  {
    id: 'BR-22',
    term: 'BT-129',
    de: 'Eine Position hat keine Menge.',
    en: 'A line has no quantity.',
    check: ({ invoice }) => invoice.lines.filter((l) => Number.isNaN(l.quantity)).map((l) => ({ line: l.id })),
  },
  mustBeThere('BR-24', 'BT-131', 'Eine Position hat keinen Betrag.', 'A line has no amount.'),
  mustBeThere('BR-45', 'BT-116', 'Eine Bemessungsgrundlage fehlt.', 'A VAT base is missing.'),
  mustBeThere('BR-46', 'BT-117', 'Ein Steuerbetrag fehlt.', 'A VAT amount is missing.'),
  {
    id: 'BR-CL-01',
    term: 'BT-3',
    de: 'Die Rechnungsart ist kein Code nach UNTDID 1001.',
    en: 'The invoice type is no code of UNTDID 1001.',
    check: ({ invoice: { typeCode } }) => must((typeCode as string) === '' || TYPE_CODES.has(typeCode), { typeCode }),
  },
  {
    id: 'BR-CL-16',
    term: 'BT-81',
    de: 'Die Zahlungsart ist kein Code nach UNTDID 4461.',
    en: 'The payment means is no code of UNTDID 4461.',
    check: ({ invoice: { payment } }) =>
      must((payment.meansCode as string) === '' || PAYMENT_MEANS.has(payment.meansCode), { code: payment.meansCode }),
  },
  {
    id: 'BR-CL-17',
    term: 'BT-118',
    de: 'Eine Steuerkategorie ist keine des Standards.',
    en: 'A VAT category is none of the standard.',
    check: ({ invoice }) =>
      [
        ...invoice.vatBreakdown.map((b) => b.category),
        ...[...invoice.allowances, ...invoice.charges].map((a) => a.vatCategory),
      ]
        .filter((category) => !isVatCategory(category))
        .map((category) => ({ category })),
  },
  {
    id: 'BR-CL-18',
    term: 'BT-151',
    de: 'Die Steuerkategorie einer Position fehlt oder ist keine des Standards (auch BR-CO-04).',
    en: 'The VAT category of a line is missing or none of the standard (also BR-CO-04).',
    check: ({ invoice }) =>
      invoice.lines
        .filter((line) => line.inSums && !isVatCategory(line.vatCategory))
        .map((line) => ({ line: line.id, category: line.vatCategory })),
  },
  {
    id: 'BR-CL-22',
    term: 'BT-121',
    de: 'Der Code einer Steuerbefreiung steht nicht in der VATEX-Liste.',
    en: 'The code of a VAT exemption is not in the VATEX list.',
    check: ({ invoice }) =>
      invoice.vatBreakdown
        .flatMap((b) => b.exemptionCode ?? [])
        .filter((code) => !isVatexCode(code))
        .map((exemptionCode) => ({ exemptionCode })),
  },
  {
    id: 'BR-DE-1',
    term: 'BG-16',
    de: 'Die Zahlungsangaben fehlen.',
    en: 'The payment instructions are missing.',
    check: (file) => must(file.profile !== 'xrechnung' || (file.invoice.payment.meansCode as string) !== ''),
  },
  {
    id: 'PEPPOL-EN16931-R120',
    term: 'BT-131',
    severity: (file) => (file.profile === 'peppol' ? 'fatal' : 'warning'),
    de: 'Ein Positionsbetrag ist nicht Menge mal Nettopreis minus Abzüge plus Zuschläge.',
    en: 'A line amount is not quantity times net price minus allowances plus charges.',
    check: ({ invoice }) => invoice.lines.flatMap(lineIsOff),
  },
  {
    id: 'TRESEN-UNREADABLE',
    term: '',
    de: 'Eine Angabe ist keine Zahl oder kein Kalendertag.',
    en: 'A statement is no number or no calendar day.',
    check: ({ unreadable }) => unreadable.map(({ term, value }) => ({ term, value })),
  },
  {
    id: 'TRESEN-ENCODING',
    term: '',
    de: 'Das XML nennt eine Zeichenkodierung, die es nicht gibt; es wurde als UTF-8 gelesen.',
    en: 'The XML names a character encoding that does not exist; it was read as UTF-8.',
    check: ({ wrongEncoding }) => must(wrongEncoding === undefined, { encoding: wrongEncoding ?? '' }),
  },
  {
    id: 'TRESEN-CREDIT',
    term: 'BT-3',
    severity: () => 'warning',
    de: 'Als Rechnung (380) bezeichnet, aber der Betrag ist negativ: gemeint ist wohl eine Gutschrift (381). Beim Absender nachfragen, bevor gebucht wird.',
    en: 'Called an invoice (380), but the amount is negative: a credit note (381) seems to be meant. Ask the sender before booking it.',
    check: ({ invoice: { typeCode, totals } }) =>
      must(typeCode !== '380' || !(totals.gross < 0), { gross: totals.gross }),
  },
  {
    id: 'TRESEN-PROFILE',
    term: 'BT-24',
    severity: () => 'warning',
    de: 'Die Profile MINIMUM und BASIC WL sind keine E-Rechnung im Sinne von § 14 UStG: ihnen fehlen Pflichtangaben. Es gilt, was auf dem PDF steht.',
    en: 'The profiles MINIMUM and BASIC WL are no e-invoice under § 14 UStG: they lack what the law asks for. What the PDF says counts.',
    check: ({ profile }) => must(profile !== 'minimum' && profile !== 'basic-wl'),
  },
  {
    id: 'TRESEN-SPECIFICATION',
    term: 'BT-24',
    severity: () => 'warning',
    de: 'Die Spezifikation ist unbekannt; geprüft wurde nach EN 16931.',
    en: 'The specification is unknown; the invoice was checked against EN 16931.',
    check: ({ profile, specification }) => must(profile !== 'unknown' || specification === '', { specification }),
  },
]
