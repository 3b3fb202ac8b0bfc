import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newOrder } from '../../common/orders/api.ts'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { createUser } from '../kernel/identity/users.ts'
import { recordPayment } from '../payments/index.ts'
import { cancelOrder, placeOrder, releaseOrder } from './index.ts'

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

/** Ten pieces at 10 € net: 119 € with VAT. */
async function ordering(customerNumber: string, paymentMethod: 'on-delivery-note' | 'prepayment' = 'on-delivery-note') {
  const { number } = await shop.article()
  const order = newOrder.parse({
    channel: 'phone',
    paymentMethod,
    customer: { customerNumber },
    lines: [{ article: number, quantity: 10 * ONE }],
  })
  return () => tresen.play(placeOrder, order)
}

describe('the credit limit', () => {
  test('twenty orders at the same moment pass only as far as it reaches', async () => {
    const { number } = await shop.customer({ creditLimit: 5 * 11_900 })
    const orders = await Promise.all(Array.from({ length: 20 }, () => ordering(number)))
    const results = await Promise.all(orders.map((order) => order()))
    const accepted = results.filter((r) => r.outcome === 'accepted')
    // an order on hold counts as well, so that releasing it never comes as a surprise
    expect(accepted.length).toBeLessThanOrEqual(5)
    expect(accepted.length).toBeGreaterThanOrEqual(1)
    expect(results.filter((r) => r.outcome === 'on-hold')).toHaveLength(20 - accepted.length)
  })

  test('two orders of which only one fits: one is accepted, the other held with the figures', async () => {
    const { number } = await shop.customer({ creditLimit: 20_000 })
    const [a, b] = [await ordering(number), await ordering(number)]
    const results = await Promise.all([a(), b()])
    expect(results.map((r) => r.outcome).sort()).toEqual(['accepted', 'on-hold'])
    expect(results.find((r) => r.outcome === 'on-hold')!.reasons).toEqual([
      { code: 'credit-limit', facts: { limit: 20_000, exposure: 11_900, amount: 11_900, exceededBy: 3_800 } },
    ])
  })

  test('goods count once on their way from order to delivery, invoice and payment', async () => {
    const { id, number } = await shop.customer({ creditLimit: 11_900 })
    const exposure = async () =>
      (
        await tresen.sql<{ stages: number[] }>(
          'select array[open_orders, unbilled, open_items, credits]::int[] as stages from receivables.account where customer_id = $1',
          [id],
        )
      )[0]!.stages
    const order = await shop.order({ of: number })
    expect(await exposure()).toEqual([11_900, 0, 0, 0])
    const note = await shop.deliver([order.id])
    expect(await exposure()).toEqual([0, 11_900, 0, 0])
    await shop.bill([note.id])
    expect(await exposure()).toEqual([0, 0, 11_900, 0])
    await tresen.play(recordPayment, {
      customerId: id,
      amount: 11_900,
      receivedOn: '2026-11-24',
      method: 'transfer',
      allocations: [],
    })
    expect(await exposure()).toEqual([0, 0, 0, 0])
    expect((await (await ordering(number))()).outcome).toBe('accepted')
  })

  test('a cancelled order gives its part of the limit back', async () => {
    const { number } = await shop.customer({ creditLimit: 11_900 })
    const order = await shop.order({ of: number })
    await tresen.play(cancelOrder, { id: order.id, reason: 'abbestellt' })
    expect((await (await ordering(number))()).outcome).toBe('accepted')
  })
})

describe('an order on hold', () => {
  test('is let through by somebody with the right, and the journal says by whom and why', async () => {
    const { number } = await shop.customer({ mayBuyOnDeliveryNote: false })
    const { orderId } = await (await ordering(number))()
    const { id: userId } = await tresen.play(createUser, {
      login: 'buchhaltung',
      name: 'Buchhaltung',
      role: 'accounting',
      password: 'lang genug 1',
    })
    await tresen.play(
      releaseOrder,
      { id: orderId!, reason: 'Chef hat zugesagt' },
      { actor: { kind: 'user', id: userId } },
    )
    const [row] = await tresen.sql('select hold, released_by, release_reason from orders.sales_order where id = $1', [
      orderId,
    ])
    expect(row).toEqual({ hold: null, released_by: userId, release_reason: 'Chef hat zugesagt' })
    const [entry] = await tresen.sql<{ before: unknown; after: unknown; actor_id: string }>(
      "select before, after, actor_id from kernel.journal where subject_id = $1 and use_case = 'releaseOrder'",
      [orderId],
    )
    expect(entry).toMatchObject({
      before: { hold: [{ code: 'not-allowed-on-delivery-note' }] },
      after: { reason: 'Chef hat zugesagt' },
      actor_id: userId,
    })
  })

  test('is released once', async () => {
    const { number } = await shop.customer({ blocked: true })
    const { orderId } = await (await ordering(number))()
    const both = await Promise.all(
      [1, 2].map(() => refusalOf(tresen.play(releaseOrder, { id: orderId!, reason: 'ja' }))),
    )
    expect(both).toContainEqual({ answer: {} })
    expect(both).toContain('order-not-on-hold')
  })

  test('for its prepayment goes out by itself when the money is there', async () => {
    const { id, number } = await shop.customer()
    const { orderId, outcome, reasons } = await (await ordering(number, 'prepayment'))()
    expect([outcome, reasons]).toEqual(['on-hold', [{ code: 'unpaid-prepayment', facts: { missing: 11_900 } }]])
    const pay = (amount: number) =>
      tresen.play(recordPayment, {
        customerId: id,
        amount,
        receivedOn: '2026-11-24',
        method: 'transfer',
        orderId: orderId!,
        allocations: [],
      })
    const hold = async () =>
      (await tresen.sql<{ hold: unknown }>('select hold from orders.sales_order where id = $1', [orderId]))[0]!.hold
    await pay(5_000)
    expect(await hold()).toEqual([{ code: 'unpaid-prepayment', facts: { missing: 6_900 } }])
    await pay(6_900)
    expect(await hold()).toBeNull()
    const note = await shop.deliver([orderId!])
    expect(await shop.bill([note.id])).toMatchObject({ amountDue: 0 })
    expect(await tresen.sql('select open from receivables.open_item where customer_id = $1', [id])).toEqual([
      { open: 0 },
    ])
  })
})

test('an order that is overdue elsewhere is held by the customer’s oldest unpaid invoice', async () => {
  const { number } = await shop.customer({ paymentTerms: { netDays: 10, skonto: [] } })
  tresen.setDay('2026-09-01')
  await shop.billed({ of: number })
  tresen.setDay('2026-10-11')
  expect((await (await ordering(number))()).outcome).toBe('accepted')
  tresen.setDay('2026-10-12')
  const held = await (await ordering(number))()
  expect(held.reasons).toEqual([{ code: 'overdue', facts: { overdueDays: 31, limitDays: 30, dueOn: '2026-09-11' } }])
  tresen.setDay('2026-11-24')
})
