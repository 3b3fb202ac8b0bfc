import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import { saveChannel } from '../../branches/index.ts'
import { cancelOrder, completeParkedOrder, discardParkedOrder } from '../../orders/index.ts'
import { recordPayment } from '../../payments/index.ts'
import { correctStock } from '../../stock/index.ts'
import { connectShop } from '../connect-shop.ts'
import { findShops } from '../find-shops.ts'
import { saveListing } from '../save-listing.ts'
import { ShopError } from '../shop-error.ts'
import { findCatalogue } from '../show-catalogue.ts'
import { matchShop, recountShop, settleConflict } from '../wish-work.ts'
import { HOOK_SECRET, type PlainShop, plainShop } from './plain-shop.ts'
import { receiveHook } from './receive-hook.ts'
import { openSync } from './test-sync.ts'

let tresen: TestKernel
let here: TestShop
let shop: PlainShop
let sync: Awaited<ReturnType<typeof openSync>>
let sku: string

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  shop = plainShop(Math.random)
  sync = await openSync(tresen, shop)
})
afterAll(async () => {
  await sync.stop()
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})
beforeEach(async () => {
  sku = (await here.article({ stock: 100 })).number
  shop.addArticle(sku, 0)
  await tresen.play(matchShop, { channelId: sync.channelId })
  await sync.untilQuiet()
})

const orderOf = (id: string) => sync.orderOf(id)
const parked = (id: string) =>
  tresen.sql<{ id: string; reasons: { code: string }[] }>(
    "select id, reasons from orders.parked_order where external_number = $1 and state = 'parked'",
    [`P-${id}`],
  )

describe('orders come in', () => {
  test('by a hook, once, however often it comes', async () => {
    const id = shop.buy([{ sku, quantity: 3 }])
    expect(await sync.hook(id, 'delivery-1')).toEqual({ fresh: true })
    expect(await sync.hook(id, 'delivery-1')).toEqual({ fresh: false })
    await sync.hook(id, 'delivery-2')
    await sync.untilQuiet()
    expect(await orderOf(id)).toBeDefined()
    expect(shop.available(sku)).toBe(97)
  })

  test('by the poll, when no hook told of them', async () => {
    const id = shop.buy([{ sku, quantity: 2 }])
    shop.hooks()
    await sync.untilQuiet()
    expect(await orderOf(id)).toBeDefined()
  })

  test('a hook with a wrong or missing signature leaves nothing behind', async () => {
    const count = () => tresen.sql('select id from shops.receipt')
    const before = await count()
    for (const headers of [{}, { 'x-plain-signature': 'AAAA' }])
      expect(
        await refusalOf(
          receiveHook(tresen.kernel.database, sync.connectors, {
            channel: 'web',
            headers,
            body: Buffer.from('{"delivery":"x","order":"1"}'),
            now: new Date(),
          }),
        ),
      ).toBe('bad-signature')
    expect(await count()).toHaveLength(before.length)
  })

  test('what can’t be taken is parked with the reason, blocks nothing, and is taken once it’s mended', async () => {
    shop.addArticle(`${sku}-fremd`, 5)
    const strange = shop.buy([{ sku: `${sku}-fremd`, quantity: 1 }])
    const good = shop.buy([{ sku, quantity: 1 }])
    await sync.hooks()
    await sync.untilQuiet()
    expect(await orderOf(good)).toBeDefined()
    const [row] = await parked(strange)
    expect(row!.reasons.map((reason) => reason.code)).toEqual(['unknown-article'])
    await tresen.play(completeParkedOrder, {
      id: row!.id,
      articles: { [`${sku}-fremd`]: sku },
      acceptTotals: false,
      acceptState: false,
    })
    const order = await orderOf(strange)
    await here.deliver([order!.id])
    await sync.untilQuiet()
    expect(shop.seen(strange).shipped).toEqual({ [`${sku}-fremd`]: 1 })
  })

  test('an article somebody mapped in a parked order is that one from then on: its stock is told, the next order is taken', async () => {
    const theirs = `${sku}-dort`
    shop.addArticle(theirs, 5)
    const first = shop.buy([{ sku: theirs, quantity: 1 }])
    await sync.untilQuiet()
    const [row] = await parked(first)
    const mending = { id: row!.id, articles: { [theirs]: sku }, acceptTotals: false, acceptState: false }
    await tresen.play(completeParkedOrder, mending)
    await sync.untilQuiet()
    expect([shop.available(theirs), shop.available(sku)]).toEqual([99, 99])
    const second = shop.buy([{ sku: theirs, quantity: 4 }])
    await sync.untilQuiet()
    expect(await orderOf(second)).toBeDefined()
    expect([shop.available(theirs), shop.available(sku)]).toEqual([95, 95])
  })
})

