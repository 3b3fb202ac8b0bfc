import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal } from './money.ts'
import { amountOf, decimalOfQuantity, ONE } from './quantity.ts'

test('333 pieces at 0,0425 € are 14,15 €', () => {
  expect(amountOf(333 * ONE, 425)).toBe(1415)
})

test('a price of a ten-thousandth rounds half up, for goods that come back half away from zero', () => {
  expect(amountOf(500, 100)).toBe(1)
  expect(amountOf(-500, 100)).toBe(-1)
  expect(amountOf(499, 100)).toBe(0)
})

test('the amount is exact for the largest quantity and price the contracts allow', () => {
  expect(amountOf(9_000_000_000, 90_000_000_000)).toBe(8_100_000_000_000_000)
})

test.each([
  [2500, '2.5'],
  [3000, '3'],
  [1, '0.001'],
  [-1250, '-1.25'],
  [0, '0'],
])('%i thousandths are written %s', (quantity, text) => {
  expect(decimalOfQuantity(quantity)).toBe(text)
})

test('a written quantity is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }), (quantity) => {
      expect(parseDecimal(decimalOfQuantity(quantity), 3)).toBe(quantity === 0 ? 0 : quantity)
    }),
  )
})
