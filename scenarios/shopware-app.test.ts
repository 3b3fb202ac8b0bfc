import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, apiKey, type Client, httpClient, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

/* The app of a Shopware shop registers over HTTP as the shop would do it; everybody else gets nothing and leaves nothing. */

let tresen: TestKernel
let server: TestApp
let admin: Client
let anybody: Client
let channelId: string
/** of the manifest, as the merchant downloaded it */
let appSecret: string
/** as the shop knows it: what it signs its hooks with */
let shopSecret: string

const SHOP = { id: 'KIPf0Fz6BUkN', url: 'https://schaufenster.example/' }
const keys = { apiKey: 'SWIARXBSDJRWEMJONFK2OHBNWA', secretKey: 'Q1QyaUg3ZHpnZURPeDV3ZkpncXdSRzJpNjdBeWM1' }
const hmac = (content: string, secret: string) => createHmac('sha256', secret).update(content).digest('hex')
const seconds = () => Math.floor(Date.now() / 1000)

beforeAll(async () => {
  tresen = await testKernel()
  await openTestShop(tresen)
  server = await testApp(tresen)
  anybody = httpClient(server.address)
  admin = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
  const { body } = await admin('GET', '/api/channels')
  channelId = body.channels.find((channel: { code: string }) => channel.code === 'web').id
  const common = { kind: 'shopware', address: 'https://old.example', publicAddress: 'https://tresen.example/' }
  expect((await admin('PUT', `/api/shops/${channelId}`, { body: common })).status).toBe(200)
})
afterAll(async () => {
  expect(server.faults).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
  await server.app.close()
  await tresen.close()
})

interface Register {
  id?: string
  url?: string
  at?: number
  app?: string
  /** the shop's own secret, where it has one */
  shop?: string
  headers?: Record<string, string>
}
// each moment once: the shop's clock goes on between two registrations
let lastSecond = seconds() - 100
async function register({
  id = SHOP.id,
  url = SHOP.url,
  at = ++lastSecond,
  app = appSecret,
  shop,
  headers,
}: Register = {}) {
  // not encoded as we would do it: signed is what was sent
  const query = `shop-id=${id}&shop-url=${url.replaceAll('/', '%2f')}&timestamp=${at}&sw-user=a+b`
  const signed = {
    'shopware-app-signature': hmac(query, app),
    ...(shop && { 'shopware-shop-signature': hmac(query, shop) }),
  }
  return anybody('GET', `/api/shops/web/shopware/register?${query}`, { headers: headers ?? signed })
}
async function confirm(secret: string, { former, ...changes }: { former?: string; [name: string]: unknown } = {}) {
  const body = JSON.stringify({
    ...keys,
    timestamp: String(seconds()),
    shopUrl: SHOP.url,
    shopId: SHOP.id,
    ...changes,
  }).replaceAll('/', '\\/')
  const previous: Record<string, string> =
    former === undefined ? {} : { 'shopware-shop-signature-previous': hmac(body, former) }
  const send = () =>
    anybody('POST', '/api/shops/web/shopware/confirm', {
      body,
      headers: { 'shopware-shop-signature': hmac(body, secret), ...previous },
    })
  return { ...(await send()), again: send }
}
async function hook(secret: string): Promise<number> {
  const payload = [{ entity: 'order', operation: 'update', primaryKey: '018f2b7c0000a1b2c3d4e5f607182930' }]
  const source = { url: SHOP.url, shopId: SHOP.id, eventId: randomUUID() }
  const body = JSON.stringify({ data: { event: 'order.written', payload }, source, timestamp: seconds() })
  return (
    await anybody('POST', '/api/shops/web/hooks', { body, headers: { 'shopware-shop-signature': hmac(body, secret) } })
  ).status
}
/** everything a registration may write */
async function traces() {
  const [connection, pending, [journal]] = await Promise.all([
    tresen.sql<{ secrets: Record<string, string>; address: string; not_before: string | null }>(
      'select * from shops.connection',
    ),
    tresen.sql('select * from shops.shopware_registration'),
    tresen.sql<{ count: number }>('select count(*)::int from kernel.journal'),
  ])
  return { connection: connection[0]!, pending, journal: journal!.count }
}
async function refused(what: () => Promise<Pick<Answer, 'status'>>): Promise<void> {
  const before = await traces()
  expect((await what()).status).toBe(401)
  expect(await traces()).toEqual(before)
}

