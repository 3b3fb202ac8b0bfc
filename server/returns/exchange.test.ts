import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { saveChannel } from '../branches/index.ts'
import { changeCustomer } from '../customers/index.ts'
import { findInvoice } from '../invoicing/find-invoices.ts'
import { issueInvoice } from '../invoicing/index.ts'
import { newId } from '../kernel/index.ts'
import { findOrder } from '../orders/find-order.ts'
import { recordPayment } from '../payments/index.ts'
import { cancelReturn } from './cancel-return.ts'
import { findReturn } from './find-returns.ts'
import { previewReturn } from './preview-return.ts'
import { takeBack } from './take-back.ts'

vi.setConfig({ testTimeout: 60_000 })

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

/** Ten pieces of 10 € net, billed and paid. */
async function sold(change: Parameters<TestShop['customer']>[0] = {}) {
  const customer = await shop.customer(change)
  const { invoice, noteId, customerId } = await shop.billed({ of: customer.number })
  const [line] = await tresen.sql<{ id: string }>('select id from delivery.note_line where note_id = $1', [noteId])
  await tresen.play(recordPayment, {
    customerId,
    amount: invoice.amountDue,
    receivedOn: '2026-11-24',
    method: 'transfer',
    allocations: [{ invoiceId: invoice.id, amount: invoice.amountDue, skonto: 0 }],
  })
  return { customerId, lineId: line!.id, invoice }
}
type Wish = NonNullable<TakeBackInput['exchange']>
const inputOf = (
  lineId: string,
  exchange: Partial<Wish> & Pick<Wish, 'lines'>,
  change: Partial<TakeBackInput> = {},
) => ({
  locationId: shop.warehouse,
  money: 'credit' as const,
  lines: [
    {
      noteLineId: lineId,
      quantity: 2 * ONE,
      reason: 'defective' as const,
      condition: 'damaged' as const,
      goods: 'scrap' as const,
    },
  ],
  exchange: { deliver: 'hand-over-now' as const, billNow: false, ...exchange },
  ...change,
})
const back = (...args: Parameters<typeof inputOf>) => tresen.play(takeBack, inputOf(...args))
const counts = async () =>
  (
    await tresen.sql<Record<'orders' | 'returns' | 'invoices' | 'notes' | 'movements', number>>(
      `select (select count(*) from orders.sales_order)::int as orders, (select count(*) from returns.goods_return)::int as returns, (select count(*) from invoicing.invoice)::int as invoices,
              (select count(*) from delivery.note)::int as notes, (select count(*) from stock.movement)::int as movements`,
    )
  )[0]
const pieces = (articleId: string, n: number) => ({ articleId, quantity: n * ONE })

test('other goods are handed over in the same step; the invoice that comes later is settled with what came back', async () => {
  const { customerId, lineId } = await sold()
  const { id: other } = await shop.article({ listPrice: 150_000 })
  const preview = await previewReturn(tresen.kernel.database, inputOf(lineId, { lines: [pieces(other, 2)] }))
  // 2 x 10 € came back, 2 x 15 € go out, both plus 19 %
  expect(preview.exchange).toMatchObject({ gross: 3_570, setOff: 2_380, toPay: 1_190 })
  const { id, exchange, credit } = await back(lineId, { lines: [pieces(other, 2)] })
  expect([exchange, credit]).toMatchObject([{ gross: 3_570, setOff: 2_380, toPay: 1_190, invoiceId: null }, 0])
  expect((await findOrder(tresen.kernel.database, { id: exchange!.orderId })).status).toMatchObject({
    order: 'active',
    delivery: 'delivered',
    invoicing: 'not-invoiced',
  })
  const invoice = await tresen.play(issueInvoice, { noteIds: [exchange!.noteId!] })
  expect([invoice.gross, invoice.amountDue]).toEqual([3_570, 1_190])
  expect((await findInvoice(tresen.kernel.database, { id: invoice.id })).open).toBe(1_190)
  const shown = await findReturn(tresen.kernel.database, { id })
  expect(shown.exchange).toMatchObject({
    order: { number: exchange!.orderNumber },
    note: { number: exchange!.noteNumber },
  })
  const [account] = await tresen.sql('select open_items, credits from receivables.account where customer_id = $1', [
    customerId,
  ])
  expect(account).toEqual({ open_items: 1_190, credits: 0 })
})

test('billed at once, what is left of cheaper goods is paid out', async () => {
  const { lineId } = await sold()
  const { id: other } = await shop.article({ listPrice: 50_000 })
  const { exchange, refunded, credit } = await back(
    lineId,
    { lines: [pieces(other, 1)], billNow: true },
    { money: 'refund', refund: { method: 'cash' } },
  )
  expect([exchange!.toPay, refunded, credit]).toEqual([0, 2_380 - 595, 0])
  expect(await findInvoice(tresen.kernel.database, { id: exchange!.invoiceId! })).toMatchObject({
    open: 0,
    payment: 'paid',
  })
})

