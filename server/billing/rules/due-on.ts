import { addDays, type Day, daysBetween } from '../../../common/dates.ts'

/** Rules that follow the calendar; above-amount and by-hand don't. */
export type CalendarRule = 'per-delivery' | 'daily' | 'weekly' | 'fortnightly' | 'first-and-fifteenth' | 'monthly'
export type BillingRule = CalendarRule | 'above-amount' | 'by-hand'

// a Monday; fortnights are counted from it, so that no year with 53 weeks shifts them
const FIRST_MONDAY = '2024-01-01'

/**
 * The day on which what was delivered on `deliveredOn` is due to be billed: the first day after the period it belongs to,
 * so that nothing delivered late on the last day is left out. Per delivery it's the day itself. Weeks run from Monday to
 * Sunday, fortnights are two of them counted from 1 January 2024, half months end on the 14th and with the month.
 * By hand and above an amount no day follows from the calendar: null.
 */
export function dueOn(rule: BillingRule, deliveredOn: Day): Day | null {
  switch (rule) {
    case 'per-delivery':
      return deliveredOn
    case 'daily':
      return addDays(deliveredOn, 1)
    case 'weekly':
      return endOfWeeks(deliveredOn, 1)
    case 'fortnightly':
      return endOfWeeks(deliveredOn, 2)
    case 'first-and-fifteenth':
      return Number(deliveredOn.slice(8)) < 15 ? `${deliveredOn.slice(0, 8)}15` : firstOfNextMonth(deliveredOn)
    case 'monthly':
      return firstOfNextMonth(deliveredOn)
    case 'above-amount':
    case 'by-hand':
      return null
  }
}

/** The Monday after the span of so many weeks that a day lies in. */
function endOfWeeks(day: Day, weeks: number): Day {
  const span = 7 * weeks
  return addDays(FIRST_MONDAY, (Math.floor(daysBetween(FIRST_MONDAY, day) / span) + 1) * span)
}

function firstOfNextMonth(day: Day): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

/** The last day whose deliveries are due on `today`; null for rules without a calendar. */
export function lastDayDue(rule: BillingRule, today: Day): Day | null {
  // the longest period is a month
  for (let back = 0; back <= 31; back++) {
    const delivered = addDays(today, -back)
    const due = dueOn(rule, delivered)
    if (due === null) return null
    if (due <= today) return delivered
  }
  return null
}
