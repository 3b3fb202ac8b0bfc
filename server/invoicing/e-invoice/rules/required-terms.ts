import { isDay } from '../../../../common/dates.ts'
import type { En16931Line } from '../en16931.ts'
import { must, mustEach, present, type Rule } from './rule.ts'

const atLine = (line: En16931Line) => ({ line: line.id })

/** BR-.. and BR-CO-..: what has to be there, and what has to be there together. */
export const requiredTerms: readonly Rule[] = [
  {
    id: 'BR-02',
    term: 'BT-1',
    de: 'Die Rechnungsnummer fehlt.',
    en: 'The invoice number is missing.',
    check: ({ number }) => must(present(number)),
  },
  {
    id: 'BR-03',
    term: 'BT-2',
    de: 'Das Rechnungsdatum fehlt oder ist kein Kalendertag.',
    en: 'The issue date is missing or is no calendar day.',
    check: ({ issuedOn }) => must(isDay(issuedOn), { issuedOn }),
  },
  {
    id: 'BR-06',
    term: 'BT-27',
    de: 'Der Name des Verkäufers fehlt.',
    en: 'The name of the seller is missing.',
    check: ({ seller }) => must(present(seller.name)),
  },
  {
    id: 'BR-07',
    term: 'BT-44',
    de: 'Der Name des Käufers fehlt.',
    en: 'The name of the buyer is missing.',
    check: ({ buyer }) => must(present(buyer.name)),
  },
  {
    id: 'BR-09',
    term: 'BT-40',
    de: 'Das Land des Verkäufers fehlt.',
    en: 'The country of the seller is missing.',
    check: ({ seller }) => must(present(seller.address.country)),
  },
  {
    id: 'BR-11',
    term: 'BT-55',
    de: 'Das Land des Käufers fehlt.',
    en: 'The country of the buyer is missing.',
    check: ({ buyer }) => must(present(buyer.address.country)),
  },
  {
    id: 'BR-16',
    term: 'BG-25',
    de: 'Die Rechnung hat keine Position.',
    en: 'The invoice has no line.',
    check: ({ lines }) => must(lines.length > 0),
  },
  {
    id: 'BR-21',
    term: 'BT-126',
    de: 'Eine Position hat keine Kennung.',
    en: 'A line has no identifier.',
    check: ({ lines }) =>
      mustEach(
        lines,
        (line) => present(line.id),
        (line) => ({ name: line.name }),
      ),
  },
  {
    id: 'BR-22',
    term: 'BT-129',
    de: 'Eine Position hat keine Menge in ganzen Tausendsteln.',
    en: 'A line has no quantity of whole thousandths.',
    check: ({ lines }) => mustEach(lines, (line) => Number.isSafeInteger(line.quantity), atLine),
  },
  {
    id: 'BR-23',
    term: 'BT-130',
    de: 'Eine Position hat keine Mengeneinheit.',
    en: 'A line has no unit.',
    check: ({ lines }) => mustEach(lines, (line) => present(line.unit), atLine),
  },
  {
    id: 'BR-25',
    term: 'BT-153',
    de: 'Eine Position hat keine Artikelbezeichnung.',
    en: 'A line has no item name.',
    check: ({ lines }) => mustEach(lines, (line) => present(line.name), atLine),
  },
  {
    id: 'BR-26',
    term: 'BT-146',
    de: 'Der Nettopreis einer Position fehlt oder ist keine Dezimalzahl.',
    en: 'The net price of a line is missing or is no plain decimal.',
    check: ({ lines }) =>
      mustEach(
        lines,
        (line) => /^-?\d+(\.\d+)?$/.test(line.netPrice),
        (line) => ({ line: line.id, netPrice: line.netPrice }),
      ),
  },
  {
    id: 'BR-27',
    term: 'BT-146',
    de: 'Der Nettopreis einer Position ist negativ.',
    en: 'The net price of a line is negative.',
    check: ({ lines }) =>
      mustEach(
        lines,
        (line) => !line.netPrice.startsWith('-'),
        (line) => ({ line: line.id, netPrice: line.netPrice }),
      ),
  },
  {
    id: 'BR-29',
    term: 'BG-14',
    de: 'Der Abrechnungszeitraum endet, bevor er beginnt.',
    en: 'The invoicing period ends before it begins.',
    check: ({ period }) => must(!period || period.from <= period.to, { ...period }),
  },
  {
    id: 'BR-30',
    term: 'BG-26',
    de: 'Der Zeitraum einer Position endet, bevor er beginnt.',
    en: 'The period of a line ends before it begins.',
    check: ({ lines }) => mustEach(lines, ({ period }) => !period || period.from <= period.to, atLine),
  },
  {
    id: 'BR-33',
    term: 'BT-97',
    de: 'Ein Abzug auf die Rechnung hat weder Grund noch Code (auch BR-CO-21).',
    en: 'A document allowance has neither a reason nor a code (also BR-CO-21).',
    check: ({ allowances }) =>
      mustEach(
        allowances,
        (a) => present(a.reason) || present(a.reasonCode),
        (a) => ({ cents: a.amount }),
      ),
  },
  {
    id: 'BR-38',
    term: 'BT-104',
    de: 'Ein Zuschlag auf die Rechnung hat weder Grund noch Code (auch BR-CO-22).',
    en: 'A document charge has neither a reason nor a code (also BR-CO-22).',
    check: ({ charges }) =>
      mustEach(
        charges,
        (c) => present(c.reason) || present(c.reasonCode),
        (c) => ({ cents: c.amount }),
      ),
  },
  {
    id: 'BR-42',
    term: 'BT-139',
    de: 'Ein Abzug auf eine Position hat keinen Grund (auch BR-CO-23).',
    en: 'A line allowance has no reason (also BR-CO-23).',
    check: ({ lines }) => mustEach(lines, (line) => line.allowances.every((a) => present(a.reason)), atLine),
  },
  {
    id: 'BR-50',
    term: 'BT-84',
    de: 'Zur Überweisung fehlt die Kontonummer.',
    en: 'The account of the credit transfer is missing.',
    check: ({ payment }) => must(!payment.account || present(payment.account.iban)),
  },
  {
    id: 'BR-51',
    term: 'BT-87',
    severity: 'warning',
    de: 'Von der Kartennummer dürfen nur die letzten vier bis sechs Ziffern genannt werden.',
    en: 'Only the last four to six digits of the card number may be given.',
    check: ({ payment }) => must(!payment.card || /^[*X]*\d{4,6}$/.test(payment.card.lastDigits)),
  },
  {
    id: 'BR-55',
    term: 'BT-25',
    de: 'Ein Bezug auf eine frühere Rechnung hat keine Nummer.',
    en: 'A reference to a preceding invoice has no number.',
    check: ({ precedingInvoices }) =>
      mustEach(
        precedingInvoices,
        (p) => present(p.number),
        (p) => ({ issuedOn: p.issuedOn ?? '' }),
      ),
  },
  {
    id: 'BR-57',
    term: 'BT-80',
    de: 'Das Land der Lieferadresse fehlt.',
    en: 'The country of the delivery address is missing.',
    check: ({ deliverTo }) => must(!deliverTo || present(deliverTo.address.country)),
  },
  {
    id: 'BR-61',
    term: 'BT-84',
    de: 'Bei Überweisung (30, 58) muss ein Konto genannt sein.',
    en: 'A credit transfer (30, 58) needs an account.',
    check: ({ payment }) => must(!['30', '58'].includes(payment.meansCode) || present(payment.account?.iban)),
  },
  {
    id: 'BR-62',
    term: 'BT-34',
    de: 'Die elektronische Adresse des Verkäufers hat kein Schema.',
    en: 'The electronic address of the seller has no scheme.',
    check: ({ seller }) => must(!seller.electronicAddress || present(seller.electronicAddress.scheme)),
  },
  {
    id: 'BR-63',
    term: 'BT-49',
    de: 'Die elektronische Adresse des Käufers hat kein Schema.',
    en: 'The electronic address of the buyer has no scheme.',
    check: ({ buyer }) => must(!buyer.electronicAddress || present(buyer.electronicAddress.scheme)),
  },
  {
    id: 'BR-CO-25',
    term: 'BT-9',
    de: 'Ist etwas zu zahlen, braucht die Rechnung ein Fälligkeitsdatum oder Zahlungsbedingungen.',
    en: 'With an amount due the invoice needs a due date or payment terms.',
    check: ({ totals, dueOn, skonto, paymentTermsText }) =>
      must(totals.amountDue <= 0 || present(dueOn) || skonto.length > 0 || present(paymentTermsText)),
  },
  {
    id: 'BR-CO-26',
    term: 'BG-4',
    de: 'Der Verkäufer braucht Kennung, Registernummer oder USt-IdNr.',
    en: 'The seller needs an identifier, a register number or a VAT id.',
    check: ({ seller }) => must([seller.identifier, seller.registrationId, seller.vatId].some(present)),
  },
]
