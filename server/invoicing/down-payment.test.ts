import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { findOrder } from '../orders/find-order.ts'
import { allocateCredit, recordPayment } from '../payments/record-payment.ts'
import { takeBack } from '../returns/take-back.ts'
import { correctInvoice } from './correct-invoice.ts'
import { findReceipts } from './find-down-payment.ts'
import { findInvoice, previewInvoice } from './find-invoices.ts'
import { issueDownPayment, previewDownPayment } from './issue-down-payment.ts'
import { issueInvoice } from './issue-invoice.ts'

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

const read = (id: string) => findInvoice(tresen.kernel.database, { id })
const statusOf = async (id: string) => (await findOrder(tresen.kernel.database, { id })).status
const correct = (id: string) => tresen.play(correctInvoice, { id, reason: 'abbestellt' })
const down = (orderId: string, wish: { percent: number } | { amount: number }) =>
  tresen.play(issueDownPayment, { orderId, ...wish })
const pay = (customerId: string, amount: number, change: { orderId?: string } = {}) =>
  tresen.play(recordPayment, {
    customerId,
    amount,
    receivedOn: '2026-11-23',
    method: 'transfer',
    allocations: [],
    ...change,
  })
/** open orders, not billed, open items, credits, down payments */
const accountOf = async (customerId: string) =>
  (
    await tresen.sql<{ account: number[] }>(
      'select array[open_orders, unbilled, open_items, credits, down_payments]::int[] as account from receivables.account where customer_id = $1',
      [customerId],
    )
  )[0]!.account
const partOf = (orderLineId: string, pieces: number) => ({ [orderLineId]: pieces * ONE })

/** Ten pieces of 10 € net, 119 € with VAT. */
const order = () => shop.order()

describe('a down-payment invoice', () => {
  test('asks for a share of the order, bills no piece, and is an open item until it is paid', async () => {
    const { id, customerId } = await order()
    const preview = await previewDownPayment(tresen.kernel.database, { orderId: id, percent: 3_000 })
    const invoice = await down(id, { percent: 3_000 })
    expect([preview.gross, invoice.gross, invoice.amountDue]).toEqual([3_570, 3_570, 3_570])
    expect(await read(invoice.id)).toMatchObject({
      kind: 'down-payment',
      net: 3_000,
      vat: 570,
      open: 3_570,
      skonto: [],
      lines: [],
      orders: [{ id }],
      downPayment: { left: 3_570, receipts: [], usedBy: [] },
    })
    expect(await statusOf(id)).toMatchObject({ invoicing: 'not-invoiced', payment: 'unpaid' })
    // it is in the order already: no second debt
    expect(await accountOf(customerId)).toEqual([11_900, 0, 3_570, 0, 3_570])
    await pay(customerId, 3_570)
    expect(await accountOf(customerId)).toEqual([11_900, 0, 0, 0, 3_570])
    expect(await statusOf(id)).toMatchObject({ invoicing: 'not-invoiced', payment: 'partly-paid' })
    expect((await read(invoice.id)).downPayment!.receipts).toMatchObject([
      { receivedOn: '2026-11-23', amount: 3_570, perRate: [{ rate: 1_900, net: 3_000, vat: 570 }] },
    ])
    const range = { from: '2026-11-23', to: '2026-11-23', limit: 50 }
    const { rows } = await findReceipts(tresen.kernel.database, range)
    expect(rows.filter((r) => r.invoiceId === invoice.id)).toMatchObject([
      { amount: 3_570, invoiceNumber: invoice.number, perRate: [{ net: 3_000, vat: 570 }] },
    ])
    expect(
      (await findReceipts(tresen.kernel.database, { ...range, from: '2026-11-24', to: '2026-11-30' })).rows,
    ).toEqual([])
  })
  test('is deducted with its tax by the invoice over the goods, and what is left is due', async () => {
    const { id, customerId } = await order()
    const first = await down(id, { percent: 3_000 })
    await pay(customerId, 3_570)
    const note = await shop.deliver([id])
    expect(await previewInvoice(tresen.kernel.database, { noteIds: [note.id] })).toMatchObject({
      delivered: 11_900,
      gross: 8_330,
      deductions: [{ id: first.id, net: 3_000, vat: 570, payable: 3_570 }],
      closings: [],
    })
    const final = await shop.bill([note.id])
    expect(await read(final.id)).toMatchObject({
      net: 7_000,
      vat: 1_330,
      gross: 8_330,
      open: 8_330,
      deductions: [{ number: first.number, net: 3_000, vat: 570, payable: 3_570 }],
    })
    expect((await read(first.id)).downPayment).toMatchObject({ left: 0, usedBy: [{ number: final.number }] })
    expect(await accountOf(customerId)).toEqual([0, 0, 8_330, 0, 0])
    expect((await statusOf(id)).payment).toBe('partly-paid')
    await pay(customerId, 8_330)
    expect(await statusOf(id)).toMatchObject({ order: 'completed', payment: 'paid' })
  })
})

