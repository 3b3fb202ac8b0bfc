import type { Cents } from '../../../../common/money.ts'
import type { En16931Invoice } from '../en16931.ts'
import { must, type Rule } from './rule.ts'

/** BR-DEC-..: amounts that have two decimals at most. Who asks decides what a whole cent is. */
export interface TwoDecimals<Invoice = En16931Invoice> {
  id: string
  term: string
  de: string
  en: string
  amounts: (invoice: Invoice) => readonly Cents[]
}

export function twoDecimals<Invoice = En16931Invoice>(
  id: string,
  term: string,
  amounts: TwoDecimals<Invoice>['amounts'],
): TwoDecimals<Invoice> {
  return {
    id,
    term,
    de: 'Ein Betrag hat mehr als zwei Nachkommastellen.',
    en: 'An amount has more than two decimals.',
    amounts,
  }
}

/** Every amount of the model, by the rule of the standard that asks for its cents. */
export const amountsOfTwoDecimals: readonly TwoDecimals[] = [
  twoDecimals('BR-DEC-01', 'BT-92', ({ allowances }) => allowances.map((a) => a.amount)),
  twoDecimals('BR-DEC-05', 'BT-99', ({ charges }) => charges.map((c) => c.amount)),
  twoDecimals('BR-DEC-09', 'BT-106', ({ totals }) => [totals.linesNet]),
  twoDecimals('BR-DEC-10', 'BT-107', ({ totals }) => [totals.allowances]),
  twoDecimals('BR-DEC-11', 'BT-108', ({ totals }) => [totals.charges]),
  twoDecimals('BR-DEC-12', 'BT-109', ({ totals }) => [totals.net]),
  twoDecimals('BR-DEC-13', 'BT-110', ({ totals }) => [totals.vat]),
  twoDecimals('BR-DEC-14', 'BT-112', ({ totals }) => [totals.gross]),
  twoDecimals('BR-DEC-16', 'BT-113', ({ totals }) => [totals.prepaid]),
  twoDecimals('BR-DEC-17', 'BT-114', ({ totals }) => [totals.rounding]),
  twoDecimals('BR-DEC-18', 'BT-115', ({ totals }) => [totals.amountDue]),
  twoDecimals('BR-DEC-19', 'BT-116', ({ vatBreakdown }) => vatBreakdown.map((b) => b.net)),
  twoDecimals('BR-DEC-20', 'BT-117', ({ vatBreakdown }) => vatBreakdown.map((b) => b.vat)),
  twoDecimals('BR-DEC-23', 'BT-131', ({ lines }) => lines.map((line) => line.net)),
  twoDecimals('BR-DEC-24', 'BT-136', ({ lines }) => lines.flatMap((line) => line.allowances.map((a) => a.amount))),
]

/** Our amounts are whole cents, so one is broken only by a cent that is no whole number. */
export const decimals: readonly Rule[] = amountsOfTwoDecimals.map(({ amounts, ...rule }) => ({
  ...rule,
  check: (invoice) => must(amounts(invoice).every(Number.isSafeInteger)),
}))
