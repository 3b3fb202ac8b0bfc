import type { Cents } from '../../../../common/money.ts'
import type { En16931Invoice } from '../en16931.ts'
import { must, type Rule } from './rule.ts'

/**
 * BR-DEC-..: no amount has more than two decimals. Our amounts are whole cents, so one is broken only by a cent that is
 * no whole number.
 */
function wholeCents(id: string, term: string, amounts: (invoice: En16931Invoice) => readonly Cents[]): Rule {
  return {
    id,
    term,
    de: 'Ein Betrag hat mehr als zwei Nachkommastellen.',
    en: 'An amount has more than two decimals.',
    check: (invoice) => must(amounts(invoice).every(Number.isSafeInteger)),
  }
}

export const decimals: readonly Rule[] = [
  wholeCents('BR-DEC-01', 'BT-92', ({ allowances }) => allowances.map((a) => a.amount)),
  wholeCents('BR-DEC-05', 'BT-99', ({ charges }) => charges.map((c) => c.amount)),
  wholeCents('BR-DEC-09', 'BT-106', ({ totals }) => [totals.linesNet]),
  wholeCents('BR-DEC-10', 'BT-107', ({ totals }) => [totals.allowances]),
  wholeCents('BR-DEC-11', 'BT-108', ({ totals }) => [totals.charges]),
  wholeCents('BR-DEC-12', 'BT-109', ({ totals }) => [totals.net]),
  wholeCents('BR-DEC-13', 'BT-110', ({ totals }) => [totals.vat]),
  wholeCents('BR-DEC-14', 'BT-112', ({ totals }) => [totals.gross]),
  wholeCents('BR-DEC-16', 'BT-113', ({ totals }) => [totals.prepaid]),
  wholeCents('BR-DEC-17', 'BT-114', ({ totals }) => [totals.rounding]),
  wholeCents('BR-DEC-18', 'BT-115', ({ totals }) => [totals.amountDue]),
  wholeCents('BR-DEC-19', 'BT-116', ({ vatBreakdown }) => vatBreakdown.map((b) => b.net)),
  wholeCents('BR-DEC-20', 'BT-117', ({ vatBreakdown }) => vatBreakdown.map((b) => b.vat)),
  wholeCents('BR-DEC-23', 'BT-131', ({ lines }) => lines.map((line) => line.net)),
  wholeCents('BR-DEC-24', 'BT-136', ({ lines }) => lines.flatMap((line) => line.allowances.map((a) => a.amount))),
]
