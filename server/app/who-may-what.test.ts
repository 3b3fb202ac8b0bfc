import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { permissionsOf, type Role, roles } from '../../common/permissions.ts'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { kernelRoutes } from '../kernel/http/kernel-routes.ts'
import { changeUser, createUser } from '../kernel/identity/users.ts'
import { routes } from './capabilities.ts'
import { setUpRoutes } from './set-up.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let server: TestApp
const password = 'ein langes Kennwort'
const userIds = new Map<string, string>()

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  server = await testApp(tresen)
  for (const role of roles)
    userIds.set(role, (await tresen.play(createUser, { login: role, name: role, role, password })).id)
})
afterAll(async () => {
  await server.app.close()
  await tresen.close()
})

async function logIn(login: string, headers: Record<string, string> = {}) {
  const answer = await httpClient(server.address, headers)('POST', '/api/session', { body: { login, password } })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { answer, cookie, client: httpClient(server.address, { ...headers, cookie }) }
}

const feed = undefined as never // only read by the stream of events
const everyRoute = [...kernelRoutes(feed), ...setUpRoutes, ...routes].map((b) => b.route)
const nobodysId = '01985000-0000-7000-8000-00000000dead'
const pathOf = (path: string) =>
  path.replace(':kind', 'articles').replace(':format', 'pdf').replace(':code', 'web').replace(/:\w+/g, nobodysId)

describe('least privilege', () => {
  test.each(roles)('a %s may do what the role allows and nothing else, on every route', async (role: Role) => {
    const { client } = await logIn(role)
    for (const route of everyRoute) {
      if (route.path === '/api/session' && route.method === 'DELETE') continue
      const { permission } = route
      const may = permission === 'public' || permission === 'logged-in' || permissionsOf[role].includes(permission)
      const { status, body } = await client(
        route.method,
        pathOf(route.path),
        route.method === 'GET' ? {} : { body: '[]' },
      )
      expect(status === 403, `${route.method} ${route.path}: ${status}`).toBe(!may)
      if (!may) expect(body).toMatchObject({ code: 'not-allowed', facts: { permission } })
    }
  })

  test.each(roles)('a %s pays money out only with the right to, at the desk as out of a credit', async (role: Role) => {
    const { client } = await logIn(role)
    const { id: article } = await shop.article()
    const line = { articleId: article, quantity: 1000, reason: 'other', goods: 'restock' }
    const desk = (money: string) =>
      client('POST', '/api/returns', {
        body: { customerId: nobodysId, locationId: shop.warehouse, lines: [line], money },
      })
    const missing = ['not-allowed', 'payments.refund']
    const said = ({ body }: { body: { code?: string; facts?: { permission?: string } } }) => [
      body.code,
      body.facts?.permission,
    ]
    const credit = { body: { method: 'cash', paidOn: '2026-11-24' } }
    const [refunded, setOff, paidOut] = [
      said(await desk('refund')),
      said(await desk('set-off')),
      said(await client('POST', `/api/payments/${nobodysId}/refund`, credit)),
    ]
    if (role === 'warehouse') expect(refunded).toEqual(['not-allowed', 'returns.write'])
    else if (role === 'clerk')
      expect([refunded, paidOut, setOff[0]]).toEqual([missing, missing, 'more-than-returnable'])
    else expect([refunded[0], paidOut[0]]).toEqual(['more-than-returnable', 'not-found'])
  })

  test('an exchange sells goods: who may only take back may not', async () => {
    const { client } = await logIn('accounting')
    const { id: article } = await shop.article()
    const line = { articleId: article, quantity: 1000, reason: 'other', goods: 'restock' }
    const exchange = { lines: [{ articleId: article, quantity: 1000 }], deliver: 'hand-over-now' }
    const body = { customerId: nobodysId, locationId: shop.warehouse, lines: [line], money: 'credit', exchange }
    expect((await client('POST', '/api/returns', { body })).body).toMatchObject({
      code: 'not-allowed',
      facts: { permission: 'orders.write' },
    })
  })

  test('nobody gets in without a log-in or key, but for what is public', async () => {
    const nobody = httpClient(server.address)
    const wrong = httpClient(server.address, { authorization: 'Bearer tk_wrong' })
    for (const route of everyRoute) {
      for (const client of [nobody, wrong]) {
        const { status, body } = await client(
          route.method,
          pathOf(route.path),
          route.method === 'GET' ? {} : { body: '[]' },
        )
        const askedWho = status === 401 && body.code === 'not-logged-in'
        expect(askedWho, `${route.method} ${route.path}: ${status}`).toBe(route.permission !== 'public')
      }
    }
  })

  test('a key may only what it was made for', async () => {
    const key = await apiKey(tresen, ['orders.read'])
    const client = httpClient(server.address, { authorization: key.authorization })
    expect((await client('GET', '/api/orders')).status).toBe(200)
    expect((await client('GET', '/api/invoices')).status).toBe(403)
    expect((await client('POST', '/api/orders', { body: {} })).status).toBe(403)
  })

  test('an invoice’s file is not for the warehouse, even by its address', async () => {
    const { invoice } = await shop.billed()
    const { client } = await logIn('warehouse')
    expect((await client('GET', `/api/documents/${invoice.documentId}`)).status).toBe(403)
    expect((await client('GET', `/api/documents/${invoice.documentId}/pdf`)).status).toBe(403)
  })
})

