import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { remark } from '../../../common/shops/api.ts'
import type { ShopApi } from '../connector.ts'
import { readRemarks } from '../read-remarks.ts'
import { ShopError } from '../shop-error.ts'
import { wooCommerce } from './connector.ts'
import { startStandIn, type WooStandIn } from './stand-in.ts'
import { findSku, type OrderDoc } from './stand-in-shop.ts'

let shop: WooStandIn
let api: ShopApi

beforeEach(async () => {
  shop = await startStandIn({ random: () => 0.5 })
  api = wooCommerce.open(shop.access)
  shop.addArticle({ sku: 'HAMM', name: 'Hammer', grossPrice: 1195, stock: 10, gtin: '4006381333931' })
  shop.addArticle({ sku: 'GEWI/M8', name: 'M8', grossPrice: 239, stock: 80 })
})
afterEach(() => shop.close())

const buy = () => shop.buy({ lines: [{ sku: 'HAMM', quantity: 1 }], pay: 'later', email: 'a@example.test' })
const orderOf = (id: string): OrderDoc => shop.shop.orders.get(Number(id))!

async function allChanged(since: string | null): Promise<string[]> {
  const ids: string[] = []
  let page: string | undefined
  do {
    const found = await api.changedOrders(since, page)
    ids.push(...found.rows.map((row) => row.id))
    page = found.next
  } while (page !== undefined)
  return ids
}

describe('changed orders', () => {
  beforeEach(() => {
    shop.addArticle({ sku: 'VIEL', name: 'Viel', grossPrice: 100, stock: 1000 })
    for (let i = 0; i < 250; i++)
      shop.buy({ lines: [{ sku: 'VIEL', quantity: 1 }], pay: 'later', email: 'a@example.test' })
  })

  test('all pages come, and the trash after them', async () => {
    orderOf(shop.orderIds()[3]!).status = 'trash'
    const ids = await allChanged(null)
    expect(new Set(ids)).toEqual(new Set(shop.orderIds()))
    expect(ids).toHaveLength(250)
  })

  test('changed in the second that is asked for is in it', async () => {
    for (const id of shop.orderIds()) orderOf(id).date_modified_gmt = '2026-11-23T09:07:07'
    const [first, second] = shop.orderIds()
    orderOf(first!).date_modified_gmt = '2026-11-23T09:07:08'
    orderOf(second!).date_modified_gmt = '2026-11-23T09:07:09'
    expect(await allChanged('2026-11-23T09:07:08.900Z')).toEqual([first, second])
    expect((await api.changedOrders('2026-11-23T09:07:09.000Z', undefined)).rows).toEqual([
      { id: second, changedAt: '2026-11-23T09:07:09.000Z' },
    ])
  })

  test('an order deleted for good while the pages are read hides no other one', async () => {
    const first = await api.changedOrders(null, undefined)
    const all = new Set(shop.orderIds())
    const gone = shop.orderIds()[0]!
    shop.shop.orders.delete(Number(gone))
    const ids = first.rows.map((row) => row.id)
    let page = first.next
    while (page !== undefined) {
      const found = await api.changedOrders(null, page)
      ids.push(...found.rows.map((row) => row.id))
      page = found.next
    }
    expect(new Set(ids)).toEqual(all)
  })
})

describe('orders and customers', () => {
  test('an order comes as the shop answers it; one that is gone is null', async () => {
    const id = buy()
    expect(await api.order(id)).toEqual(orderOf(id))
    expect(await api.order('999')).toBeNull()
    expect(await api.order('../products')).toBeNull()
  })

  test('a customer has his address; a guest and a deleted one are null', async () => {
    buy()
    expect(await api.customer('1')).toMatchObject({
      email: 'a@example.test',
      company: 'Holzbau Kräher GmbH & Co. KG',
      person: 'Jürgen Kräher',
      billTo: { name: 'Holzbau Kräher GmbH & Co. KG', city: 'Görlitz', country: 'DE' },
    })
    expect(await api.customer('0')).toBeNull()
    expect(await api.customer('77')).toBeNull()
  })
})

