import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { correctInvoice } from '../invoicing/index.ts'
import { findOrder } from '../orders/find-order.ts'
import { allocateCredit, type PaymentInput, recordPayment } from './record-payment.ts'

vi.setConfig({ testTimeout: 30_000 })

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

const pay = (customerId: string, amount: number, change: Partial<PaymentInput> = {}) =>
  tresen.play(recordPayment, {
    customerId,
    amount,
    receivedOn: '2026-11-30',
    method: 'transfer',
    allocations: [],
    ...change,
  })
const openOf = async (invoiceId: string) =>
  (await tresen.sql<{ open: number }>('select open from receivables.open_item where invoice_id = $1', [invoiceId]))[0]!
    .open
const creditOf = async (customerId: string) =>
  (
    await tresen.sql<{ credits: number }>('select credits from receivables.account where customer_id = $1', [
      customerId,
    ])
  )[0]!.credits
const paymentOf = async (orderId: string) => (await findOrder(tresen.kernel.database, { id: orderId })).status.payment

test('a whole payment settles the invoice, a part of it leaves the rest open', async () => {
  const { id, invoice, customerId } = await shop.billed()
  await pay(customerId, 4_000)
  expect([await openOf(invoice.id), await paymentOf(id)]).toEqual([7_900, 'partly-paid'])
  await pay(customerId, 7_900)
  expect([await openOf(invoice.id), await paymentOf(id)]).toEqual([0, 'paid'])
})

test('what is too much stays as the customer’s credit and settles a later invoice when somebody says so', async () => {
  const { number, id: customerId } = await shop.customer()
  await shop.billed({ of: number })
  const payment = await pay(customerId, 15_000)
  expect([payment.left, await creditOf(customerId)]).toEqual([3_100, 3_100])
  const next = await shop.billed({ of: number })
  const allocations = [{ invoiceId: next.invoice.id, amount: 3_100, skonto: 0 }]
  expect(await tresen.play(allocateCredit, { id: payment.id, allocations })).toEqual({ left: 0 })
  expect([await openOf(next.invoice.id), await creditOf(customerId)]).toEqual([8_800, 0])
  expect(await refusalOf(tresen.play(allocateCredit, { id: payment.id, allocations }))).toBe(
    'allocation-exceeds-payment',
  )
})

test('a payment less Skonto, in time, settles the invoice and the ledger shows both', async () => {
  const { invoice, customerId } = await shop.billed()
  await pay(customerId, 11_662, { receivedOn: '2026-12-04' })
  expect(await openOf(invoice.id)).toBe(0)
  const entries = await tresen.sql('select kind, amount from receivables.entry where customer_id = $1 order by id', [
    customerId,
  ])
  expect(entries).toEqual([
    { kind: 'invoice', amount: 11_900 },
    { kind: 'payment', amount: -11_662 },
    { kind: 'skonto', amount: -238 },
  ])
})

test('Skonto a day late or too high is refused, and nothing is booked', async () => {
  const { invoice, customerId } = await shop.billed()
  const withSkonto = (skonto: number, receivedOn: string) =>
    refusalOf(
      pay(customerId, 11_900 - skonto, {
        receivedOn,
        allocations: [{ invoiceId: invoice.id, amount: 11_900 - skonto, skonto }],
      }),
    )
  expect(await withSkonto(238, '2026-12-05')).toBe('skonto-too-late')
  expect(await withSkonto(239, '2026-12-04')).toBe('skonto-too-high')
  expect(await openOf(invoice.id)).toBe(11_900)
  expect(await tresen.sql('select 1 from payments.payment where customer_id = $1', [customerId])).toEqual([])
})

test('one transfer over several invoices, as the clerk says', async () => {
  const { number, id: customerId } = await shop.customer()
  const [a, b, c] = [
    await shop.billed({ of: number }),
    await shop.billed({ of: number }),
    await shop.billed({ of: number }),
  ]
  const allocations = [
    { invoiceId: a.invoice.id, amount: 11_662, skonto: 238 },
    { invoiceId: c.invoice.id, amount: 5_000, skonto: 0 },
  ]
  expect(await pay(customerId, 17_000, { allocations })).toMatchObject({ left: 338 })
  expect([await openOf(a.invoice.id), await openOf(b.invoice.id), await openOf(c.invoice.id)]).toEqual([
    0, 11_900, 6_900,
  ])
})

test('the same invoice named twice is settled by both parts', async () => {
  const { invoice, customerId } = await shop.billed()
  const part = { invoiceId: invoice.id, amount: 3_000, skonto: 0 }
  await pay(customerId, 6_000, { allocations: [part, part] })
  expect(await openOf(invoice.id)).toBe(5_900)
  expect(await refusalOf(pay(customerId, 6_000, { allocations: [part, part] }))).toBe('allocation-exceeds-open')
})

test('another customer’s invoice is not settled', async () => {
  const [mine, theirs] = [await shop.billed(), await shop.billed()]
  const allocations = [{ invoiceId: theirs.invoice.id, amount: 100, skonto: 0 }]
  expect(await refusalOf(pay(mine.customerId, 100, { allocations }))).toBe('other-customer')
})

test('what was paid ahead in two parts settles the invoice, the rest is due', async () => {
  const order = await shop.order({ paymentMethod: 'prepayment' })
  await pay(order.customerId, 6_000, { orderId: order.id })
  await pay(order.customerId, 5_900, { orderId: order.id })
  expect(await paymentOf(order.id)).toBe('prepaid')
  const note = await shop.deliver([order.id])
  const invoice = await shop.bill([note.id])
  expect([invoice.amountDue, await openOf(invoice.id), await creditOf(order.customerId)]).toEqual([0, 0, 0])
  expect(await paymentOf(order.id)).toBe('paid')
})

test('two payments at the same moment both count, and neither settles a cent twice', async () => {
  const { invoice, customerId } = await shop.billed()
  await Promise.all([pay(customerId, 8_000), pay(customerId, 8_000)])
  expect([await openOf(invoice.id), await creditOf(customerId)]).toEqual([0, 4_100])
})

test('a payment of an invoice that was corrected becomes credit and can be used again', async () => {
  const { number, id: customerId } = await shop.customer()
  const [wrong, other] = [await shop.billed({ of: number }), await shop.billed({ of: number })]
  await pay(customerId, 11_900, { allocations: [{ invoiceId: wrong.invoice.id, amount: 11_900, skonto: 0 }] })
  const correction = await tresen.play(correctInvoice, { id: wrong.invoice.id, reason: 'falsch' })
  expect(await creditOf(customerId)).toBe(11_900)
  await tresen.play(allocateCredit, {
    id: correction.id,
    allocations: [{ invoiceId: other.invoice.id, amount: 11_900, skonto: 0 }],
  })
  expect([await openOf(other.invoice.id), await creditOf(customerId)]).toEqual([0, 0])
})
