import type { PaymentTerms } from '../../../common/customers/api.ts'
import { addDays, type Day } from '../../../common/dates.ts'
import { type Cents, mulDiv } from '../../../common/money.ts'
import type { SkontoOffer } from '../../documents/index.ts'

/** Due day and early payment discount (Skonto) of an invoice, worked out in days and cents. */
export function termsOf(terms: PaymentTerms, issuedOn: Day, amountDue: Cents): { dueOn: Day; skonto: SkontoOffer[] } {
  const offers =
    amountDue <= 0
      ? []
      : terms.skonto.map(({ days, percent }) => ({
          percent,
          until: addDays(issuedOn, days),
          ...discounted(amountDue, percent),
        }))
  return { dueOn: addDays(issuedOn, terms.netDays), skonto: offers.sort((a, b) => a.until.localeCompare(b.until)) }
}

function discounted(amountDue: Cents, percent: number): { discount: Cents; payable: Cents } {
  const discount = mulDiv(amountDue, percent, 10_000)
  return { discount, payable: amountDue - discount }
}
