import { expect, test } from 'vitest'
import { decimalStyleOf, readFigure } from './figures.ts'

test('German and English figures are told apart', () => {
  expect(readFigure('1.234,56', 2, 'unknown')).toEqual({ value: 123456 })
  expect(readFigure('1,234.56', 2, 'unknown')).toEqual({ value: 123456 })
  expect(readFigure('12,5', 3, 'unknown')).toEqual({ value: 12500 })
  expect(readFigure('0.425', 4, 'unknown')).toEqual({ value: 4250 })
  expect(readFigure('1.234.567', 0, 'unknown')).toEqual({ value: 1234567 })
})

test('what can be read two ways is refused with both readings, unless the file decides it', () => {
  expect(readFigure('1.234', 3, 'unknown')).toMatchObject({ problem: expect.stringContaining('1234') })
  expect(readFigure('1.234', 3, 'point')).toEqual({ value: 1234 })
  expect(readFigure('1.234', 3, 'comma')).toEqual({ value: 1234000 })
  expect(decimalStyleOf(['1.234', '29,90'])).toBe('comma')
  expect(decimalStyleOf(['10.495', '29.3725'])).toBe('point')
  expect(decimalStyleOf(['10.49', '29,90'])).toBe('mixed')
})

test('words and too many decimals are no figure', () => {
  expect(readFigure('viel', 2, 'comma')).toHaveProperty('problem')
  expect(readFigure('1,23456', 4, 'comma')).toHaveProperty('problem')
})