describe('what happens here is seen in the shop', () => {
  test('partial shipment with tracking, rest, invoice, payment', async () => {
    const id = shop.buy([{ sku, quantity: 10 }])
    await sync.untilQuiet()
    const order = (await orderOf(id))!
    const first = await here.deliver([order.id], { [order.lines[0]!.id]: 4000 })
    await sync.untilQuiet()
    expect(shop.seen(id)).toMatchObject({ shipped: { [sku]: 4 }, paid: false })
    const rest = await here.deliver([order.id])
    const invoice = await here.bill([first.id, rest.id])
    await sync.untilQuiet()
    expect(shop.seen(id)).toMatchObject({ shipped: { [sku]: 10 }, shipments: 2, invoices: [invoice.number] })
    const [open] = await tresen.sql<{ customer_id: string; open: number }>(
      'select customer_id, open from receivables.open_item where invoice_id = $1',
      [invoice.id],
    )
    await tresen.play(recordPayment, {
      customerId: open!.customer_id,
      amount: open!.open,
      receivedOn: '2026-11-24',
      method: 'transfer',
      allocations: [{ invoiceId: invoice.id, amount: open!.open, skonto: 0 }],
    })
    await sync.untilQuiet()
    expect(shop.seen(id).paid).toBe(true)
  })

  test('a cancelled line here is cancelled there, and the other way', async () => {
    const id = shop.buy([{ sku, quantity: 10 }])
    await sync.untilQuiet()
    const order = (await orderOf(id))!
    await tresen.play(cancelOrder, {
      id: order.id,
      reason: 'nicht lieferbar',
      lines: [{ lineId: order.lines[0]!.id, quantity: 4000 }],
    })
    await sync.untilQuiet()
    expect(shop.seen(id)).toMatchObject({ ordered: { [sku]: 6 }, cancelled: false })
    shop.cancel(id, { sku, quantity: 1 })
    await sync.untilQuiet()
    expect((await orderOf(id))!.lines[0]).toMatchObject({ cancelled: 5000 })
    shop.cancel(id)
    await sync.untilQuiet()
    expect((await orderOf(id))!.lines[0]).toMatchObject({ cancelled: 10_000 })
    expect(shop.available(sku)).toBe(100)
  })

  test('a piece cancelled in the shop before the order came is none of those cancelled here', async () => {
    const id = shop.buy([{ sku, quantity: 4 }])
    shop.cancel(id, { sku, quantity: 1 })
    await sync.untilQuiet()
    const order = await orderOf(id)
    const lines = [{ lineId: order!.lines[0]!.id, quantity: 1000 }]
    await tresen.play(cancelOrder, { id: order!.id, reason: 'fehlt', lines })
    await sync.untilQuiet()
    expect(shop.seen(id).ordered).toEqual({ [sku]: 2 })
  })

  test('a cancellation of what has left already is for somebody to decide', async () => {
    const id = shop.buy([{ sku, quantity: 5 }])
    await sync.untilQuiet()
    await here.deliver([(await orderOf(id))!.id])
    shop.cancel(id)
    await sync.untilQuiet()
    const [row] = await tresen.sql<{ conflict: { code: string }[] }>(
      'select conflict from shops.shop_order where external_id = $1',
      [id],
    )
    expect(row!.conflict.map((one) => one.code)).toEqual(['cancelled-but-delivered'])
  })
})

