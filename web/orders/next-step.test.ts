import { expect, test } from 'vitest'
import type { Order } from '../../common/orders/api.ts'
import type { Permission } from '../../common/permissions.ts'
import { nextStep } from './next-step.ts'
import { prepaymentMissing } from './order-quantities.ts'

const held = (codes: string[], more: Partial<Order> = {}) =>
  ({
    gross: 11_900,
    prepaid: 4_000,
    lines: [],
    chain: [],
    status: { order: 'on-hold', invoicing: 'not-invoiced' },
    hold: { reasons: codes.map((code) => ({ code, facts: {} })) },
    ...more,
  }) as unknown as Order
const may =
  (...permissions: Permission[]) =>
  (wanted: Permission) =>
    permissions.includes(wanted)

test('an order that only waits for its money is set free by it', () => {
  expect(nextStep(held(['unpaid-prepayment']), may('payments.write', 'orders.release'))).toEqual({ kind: 'prepayment' })
  expect(nextStep(held(['unpaid-prepayment']), may('orders.release'))).toEqual({ kind: 'release' })
  expect(nextStep(held(['unpaid-prepayment']), may('orders.read'))).toBeUndefined()
})

test('one that is held for another reason as well is released by somebody', () => {
  const both = held(['unpaid-prepayment', 'customer-blocked'])
  expect(nextStep(both, may('payments.write', 'orders.release'))).toEqual({ kind: 'release' })
})

test('the amount proposed is what is still missing, and nothing once it is billed or cancelled', () => {
  expect(prepaymentMissing(held([]))).toBe(7_900)
  const status = (order: string, invoicing: string) => ({ status: { order, invoicing } }) as Partial<Order>
  expect(prepaymentMissing(held([], status('active', 'partly-invoiced')))).toBe(0)
  expect(prepaymentMissing(held([], status('cancelled', 'not-invoiced')))).toBe(0)
})