describe('an invoice of an order with a down payment', () => {
  test('over a part deducts up to its own amount, the rest comes off the next', async () => {
    const { id, customerId, lines } = await order()
    const first = await down(id, { percent: 6_000 })
    await pay(customerId, 7_140)
    const part = await shop.bill([(await shop.deliver([id], partOf(lines[0]!.id, 5))).id])
    expect([part.gross, (await read(first.id)).downPayment!.left]).toEqual([0, 1_190])
    const rest = await shop.bill([(await shop.deliver([id])).id])
    expect(await read(rest.id)).toMatchObject({ net: 4_000, vat: 760, gross: 4_760 })
    expect([await accountOf(customerId), (await read(first.id)).downPayment!.left]).toEqual([[0, 0, 4_760, 0, 0], 0])
  })

  test('deducts what was received only; what was not paid is taken back along with it', async () => {
    const { id, customerId } = await order()
    const first = await down(id, { amount: 3_570 })
    await pay(customerId, 2_000)
    const note = await shop.deliver([id])
    const preview = await previewInvoice(tresen.kernel.database, { noteIds: [note.id] })
    const final = await shop.bill([note.id])
    expect([preview.gross, final.gross]).toEqual([9_900, 9_900])
    expect(preview.closings).toMatchObject([{ id: first.id, amount: 1_570 }])
    const closed = await read(first.id)
    expect(closed).toMatchObject({ open: 0, payment: 'paid', partlyCorrected: true, downPayment: { left: 0 } })
    const correction = await read(closed.correctedBy[0]!.id)
    expect(correction).toMatchObject({ gross: -1_570, kind: 'correction', corrects: { id: first.id } })
    expect(correction.reason).toContain(final.number)
    expect(await accountOf(customerId)).toEqual([0, 0, 9_900, 0, 0])
  })

  test('over a part leaves an unpaid down payment due for the rest of the order, and no more than that', async () => {
    const { id, customerId, lines } = await order()
    const first = await down(id, { amount: 3_570 })
    const part = await shop.bill([(await shop.deliver([id], partOf(lines[0]!.id, 6))).id])
    expect([part.gross, (await read(first.id)).open]).toEqual([7_140, 3_570])
    const more = await shop.bill([(await shop.deliver([id], partOf(lines[0]!.id, 3))).id])
    expect([more.gross, (await read(first.id)).open]).toEqual([3_570, 1_190])
    await pay(customerId, 1_190)
    const rest = await shop.bill([(await shop.deliver([id])).id])
    expect([rest.gross, await accountOf(customerId)]).toEqual([0, [0, 0, 10_710, 0, 0]])
  })

  test('that is taken back gives its deductions back, and the next makes them again', async () => {
    const { id, customerId } = await order()
    const first = await down(id, { percent: 3_000 })
    await pay(customerId, 3_570)
    const note = await shop.deliver([id])
    const wrong = await shop.bill([note.id])
    const correction = await correct(wrong.id)
    expect(await read(correction.id)).toMatchObject({ net: -7_000, gross: -8_330 })
    expect(await accountOf(customerId)).toEqual([0, 11_900, 0, 0, 3_570])
    const right = await shop.bill([note.id])
    expect([right.gross, (await read(first.id)).downPayment!.left]).toEqual([8_330, 0])
    // the correction can't be taken back now: what it gave back is used
    expect(await refusalOf(correct(correction.id))).toBe('more-than-delivered')
  })

  test('whose correction was a mistake deducts again, unless that is used meanwhile', async () => {
    const { id, customerId } = await order()
    const first = await down(id, { percent: 3_000 })
    await pay(customerId, 3_570)
    const wrong = await shop.bill([(await shop.deliver([id])).id])
    const correction = await correct(wrong.id)
    const again = await correct(correction.id)
    expect(await read(again.id)).toMatchObject({ gross: 8_330, open: 8_330 })
    expect(await accountOf(customerId)).toEqual([0, 0, 8_330, 0, 0])
    const third = await correct(again.id)
    await correct(first.id)
    expect(await refusalOf(correct(third.id))).toBe('down-payment-used')
  })

  test('whose goods all come back: what was paid, down payment and rest, is credit', async () => {
    const { id, customerId } = await order()
    await down(id, { percent: 3_000 })
    await pay(customerId, 3_570)
    const note = await shop.deliver([id])
    const final = await shop.bill([note.id])
    await pay(customerId, 8_330)
    const back = await tresen.play(takeBack, {
      customerId,
      locationId: shop.warehouse,
      money: 'credit',
      lines: [
        { noteLineId: note.lines[0]!.id, quantity: 4 * ONE, reason: 'other', condition: 'as-new', goods: 'restock' },
      ],
    })
    expect(back.credit).toBe(4_760)
    await correct(final.id)
    expect(await accountOf(customerId)).toEqual([0, 7_140, 0, 11_900, 0])
  })

  test('in gross prices with two rates comes out at exactly what was agreed, whatever the parts', async () => {
    const [goods, food] = [await shop.article(), await shop.article({ vatClass: 'reduced' })]
    const lines = [
      { article: goods.number, quantity: 3 * ONE, unitPrice: 99_900 },
      { article: food.number, quantity: 7 * ONE, unitPrice: 33_300 },
      { kind: 'shipping' as const, name: 'Versand', quantity: ONE, unitPrice: 49_000 },
    ]
    const placed = await shop.order({ channel: 'web', lines, paymentMethod: 'on-invoice' })
    const first = await down(placed.id, { amount: 2_001 })
    await pay(placed.customerId, 2_001)
    const second = await down(placed.id, { percent: 5_000 })
    await pay(placed.customerId, second.gross)
    const [a, b] = placed.lines
    const part = await shop.bill([(await shop.deliver([placed.id], { [a!.id]: ONE, [b!.id]: 3 * ONE })).id])
    const rest = await shop.bill([(await shop.deliver([placed.id])).id])
    const paid = first.gross + second.gross + part.gross + rest.gross
    expect([paid, (await read(second.id)).downPayment!.left]).toEqual([placed.gross, 0])
  })

  test('of another order or customer deducts nothing', async () => {
    const { id, customerId } = await order()
    const [{ number }] = (await tresen.sql<{ number: string }>('select number from customers.customer where id = $1', [
      customerId,
    ])) as [{ number: string }]
    await down(id, { percent: 3_000 })
    await pay(customerId, 3_570)
    const other = await shop.billed({ of: number })
    expect(other.invoice.gross).toBe(11_900)
  })
})