describe('logging in', () => {
  const attempt = (login: string, word: string, headers: Record<string, string> = {}) =>
    httpClient(server.address, headers)('POST', '/api/session', { body: { login, password: word } })

  test('gives a cookie no script and no other site can use', async () => {
    const { answer } = await logIn('clerk')
    expect(answer.headers.get('set-cookie')).toMatch(/^tresen_session=[^;]+;.*HttpOnly.*SameSite=Strict/)
    expect(answer.body).toMatchObject({ role: 'clerk' })
    expect(JSON.stringify(answer.body)).not.toContain('scrypt')
  })

  test('five wrong passwords close the door for a while, also to the right one, over all processes', async () => {
    await tresen.play(createUser, { login: 'vergesslich', name: 'V', role: 'clerk', password })
    const second = await testApp(tresen)
    for (let i = 0; i < 5; i++) expect((await attempt('vergesslich', 'falsch')).status).toBe(401)
    for (const address of [server.address, second.address]) {
      const answer = await httpClient(address)('POST', '/api/session', { body: { login: 'VERGESSLICH', password } })
      expect([answer.status, answer.body.code]).toEqual([429, 'too-many-logins'])
      expect(answer.headers.get('retry-after')).not.toBeNull()
    }
    await second.app.close()
    expect((await attempt('clerk', password)).status).toBe(200)
  })

  test('thirty failures from one address close it for every name there', async () => {
    const from = { 'x-forwarded-for': '203.0.113.7' }
    for (let i = 0; i < 30; i++) await attempt(`name ${i}`, 'falsch', from)
    expect((await attempt('clerk', password, from)).status).toBe(429)
    expect((await attempt('clerk', password, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200)
  })

  test('a name nobody has is answered like a wrong password', async () => {
    const [unknown, wrong] = [await attempt('niemand', 'falsch'), await attempt('accounting', 'falsch')]
    expect(unknown.body).toEqual(wrong.body)
  })

  test('after logging out the cookie opens nothing', async () => {
    const { client } = await logIn('clerk')
    expect((await client('GET', '/api/session')).status).toBe(200)
    await client('DELETE', '/api/session')
    await vi.waitFor(async () => expect((await client('GET', '/api/session')).status).toBe(401), 5_000)
  })

  test('who is switched off is out within seconds', async () => {
    const { id } = await tresen.play(createUser, { login: 'geht', name: 'G', role: 'clerk', password })
    const { client } = await logIn('geht')
    expect((await client('GET', '/api/session')).status).toBe(200)
    await tresen.play(changeUser, { id, active: false })
    await vi.waitFor(async () => expect((await client('GET', '/api/session')).status).toBe(401), 5_000)
    expect((await attempt('geht', password)).status).toBe(401)
  })

  test('the last administrator cannot lock himself out', async () => {
    const { client } = await logIn('administrator')
    const answer = await client('PATCH', `/api/users/${userIds.get('administrator')}`, { body: { role: 'clerk' } })
    expect([answer.status, answer.body.code]).toEqual([422, 'last-administrator'])
  })

  test('a short password is refused', async () => {
    const { client } = await logIn('administrator')
    const answer = await client('POST', '/api/users', {
      body: { login: 'neu', name: 'Neu', role: 'clerk', password: 'kurz' },
    })
    expect([answer.status, answer.body.code]).toEqual([422, 'weak-password'])
  })
})

describe('a page of somebody else', () => {
  const release = (client: Client, headers: Record<string, string>) =>
    client('POST', `/api/orders/${nobodysId}/release`, { body: { reason: 'x' }, headers })

  test.each([
    ['another origin', { origin: 'https://boese.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of our domain', { 'sec-fetch-site': 'same-site' }],
    ['an origin that is no address', { origin: 'boese' }],
    ['a page without an origin', { origin: 'null' }],
  ])('cannot act with the session of who looks at it: %s', async (_, headers: Record<string, string>) => {
    const { client } = await logIn('accounting')
    const answer = await release(client, headers)
    expect([answer.status, answer.body.code]).toEqual([403, 'not-allowed'])
  })

  test('our own pages can', async () => {
    const { client } = await logIn('accounting')
    const own = { origin: server.address, 'sec-fetch-site': 'same-origin' }
    expect((await release(client, own)).status).toBe(404)
  })
})

test('every answer tells browsers to keep other pages and their scripts away, a refusal too', async () => {
  for (const path of ['/health', '/api/orders', '/nowhere']) {
    const { headers } = await httpClient(server.address)('GET', path)
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'self'")
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
  }
})

test('a revoked key is refused within seconds', async () => {
  const { id, authorization } = await apiKey(tresen, ['orders.read'])
  const program = httpClient(server.address, { authorization })
  expect((await program('GET', '/api/orders')).status).toBe(200)
  const { client } = await logIn('administrator')
  expect((await client('DELETE', `/api/api-keys/${id}`)).status).toBe(200)
  await vi.waitFor(async () => expect((await program('GET', '/api/orders')).status).toBe(401), 5_000)
})

test('nothing of all this was a fault', () => {
  expect(server.faults).toEqual([])
})
