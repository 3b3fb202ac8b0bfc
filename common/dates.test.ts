import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf, daysBetween, isDay } from './dates.ts'

test('half past eleven UTC on New Year’s Eve is already next year in Germany', () => {
  expect(dayOf(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01')
  expect(dayOf(new Date('2026-07-31T21:59:59Z'))).toBe('2026-07-31')
  expect(dayOf(new Date('2026-07-31T22:00:00Z'))).toBe('2026-08-01')
})

test('a term counts days, also over the change to summer time', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  fc.assert(
    fc.property(fc.integer({ min: -4000, max: 4000 }), (days) => {
      expect(daysBetween('2026-02-27', addDays('2026-02-27', days))).toBe(days)
    }),
  )
})

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', 'today', '2026-04-31'])('%s is no day', (text) => {
  expect(isDay(text)).toBe(false)
})

test('29 February of a leap year is one', () => {
  expect(isDay('2028-02-29')).toBe(true)
})