describe('a collective invoice', () => {
  test('deducts each order’s own down payment', async () => {
    const { number, id: customerId } = await shop.customer()
    const [a, b] = [await shop.order({ of: number }), await shop.order({ of: number })]
    await down(a.id, { percent: 10_000 })
    await pay(customerId, 11_900)
    await down(b.id, { percent: 1_000 })
    await pay(customerId, 1_190)
    const notes = [(await shop.deliver([a.id])).id, (await shop.deliver([b.id])).id]
    const invoice = await shop.bill(notes)
    expect(invoice.gross).toBe(10_710)
    expect((await read(invoice.id)).deductions).toHaveLength(2)
  })
})

describe('an invoice before delivery', () => {
  test('takes the money a web order was paid with; the invoice over the goods comes to nothing', async () => {
    const article = await shop.article()
    const placed = await shop.order({
      channel: 'web',
      paymentMethod: 'prepayment',
      lines: [{ article: article.number, quantity: 2 * ONE, unitPrice: 119_900 }],
      prepaid: { amount: 2_398, reference: 'PayPal', paidOn: '2026-11-20' },
    })
    const before = await down(placed.id, { percent: 10_000 })
    expect([before.gross, before.amountDue]).toEqual([2_398, 0])
    expect((await read(before.id)).downPayment!.receipts).toMatchObject([{ receivedOn: '2026-11-20', amount: 2_398 }])
    expect((await statusOf(placed.id)).payment).toBe('prepaid')
    const final = await shop.bill([(await shop.deliver([placed.id])).id])
    expect(await read(final.id)).toMatchObject({ net: 0, vat: 0, gross: 0, amountDue: 0, payment: 'nothing-to-pay' })
    expect(await statusOf(placed.id)).toMatchObject({ order: 'completed', payment: 'paid' })
    expect(await accountOf(placed.customerId)).toEqual([0, 0, 0, 0, 0])
  })

  test('sets a waiting order free once it is paid, and the money counts once', async () => {
    const placed = await shop.order({ paymentMethod: 'prepayment' })
    expect((await statusOf(placed.id)).order).toBe('on-hold')
    await down(placed.id, { percent: 10_000 })
    expect(await accountOf(placed.customerId)).toEqual([0, 0, 11_900, 0, 11_900])
    await pay(placed.customerId, 11_900, { orderId: placed.id })
    expect(await statusOf(placed.id)).toMatchObject({ order: 'active', payment: 'prepaid' })
    expect(await accountOf(placed.customerId)).toEqual([11_900, 0, 0, 0, 11_900])
    const [row] = await tresen.sql('select prepaid from orders.sales_order where id = $1', [placed.id])
    expect(row).toEqual({ prepaid: 11_900 })
  })

  test('paid without saying for what, or with a credit, sets it free as well', async () => {
    const { number, id: customerId } = await shop.customer()
    const credit = await pay(customerId, 5_000)
    const placed = await shop.order({ of: number, paymentMethod: 'prepayment' })
    const before = await down(placed.id, { percent: 10_000 })
    await tresen.play(allocateCredit, {
      id: credit.id,
      allocations: [{ invoiceId: before.id, amount: 5_000, skonto: 0 }],
    })
    expect(await statusOf(placed.id)).toMatchObject({ order: 'on-hold', payment: 'partly-paid' })
    await pay(customerId, 6_900)
    expect(await statusOf(placed.id)).toMatchObject({ order: 'active', payment: 'prepaid' })
  })

  test('of which pieces are cancelled later: the rest is taken back and stays the customer’s credit', async () => {
    const { id, customerId, lines } = await order()
    const before = await down(id, { percent: 10_000 })
    await pay(customerId, 11_900)
    const note = await shop.deliver([id], partOf(lines[0]!.id, 8))
    await tresen.play(cancelOrder, { id, reason: 'nicht lieferbar' })
    expect((await shop.bill([note.id])).gross).toBe(0)
    expect((await read(before.id)).downPayment!.left).toBe(2_380)
    const correction = await correct(before.id)
    expect(await read(correction.id)).toMatchObject({ net: -2_000, vat: -380, gross: -2_380 })
    expect((await read(before.id)).payment).toBe('paid')
    expect(await accountOf(customerId)).toEqual([0, 0, 0, 2_380, 0])
    expect(await refusalOf(correct(before.id))).toBe('nothing-to-credit')
    expect(await refusalOf(correct(correction.id))).toBe('correction-of-down-payment')
  })
})

