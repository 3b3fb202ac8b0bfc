import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectors } from '../server/shops/index.ts'
import { ACCOUNT, HOOK_SECRET, type PlainShop, plainShop } from '../server/shops/sync/plain-shop.ts'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop, type TestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

let tresen: TestKernel
let here: TestShop
let server: TestApp
let shop: PlainShop
let admin: Client
let channelId: string
const before = connectors.woocommerce

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  await here.customer({ email: 'kunde@example.org', shopIds: { web: ACCOUNT } })
  shop = plainShop(Math.random)
  connectors.woocommerce = shop.connector
  server = await testApp(tresen, { jobs: true })
  admin = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
  const { body } = await admin('GET', '/api/channels')
  channelId = body.channels.find((channel: { code: string }) => channel.code === 'web').id
})
afterAll(async () => {
  await server.app.close()
  if (before) connectors.woocommerce = before
  else delete connectors.woocommerce
  await tresen.close()
})

const connection = (secrets: Record<string, string>) => ({
  body: { kind: 'woocommerce', address: 'https://shop.example/', secrets, safetyStock: 0 },
})
const hook = (body: string, signature = shop.sign(body), contentType = 'application/json') =>
  httpClient(server.address)('POST', '/api/shops/web/hooks', {
    body,
    headers: { 'x-plain-signature': signature, 'content-type': contentType },
  })
async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 500; i++) {
    const found = await find()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('waited in vain')
}

test('a shop is connected, and its keys are never told again', async () => {
  expect((await admin('PUT', `/api/shops/${channelId}`, connection({}))).body.code).toBe('secret-missing')
  expect((await admin('PUT', `/api/shops/${channelId}`, connection({ hookSecret: HOOK_SECRET }))).status).toBe(200)
  const { body } = await admin('GET', '/api/shops')
  expect(body.shops[0]).toMatchObject({ channel: 'web', address: 'https://shop.example', secretsGiven: ['hookSecret'] })
  const journal = await tresen.sql(
    "select coalesce(after::text, '') || coalesce(output::text, '') as text from kernel.journal",
  )
  expect(JSON.stringify([body, journal])).not.toContain(HOOK_SECRET)
  expect((await admin('POST', `/api/shops/${channelId}/test`)).body).toMatchObject({ ok: true, shopName: 'Plain' })
})

test('a signed hook is answered at once, and the order is here; a forged one leaves nothing', async () => {
  const { number } = await here.article({ stock: 10 })
  shop.addArticle(number, 10)
  const id = shop.buy([{ sku: number, quantity: 1 }])
  const body = `{ "delivery": "d-1",   "order": "${id}" }`
  expect((await hook(body, 'AAAA')).status).toBe(401)
  expect((await hook(`${body} `, shop.sign(body))).status).toBe(401)
  expect((await httpClient(server.address)('POST', '/api/shops/nowhere/hooks', { body })).status).toBe(401)
  expect(await tresen.sql("select id from shops.receipt where kind = 'hook'")).toEqual([])
  expect((await hook(body, shop.sign(body), 'text/plain')).status).toBe(200)
  expect((await hook(body)).status).toBe(200)
  const order = await until(async () => (await admin('GET', `/api/orders?q=P-${id}`)).body.rows[0])
  expect(order.channel).toBe('web')
  const { body: log } = await admin('GET', `/api/shops/${channelId}/receipts?q=P-${id}`)
  expect(log.rows.map((row: { kind: string }) => row.kind)).toContain('take-order')
  expect(log.rows.filter((row: { kind: string }) => row.kind === 'hook')).toHaveLength(1)
})

test('may this customer buy this on delivery note? Asked with a key that may nothing else', async () => {
  const key = await apiKey(tresen, ['checkout.ask'])
  const shopKey = httpClient(server.address, { authorization: key.authorization })
  const ask = (customer: object, amount: number) =>
    shopKey('POST', '/api/checkout-question', { body: { channel: 'web', customer, amount, language: 'en' } })
  const trade = await here.customer({
    email: 'einkauf@example.org',
    vatId: 'DE123456789',
    creditLimit: 50_000,
    shopIds: { web: '17' },
  })
  expect((await ask({ shopCustomerId: '17' }, 50_000)).body).toEqual({
    allowed: true,
    reasons: [],
    customerNumber: trade.number,
    available: 50_000,
  })
  expect((await ask({ customerNumber: trade.number }, 50_001)).body).toMatchObject({
    allowed: false,
    reasons: [{ code: 'credit-limit' }],
  })
  // somebody else's account, whatever he typed: no, and the same as for somebody nobody knows
  const typed = { email: 'einkauf@example.org', vatId: 'DE123456789' }
  for (const stranger of [
    typed,
    { ...typed, shopCustomerId: '99' },
    { shopCustomerId: '98' },
    { customerNumber: 'K-9' },
  ])
    expect((await ask(stranger, 1)).body).toEqual({
      allowed: false,
      reasons: [
        {
          code: 'buyer-not-linked',
          text: 'Purchase on delivery note is possible once your account in the shop is linked with your customer account. Please contact us.',
        },
      ],
      customerNumber: null,
      available: null,
    })
  expect((await shopKey('GET', '/api/orders')).status).toBe(403)
})
