import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import { correctInvoice } from '../../invoicing/index.ts'
import { cancelOrder } from '../../orders/index.ts'
import { recordPayment } from '../../payments/index.ts'
import { createBuyer, openStandInSync } from '../sync/test-sync.ts'
import { startStandIn, type WooStandIn } from './stand-in.ts'
import { setStatus, touch } from './stand-in-shop.ts'

/* The engine with this connector against the stand-in: one shop's rules from order to shipment. */

let tresen: TestKernel
let here: TestShop
let shop: WooStandIn
let sync: Awaited<ReturnType<typeof openStandInSync>>
let sku: string

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  shop = await startStandIn({ random: Math.random })
  sync = await openStandInSync(tresen, 'woocommerce', shop)
  // the first account the stand-in makes
  await createBuyer(tresen, { email: 'beate@example.test', shopIds: { web: '1' } })
})
afterAll(async () => {
  await sync.stop()
  await shop.close()
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})
beforeEach(async () => {
  sku = await sync.sell(here)
})

const buy = (quantity: number) => shop.buy({ lines: [{ sku, quantity }], pay: 'later', email: 'beate@example.test' })
const untilQuiet = () => sync.untilQuiet()
const orderOf = (id: string) => sync.orderOf(id)

describe('an order of the shop', () => {
  test('is taken, delivered in parts, and the shop knows; unpaid it does not look paid', async () => {
    const id = buy(10)
    await untilQuiet()
    const order = await orderOf(id)
    expect(shop.available(sku)).toBe(90)
    await here.deliver([order.id], { [order.lines[0]!.id]: 4000 })
    await untilQuiet()
    expect(shop.seen(id)).toMatchObject({ shipped: { [sku]: 4 }, paid: false, cancelled: false })
    await here.deliver([order.id])
    await untilQuiet()
    expect(shop.seen(id)).toMatchObject({ shipped: { [sku]: 10 }, paid: false })
    expect(shop.shop.orders.get(Number(id))!.status).toBe('on-hold')
  })

  test('billed and corrected: the shop says both, each once', async () => {
    const id = buy(2)
    await untilQuiet()
    const order = await orderOf(id)
    const delivered = await here.deliver([order.id])
    const invoice = await here.bill([delivered.id])
    await untilQuiet()
    const correction = await tresen.play(correctInvoice, { id: invoice.id, reason: 'falsche Anschrift' })
    await untilQuiet()
    await untilQuiet()
    const notes = shop.shop.notes.get(Number(id))!.map((one) => one.note)
    const about = notes.filter((note) => note.startsWith('Rechnung')).sort()
    expect(about).toHaveLength(2)
    expect(about[0]).toContain(`Rechnung ${invoice.number} vom`)
    expect(about[1]).toContain(`Rechnungskorrektur ${correction.number} vom`)
    expect(about[1]).toContain(`${invoice.number} ist damit aufgehoben`)
    const doc = shop.shop.orders.get(Number(id))!
    expect(doc.meta_data.find((one) => one.key === '_tresen_corrections')?.value).toBe(
      `${correction.number}=${invoice.number}`,
    )
  })

  test('pieces cancelled here are cancelled there once, and the shop shows the right stock', async () => {
    const id = buy(10)
    await untilQuiet()
    const order = await orderOf(id)
    const lines = [{ lineId: order.lines[0]!.id, quantity: 4000 }]
    await tresen.play(cancelOrder, { id: order.id, reason: 'nicht lieferbar', lines })
    await untilQuiet()
    expect([shop.seen(id).ordered, shop.available(sku)]).toEqual([{ [sku]: 6 }, 94])
  })

  test('pieces taken off there are cancelled here, and not taken off again', async () => {
    const id = buy(10)
    await untilQuiet()
    shop.cancel(id, { sku, quantity: 3 })
    await untilQuiet()
    expect((await orderOf(id)).lines[0]!.cancelled).toBe(3000)
    expect([shop.seen(id).ordered, shop.available(sku)]).toEqual([{ [sku]: 7 }, 93])
  })

  test.each(['bacs', 'stripe'])(
    'a transfer the clerk booked is not booked again when the shop repeats it: %s',
    async (way) => {
      const id = shop.buy({ lines: [{ sku, quantity: 2 }], pay: 'later', email: 'beate@example.test' })
      Object.assign(shop.shop.orders.get(Number(id))!, { payment_method: way, payment_method_title: '' })
      await untilQuiet()
      const [order] = await tresen.sql<{ id: string; customerId: string; gross: number }>(
        'select id, customer_id as "customerId", gross from orders.sales_order where external_number = $1',
        [id],
      )
      const { id: orderId, customerId, gross } = order!
      const transfer = {
        amount: gross,
        method: 'transfer',
        reference: 'SEPA 7',
        receivedOn: '2026-11-23',
        allocations: [],
      }
      await tresen.play(recordPayment, { ...transfer, customerId, orderId })
      await untilQuiet()
      expect(shop.seen(id).paid).toBe(true)
      // somebody puts up the price there: the shop says more is paid than came in
      const doc = shop.shop.orders.get(Number(id))!
      doc.total = (Number(doc.total) + 5).toFixed(2)
      touch(shop.shop, doc)
      await untilQuiet()
      expect(await tresen.sql('select amount, method from payments.payment where order_id = $1', [orderId])).toEqual([
        { amount: gross, method: 'transfer' },
      ])
    },
  )

  test('a transfer that somebody ticks off in the shop is for the clerk to book, a card is booked', async () => {
    const buyBy = (way: string) => {
      const id = shop.buy({ lines: [{ sku, quantity: 1 }], pay: 'later', email: 'beate@example.test' })
      Object.assign(shop.shop.orders.get(Number(id))!, { payment_method: way, payment_method_title: '' })
      return id
    }
    const [transfer, card] = [buyBy('bacs'), buyBy('stripe')]
    await untilQuiet()
    for (const id of [transfer, card]) setStatus(shop.shop, shop.shop.orders.get(Number(id))!, 'processing')
    await untilQuiet()
    const paid = await tresen.sql(
      `select o.external_number as number from payments.payment p join orders.sales_order o on o.id = p.order_id
        where o.external_number in ($1, $2)`,
      [transfer, card],
    )
    expect(paid).toEqual([{ number: card }])
  })

  test('cancelled here it is cancelled there, and the shop shows the right stock', async () => {
    const id = buy(5)
    await untilQuiet()
    await tresen.play(cancelOrder, { id: (await orderOf(id)).id, reason: 'Kunde rief an' })
    await untilQuiet()
    expect([shop.seen(id).cancelled, shop.available(sku)]).toEqual([true, 100])
  })
})
