import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Day } from '../../common/dates.ts'
import { type NewOrderInput, newOrder } from '../../common/orders/api.ts'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { findCustomer } from '../customers/find-customers.ts'
import { findShopAccounts, linkShopAccount } from '../customers/link-shop-account.ts'
import { changeCustomer } from '../customers/save-customer.ts'
import { createDeliveryNote } from '../delivery/index.ts'
import { cancelOrder, placeOrder, recordPrepayment, releaseOrder } from './index.ts'

/* An order on credit whose buyer is only alike to a customer: 11.90 € for somebody with his VAT id. */

let tresen: TestKernel
let shop: TestShop
let known: { id: string; number: string }
let held: Awaited<ReturnType<typeof order>>
let count = 10
/** the stranger's account in the shop */
let account: string

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})
beforeEach(async () => {
  count += 1
  account = `konto-${count}`
  known = await shop.customer({ vatId: `DE0000000${count}` })
  held = await order()
})

async function order(who: Partial<NewOrderInput['customer']> = {}, change: Partial<NewOrderInput> = {}) {
  const article = await shop.article()
  const customer = { vatId: `DE0000000${count}`, shopCustomerId: account, ...who }
  const lines = [{ article: article.number, quantity: ONE }]
  const input = newOrder.parse({ channel: 'web', paymentMethod: 'on-delivery-note', customer, lines, ...change })
  const result = await tresen.play((work, order: typeof input) => placeOrder(work, order, { problems: [] }), input)
  return { orderId: result.orderId!, outcome: result.outcome, codes: result.reasons.map(({ code }) => code) }
}
const release = (linkShopAccount: boolean, orderId = held.orderId) =>
  tresen.play(releaseOrder, { id: orderId, reason: 'angerufen', linkShopAccount })
const openOrders = async () =>
  (
    await tresen.sql<{ open_orders: number }>('select open_orders from receivables.account where customer_id = $1', [
      known.id,
    ])
  )[0]!.open_orders
const accounts = async () => (await findShopAccounts(tresen.kernel.database, known.id)).map((one) => one.shopCustomerId)

test('nothing leaves, and nothing of the customer’s limit is taken', async () => {
  expect(held.outcome).toBe('on-hold')
  expect(await refusalOf(tresen.play(createDeliveryNote, { orderIds: [held.orderId] }))).toBe('order-on-hold')
  expect(await openOrders()).toBe(0)
})

test('“that is him”: released, the account linked with history, and the next order is his for sure', async () => {
  await release(true)
  expect([await accounts(), await openOrders()]).toEqual([[account], 1190])
  const [version] = await tresen.sql<{ before: unknown }>(
    'select before from customers.version where customer_id = $1',
    [known.id],
  )
  expect(version!.before).toMatchObject({ number: known.number, shopAccounts: [] })
  const [entry] = await tresen.sql(
    'select before, after from kernel.journal where subject_id = $1 and before is not null',
    [held.orderId],
  )
  expect(entry).toMatchObject({
    before: { hold: [{ code: 'buyer-not-linked', facts: { matchedBy: 'vat', shopCustomerId: account } }] },
    after: { reason: 'angerufen', linked: true },
  })
  expect(
    await tresen.sql("select data from kernel.event where type = 'customer.linked' and data->>'customerId' = $1", [
      known.id,
    ]),
  ).toHaveLength(1)
  await shop.deliver([held.orderId])
  expect((await order()).outcome).toBe('accepted')
})

test('released without linking, the next one is held again', async () => {
  await release(false)
  expect([await accounts(), await openOrders()]).toEqual([[], 1190])
  expect((await order()).outcome).toBe('on-hold')
})

test('cancelled, nothing is left of it', async () => {
  await tresen.play(cancelOrder, { id: held.orderId, reason: 'kennt keiner' })
  expect([await accounts(), await openOrders()]).toEqual([[], 0])
})