test('the manifest has our address, the channel and a secret; only who may set up shops gets it', async () => {
  const { status, body, headers } = await admin('GET', `/api/shops/${channelId}/shopware-manifest`)
  expect([status, headers.get('content-disposition')]).toEqual([200, 'attachment; filename="manifest.xml"'])
  expect(body).toContain('<registrationUrl>https://tresen.example/api/shops/web/shopware/register</registrationUrl>')
  expect(body).toContain('url="https://tresen.example/api/shops/web/hooks" event="order.written"')
  expect(body).not.toMatch(/TRESEN|CHANNEL|SECRET/)
  appSecret = /<secret>(.{43,})<\/secret>/.exec(body)![1]!
  expect(await admin('GET', `/api/shops/${channelId}/shopware-manifest`)).toMatchObject({ body })
  const reader = httpClient(server.address, { authorization: (await apiKey(tresen, ['settings.read'])).authorization })
  expect((await reader('GET', `/api/shops/${channelId}/shopware-manifest`)).status).toBe(403)
  expect((await reader('POST', `/api/shops/${channelId}/shopware-manifest`)).status).toBe(403)
})

test('nobody registers with a wrong, missing or old signature, and nothing is left of it', async () => {
  await refused(() => register({ app: 'another' }))
  await refused(() => register({ headers: {} }))
  await refused(() => register({ headers: { 'shopware-app-signature': 'zz' } }))
  await refused(() => register({ at: seconds() - 700 }))
  await refused(() => register({ at: seconds() + 700 }))
  await refused(() =>
    anybody('GET', '/api/shops/nowhere/shopware/register?shop-id=1&shop-url=https://a.example&timestamp=1'),
  )
  await refused(() => confirm(''))
  await refused(() => confirm('null'))
})

test('the shop registers, confirms, and has signed hooks and keys; each answer counts once', async () => {
  await tresen.sql(
    "update shops.connection set not_before = now() + interval '1 hour', troubles = 3, trouble = 'unauthorised'",
  )
  const at = ++lastSecond
  const { status, body } = await register({ at })
  expect(status).toBe(200)
  expect(body).toEqual({
    proof: hmac(`${SHOP.id}${SHOP.url}Tresen`, appSecret),
    secret: expect.stringMatching(/^[\w-]{64,255}$/),
    confirmation_url: 'https://tresen.example/api/shops/web/shopware/confirm',
  })
  expect((await traces()).connection.secrets.shopSecret).toBeUndefined()
  await refused(() => register({ at })) // somebody who listened would get a secret of his own
  await refused(async () => ({ status: await hook(body.secret) }))
  await refused(() => confirm('another'))
  await refused(() => confirm(body.secret, { shopUrl: 'https://elsewhere.example' }))
  await refused(() => confirm(body.secret, { shopId: 'another' }))
  await refused(() => confirm(body.secret, { timestamp: String(seconds() - 700) }))
  await refused(() => confirm(body.secret, { apiKey: undefined }))
  const confirmed = await confirm(body.secret)
  expect(confirmed.status).toBe(200)
  await refused(confirmed.again)
  shopSecret = body.secret
  const { connection } = await traces()
  expect(connection).toMatchObject({
    address: 'https://schaufenster.example',
    not_before: null,
    troubles: 0,
    trouble: null,
  })
  expect(connection.secrets).toEqual({
    appSecret,
    shopSecret,
    shopId: SHOP.id,
    accessKeyId: keys.apiKey,
    secretAccessKey: keys.secretKey,
  })
  expect(await hook(shopSecret)).toBe(200)
  expect(await hook('another')).toBe(401)
})

