import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import { findCustomer } from '../../customers/find-customers.ts'
import { linkShopAccount } from '../../customers/link-shop-account.ts'
import { cancelOrder } from '../../orders/index.ts'
import { standInShopify } from '../shopify/stand-in.ts'
import { standInShopware } from '../shopware/stand-in.ts'
import { idOf } from '../shopware/stand-in-shop.ts'
import type { StandIn } from '../stand-in.ts'
import { openStandInSync } from './test-sync.ts'

/* The engine with each of the two connectors against its stand-in, from order to shipment, on good days and bad ones. */

const shops = {
  shopify: { open: standInShopify, cancelsPieces: true, account: 'gid://shopify/CompanyLocation/5' },
  shopware: { open: standInShopware, cancelsPieces: false, account: idOf('customer', 2) },
} as const

describe.each(['shopify', 'shopware'] as const)('%s', (kind) => {
  let tresen: TestKernel
  let here: TestShop
  let shop: StandIn
  let sync: Awaited<ReturnType<typeof openStandInSync>>
  let sku: string

  beforeAll(async () => {
    tresen = await testKernel()
    here = await openTestShop(tresen)
    shop = await shops[kind].open()
    sync = await openStandInSync(tresen, kind, shop)
  })
  beforeEach(async () => {
    sku = await sync.sell(here)
  })
  afterAll(async () => {
    await sync.stop()
    await shop.close()
    expect(await tresen.findBroken()).toEqual([])
    await tresen.close()
  })

  const buy = (quantity: number, pay: 'later' | 'now' = 'now') =>
    shop.buy({ lines: [{ sku, quantity }], pay, email: 'beate@example.test' })
  const untilQuiet = () => sync.untilQuiet()
  const orderOf = (id: string) => sync.orderOf(id)

  test('an order is taken, its stock told, delivered in parts, and the shop knows', async () => {
    expect(shop.available(sku)).toBe(100)
    const id = buy(10)
    await untilQuiet()
    const order = await orderOf(id)
    expect(shop.available(sku)).toBe(90)
    await here.deliver([order.id], { [order.lines[0]!.id]: 4000 })
    await untilQuiet()
    expect(shop.seen(id)).toMatchObject({ shipped: { [sku]: 4 }, cancelled: false, paid: true })
    await here.deliver([order.id])
    await untilQuiet()
    expect(shop.seen(id)).toMatchObject({ shipped: { [sku]: 10 } })
    expect(shop.available(sku)).toBe(90)
  })

  test('an account there is linked: what its owner changed in the shop is taken', async () => {
    const { id } = await here.customer({ name: 'Probst Bau GmbH' })
    await tresen.play(linkShopAccount, { id, channel: 'web', shopCustomerId: shops[kind].account })
    await untilQuiet()
    expect(await findCustomer(tresen.kernel.database, { id })).toMatchObject({
      vatId: 'DE999999999',
      billTo: { street: 'Lindenweg 4', postalCode: '02763', city: 'Zittau' },
    })
  })

  test('pieces taken off there are cancelled here, once', async () => {
    const id = buy(10)
    await untilQuiet()
    shop.cancel(id, { sku, quantity: 3 })
    await untilQuiet()
    expect((await orderOf(id)).lines[0]!.cancelled).toBe(3000)
    expect([shop.seen(id).ordered, shop.available(sku)]).toEqual([{ [sku]: 7 }, 93])
  })

  test('pieces cancelled here are for sale again there, and taken off where the shop can', async () => {
    const id = buy(10)
    await untilQuiet()
    const order = await orderOf(id)
    const lines = [{ lineId: order.lines[0]!.id, quantity: 4000 }]
    await tresen.play(cancelOrder, { id: order.id, reason: 'nicht lieferbar', lines })
    await untilQuiet()
    const left = shops[kind].cancelsPieces ? 6 : 10
    expect([shop.seen(id).ordered, shop.available(sku)]).toEqual([{ [sku]: left }, 94])
  })

  test('cancelled on either side it is cancelled on the other, and the shop shows the right stock', async () => {
    const [ours, theirs] = [buy(5), buy(7)]
    await untilQuiet()
    await tresen.play(cancelOrder, { id: (await orderOf(ours)).id, reason: 'Kunde rief an' })
    shop.cancel(theirs)
    await untilQuiet()
    expect((await orderOf(theirs)).lines[0]!.cancelled).toBe(7000)
    expect([shop.seen(ours).cancelled, shop.available(sku)]).toEqual([true, 100])
  })

  test('a third of all calls fail or lose their answer: nothing is delivered, cancelled or sold twice', async () => {
    shop.trouble.calls = 0.33
    const ids: string[] = []
    for (let round = 0; round < 12; round++) {
      if (shop.available(sku) >= 3) ids.push(buy(3))
      await sync.look()
      if (round % 4 === 3) shop.cancel(ids[round % ids.length]!, { sku, quantity: 1 })
      await sync.settle()
    }
    shop.trouble.calls = 0
    await tresen.sql("update shops.task set state = 'open', attempts = 0, not_before = null where state = 'dead'")
    await untilQuiet()
    const orders = await Promise.all(ids.map(orderOf))
    // each guest is a customer of his own
    for (const order of orders) await here.deliver([order.id])
    shop.trouble.calls = 0.33
    for (let round = 0; round < 30; round++) {
      await sync.look()
      await sync.settle()
    }
    shop.trouble.calls = 0
    await tresen.sql("update shops.task set state = 'open', attempts = 0, not_before = null where state = 'dead'")
    await untilQuiet()
    const left = ids.map((id) => shop.seen(id).ordered[sku]!)
    expect(ids.map((id) => shop.seen(id).shipped[sku])).toEqual(left)
    expect(shop.available(sku)).toBe(100 - left.reduce((a, b) => a + b, 0))
  })
})