test('the overview says where the shop reaches us, also after a change that leaves it out, and never a key', async () => {
  const change = {
    channelId: sync.channelId,
    kind: 'woocommerce' as const,
    address: 'https://shop.example',
    secrets: {},
  }
  const rest = { safetyStock: 0, priceGroup: 'standard', active: true }
  await tresen.play(connectShop, { ...change, ...rest, publicAddress: 'https://tresen.example/' })
  await tresen.play(connectShop, { ...change, ...rest })
  const { shops } = await findShops(tresen.kernel.database)
  expect(shops[0]).toMatchObject({ publicAddress: 'https://tresen.example', health: { state: 'ok' } })
  expect(shops[0]!.secretsGiven).toContain('hookSecret')
  expect(JSON.stringify(shops)).not.toContain(HOOK_SECRET)
})

describe('one stock', () => {
  test('pieces of an order that is parked are sold: the shop doesn’t offer them again', async () => {
    shop.addArticle(`${sku}-fremd`, 5)
    const id = shop.buy([
      { sku, quantity: 30 },
      { sku: `${sku}-fremd`, quantity: 1 },
    ])
    await sync.untilQuiet()
    expect(await parked(id)).toHaveLength(1)
    await here.order({ lines: [{ article: sku, quantity: 10_000 }] })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(60)
    const [row] = await parked(id)
    await tresen.play(discardParkedOrder, { id: row!.id, reason: 'Test' })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(90)
  })

  test('a channel that is fed by fewer locations offers less', async () => {
    const [channel] = await tresen.sql<Parameters<typeof saveChannel>[1]>(
      `select id, code, name, kind, price_mode as "priceMode", locations::text[] as locations, payment_methods as "paymentMethods", active from branches.channel where code = 'web'`,
    )
    await tresen.play(saveChannel, { ...channel!, locations: [here.branch] })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(0)
    await tresen.play(saveChannel, channel!)
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(100)
  })

  test('a correction at the branch is in the shop', async () => {
    const [article] = await tresen.sql<{ id: string }>('select id from catalog.article where number = $1', [sku])
    await tresen.play(correctStock, {
      articleId: article!.id,
      locationId: here.branch,
      counted: 7000,
      reason: 'gefunden',
    })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(107)
  })

  test('what changes while it is being told is told again', async () => {
    const [article] = await tresen.sql<{ id: string }>('select id from catalog.article where number = $1', [sku])
    const count = (counted: number) =>
      tresen.play(correctStock, { articleId: article!.id, locationId: here.branch, counted, reason: 'gezählt' })
    const { open } = shop.connector
    let meanwhile = 0
    shop.connector.open = (access) => {
      const api = open(access)
      const writeStock: typeof api.writeStock = async (writes) => {
        const answers = await api.writeStock(writes)
        if (meanwhile++ === 0) {
          await count(8000)
          await sync.look()
        }
        return answers
      }
      return { ...api, writeStock }
    }
    await count(7000)
    await sync.untilQuiet()
    shop.connector.open = open
    expect(meanwhile).toBe(2)
    expect(shop.available(sku)).toBe(108)
  })

  test('a bundle can be sold as often as its scarcest part allows, and is an order for its parts', async () => {
    const screws = (await here.article({ stock: 50 })).number
    shop.addArticle(`${sku}-SET`, 0)
    await tresen.play(matchShop, { channelId: sync.channelId })
    await sync.untilQuiet()
    await tresen.play(saveListing, {
      channelId: sync.channelId,
      sku: `${sku}-SET`,
      parts: [
        { article: sku, quantity: 1000 },
        { article: screws, quantity: 20_000 },
      ],
    })
    await sync.untilQuiet()
    expect(shop.available(`${sku}-SET`)).toBe(2)
    const { rows } = await findCatalogue(tresen.kernel.database, {
      channelId: sync.channelId,
      show: 'matched',
      limit: 200,
    })
    const quantities = Object.fromEntries(
      rows.find((row) => row.sku === `${sku}-SET`)!.parts.map((part) => [part.article, part.quantity]),
    )
    expect(quantities).toEqual({ [sku]: 1000, [screws]: 20_000 })
    const id = shop.buy([{ sku: `${sku}-SET`, quantity: 2 }])
    await sync.untilQuiet()
    const order = (await orderOf(id))!
    expect(order.lines).toHaveLength(2)
    expect(shop.available(sku)).toBe(98)
    const [{ gross } = { gross: 0 }] = await tresen.sql<{ gross: number }>(
      'select gross from orders.sales_order where id = $1',
      [order.id],
    )
    expect(gross).toBe(2 * 1190)
    await here.deliver([order.id], { [order.lines[0]!.id]: 2000 })
    await sync.untilQuiet()
    expect(shop.seen(id).shipped).toEqual({ [`${sku}-SET`]: 0 })
    await here.deliver([order.id])
    await sync.untilQuiet()
    expect(shop.seen(id).shipped).toEqual({ [`${sku}-SET`]: 2 })
  })

  test('the recount finds what somebody changed in the shop, and mends it', async () => {
    shop.setAvailable(sku, 3)
    await tresen.play(recountShop, { channelId: sync.channelId })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(100)
    const [task] = await tresen.sql<{ facts: { differing: number } }>(
      "select facts from shops.receipt where kind = 'recount' order by id desc limit 1",
    )
    expect(task!.facts.differing).toBe(1)
  })
})