test('nobody else takes the shop over, not even with its manifest', async () => {
  await refused(() => register())
  await refused(() => register({ shop: 'another' }))
  await refused(() => register({ id: 'another' }))
  await refused(() => register({ id: 'another', shop: shopSecret })) // a copy of the shop
  expect(await hook(shopSecret)).toBe(200)
})

test('the shop turns its secret: the former one signs for a minute more', async () => {
  const { status, body } = await register({ shop: shopSecret, url: 'https://neu.example' })
  expect([status, body.secret === shopSecret]).toEqual([200, false])
  const moved = { shopUrl: 'https://neu.example', apiKey: 'SWIANEW', secretKey: 'new' }
  await refused(() => confirm(body.secret, moved))
  await refused(() => confirm(body.secret, { ...moved, former: body.secret }))
  expect(await hook(shopSecret)).toBe(200)
  expect((await confirm(body.secret, { ...moved, former: shopSecret })).status).toBe(200)
  expect((await traces()).connection).toMatchObject({
    address: 'https://neu.example',
    secrets: { accessKeyId: 'SWIANEW', secretAccessKey: 'new' },
  })
  expect([await hook(body.secret), await hook(shopSecret)]).toEqual([200, 200])
  const { connection } = await traces()
  const until = Date.parse(connection.secrets.formerShopSecretUntil!) - Date.now()
  expect([until > 50_000, until <= 60_000]).toEqual([true, true])
  const over = JSON.stringify({ formerShopSecretUntil: new Date(Date.now() - 1).toISOString() })
  await tresen.sql('update shops.connection set secrets = secrets || $1::jsonb', [over])
  expect([await hook(body.secret), await hook(shopSecret)]).toEqual([200, 401])
  shopSecret = body.secret
})

test('the same at the same moment counts once', async () => {
  const at = ++lastSecond
  const asked = await Promise.all([1, 2, 3, 4].map(() => register({ at, shop: shopSecret })))
  expect(asked.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  const { secret } = asked.find(({ status }) => status === 200)!.body
  const confirmed = await Promise.all([1, 2, 3, 4].map(() => confirm(secret, { former: shopSecret })))
  expect(confirmed.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  expect([await hook(secret), await hook(shopSecret)]).toEqual([200, 200])
  shopSecret = secret
})

test('a registration that was not confirmed in time is over', async () => {
  const { body } = await register({ shop: shopSecret })
  await tresen.sql("update shops.shopware_registration set asked_at = asked_at - interval '11 minutes'")
  await refused(() => confirm(body.secret, { former: shopSecret }))
  expect(await hook(shopSecret)).toBe(200)
})

test('with a new manifest a shop with a new id is taken; the manifest before registers nobody', async () => {
  expect((await admin('POST', `/api/shops/${channelId}/shopware-manifest`)).status).toBe(200)
  expect(await hook(shopSecret)).toBe(200)
  await refused(() => register({ shop: shopSecret }))
  const { body: manifest } = await admin('GET', `/api/shops/${channelId}/shopware-manifest`)
  const [, renewed] = /<secret>(.+)<\/secret>/.exec(manifest)!
  expect(renewed).not.toBe(appSecret)
  const { body } = await register({ id: 'new', app: renewed! })
  expect((await confirm(body.secret, { shopId: 'new' })).status).toBe(200)
  expect(await hook(body.secret)).toBe(200)
})

test('nothing of it is told again, neither by the list nor by the journal', async () => {
  const journal = await tresen.sql<{ use_case: string; text: string }>(
    "select use_case, concat(before, after, output) as text from kernel.journal where use_case like '%-app'",
  )
  expect(journal.map((entry) => entry.use_case)).toEqual(expect.arrayContaining(['register-app', 'confirm-app']))
  const { secrets } = (await traces()).connection
  const told = JSON.stringify([journal, (await admin('GET', '/api/shops')).body])
  const ours = [
    secrets.appSecret,
    secrets.shopSecret,
    secrets.accessKeyId,
    secrets.secretAccessKey,
    appSecret,
    shopSecret,
  ]
  for (const secret of ours) expect(told).not.toContain(secret)
})
