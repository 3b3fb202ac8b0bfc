import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let server: TestApp
let client: Client
let receiver: Server
let received: { headers: Record<string, string>; body: string }[]
/** how the receiver answers next; 200 when none are left */
let answers: number[]

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  server = await testApp(tresen, { jobs: true })
  client = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body })
      response.writeHead(answers.shift() ?? 200).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
})
beforeEach(() => {
  received = []
  answers = []
})
afterAll(async () => {
  await server.app.close()
  receiver.close()
  await tresen.close()
})

async function subscribe(eventTypes: string[]) {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  const { body } = await client('POST', '/api/webhooks', { body: { url, eventTypes } })
  const stop = () => client('DELETE', `/api/webhooks/${body.id}`)
  return { id: body.id as string, secret: body.secret as string, stop }
}
const kinds = () => received.map((r) => JSON.parse(r.body).type as string)

test('a webhook gets the events it asked for, signed so that only we can have sent them', async () => {
  const hook = await subscribe(['order.placed'])
  const order = await shop.order()
  await vi.waitFor(() => expect(received).toHaveLength(1), 8_000)
  const { headers, body } = received[0]!
  const message = new Webhook(hook.secret).verify(body, headers) as { type: string; data: { orderId: string } }
  expect(message).toMatchObject({ type: 'order.placed', data: { orderId: order.id } })
  expect(() => new Webhook(hook.secret).verify(body.replace(order.id, shop.warehouse), headers)).toThrow()
  expect(body).not.toContain('Quast')
  await hook.stop()
})

test('what is not answered with a receipt comes again, with the same id', async () => {
  const hook = await subscribe(['order.placed'])
  answers = [302]
  await shop.order()
  await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 15_000, interval: 200 })
  expect(new Set(received.map((r) => r.headers['webhook-id'])).size).toBe(1)
  await vi.waitFor(async () => {
    const { body } = await client('GET', '/api/webhooks')
    expect(body.rows[0]).toMatchObject({ delivered: 1, failed: 0 })
  }, 5_000)
  await hook.stop()
})

test('a receiver that was away gets everything since a moment again, in its order', async () => {
  const hook = await subscribe(['order.placed', 'order.cancelled'])
  const orders = [await shop.order(), await shop.order(), await shop.order()]
  await client('POST', `/api/orders/${orders[1]!.id}/cancel`, { body: { reason: 'abbestellt' } })
  await vi.waitFor(() => expect(received).toHaveLength(4), 10_000)
  const first = received.map((r) => r.headers['webhook-id'])
  received = []
  const { body } = await client('POST', `/api/webhooks/${hook.id}/replay`, { body: { since: '2026-11-01T00:00:00Z' } })
  expect(body.queued).toBeGreaterThanOrEqual(4)
  await vi.waitFor(() => expect(received).toHaveLength(body.queued), 10_000)
  expect(received.slice(-4).map((r) => r.headers['webhook-id'])).toEqual(first)
  expect(kinds().slice(-4)).toEqual(['order.placed', 'order.placed', 'order.placed', 'order.cancelled'])
  await hook.stop()
})

test('one that was switched off gets nothing more, another still does', async () => {
  const [off, on] = [await subscribe(['order.placed']), await subscribe(['order.placed'])]
  await off.stop()
  await shop.order()
  await vi.waitFor(() => expect(received).toHaveLength(1), 8_000)
  expect(() => new Webhook(on.secret).verify(received[0]!.body, received[0]!.headers)).not.toThrow()
  expect(
    (await client('POST', `/api/webhooks/${off.id}/replay`, { body: { since: '2026-11-01T00:00:00Z' } })).status,
  ).toBe(404)
  await on.stop()
})

test('the secret is shown once', async () => {
  const hook = await subscribe([])
  const list = await client('GET', '/api/webhooks')
  expect(JSON.stringify(list.body)).not.toContain(hook.secret)
  await hook.stop()
})
