import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { remark } from '../../../common/shops/api.ts'
import { amountsOf, noOptions } from '../fixture-orders.ts'
import { wooCommerce } from './connector.ts'
import { startStandIn, type WooStandIn } from './stand-in.ts'
import { fixture, type OrderDoc, type ProductDoc } from './stand-in-shop.ts'

let shop: WooStandIn
let received: { headers: Record<string, string | undefined>; body: Buffer }[]
let status: number
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  received.push({ headers: request.headers as Record<string, string | undefined>, body: Buffer.concat(chunks) })
  response.writeHead(status).end()
})

beforeEach(async () => {
  received = []
  status = 204
  shop = await startStandIn({ random: () => 0.5 })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  shop.addArticle({ sku: 'HAMM', name: 'Hammer & Stiel', grossPrice: 1195, stock: 10 })
  shop.addArticle({ sku: 'GEWI/M8', name: 'M8, 1 m', grossPrice: 239, stock: 80, gtin: '4006381333931' })
})
afterEach(async () => {
  await shop.close()
  await new Promise((resolve) => receiver.close(resolve))
})
const listen = () => shop.hooksTo(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`)
const buy = (quantity = 3, pay: 'later' | 'now' = 'later') =>
  shop.buy({
    lines: [
      { sku: 'HAMM', quantity },
      { sku: 'GEWI/M8', quantity: 7 },
    ],
    pay,
    email: 'a@example.test',
  })

describe('its answers look like those of the real shop', () => {
  test('an order has the fields of a recorded one, down to its lines', () => {
    const [made, real] = [shop.shop.orders.get(Number(buy()))!, fixture<OrderDoc>('01-company-vat-lieferschein')]
    expect(Object.keys(made).sort()).toEqual(Object.keys(real).sort())
    for (const [field, value] of Object.entries(real)) expect(typeof made[field], field).toBe(typeof value)
    expect(Object.keys(made.line_items[0]!).sort()).toEqual(Object.keys(real.line_items[0]!).sort())
  })

  test('articles have the fields of recorded ones', () => {
    const real = [fixture<ProductDoc[]>('products')[1]!, fixture<ProductDoc[]>('product-variations')[0]!]
    const made = [...shop.shop.products.values()].filter((one) => one.type !== 'variable')
    made.forEach((one, i) => {
      expect(Object.keys(one).sort()).toEqual(Object.keys(real[i]!).sort())
    })
  })

  test('the reader takes every order it makes with exactly its totals', () => {
    for (let quantity = 1; quantity <= 40; quantity++) {
      shop.addArticle({ sku: `A${quantity}`, name: 'A', grossPrice: 3 + quantity * 37, stock: 1000 })
      const id = shop.buy({ lines: [{ sku: `A${quantity}`, quantity }], pay: 'later', email: 'a@example.test' })
      const raw = shop.shop.orders.get(Number(id))!
      const [read] = wooCommerce.readOrders(raw, noOptions)
      expect(read!.problems).toEqual([])
      expect(amountsOf(read!).payable).toBe(Math.round(Number(raw.total) * 100))
    }
  })

  test('six decimals are the same order as two', async () => {
    const api = wooCommerce.open(shop.access)
    const id = buy()
    const [two] = wooCommerce.readOrders(await api.order(id), noOptions)
    expect(two!.order!.lines.map((line) => line.amount)).toEqual([3585, 1673, 702])
  })
})

describe('its stock follows the rules of WooCommerce', () => {
  test('on-hold lowers it, cancelled gives it back, once', () => {
    const id = buy()
    expect([shop.available('HAMM'), shop.available('GEWI/M8')]).toEqual([7, 73])
    shop.cancel(id)
    shop.cancel(id)
    expect([shop.available('HAMM'), shop.available('GEWI/M8')]).toEqual([10, 80])
    expect(shop.seen(id).cancelled).toBe(true)
  })

  test('pieces taken off a line come back, with their share of the money', () => {
    const id = buy()
    shop.cancel(id, { sku: 'HAMM', quantity: 2 })
    expect(shop.available('HAMM')).toBe(9)
    expect(shop.seen(id).ordered).toEqual({ HAMM: 1, 'GEWI/M8': 7 })
    const [read] = wooCommerce.readOrders(shop.shop.orders.get(Number(id)), noOptions)
    expect(read!.order!.totals!.gross).toBe(1195 + 1673 + 702)
  })

  test('a buyer gets no more than there is', () => {
    expect(() => buy(11)).toThrow('HAMM')
    expect(shop.orderIds()).toEqual([])
  })
})

describe('its hooks', () => {
  test('a ping first, then signed ones that carry the state of the moment they are sent', async () => {
    const id = buy()
    listen()
    shop.cancel(id)
    await shop.sendHooks()
    const verified = received.map((hook) => wooCommerce.verifyHook({ ...hook, now: new Date() }, shop.access))
    expect(verified.filter((one) => one?.topic === 'ping')).toHaveLength(4)
    expect(verified.map((one) => one?.topic).at(-1)).toBe('order.updated')
    expect(JSON.parse(received.at(-1)!.body.toString()).status).toBe('cancelled')
    expect(verified).not.toContain(undefined)
  })

  test('several changes of one order are one hook', async () => {
    listen()
    await shop.sendHooks()
    const id = buy()
    shop.cancel(id, { sku: 'HAMM', quantity: 1 })
    shop.cancel(id)
    received = []
    await shop.sendHooks()
    const topics = received.map((hook) => hook.headers['x-wc-webhook-topic'])
    expect(topics.filter((topic) => topic === 'order.updated')).toHaveLength(1)
  })

  test('five failures in a row switch a webhook off, and the test of the connection says so', async () => {
    listen()
    await shop.sendHooks()
    status = 500
    for (let i = 0; i < 5; i++) {
      buy(1)
      await shop.sendHooks()
    }
    expect(shop.settings.webhooks.find(({ topic }) => topic === 'order.updated')!.status).toBe('disabled')
    const { warnings } = await wooCommerce.open(shop.access).test()
    expect(warnings).toContainEqual(remark('hook-off', { topic: 'order.updated' }))
  })
})
