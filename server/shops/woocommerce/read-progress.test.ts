import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixturesOf } from '../fixture-orders.ts'
import { readProgress } from './read-progress.ts'
import { fixture } from './stand-in-shop.ts'

const { load, orders, find } = fixturesOf('woocommerce')

function progressOf(raw: unknown) {
  const progress = readProgress(raw)
  if (progress === null || progress === 'not-placed') throw new Error(`no progress: ${progress}`)
  return progress
}

describe('every order the real shop answered', () => {
  test.each(orders)('%s: its number, its time, its pieces by line', (name) => {
    const order = load(name)
    const progress = progressOf(order)
    expect(progress.externalId).toBe(String(order.id))
    expect(progress.externalNumber).toBe(order.number)
    expect(progress.changedAt).toBe(`${order.date_modified_gmt}.000Z`)
    expect(progress.cancelled).toBe(['cancelled', 'trash'].includes(order.status))
    expect(progress.quantities).toEqual(
      Object.fromEntries(
        order.line_items.map((line: { id: number; quantity: number }) => [line.id, line.quantity * 1000]),
      ),
    )
  })

  test('the body of a hook is read like the answer of the API', () => {
    const hook = fixture<{ body_base64: string }>('hooks/073-order.updated')
    const body: unknown = JSON.parse(Buffer.from(hook.body_base64, 'base64').toString('utf8'))
    expect(progressOf(body)).toMatchObject({ externalId: '54', cancelled: true })
  })
})

describe('what a state means', () => {
  test('only a way to pay that takes the money itself is paid, whatever date_paid says', () => {
    const transfer = find('03')
    expect(transfer).toMatchObject({ payment_method: 'bacs', date_paid_gmt: expect.any(String) })
    expect(progressOf(transfer).paid).toBeNull()
    const card = { ...transfer, payment_method: 'stripe', payment_method_title: 'Kreditkarte' }
    expect(progressOf(card).paid).toEqual({ amount: 3418, reference: 'SEPA-TEST-0001', paidOn: '2026-11-23' })
    expect(progressOf({ ...card, payment_method: '', payment_method_title: '' }).paid).toBeNull()
    const toldByUs = { ...card, meta_data: [{ id: 1, key: '_tresen_paid', value: 'here' }] }
    expect(progressOf(toldByUs).paid).toBeNull()
    expect(progressOf(find('24-completed-lieferschein.json')).paid).toBeNull()
    expect(progressOf(find('02')).paid).toBeNull()
  })

  test('pieces refunded in the shop are no longer ordered', () => {
    const order = { ...find('22-fully-refunded.json'), refund_details: find('22-fully-refunded.refunds') }
    expect(progressOf(order).quantities).toEqual({ 137: 0, 138: 0 })
    order.refund_details[0].line_items.pop()
    expect(progressOf(order).quantities).toEqual({ 137: 0, 138: 1000 })
  })

  test.each(['failed', 'cancelled', 'trash', 'wc-cancelled'])('%s is cancelled', (status) => {
    expect(progressOf({ ...find('01'), status }).cancelled).toBe(true)
  })

  test.each(['checkout-draft', 'auto-draft'])('%s is not placed', (status) => {
    expect(readProgress({ ...find('01'), status })).toBe('not-placed')
  })

  test('anything at all is read without an exception', () => {
    expect(readProgress({ id: 54 })).toBeNull()
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (raw) => readProgress(raw) === null))
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(find('22-fully-refunded.json')), 'refund_details'),
        fc.jsonValue(),
        (key, value) => {
          readProgress({ ...find('22-fully-refunded.json'), [key]: value })
        },
      ),
    )
  })
})
