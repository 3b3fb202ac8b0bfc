import type { Day } from '../../../common/dates.ts'
import type { VatCategory } from '../../../common/tax/vat.ts'
import type { VatBreakdown } from '../e-invoice/en16931.ts'

const german = (day: Day) => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

/** The words an invoice says in its structured part; the page has its own. */
export const invoiceWords = {
  de: {
    collective: (numbers: readonly string[]) => `Sammelrechnung über die Lieferscheine ${numbers.join(', ')}.`,
    fromNote: (number: string, day: Day, line: number, buyerOrder?: string) =>
      `Lieferschein ${number} vom ${german(day)}, Pos. ${line}${buyerOrder ? `, Ihre Bestellung ${buyerOrder}` : ''}`,
    payableUntil: (day: Day) => `Zahlbar bis ${german(day)} ohne Abzug.`,
    collectedOn: (day: Day, mandate: string) =>
      `Der Betrag wird am ${german(day)} per SEPA-Lastschrift eingezogen (Mandat ${mandate}).`,
    alreadyPaid: 'Bereits bezahlt.',
    givenBack: 'Der Betrag wird Ihnen gutgeschrieben.',
    downPayment: (order: string, percent?: string) =>
      `Anzahlung${percent ? ` von ${percent}` : ''} auf Auftrag ${order}`,
    wholeOrder: (order: string) => `Vorauszahlung auf Auftrag ${order}`,
    beforeDelivery: (order: string, expected?: Day) =>
      `Rechnung vor Lieferung zum Auftrag ${order}. ${
        expected ? `Voraussichtliche Lieferung: ${german(expected)}.` : 'Der Tag der Lieferung steht noch nicht fest.'
      } Was Sie hierauf zahlen, wird in der Rechnung über die Lieferung abgezogen.`,
    receivedOn: (days: readonly Day[]) => `Betrag erhalten am ${days.map(german).join(', ')}.`,
    moreLines: (count: number) => `und ${count} weitere Positionen laut Auftrag`,
    lessDownPayment: (number: string, day: Day) => `Abzüglich Anzahlung laut Rechnung ${number} vom ${german(day)}`,
    notPaid: (number: string) =>
      `Nicht gezahlter Rest der Anzahlung; die Lieferung ist mit Rechnung ${number} berechnet`,
    discount: 'Rabatt',
    freight: 'Versandkosten',
    smallBusiness: 'Kein Ausweis von Umsatzsteuer, da Kleinunternehmer nach § 19 UStG.',
    correction: (number: string, day: Day, reason: string) =>
      `Korrektur der Rechnung ${number} vom ${german(day)}: ${reason}`,
    collectiveCorrection: (invoices: readonly { number: string; issuedOn: Day }[], reason: string) =>
      `Korrektur der Rechnungen ${invoices.map((i) => `${i.number} vom ${german(i.issuedOn)}`).join(', ')}: ${reason}`,
    ofInvoice: (number: string, day: Day) => `zur Rechnung ${number} vom ${german(day)}`,
  },
  en: {
    collective: (numbers: readonly string[]) => `Collective invoice over the delivery notes ${numbers.join(', ')}.`,
    fromNote: (number: string, day: Day, line: number, buyerOrder?: string) =>
      `Delivery note ${number} of ${day}, line ${line}${buyerOrder ? `, your order ${buyerOrder}` : ''}`,
    payableUntil: (day: Day) => `Payable until ${day} without deduction.`,
    collectedOn: (day: Day, mandate: string) =>
      `The amount is collected by SEPA direct debit on ${day} (mandate ${mandate}).`,
    alreadyPaid: 'Already paid.',
    givenBack: 'The amount is credited to you.',
    downPayment: (order: string, percent?: string) =>
      `Down payment${percent ? ` of ${percent}` : ''} on order ${order}`,
    wholeOrder: (order: string) => `Payment in advance for order ${order}`,
    beforeDelivery: (order: string, expected?: Day) =>
      `Invoice before delivery for order ${order}. ${
        expected ? `Delivery is expected on ${expected}.` : 'The day of delivery is not fixed yet.'
      } What you pay on it is deducted from the invoice for the delivery.`,
    receivedOn: (days: readonly Day[]) => `Amount received on ${days.join(', ')}.`,
    moreLines: (count: number) => `and ${count} more lines of the order`,
    lessDownPayment: (number: string, day: Day) => `Less down payment as of invoice ${number} of ${day}`,
    notPaid: (number: string) => `Unpaid rest of the down payment; the delivery is billed by invoice ${number}`,
    discount: 'Discount',
    freight: 'Shipping',
    smallBusiness: 'No VAT is shown: small business under section 19 of the German VAT act (UStG).',
    correction: (number: string, day: Day, reason: string) => `Correction of invoice ${number} of ${day}: ${reason}`,
    collectiveCorrection: (invoices: readonly { number: string; issuedOn: Day }[], reason: string) =>
      `Correction of the invoices ${invoices.map((i) => `${i.number} of ${i.issuedOn}`).join(', ')}: ${reason}`,
    ofInvoice: (number: string, day: Day) => `of invoice ${number} of ${day}`,
  },
} as const

/** Why a category carries no VAT, in words and as VATEX code (BT-120, BT-121). */
export function exemptionOf(
  category: VatCategory,
  smallBusiness: boolean,
  language: 'de' | 'en',
): Pick<VatBreakdown, 'exemptionReason' | 'exemptionCode'> {
  const [de, en, exemptionCode] = reasons[category] ?? []
  if (category === 'E' && smallBusiness) return { exemptionReason: invoiceWords[language].smallBusiness }
  const exemptionReason = language === 'de' ? de : en
  return exemptionReason === undefined ? {} : { exemptionReason, ...(exemptionCode ? { exemptionCode } : {}) }
}

const reasons: Partial<Record<VatCategory, [de: string, en: string, code?: string]>> = {
  E: ['Steuerfrei', 'Exempt from VAT'],
  AE: ['Steuerschuldnerschaft des Leistungsempfängers', 'Reverse charge', 'VATEX-EU-AE'],
  K: [
    'Steuerfreie innergemeinschaftliche Lieferung (§ 4 Nr. 1 b, § 6a UStG)',
    'Intra-Community supply exempt from VAT',
    'VATEX-EU-IC',
  ],
  G: ['Steuerfreie Ausfuhrlieferung (§ 4 Nr. 1 a, § 6 UStG)', 'Export outside the EU, exempt from VAT', 'VATEX-EU-G'],
  O: ['Nicht steuerbar', 'Not subject to VAT', 'VATEX-EU-O'],
}