describe('what a review of the engine found', () => {
  test('one part of a bundle cancelled here cancels neither the bundle there nor the other part here', async () => {
    const nuts = (await here.article({ stock: 50 })).number
    const kit = `${sku}-KIT`
    shop.addArticle(kit, 0)
    await tresen.play(matchShop, { channelId: sync.channelId })
    await sync.untilQuiet()
    await tresen.play(saveListing, {
      channelId: sync.channelId,
      sku: kit,
      parts: [
        { article: sku, quantity: 1000 },
        { article: nuts, quantity: 2000 },
      ],
    })
    await sync.untilQuiet()
    const id = shop.buy([{ sku: kit, quantity: 1 }])
    await sync.untilQuiet()
    const order = (await orderOf(id))!
    const nutsLine = order.lines[1]!
    await tresen.play(cancelOrder, { id: order.id, reason: 'fehlt', lines: [{ lineId: nutsLine.id, quantity: 1000 }] })
    await sync.untilQuiet()
    expect((await orderOf(id))!.lines.map((line) => line.cancelled)).toEqual([0, 1000])
    expect(shop.seen(id)).toMatchObject({ ordered: { [kit]: 1 }, cancelled: false })
    // what is left of it goes out, and with that the bundle is gone
    await here.deliver([order.id])
    await sync.untilQuiet()
    expect(shop.seen(id).shipped).toEqual({ [kit]: 1 })
  })

  const wrapApi = (change: (api: ReturnType<PlainShop['connector']['open']>) => object) => {
    const { open } = shop.connector
    shop.connector.open = (access) => {
      const api = open(access)
      return { ...api, ...change(api) }
    }
    return () => {
      shop.connector.open = open
    }
  }
  const lookOnce = async () => {
    await tresen.sql('update shops.connection set polled_at = null, not_before = null')
    await sync.look()
    await sync.settle()
  }

  test('stock isn’t told when the shop could not be asked for its orders first', async () => {
    shop.buy([{ sku, quantity: 99 }])
    shop.hooks()
    const back = wrapApi(() => ({ changedOrders: async () => Promise.reject(new ShopError('unreachable', '500')) }))
    await here.order({ lines: [{ article: sku, quantity: 1000 }] })
    await lookOnce()
    expect(shop.available(sku)).toBe(1)
    back()
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(0)
  })

  test('while an order can’t be read, numbers only go down', async () => {
    const id = shop.buy([{ sku, quantity: 100 }])
    const back = wrapApi(() => ({ order: async () => Promise.reject(new ShopError('unreachable', 'time-out')) }))
    await tresen.play(recountShop, { channelId: sync.channelId })
    for (let i = 0; i < 6; i++) {
      await lookOnce()
      await new Promise((resolve) => setTimeout(resolve, 4))
    }
    expect(shop.available(sku)).toBe(0)
    back()
    await sync.untilQuiet()
    expect(await orderOf(id)).toBeDefined()
    expect(shop.available(sku)).toBe(0)
  })

  test('pieces ordered in the shop beyond what was taken are not offered again until somebody has decided', async () => {
    const id = shop.buy([{ sku, quantity: 4 }])
    await sync.untilQuiet()
    shop.addPieces(id, sku, 2)
    await sync.untilQuiet()
    await tresen.play(recountShop, { channelId: sync.channelId })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(94)
    await tresen.play(settleConflict, { channelId: sync.channelId, externalId: id, reason: 'Kunde rief an' })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(96)
  })

  test('an order deleted in the shop is for somebody to decide; one that is only parked is put aside', async () => {
    shop.addArticle(`${sku}-fremd`, 5)
    const [known, strange] = [shop.buy([{ sku, quantity: 3 }]), shop.buy([{ sku: `${sku}-fremd`, quantity: 1 }])]
    await sync.untilQuiet()
    for (const id of [known, strange]) {
      shop.remove(id)
      await sync.hook(id)
    }
    await sync.untilQuiet()
    expect(await parked(strange)).toEqual([])
    const [row] = await tresen.sql<{ conflict: { code: string }[] }>(
      'select conflict from shops.shop_order where external_id = $1',
      [known],
    )
    expect(row!.conflict).toEqual([{ code: 'deleted-in-shop', facts: {} }])
  })

  test('half a pack is no pack: parked with the reason, not a fault', async () => {
    shop.addArticle(`${sku}-PACK`, 0)
    await tresen.play(matchShop, { channelId: sync.channelId })
    await sync.untilQuiet()
    await tresen.play(saveListing, {
      channelId: sync.channelId,
      sku: `${sku}-PACK`,
      parts: [{ article: sku, quantity: 333 }],
    })
    await sync.untilQuiet()
    const id = shop.buy([{ sku: `${sku}-PACK`, quantity: 1.5 }])
    await sync.untilQuiet()
    expect((await parked(id))[0]!.reasons.map((reason) => reason.code)).toContain('unreadable-order')
  })

  test('what intake refuses as impossible is kept, not only noted', async () => {
    const id = shop.buy([{ sku, quantity: 1 }])
    const { readOrders } = shop.connector
    shop.connector.readOrders = (raw, options) =>
      readOrders(raw, options).map((read) => ({
        ...read,
        order: read.order && { ...read.order, lines: read.order.lines.map((line) => ({ ...line, amount: -5 })) },
      }))
    await sync.untilQuiet()
    shop.connector.readOrders = readOrders
    expect((await parked(id))[0]!.reasons.map((reason) => reason.code)).toEqual(['unreadable-order'])
  })

  test('new keys go at once to what was begun with the old ones, and wake what was given up', async () => {
    const back = wrapApi(() => ({
      writeStock: async (writes: readonly { sku: string }[]) =>
        writes.map((write) => ({ sku: write.sku, outcome: 'refused', shown: null, problem: 'Key expired' })),
    }))
    await here.order({ lines: [{ article: sku, quantity: 1000 }] })
    await sync.untilQuiet()
    back()
    await tresen.play(connectShop, {
      channelId: sync.channelId,
      kind: 'woocommerce',
      address: 'https://shop.example',
      secrets: { consumerKey: 'new' },
      safetyStock: 0,
      priceGroup: 'standard',
      active: true,
    })
    await sync.untilQuiet()
    expect(shop.available(sku)).toBe(99)
  })
})
