import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../common/quantity.ts'
import { type Ask, apiKey, httpClient, type Json, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop, type TestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'
import { type Buyer, buyerOf } from './vendure/buyer.ts'
import { addArticles, addCustomer } from './vendure/set-up-shop.ts'
import type { Shop } from './vendure/start-shop.ts'
import { carpenter, testShop } from './vendure/test-shop.ts'

/* Tresen and a real Vendure beside each other: buyers in the shop, staff here, and what each sees of the other. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let tresen: TestKernel
let house: TestShop
let server: TestApp
let shop: Shop
let buyer: Buyer
let variants: Record<string, string>
let channelId: string
const articles = ['SCHR', 'BUCH', 'LETZT-1', 'LETZT-2', 'LETZT-3']
const articleIds: Record<string, string> = {}
let customerId: string

/** Somebody of the house who may do everything; what he asks for works, else the test ends with the problem. */
let staff: (method: string, path: string, ask?: Ask) => Promise<Json>

beforeAll(async () => {
  tresen = await testKernel()
  house = await openTestShop(tresen)
  server = await testApp(tresen, { jobs: true, now: () => new Date() })
  const client = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
  staff = async (method, path, ask) => {
    const { status, body } = await client(method, path, ask)
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  const { authorization } = await apiKey(tresen, ['checkout.ask'])
  const hookSecret = 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0'
  const plugin = {
    address: server.address,
    channel: 'web',
    apiKey: authorization.slice('Bearer '.length),
    hookSecret,
    rememberMs: 1,
  }
  shop = await testShop({ plugin })
  variants = await addArticles(
    shop,
    articles.map((sku) => ({
      sku,
      name: `Artikel ${sku}`,
      price: sku === 'BUCH' ? 2990 : 1190,
      vat: sku === 'BUCH' ? 7 : 19,
    })),
  )
  for (const number of articles) {
    const stock = number.startsWith('LETZT') ? 1 : 20
    articleIds[number] = (
      await house.article({ number, stock, vatClass: number === 'BUCH' ? 'reduced' : 'standard' })
    ).id
  }
  const account = await addCustomer(shop, carpenter)
  ;({ id: customerId } = await house.customer({
    name: carpenter.company,
    email: carpenter.email,
    vatId: 'DE999999999',
    shopIds: { web: account },
  }))
  buyer = buyerOf(shop, carpenter)
  await buyer.signIn()
  const [channel] = await tresen.sql<{ id: string }>("select id from branches.channel where code = 'web'")
  channelId = channel!.id
  await staff('PUT', `/api/shops/${channelId}`, {
    body: { kind: 'vendure', address: shop.address, secrets: { ...shop.admin, hookSecret } },
  })
  await staff('POST', `/api/shops/${channelId}/match`, { body: {} })
})
afterAll(async () => {
  await server?.app.close()
  await shop?.stop()
  await tresen?.close()
})

/** what a buyer may still order of it */
async function shopShows(sku: string): Promise<number> {
  const { productVariant } = await shop.merchant(
    'query ($id: ID!) { productVariant(id: $id) { stockLevels { stockOnHand stockAllocated } } }',
    { id: variants[sku] },
  )
  const [level] = productVariant.stockLevels
  return level.stockOnHand - level.stockAllocated
}
const eventually = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 15_000, interval: 50 })

const buy = (lines: Record<string, number>) =>
  buyer.buy(Object.fromEntries(Object.entries(lines).map(([sku, n]) => [variants[sku]!, n])), 'kauf-auf-lieferschein')

/** our order of one of the shop, as soon as it is here */
async function arrived(code: string): Promise<Json> {
  const row = await eventually(async () => {
    const { rows } = await staff('GET', `/api/orders?q=${code}`)
    expect(rows).toHaveLength(1)
    return rows[0]
  })
  return staff('GET', `/api/orders/${row.id}`)
}
const lineOf = (order: Json, sku: string) => order.lines.find((line: Json) => line.articleNumber === sku)

test('the catalogue is matched and the shop shows our stock', async () => {
  expect(await staff('POST', `/api/shops/${channelId}/test`, { body: {} })).toMatchObject({
    ok: true,
    warnings: [],
    problem: null,
  })
  await eventually(async () => {
    expect((await staff('GET', `/api/shops/${channelId}/catalogue`)).counts).toEqual({
      matched: 5,
      onlyHere: 0,
      onlyThere: 0,
      ambiguous: 0,
    })
    expect(await shopShows('SCHR')).toBe(20)
    expect(await shopShows('LETZT-1')).toBe(1)
  })
})

