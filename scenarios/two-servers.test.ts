import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../common/quantity.ts'
import { apiKey, type Client, httpClient, type Json, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop, type TestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'
import { readStream } from './event-stream.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let servers: TestApp[]
let clients: Client[]
let authorization: string

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  servers = [await testApp(tresen), await testApp(tresen)]
  authorization = (await apiKey(tresen)).authorization
  clients = servers.map((s) => httpClient(s.address, { authorization }))
})
afterAll(async () => {
  for (const server of servers) await server.app.close()
  expect(servers.flatMap((s) => s.faults)).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

/** One order from intake to payment, each step on another of the two servers. */
async function sell(article: string, customerNumber: string, turn: number): Promise<Json> {
  let step = turn
  const ask = async (path: string, body: unknown): Promise<Json> => {
    const answer = await clients[step++ % 2]!('POST', path, { body, key: `${turn}-${step}` })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const order = await ask('/api/orders', {
    channel: 'phone',
    paymentMethod: 'on-invoice',
    customer: { customerNumber },
    lines: [{ article, quantity: 2 * ONE }],
  })
  const note = await ask('/api/delivery-notes', { orderIds: [order.orderId] })
  await ask(`/api/delivery-notes/${note.id}/goods-issue`, {})
  const invoice = await ask('/api/invoices', { noteIds: [note.id] })
  const { customerId } = (await clients[turn % 2]!('GET', `/api/orders/${order.orderId}`)).body
  await ask('/api/payments', { customerId, amount: invoice.amountDue, receivedOn: '2026-11-24' })
  return order
}

test('two servers on one database sell the same goods to the same customers side by side', async () => {
  const articles = await Promise.all([1, 2, 3].map(() => shop.article({ stock: 1000 })))
  const customers = await Promise.all([1, 2, 3, 4].map(() => shop.customer()))
  const seller = async (number: number) => {
    for (let i = 0; i < 6; i++)
      await sell(articles[(number + i) % 3]!.number, customers[i % 4]!.number, number * 100 + i)
  }
  await Promise.all(Array.from({ length: 12 }, (_, i) => seller(i + 1)))
  const [counts] =
    await tresen.sql(`select (select count(*) from orders.sales_order)::int as orders, (select count(*) from delivery.note)::int as notes,
    (select count(*) from invoicing.invoice)::int as invoices, (select sum(open_items) from receivables.account)::int as open`)
  expect(counts).toEqual({ orders: 72, notes: 72, invoices: 72, open: 0 })
})

test('a reader of live events who moves between the servers and is cut off again and again misses and doubles none', async () => {
  let turn = 0
  const from = await newestOf()
  const reader = readStream(() => servers[turn++ % 2]!.address, authorization, from)
  const article = await shop.article({ stock: 1000 })
  const { number } = await shop.customer()
  const placed: string[] = []
  const seller = async (s: number) => {
    for (let i = 0; i < 15; i++) placed.push((await sell(article.number, number, 10_000 + s * 100 + i)).orderId)
  }
  const cutting = setInterval(() => reader.cut(), 40)
  await Promise.all([1, 2, 3, 4].map(seller))
  clearInterval(cutting)
  const last = await newestOf()
  await vi.waitFor(() => expect(reader.events.at(-1)?.cursor).toBe(last), 10_000)
  await reader.stop()
  const written = await tresen.sql<{ cursor: string }>(
    "select txid || '-' || position as cursor from kernel.event where (txid, position) > ($1, $2) order by txid, position",
    from.split('-'),
  )
  expect(reader.events.map((e) => e.cursor)).toEqual(written.map((w) => w.cursor))
  expect(new Set(reader.events.filter((e) => e.type === 'order.placed').map((e) => e.data.orderId))).toEqual(
    new Set(placed),
  )
  expect(reader.connections()).toBeGreaterThan(5)
})

async function newestOf(): Promise<string> {
  const [row] = await tresen.sql<{ cursor: string }>(
    "select txid || '-' || position as cursor from kernel.event order by txid desc, position desc limit 1",
  )
  return row!.cursor
}

test('who reads page by page gets the same events in the same order as who listens', async () => {
  const seen: string[] = []
  for (let after = '0-0', turn = 0; ; turn++) {
    const { body } = await clients[turn % 2]!('GET', `/api/events?limit=50&after=${after}`)
    seen.push(...body.events.map((e: Json) => e.cursor))
    if (body.events.length === 0) break
    after = body.next
  }
  const written = await tresen.sql<{ cursor: string }>(
    "select txid || '-' || position as cursor from kernel.event order by txid, position",
  )
  expect(seen).toEqual(written.map((w) => w.cursor))
})
