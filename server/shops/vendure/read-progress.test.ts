import { expect, test } from 'vitest'
import { type Captured, fixturesOf } from '../fixture-orders.ts'
import { vendure } from './connector.ts'

const { find, orders, load } = fixturesOf('vendure')
const read = (start: string, change: (order: Captured) => void = () => {}) => {
  const { order } = find(start).data
  change(order)
  return vendure.readProgress(order)
}

test('every order a real shop answered has come to something', () => {
  expect(orders.length).toBeGreaterThan(30)
  for (const name of orders)
    expect(vendure.readProgress(load(name).data.order)).toMatchObject({
      cancelled: /21-cancelled.json|24-fully-refunded.json/.test(name),
    })
})
test('a changed order has the pieces it has now; a cancelled one has none', () => {
  expect(read('18-edited-quantity.json')).toMatchObject({ quantities: { 48: 10_000, 49: 2000 }, paid: null })
  expect(read('21-cancelled.json')).toMatchObject({
    cancelled: true,
    quantities: expect.not.objectContaining({ 0: 1 }),
  })
})
test('a transfer noted in the shop is no money we are told of, a card payment is', () => {
  expect(read('03')).toMatchObject({ paid: null })
  const byCard = (order: Captured) => {
    order.payments[0].method = 'stripe'
  }
  expect(read('03', byCard)).toMatchObject({ paid: { amount: 3306, paidOn: '2026-11-23' } })
  expect(read('23-partially-refunded.json', byCard)).toMatchObject({ paid: { amount: 10_150 } })
})
test('a cart, and an order somebody of the shop is changing, are looked at later; anything else is no order', () => {
  for (const state of ['AddingItems', 'ArrangingPayment', 'Draft', 'Modifying'])
    expect(read('01', (order) => Object.assign(order, { state }))).toBe('not-placed')
  for (const nothing of [null, undefined, 7, 'order', [], {}, { id: 1 }, { lines: 1 }])
    expect(vendure.readProgress(nothing)).toBeNull()
})
