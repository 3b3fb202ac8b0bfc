import { describe, expect, test } from 'vitest'
import { type CreditQuestion, checkCredit, exposureOf } from './check-credit.ts'

const question: CreditQuestion = {
  customer: { mayBuyOnDeliveryNote: true, creditLimit: 100_000, blocked: false },
  account: { openOrders: 30_000, unbilled: 20_000, openItems: 15_000, credits: 5_000, downPayments: 0 },
  amount: 40_000,
  oldestDue: null,
  today: '2026-11-24',
  overdueDaysLimit: 30,
}
const reasons = (change: Partial<CreditQuestion>) => checkCredit({ ...question, ...change }).map((r) => r.code)

test('exposure counts each stage once: open orders, delivered and not billed, open invoices, less credits', () => {
  expect(exposureOf(question.account)).toBe(60_000)
})

test('a down payment is no second debt: unpaid it is in the order already, paid it lowers what is owed', () => {
  const order = { openOrders: 100_000, unbilled: 0, credits: 0 }
  expect(exposureOf({ ...order, openItems: 30_000, downPayments: 30_000 })).toBe(100_000)
  expect(exposureOf({ ...order, openItems: 0, downPayments: 30_000 })).toBe(70_000)
})

describe('on account', () => {
  test('up to the limit to the cent', () => {
    expect(reasons({ amount: 40_000 })).toEqual([])
    expect(checkCredit({ ...question, amount: 40_001 })).toEqual([
      { code: 'credit-limit', facts: { limit: 100_000, exposure: 60_000, amount: 40_001, exceededBy: 1 } },
    ])
  })

  test('not for a customer who is blocked or may not', () => {
    expect(reasons({ customer: { ...question.customer, blocked: true } })).toEqual(['customer-blocked'])
    expect(reasons({ customer: { ...question.customer, mayBuyOnDeliveryNote: false } })).toEqual([
      'not-allowed-on-delivery-note',
    ])
  })

  test('not for who is overdue beyond the merchant’s days', () => {
    expect(reasons({ oldestDue: '2026-10-25' })).toEqual([])
    expect(reasons({ oldestDue: '2026-10-24' })).toEqual(['overdue'])
  })

  test('every reason is named, not only the first', () => {
    const customer = { mayBuyOnDeliveryNote: false, creditLimit: 0, blocked: true }
    expect(reasons({ customer, oldestDue: '2026-01-01' })).toHaveLength(4)
  })
})