describe('a down payment is refused', () => {
  test('beyond what is still to be billed of the order, to the cent', async () => {
    const { id, customerId, lines } = await order()
    await down(id, { percent: 5_000 })
    expect(await refusalOf(down(id, { amount: 5_951 }))).toBe('down-payment-too-high')
    await tresen.play(issueInvoice, { noteIds: [(await shop.deliver([id], partOf(lines[0]!.id, 4))).id] })
    expect(await refusalOf(down(id, { amount: 1_191 }))).toBe('down-payment-too-high')
    expect((await down(id, { amount: 1_190 })).gross).toBe(1_190)
    expect(await accountOf(customerId)).toEqual([7_140, 0, 11_900, 0, 7_140])
  })

  test('for an order that is not there, or of which nothing is left', async () => {
    const { id } = await order()
    await tresen.play(cancelOrder, { id, reason: 'abbestellt' })
    expect(await refusalOf(down(id, { percent: 3_000 }))).toBe('nothing-to-invoice')
    expect(await refusalOf(down('01990000-0000-7000-8000-000000000000', { percent: 3_000 }))).toBe('not-found')
  })

  test('whole when it was a mistake, the money waits for the next', async () => {
    const { id, customerId } = await order()
    const wrong = await down(id, { percent: 3_000 })
    await pay(customerId, 3_570)
    await correct(wrong.id)
    expect((await read(wrong.id)).payment).toBe('corrected')
    expect(await accountOf(customerId)).toEqual([11_900, 0, 0, 3_570, 0])
    const right = await down(id, { percent: 5_000 })
    expect([right.gross, right.amountDue]).toEqual([5_950, 2_380])
    expect((await read(right.id)).downPayment!.receipts).toMatchObject([{ amount: 3_570 }])
  })
})
