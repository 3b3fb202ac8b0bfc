import type { Cents } from '../../../../common/money.ts'
import { vatOf } from '../../../../common/tax/vat.ts'
import { amountAtPrice } from '../net-price.ts'
import { must, mustEach, type Rule } from './rule.ts'

/** Stated and computed amount in cents. The official rules tolerate a euro here and there; these don't a cent. */
function mustEqual(stated: Cents, computed: Cents) {
  return must(stated === computed, { stated, computed })
}

function sum(amounts: readonly Cents[]): Cents {
  return amounts.reduce((total, amount) => total + amount, 0)
}

/** BR-CO-..: every total follows from what it adds up. */
export const totals: readonly Rule[] = [
  {
    id: 'BR-CO-10',
    term: 'BT-106',
    de: 'Die Summe der Positionen stimmt nicht.',
    en: 'The sum of the line net amounts is wrong.',
    check: ({ totals, lines }) =>
      mustEqual(
        totals.linesNet,
        lines.reduce((total, line) => total + line.net, 0),
      ),
  },
  {
    id: 'BR-CO-11',
    term: 'BT-107',
    de: 'Die Summe der Abzüge stimmt nicht.',
    en: 'The sum of the document allowances is wrong.',
    check: ({ totals, allowances }) => mustEqual(totals.allowances, sum(allowances.map((a) => a.amount))),
  },
  {
    id: 'BR-CO-12',
    term: 'BT-108',
    de: 'Die Summe der Zuschläge stimmt nicht.',
    en: 'The sum of the document charges is wrong.',
    check: ({ totals, charges }) => mustEqual(totals.charges, sum(charges.map((c) => c.amount))),
  },
  {
    id: 'BR-CO-13',
    term: 'BT-109',
    de: 'Netto ist nicht Positionen minus Abzüge plus Zuschläge.',
    en: 'The net total is not lines minus allowances plus charges.',
    check: ({ totals: t }) => mustEqual(t.net, t.linesNet - t.allowances + t.charges),
  },
  {
    id: 'BR-CO-14',
    term: 'BT-110',
    de: 'Die Umsatzsteuer ist nicht die Summe der Steuerbeträge je Satz.',
    en: 'The VAT total is not the sum of the VAT amounts by rate.',
    check: ({ totals, vatBreakdown }) => mustEqual(totals.vat, sum(vatBreakdown.map((b) => b.vat))),
  },
  {
    id: 'BR-CO-15',
    term: 'BT-112',
    de: 'Brutto ist nicht Netto plus Umsatzsteuer.',
    en: 'The total with VAT is not net plus VAT.',
    check: ({ totals: t }) => mustEqual(t.gross, t.net + t.vat),
  },
  {
    id: 'BR-CO-16',
    term: 'BT-115',
    de: 'Der Zahlbetrag ist nicht Brutto minus Gezahltes plus Rundung.',
    en: 'The amount due is not the total minus what is paid plus rounding.',
    check: ({ totals: t }) => mustEqual(t.amountDue, t.gross - t.prepaid + t.rounding),
  },
  {
    id: 'BR-CO-17',
    term: 'BT-117',
    de: 'Ein Steuerbetrag ist nicht Bemessungsgrundlage mal Satz, kaufmännisch gerundet.',
    en: 'A VAT amount is not its base times the rate, rounded half up.',
    check: ({ vatBreakdown }) =>
      mustEach(
        vatBreakdown,
        (b) => b.vat === vatOf(b.net, b.rate),
        (b) => ({ category: b.category, rate: b.rate, stated: b.vat, computed: vatOf(b.net, b.rate) }),
      ),
  },
  {
    id: 'BR-CO-18',
    term: 'BG-23',
    de: 'Die Aufschlüsselung der Umsatzsteuer fehlt.',
    en: 'The VAT breakdown is missing.',
    check: ({ vatBreakdown }) => must(vatBreakdown.length > 0),
  },
  {
    id: 'PEPPOL-EN16931-R120',
    term: 'BT-131',
    de: 'Ein Positionsbetrag ist nicht Menge mal Nettopreis minus Abzüge.',
    en: 'A line net amount is not quantity times net price minus allowances.',
    check: ({ lines }) =>
      lines.flatMap((line) => {
        // a price that is no number is BR-26
        if (!/^-?\d+(\.\d+)?$/.test(line.netPrice) || !Number.isSafeInteger(line.quantity)) return []
        const computed = amountAtPrice(line.quantity, line.netPrice) - sum(line.allowances.map((a) => a.amount))
        return line.net === computed ? [] : [{ line: line.id, stated: line.net, computed }]
      }),
  },
]