test('a guest’s id is nothing to link, and an account of somebody else stays his', async () => {
  const guest = await order({ guest: true })
  expect(await refusalOf(release(true, guest.orderId))).toBe('no-shop-account')
  const other = await shop.customer()
  await tresen.play(linkShopAccount, { id: other.id, channel: 'web', shopCustomerId: account })
  expect(await refusalOf(release(true))).toBe('shop-account-taken')
  expect([await accounts(), await openOrders()]).toEqual([[], 0])
})

test('a guest who types a customer number is no better than one who types a VAT id', async () => {
  const guest = await order({ customerNumber: known.number, guest: true })
  expect([guest.outcome, guest.codes]).toEqual(['on-hold', ['buyer-not-linked']])
  expect((await order({ customerNumber: known.number })).outcome).toBe('accepted')
})

test('a shop connected behind a channel of another kind is a shop all the same', async () => {
  expect((await order({}, { channel: 'phone' })).codes).toEqual(['buyer-not-linked'])
})

test('the id of a guest becomes nobody’s account by itself, also where he is granted credit later', async () => {
  const billTo = { name: 'Erika Gast', street: 'Weg 1', postalCode: '02625', city: 'Bautzen' }
  const who = { email: `gast-${count}@example.org`, vatId: undefined, shopCustomerId: `gast-${count}`, guest: true }
  const first = await order(who, { billTo, paymentMethod: 'cash-on-delivery' })
  expect(first.outcome).toBe('accepted')
  const [row] = await tresen.sql<{ id: string }>('select customer_id as id from orders.sales_order where id = $1', [
    first.orderId,
  ])
  await tresen.play(changeCustomer, { id: row!.id, mayBuyOnDeliveryNote: true, creditLimit: 100_000 })
  expect(await findShopAccounts(tresen.kernel.database, row!.id)).toEqual([])
  // somebody registers in the shop with that e-mail and gets the id; the shop may have asked for no proof
  const registered = await order({ ...who, guest: false })
  expect(registered.codes).toEqual(['buyer-not-linked'])
  await release(true, registered.orderId)
  expect((await order({ ...who, guest: false })).outcome).toBe('accepted')
  expect((await order(who)).codes).toEqual(['buyer-not-linked'])
})

test('where he wants it sent is not offered for other orders, before somebody says that it is him', async () => {
  const deliverTo = { name: 'Unbekannt', street: 'Hinterhof 3', postalCode: '10115', city: 'Berlin' }
  const away = await order({}, { deliverTo })
  const offered = async () =>
    (await findCustomer(tresen.kernel.database, { id: known.id })).deliverTo.map((one) => one.street)
  expect(await offered()).toEqual([])
  await release(false, away.orderId)
  expect(await offered()).toEqual(['Hinterhof 3'])
})

test('a part paid takes nothing of the limit either; paid in full it waits for nobody', async () => {
  const pay = (amount: number) =>
    tresen.play(recordPrepayment, {
      orderId: held.orderId,
      customerId: known.id,
      amount,
      reference: 'PayPal',
      receivedOn: '2026-11-24' as Day,
    })
  await pay(1189)
  expect(await openOrders()).toBe(0)
  expect(await refusalOf(tresen.play(createDeliveryNote, { orderIds: [held.orderId] }))).toBe('order-on-hold')
  await pay(1)
  expect(await openOrders()).toBe(1190)
  await tresen.play(createDeliveryNote, { orderIds: [held.orderId] })
})

test('the shop hears nothing of the customer’s limit; the clerk sees both reasons', async () => {
  await tresen.play(changeCustomer, { id: known.id, creditLimit: 1 })
  const { orderId, codes } = await order()
  expect(codes).toEqual(['buyer-not-linked'])
  const [row] = await tresen.sql<{ hold: { code: string }[] }>('select hold from orders.sales_order where id = $1', [
    orderId,
  ])
  expect(row!.hold.map(({ code }) => code)).toEqual(['buyer-not-linked', 'credit-limit'])
})