test('bought on delivery note in the shop: here within a second, delivered in two parts, billed, paid; the shop shows each step', async () => {
  const { code } = await buy({ SCHR: 5, BUCH: 2 })
  const from = performance.now()
  let order = await arrived(code)
  const milliseconds = performance.now() - from
  console.info(`order of the shop here after ${Math.round(milliseconds)} ms`)
  expect(milliseconds).toBeLessThan(3_000)
  expect(order).toMatchObject({
    externalNumber: code,
    paymentMethod: 'on-delivery-note',
    gross: 5 * 1190 + 2 * 2990 + 590,
    customerId,
    status: { order: 'active', delivery: 'ready', payment: 'unpaid' },
  })

  const first = await staff('POST', '/api/delivery-notes', { body: { orderIds: [order.id] } })
  const { noteLines } = await staff('GET', `/api/delivery-notes/${first.id}`)
  const picked = noteLines
    .filter((line: Json) => line.kind === 'goods')
    .map((line: Json) => ({ lineId: line.id, quantity: line.articleNumber === 'SCHR' ? 3 * ONE : 0 }))
  const issue = { picked, parcels: 1, carrier: 'DHL', trackingNumber: '00340434161094000001' }
  const { number } = await staff('POST', `/api/delivery-notes/${first.id}/goods-issue`, { body: issue })
  await eventually(async () =>
    expect(await buyer.sees(code)).toMatchObject({
      state: 'PartiallyShipped',
      fulfillments: [
        {
          method: `DHL, Lieferschein ${number}`,
          trackingCode: '00340434161094000001',
          state: 'Shipped',
          lines: [{ quantity: 3 }],
        },
      ],
    }),
  )
  const second = await staff('POST', '/api/delivery-notes', { body: { orderIds: [order.id] } })
  await staff('POST', `/api/delivery-notes/${second.id}/goods-issue`, { body: {} })
  await eventually(async () => {
    const seen = await buyer.sees(code)
    expect(seen.state).toBe('Shipped')
    expect(seen.fulfillments).toHaveLength(2)
  })
  const invoice = await staff('POST', '/api/invoices', { body: { noteIds: [first.id, second.id] } })
  expect(invoice.gross).toBe(order.gross)
  await staff('POST', '/api/payments', {
    body: { customerId, amount: invoice.amountDue, receivedOn: new Date().toISOString().slice(0, 10) },
  })
  await eventually(async () =>
    expect(await buyer.sees(code)).toMatchObject({ state: 'Delivered', payments: [{ state: 'Settled' }] }),
  )
  order = await staff('GET', `/api/orders/${order.id}`)
  expect(order.status).toEqual({ order: 'completed', delivery: 'delivered', invoicing: 'invoiced', payment: 'paid' })
  // what we wrote came back as hooks, and nothing was booked twice
  expect(order.chain.filter((one: Json) => one.kind === 'payment')).toHaveLength(1)
  await eventually(async () => expect([await shopShows('SCHR'), await shopShows('BUCH')]).toEqual([15, 18]))
})

test('pieces cancelled here are cancelled there, and the other way', async () => {
  const { id, code } = await buy({ SCHR: 4, BUCH: 1 })
  let order = await arrived(code)
  await staff('POST', `/api/orders/${order.id}/cancel`, {
    body: { reason: 'nicht lieferbar', lines: [{ lineId: lineOf(order, 'SCHR').id, quantity: ONE }] },
  })
  await eventually(async () =>
    expect((await buyer.sees(code)).lines.map((line: Json) => line.quantity)).toEqual([3, 1]),
  )
  const [line] = (await buyer.sees(code)).lines
  await shop.merchant(
    'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { ... on ErrorResult { errorCode message } } }',
    { input: { orderId: id, lines: [{ orderLineId: line.id, quantity: 2 }], reason: 'Kunde rief an' } },
  )
  await eventually(async () => {
    order = await staff('GET', `/api/orders/${order.id}`)
    expect(lineOf(order, 'SCHR')).toMatchObject({ ordered: 4 * ONE, cancelled: 3 * ONE })
  })
  await eventually(async () => expect(await shopShows('SCHR')).toBe(14))
  // told of its own cancellation, the shop takes nothing off once more
  await sleep(1_500)
  expect((await buyer.sees(code)).lines.map((one: Json) => one.quantity)).toEqual([1, 1])
  await staff('POST', `/api/orders/${order.id}/cancel`, { body: { reason: 'Kunde hat storniert' } })
  await eventually(async () => expect((await buyer.sees(code)).state).toBe('Cancelled'))
  await eventually(async () => expect([await shopShows('SCHR'), await shopShows('BUCH')]).toEqual([15, 18]))
})

