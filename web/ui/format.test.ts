import { describe, expect, it } from 'vitest'
import { formatOf, readDay, readNumber } from './format.ts'

describe('a number as a clerk types it', () => {
  it.each([
    ['1.234,56', 123456],
    ['1234,5', 123450],
    ['19.99', 1999],
    ['1.234', 123400],
    ['-0,50 €', -50],
    [',5', 50],
  ])('reads %s in German', (text, cents) => {
    expect(readNumber(text, 2, 'de')).toBe(cents)
  })
  it.each([
    ['1,234.56', 123456],
    ['19,99', 1999],
    ['1,234', 123400],
  ])('reads %s in English', (text, cents) => {
    expect(readNumber(text, 2, 'en')).toBe(cents)
  })
  it.each(['', 'abc', '1,2,3', '1,234', '--1'])('does not guess what %s means in German cents', (text) => {
    expect(readNumber(text, 2, 'de')).toBeUndefined()
  })
  it('reads back what it shows', () => {
    for (const language of ['de', 'en'] as const) {
      for (const cents of [0, 5, 99, 100_000, 123_456_789, -4_200]) {
        expect(readNumber(formatOf(language).money(cents), 2, language)).toBe(cents)
      }
    }
  })
})

describe('a day as a clerk types it', () => {
  const today = '2026-11-24'
  it.each([
    ['24.11.2026', '2026-11-24'],
    ['1.2.26', '2026-02-01'],
    ['3.12.', '2026-12-03'],
    ['0312', '2026-12-03'],
    ['24/11/2026', '2026-11-24'],
    ['-1', '2026-11-23'],
    ['+14', '2026-12-08'],
    ['2026-11-24', '2026-11-24'],
  ])('reads %s', (text, day) => {
    expect(readDay(text, today)).toBe(day)
  })
  it.each(['31.2.2026', '24', 'morgen', ''])('does not read %s', (text) => {
    expect(readDay(text, today)).toBeUndefined()
  })
})
