import fc from 'fast-check'
import { expect, test } from 'vitest'
import { termsOf } from './payment-terms.ts'

const terms = {
  netDays: 30,
  skonto: [
    { days: 14, percent: 200 },
    { days: 7, percent: 300 },
  ],
}

test('days and cents are worked out, the earliest discount first', () => {
  expect(termsOf(terms, '2026-12-20', 11_905)).toEqual({
    dueOn: '2027-01-19',
    skonto: [
      { percent: 300, until: '2026-12-27', discount: 357, payable: 11_548 },
      { percent: 200, until: '2027-01-03', discount: 238, payable: 11_667 },
    ],
  })
})

test('what is paid ahead already offers no discount', () => {
  expect(termsOf(terms, '2026-12-20', 0).skonto).toEqual([])
})

test('discount and what is left to pay are the amount, always', () => {
  const percent = fc.integer({ min: 1, max: 5000 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), percent, (amount, rate) => {
      const [offer] = termsOf({ netDays: 0, skonto: [{ days: 1, percent: rate }] }, '2026-01-01', amount).skonto
      expect(offer!.discount + offer!.payable).toBe(amount)
      expect(Math.abs(offer!.discount - (amount * rate) / 10_000)).toBeLessThanOrEqual(0.5)
    }),
  )
})