test('stock corrected at the branch is in the shop; somebody’s own number in the shop does not last', async () => {
  await staff('POST', '/api/stock/corrections', {
    body: { locationId: house.warehouse, articleId: articleIds.SCHR, counted: 9 * ONE, reason: 'Inventur' },
  })
  await eventually(async () => expect(await shopShows('SCHR')).toBe(9))
  await shop.merchant(
    'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
    {
      input: [{ id: variants.SCHR, stockOnHand: 500 }],
    },
  )
  await staff('POST', `/api/shops/${channelId}/recount`, { body: {} })
  await eventually(async () => expect(await shopShows('SCHR')).toBe(9))
})

test.each([
  ['LETZT-1', 'the shop a moment earlier', 0, 40],
  ['LETZT-2', 'both at once', 0, 0],
  ['LETZT-3', 'the branch a moment earlier', 40, 0],
])(
  'the last piece %s, %s: one gets it, the other one waits and is seen, never two',
  async (sku, _when, shopWaits, branchWaits) => {
    await eventually(async () => expect(await shopShows(sku)).toBe(1))
    await buyer.fillCart({ [variants[sku]!]: 1 })
    const atBranch = {
      channel: 'phone',
      customer: { customerNumber: (await house.customer()).number },
      paymentMethod: 'on-delivery-note',
      lines: [{ article: sku, quantity: ONE }],
    }
    const [inShop, here] = await Promise.all([
      sleep(shopWaits).then(() => buyer.pay('kauf-auf-lieferschein').catch((error: Error) => error)),
      sleep(branchWaits).then(() => staff('POST', '/api/orders', { body: atBranch })),
    ])
    // the shop may have known in time that it is gone; then its buyer was told so
    if (inShop instanceof Error) expect(inShop.message).toMatch(/STOCK|ORDER_PAYMENT_STATE|ORDER_STATE_TRANSITION/)
    const orders = [here.orderId, ...(inShop instanceof Error ? [] : [(await arrived(inShop.code)).id])]
    const lines = await Promise.all(orders.map(async (id) => lineOf(await staff('GET', `/api/orders/${id}`), sku)))
    expect(lines.reduce((sum, line) => sum + line.reserved, 0)).toBe(ONE)
    const waiting = (await staff('GET', '/api/orders?show=backordered&limit=50')).rows.map((row: Json) => row.id)
    expect(waiting.filter((id: string) => orders.includes(id))).toHaveLength(orders.length - 1)
    // below zero where ours was written in the moment the shop sold: nobody can buy it either way
    await eventually(async () => expect(await shopShows(sku)).toBeLessThanOrEqual(0))
  },
)

test('a blocked customer is not offered purchase on delivery note, and is as soon as he is free again', async () => {
  const offered = async () => (await buyer.offered()).find(({ code }) => code === 'kauf-auf-lieferschein')!
  await buyer.fillCart({ [variants.BUCH!]: 1 })
  expect(await offered()).toMatchObject({ isEligible: true })
  const set = async (blocked: boolean) => staff('PATCH', `/api/customers/${customerId}`, { body: { blocked } })
  await set(true)
  const { isEligible, eligibilityMessage } = await offered()
  expect(isEligible).toBe(false)
  expect(eligibilityMessage).toMatch(/Lieferschein/)
  await expect(buyer.pay('kauf-auf-lieferschein')).rejects.toThrow(/INELIGIBLE_PAYMENT_METHOD/)
  await set(false)
  expect(await offered()).toMatchObject({ isEligible: true })
})

test('nothing is broken, nothing failed, nothing is left to do', async () => {
  await eventually(async () => {
    const [connected] = (await staff('GET', '/api/shops')).shops
    expect(connected.health).toMatchObject({ state: 'ok', waiting: 0, dead: 0, parked: 0, conflicts: 0, drifting: 0 })
  })
  expect(server.faults).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
})