describe('catalogue and articles', () => {
  test('articles and variations with price, rate and stock; what only holds variations together is none', async () => {
    const { rows, next } = await api.catalogue(undefined)
    expect(next).toBeUndefined()
    expect(rows).toMatchObject([
      { sku: 'HAMM', gtin: '4006381333931', name: 'Hammer', price: 1195, vatRate: 1900, available: 10, active: true },
      { sku: 'GEWI/M8', gtin: null, name: 'GEWI - M12, 2 m', price: 239, vatRate: 1900, available: 80, active: true },
    ])
    expect(Object.keys(rows[1]!.ids)).toEqual(['product', 'variation'])
  })

  test('a hundred articles a page', async () => {
    for (let i = 0; i < 150; i++) shop.addArticle({ sku: `A${i}`, name: 'A', grossPrice: 100, stock: 1 })
    const first = await api.catalogue(undefined)
    const second = await api.catalogue(first.next)
    expect(second.next).toBeUndefined()
    expect(new Set([...first.rows, ...second.rows].map((row) => row.sku)).size).toBe(152)
  })

  test('name, price and whether it is sold go to the shop', async () => {
    const [simple, variation] = (await api.catalogue(undefined)).rows
    await api.showArticle(simple!, { name: 'Hammer 300 g', price: 1290, vatRate: 1900, active: false })
    await api.showArticle(variation!, { name: 'anders', price: null, vatRate: 1900, active: false })
    expect(findSku(shop.shop, 'HAMM')).toMatchObject({ name: 'Hammer 300 g', regular_price: '12.90', status: 'draft' })
    expect(findSku(shop.shop, 'GEWI/M8')).toMatchObject({ name: 'M8', regular_price: '2.39', status: 'private' })
  })

  test('a published article is there once, also after its answer got lost', async () => {
    const article = { sku: 'NEU', gtin: null, name: 'Neu', price: 700, vatRate: 700, active: true, available: 3 }
    const ref = await api.publish(article)
    expect(await api.publish(article)).toEqual(ref)
    expect(findSku(shop.shop, 'NEU')).toMatchObject({
      regular_price: '7.00',
      tax_class: 'reduced-rate',
      stock_quantity: 3,
    })
    await expect(api.publish({ ...article, sku: 'NEU2', vatRate: 1600 })).rejects.toThrow('no-tax-rate')
  })
})

describe('stock', () => {
  const listings = async () => (await api.catalogue(undefined)).rows
  const write = async (available: number, shown: number | null) =>
    api.writeStock((await listings()).map(({ sku, ids }) => ({ sku, ids, available, shown })))

  test('is written for articles and variations and read back', async () => {
    expect(await write(7, null)).toEqual([
      { sku: 'HAMM', outcome: 'written', shown: 7 },
      { sku: 'GEWI/M8', outcome: 'written', shown: 7 },
    ])
    expect(await api.readStock(await listings())).toEqual([
      { sku: 'HAMM', shown: 7 },
      { sku: 'GEWI/M8', shown: 7 },
    ])
  })

  test('is not written over a sale we have not seen', async () => {
    buy()
    const [hammer] = await write(10, 10)
    expect(hammer).toEqual({ sku: 'HAMM', outcome: 'stale', shown: 9 })
    expect(shop.available('HAMM')).toBe(9)
  })

  test('is not written where it stands there already', async () => {
    await listings()
    const calls = shop.calls()
    expect(await api.writeStock([{ ...(await listings())[0]!, available: 10, shown: 12 }])).toMatchObject([
      { outcome: 'written', shown: 10 },
    ])
    expect(shop.calls() - calls).toBeLessThan(5)
  })

  test('goes to the article with the SKU, wherever it is by now', async () => {
    const [hammer] = await listings()
    findSku(shop.shop, 'HAMM').sku = 'ALT'
    shop.addArticle({ sku: 'HAMM', name: 'Hammer neu', grossPrice: 1195, stock: 4 })
    expect(await api.writeStock([{ ...hammer!, available: 5, shown: null }])).toMatchObject([{ outcome: 'written' }])
    expect([shop.available('ALT'), shop.available('HAMM')]).toEqual([10, 5])
  })

  test('an article that is gone, and one that only holds variations together, are refused alone', async () => {
    const parent = findSku(shop.shop, 'GEWI')
    const answers = await api.writeStock([
      { sku: 'FORT', ids: { product: '9999' }, available: 1, shown: null },
      { sku: 'GEWI', ids: { product: String(parent.id) }, available: 1, shown: null },
      { ...(await listings())[0]!, available: 1, shown: null },
    ])
    expect(answers.map((answer) => answer.outcome)).toEqual(['refused', 'refused', 'written'])
  })

  test('an article that counted none counts from now on; a shop that counts none at all refuses', async () => {
    findSku(shop.shop, 'HAMM').manage_stock = false
    expect((await write(6, null))[0]).toEqual({ sku: 'HAMM', outcome: 'written', shown: 6 })
    shop.settings.countsStock = false
    expect((await write(5, null))[0]).toMatchObject({ outcome: 'refused', problem: remark('stock-not-counted') })
  })

  test('more than a batch is written in several', async () => {
    for (let i = 0; i < 120; i++) shop.addArticle({ sku: `A${i}`, name: 'A', grossPrice: 100, stock: 1 })
    const rows = [...(await listings()), ...(await api.catalogue('2')).rows]
    const answers = await api.writeStock(rows.map(({ sku, ids }) => ({ sku, ids, available: 3, shown: null })))
    expect(answers.filter((answer) => answer.outcome === 'written' && answer.shown === 3)).toHaveLength(122)
  })
})

