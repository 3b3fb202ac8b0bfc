import { describe, expect, test } from 'vitest'
import { addDays } from '../../../common/dates.ts'
import { type CalendarRule, dueOn, lastDayDue } from './due-on.ts'

describe('what is delivered on a day is due', () => {
  test.each([
    ['per-delivery', '2026-11-24', '2026-11-24'],
    ['daily', '2026-12-31', '2027-01-01'],
    ['weekly', '2026-11-23', '2026-11-30'],
    ['weekly', '2026-11-29', '2026-11-30'],
    ['weekly', '2026-11-30', '2026-12-07'],
    ['fortnightly', '2024-01-01', '2024-01-15'],
    ['fortnightly', '2024-01-14', '2024-01-15'],
    ['fortnightly', '2024-01-15', '2024-01-29'],
    ['first-and-fifteenth', '2026-02-01', '2026-02-15'],
    ['first-and-fifteenth', '2026-02-14', '2026-02-15'],
    ['first-and-fifteenth', '2026-02-15', '2026-03-01'],
    ['first-and-fifteenth', '2026-12-31', '2027-01-01'],
    ['monthly', '2028-02-29', '2028-03-01'],
    ['monthly', '2026-01-31', '2026-02-01'],
    ['monthly', '2026-12-01', '2027-01-01'],
    ['above-amount', '2026-11-24', null],
    ['by-hand', '2026-11-24', null],
  ] as const)('%s: delivered %s, due %s', (rule, delivered, due) => {
    expect(dueOn(rule, delivered)).toBe(due)
  })

  test('every 14 days also over the year with 53 weeks: all spans are 14 days long', () => {
    const days = Array.from({ length: 1_200 }, (_, i) => addDays('2025-11-01', i))
    const perDue = Map.groupBy(days, (day) => dueOn('fortnightly', day))
    expect([...perDue.values()].slice(1, -1).every((span) => span.length === 14)).toBe(true)
  })

  test('never before it was delivered, later deliveries never earlier, and no day is left out', () => {
    const longest: Record<CalendarRule, number> = {
      'per-delivery': 0,
      daily: 1,
      weekly: 7,
      fortnightly: 14,
      'first-and-fifteenth': 17,
      monthly: 31,
    }
    for (const [rule, most] of Object.entries(longest) as [CalendarRule, number][])
      for (let i = 0, day = '2023-12-01'; i < 1_500; i++, day = addDays(day, 1)) {
        const due = dueOn(rule, day)!
        expect(due >= day && due <= addDays(day, most), `${rule} ${day} ${due}`).toBe(true)
        expect(due <= dueOn(rule, addDays(day, 1))!).toBe(true)
        const last = lastDayDue(rule, day)!
        expect([dueOn(rule, last)! <= day, dueOn(rule, addDays(last, 1))! <= day]).toEqual([true, false])
      }
  })
})
