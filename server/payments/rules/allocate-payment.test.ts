import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../common/refusal.ts'
import { checkAllocations, suggestAllocations } from './allocate-payment.ts'

const item = (
  invoiceId: string,
  change: Partial<{ customerId: string; dueOn: string | null; open: number; amount: number }> = {},
) => ({
  invoiceId,
  customerId: 'c',
  number: `RE-${invoiceId}`,
  dueOn: '2026-12-01' as string | null,
  open: 10_000,
  amount: 10_000,
  skonto: [
    { percent: 300, until: '2026-11-10', discount: 300 },
    { percent: 200, until: '2026-11-20', discount: 200 },
  ],
  ...change,
})
const payment = (left: number, receivedOn = '2026-11-30') => ({ customerId: 'c', left, receivedOn })
const settle = (invoiceId: string, amount: number, skonto = 0) => ({ invoiceId, amount, skonto })

describe('what a payment without instructions settles', () => {
  test('the invoice it matches exactly, before an older one', () => {
    const items = [item('old', { dueOn: '2026-10-01', open: 5_000, amount: 5_000 }), item('exact')]
    expect(suggestAllocations(payment(10_000), items)).toEqual([settle('exact', 10_000)])
  })

  test('with Skonto, where amount and day fit', () => {
    expect(suggestAllocations(payment(9_700, '2026-11-10'), [item('1')])).toEqual([settle('1', 9_700, 300)])
    expect(suggestAllocations(payment(9_800, '2026-11-20'), [item('1')])).toEqual([settle('1', 9_800, 200)])
  })

  test('without Skonto a day too late: the difference stays open', () => {
    expect(suggestAllocations(payment(9_800, '2026-11-21'), [item('1')])).toEqual([settle('1', 9_800)])
  })

  test('no Skonto on the rest of an invoice that was partly paid', () => {
    expect(suggestAllocations(payment(4_700, '2026-11-10'), [item('1', { open: 5_000 })])).toEqual([settle('1', 4_700)])
  })

  test('else the oldest due first, what is too much stays', () => {
    const items = [item('3', { dueOn: null }), item('2', { dueOn: '2026-11-05' }), item('1', { dueOn: '2026-10-05' })]
    expect(suggestAllocations(payment(15_000), items)).toEqual([settle('1', 10_000), settle('2', 5_000)])
    expect(suggestAllocations(payment(99_999), items).reduce((sum, a) => sum + a.amount, 0)).toBe(30_000)
  })

  test('never an invoice of somebody else', () => {
    expect(suggestAllocations(payment(10_000), [item('1', { customerId: 'other' })])).toEqual([])
  })

  test('whatever it suggests would be accepted from a clerk', () => {
    const open = fc.integer({ min: 0, max: 20_000 })
    const items = fc
      .array(fc.record({ open, paid: fc.nat(500), due: fc.constantFrom(null, '2026-10-01', '2026-12-01') }))
      .map((list) => list.map((i, n) => item(String(n), { open: i.open, amount: i.open + i.paid, dueOn: i.due })))
    const day = fc.constantFrom('2026-11-09', '2026-11-15', '2026-11-30')
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 60_000 }), day, (list, amount, receivedOn) => {
        const money = payment(amount, receivedOn)
        const checked = checkAllocations(money, list, suggestAllocations(money, list))
        expect(isRefusal(checked)).toBe(false)
      }),
    )
  })
})

describe('what a clerk may allocate', () => {
  const [first, second] = [item('1'), item('2')]

  test('parts of several invoices within the money', () => {
    const wanted = [settle('1', 4_000), settle('2', 6_000)]
    expect(checkAllocations(payment(10_000), [first, second], wanted)).toEqual(wanted)
  })

  test.each([
    ['more than is open', payment(99_999), [settle('1', 10_001)], 'allocation-exceeds-open'],
    [
      'more than is open in two goes',
      payment(99_999),
      [settle('1', 6_000), settle('1', 6_000)],
      'allocation-exceeds-open',
    ],
    ['more than was paid', payment(9_999), [settle('1', 5_000), settle('2', 5_000)], 'allocation-exceeds-payment'],
    ['an invoice nobody knows', payment(1), [settle('9', 1)], 'not-found'],
    ['Skonto after its last day', payment(9_800), [settle('1', 9_800, 200)], 'skonto-too-late'],
    ['Skonto that no longer holds', payment(9_700, '2026-11-15'), [settle('1', 9_700, 300)], 'skonto-too-high'],
    [
      'Skonto with more than is open',
      payment(9_900, '2026-11-01'),
      [settle('1', 9_900, 200)],
      'allocation-exceeds-open',
    ],
  ])('not %s', (_, money, wanted, code) => {
    expect(checkAllocations(money, [first, second], wanted)).toMatchObject({ code })
  })

  test('not an invoice of another customer, named in the refusal', () => {
    const other = item('1', { customerId: 'other' })
    expect(checkAllocations(payment(5), [other], [settle('1', 5)])).toMatchObject({
      code: 'other-customer',
      facts: { invoice: 'RE-1' },
    })
  })
})
