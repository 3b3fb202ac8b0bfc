import { expect, test } from 'vitest'
import { decimalStyleOf, readFigure } from './figures.ts'

test('German and English figures are told apart', () => {
  expect(readFigure('1.234,56', 2, 'unknown')).toEqual({ value: 123456 })
  expect(readFigure('1,234.56', 2, 'unknown')).toEqual({ value: 123456 })
  expect(readFigure('1234.56', 2, 'comma')).toEqual({ value: 123456 })
  expect(readFigure('12,5', 3, 'unknown')).toEqual({ value: 12500 })
  expect(readFigure('0.425', 4, 'unknown')).toEqual({ value: 4250 })
  expect(readFigure('1.234.567', 0, 'unknown')).toEqual({ value: 1234567 })
  expect(readFigure('29,90\u00a0€', 2, 'unknown')).toEqual({ value: 2990 })
  expect(readFigure('\u22125 EUR', 2, 'unknown')).toEqual({ value: -500 })
})

test('what can be read two ways is refused with both readings, unless the file decides it', () => {
  expect(readFigure('1.234', 3, 'unknown')).toEqual({
    wrong: 'figure-two-ways',
    facts: { text: '1.234', thousands: '1234', decimals: '1,234' },
  })
  expect(readFigure('1.234', 3, 'mixed')).toHaveProperty('wrong', 'figure-two-ways')
  expect(readFigure('1.234 €', 4, 'unknown')).toHaveProperty('wrong', 'figure-two-ways')
  expect(readFigure('1.234', 3, 'point')).toEqual({ value: 1234 })
  expect(readFigure('1.234', 3, 'comma')).toEqual({ value: 1234000 })
})

test('a file shows how it writes decimals by the figures that can be read one way only', () => {
  expect(decimalStyleOf(['1.234', '29,90'])).toBe('comma')
  expect(decimalStyleOf(['10.495', '29.3725'])).toBe('point')
  expect(decimalStyleOf(['10.49', '29,90'])).toBe('mixed')
  expect(decimalStyleOf(['1.234 €', '1.000', '7', '', 'auf Anfrage'])).toBe('unknown')
})

test('words, dates, slips and too many decimals are no figure', () => {
  for (const text of ['viel', '24.12.2026', '12.34,56', '1.23.456', '1,23456', '', '1e5', '-'])
    expect(readFigure(text, 4, 'comma'), text).toHaveProperty('wrong', 'no-figure')
  expect(readFigure('2,5', 0, 'comma')).toHaveProperty('wrong', 'no-whole-figure')
})