test('a price of the desk holds, and what is shipped later waits for its picker', async () => {
  const { lineId } = await sold()
  const { id: other } = await shop.article()
  const line = { ...pieces(other, 1), unitPrice: 70_000 }
  const { exchange } = await back(lineId, { lines: [line], deliver: 'ship-later' })
  expect(exchange).toMatchObject({ gross: 833, noteId: null, toPay: 0 })
  expect((await findOrder(tresen.kernel.database, { id: exchange!.orderId })).status.delivery).toBe('ready')
})

test('who may not buy on account exchanges as well, and pays the difference at the counter', async () => {
  const { lineId, customerId } = await sold()
  await tresen.play(changeCustomer, { id: customerId, mayBuyOnDeliveryNote: false })
  const { id: other } = await shop.article({ listPrice: 200_000 })
  const { exchange } = await back(lineId, { lines: [pieces(other, 2)], billNow: true })
  expect(exchange!.toPay).toBe(2_380)
  expect((await findOrder(tresen.kernel.database, { id: exchange!.orderId })).paymentMethod).toBe('cash-on-delivery')
})

test('what is refused of it takes back the whole', async () => {
  const { lineId, customerId } = await sold()
  const { id: scarce } = await shop.article({ stock: 1 })
  const { id: plenty } = await shop.article()
  const { id: unpriced } = await shop.article({ listPrice: undefined })
  const before = await counts()
  expect(await refusalOf(back(lineId, { lines: [pieces(scarce, 2)] }))).toBe('exchange-not-in-stock')
  expect(await refusalOf(back(lineId, { lines: [pieces(plenty, 1), pieces(newId(), 1)] }))).toBe('not-found')
  expect(await refusalOf(back(lineId, { lines: [pieces(plenty, 1)], channel: 'nirgends' }))).toBe('unknown-channel')
  expect(await refusalOf(back(lineId, { lines: [pieces(unpriced, 1)] }))).toBe('exchange-not-possible')
  await tresen.play(changeCustomer, { id: customerId, blocked: true })
  expect(await refusalOf(back(lineId, { lines: [pieces(plenty, 1)] }))).toBe('exchange-not-possible')
  await tresen.play(changeCustomer, { id: customerId, blocked: false, creditLimit: 1 })
  expect(await refusalOf(back(lineId, { lines: [pieces(plenty, 9)] }))).toBe('exchange-not-possible')
  expect(await counts()).toEqual(before)
})

test('sent twice it happens once, and two desks with the same goods exchange them once', async () => {
  const { lineId } = await sold()
  const { id: other } = await shop.article()
  const input = inputOf(lineId, { lines: [pieces(other, 1)] })
  const before = await counts()
  const [one, two] = await Promise.all([1, 2].map(() => tresen.play(takeBack, input, { key: 'desk-1' })))
  expect(two).toEqual(one)
  const after = await counts()
  expect([after!.orders - before!.orders, after!.returns - before!.returns, after!.notes - before!.notes]).toEqual([
    1, 1, 1,
  ])
  const all = { ...input, lines: [{ ...input.lines[0]!, quantity: 8 * ONE }] }
  const outcomes = await Promise.all([1, 2, 3].map(() => refusalOf(tresen.play(takeBack, all))))
  expect(outcomes.filter((o) => o === 'more-than-returnable')).toHaveLength(2)
})

test('it is sold where the desk stands: its branch before the telephone', async () => {
  const { lineId } = await sold()
  const { id: other } = await shop.article({ at: shop.branch })
  await tresen.play(saveChannel, {
    id: newId(),
    code: 'tresen-gr',
    name: 'Tresen',
    kind: 'branch',
    priceMode: 'gross',
    locations: [shop.branch],
    paymentMethods: {},
    active: true,
  })
  const { exchange } = await back(lineId, { lines: [pieces(other, 1)] }, { locationId: shop.branch })
  const order = await findOrder(tresen.kernel.database, { id: exchange!.orderId })
  expect([order.channel, order.gross]).toEqual(['tresen-gr', 1_190])
})

test('a return is not cancelled while its exchange stands', async () => {
  const { lineId } = await sold()
  const { id: other } = await shop.article()
  const { id, exchange } = await back(lineId, { lines: [pieces(other, 1)] })
  expect(await refusalOf(tresen.play(cancelReturn, { id, reason: 'doch nicht' }))).toBe('exchange-stands')
  const [line] = await tresen.sql<{ id: string }>('select id from delivery.note_line where note_id = $1', [
    exchange!.noteId,
  ])
  await tresen.play(takeBack, {
    locationId: shop.warehouse,
    money: 'credit',
    lines: [{ noteLineId: line!.id, quantity: ONE, reason: 'other', condition: 'as-new', goods: 'restock' }],
  })
  await tresen.play(cancelReturn, { id, reason: 'doch nicht' })
})
