import type { Day } from '../../../common/dates.ts'
import { daysBetween } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import type { HoldReason } from '../../../common/orders/api.ts'

export interface CreditQuestion {
  customer: { mayBuyOnDeliveryNote: boolean; creditLimit: Cents; blocked: boolean }
  account: { openOrders: Cents; unbilled: Cents; openItems: Cents; credits: Cents; downPayments: Cents }
  /** gross amount of the new order */
  amount: Cents
  oldestDue: Day | null
  today: Day
  /** the merchant's limit: overdue beyond so many days gets nothing more on account */
  overdueDaysLimit: number
}

/**
 * Gross exposure (Obligo): open orders + delivered and not billed + open invoices - credits. What was billed as down
 * payment and isn't deducted yet is a part of the open order as well, and open or paid: it's taken off once.
 */
export function exposureOf(account: CreditQuestion['account']): Cents {
  return account.openOrders + account.unbilled + account.openItems - account.credits - account.downPayments
}

/**
 * May this customer buy this amount on account now? Every reason against it, with its facts; none: he may. The question
 * is asked at the order, never at the delivery: what left the house can always be billed.
 */
export function checkCredit(q: CreditQuestion): HoldReason[] {
  const reasons: HoldReason[] = []
  if (q.customer.blocked) reasons.push({ code: 'customer-blocked', facts: {} })
  if (!q.customer.mayBuyOnDeliveryNote) reasons.push({ code: 'not-allowed-on-delivery-note', facts: {} })
  const exposure = exposureOf(q.account)
  if (exposure + q.amount > q.customer.creditLimit) {
    reasons.push({
      code: 'credit-limit',
      facts: {
        limit: q.customer.creditLimit,
        exposure,
        amount: q.amount,
        exceededBy: exposure + q.amount - q.customer.creditLimit,
      },
    })
  }
  const overdueDays = q.oldestDue === null ? 0 : daysBetween(q.oldestDue, q.today)
  if (overdueDays > q.overdueDaysLimit)
    reasons.push({ code: 'overdue', facts: { overdueDays, limitDays: q.overdueDaysLimit, dueOn: q.oldestDue } })
  return reasons
}
