import { expect, test } from 'vitest'
import { payWays, stateOf } from './pay-ways.ts'

const invoice = {
  amount: 11_900,
  open: 11_900,
  skonto: [{ percent: 200, until: '2026-12-04', discount: 238, payable: 11_662 }],
}

test('until its last day the discount is offered first, then the whole amount', () => {
  const ways = payWays(invoice, '2026-12-04')
  expect(ways.map((w) => [w.amount, w.until])).toEqual([
    [11_662, '2026-12-04'],
    [11_900, null],
  ])
})
test('a day later only the whole amount is left', () => {
  expect(payWays(invoice, '2026-12-05').map((w) => w.amount)).toEqual([11_900])
})
test('where something was paid already, the rest is asked for without a discount', () => {
  expect(payWays({ ...invoice, open: 1_900 }, '2026-11-24').map((w) => w.amount)).toEqual([1_900])
})
test('nothing open, nothing to pay', () => {
  expect(payWays({ ...invoice, open: 0 }, '2026-11-24')).toEqual([])
})

const shown = { kind: 'invoice', open: 100, dueOn: '2026-11-24', correctedWhole: false } as const
test('an invoice is overdue from the day after its due day', () => {
  expect(stateOf(shown, '2026-11-24')).toBe('open')
  expect(stateOf(shown, '2026-11-25')).toBe('overdue')
})
test('what is paid is settled, what was taken back whole is corrected', () => {
  expect(stateOf({ ...shown, open: 0 }, '2026-12-24')).toBe('settled')
  expect(stateOf({ ...shown, open: 0, correctedWhole: true }, '2026-12-24')).toBe('corrected')
  expect(stateOf({ ...shown, kind: 'correction', open: 0 }, '2026-12-24')).toBe('correction')
})