describe('the test of the connection', () => {
  const problemOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'fine',
      (error: unknown) => (error instanceof ShopError ? `${error.trouble}: ${error.remarks[0]?.code}` : String(error)),
    )
  const withSecrets = (secrets: Record<string, string>) =>
    wooCommerce.open({ ...shop.access, secrets: { ...shop.access.secrets, ...secrets } }).test()

  test('says who answers', async () => {
    expect(await api.test()).toEqual({ shopName: 'Werkzeug & Holz', version: '11.0.1', currency: 'EUR', warnings: [] })
  })

  test('says what is wrong with the keys', async () => {
    expect(await problemOf(withSecrets({ consumerKey: 'ck_x' }))).toBe('unauthorised: consumer-key-unknown')
    expect(await problemOf(withSecrets({ consumerSecret: 'cs_x' }))).toBe('unauthorised: consumer-secret-wrong')
    shop.settings.permission = 'read'
    expect(await problemOf(api.test())).toBe('unauthorised: key-only-reads')
  })

  test('says what is wrong with the address', async () => {
    const at = (address: string) => problemOf(wooCommerce.open({ ...shop.access, address }).test())
    expect(await at(`${shop.access.address}/falsch`)).toBe('refused: no-json-api')
    expect(await at('http://127.0.0.1:9')).toBe('unreachable: nobody-answers')
  })

  test('warns of dollars and of webhooks that are not there', async () => {
    shop.settings.currency = 'USD'
    shop.settings.webhooks.splice(0, 1)
    const { warnings } = await api.test()
    expect(warnings[0]).toEqual(remark('other-currency', { currency: 'USD' }))
    expect(warnings[1]).toEqual(remark('hook-missing', { topic: 'order.created' }))
  })
})

describe('its hooks', () => {
  const address = 'https://tresen.example/api/shops/web/hooks'

  test('are made once, and switched on again where the shop gave up', async () => {
    expect(await api.ensureHooks!(address)).toHaveLength(4)
    expect(await api.ensureHooks!(address)).toEqual([])
    const ours = shop.settings.webhooks.filter((one) => one.delivery_url === address)
    expect(ours.map((one) => one.topic)).toContain('order.updated')
    ours[1]!.status = 'disabled'
    expect(readRemarks(await api.ensureHooks!(address))).toEqual([`hook-on-again ${ours[1]!.topic}`])
    expect(ours[1]!.status).toBe('active')
  })
})
