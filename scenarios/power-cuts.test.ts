import { type ChildProcess, fork } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ONE } from '../common/quantity.ts'
import { migrations } from '../server/cli/open-database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/kernel/database/embedded-postgres.ts'
import { migrate } from '../server/kernel/database/migrate.ts'
import { apiKey, httpClient, type Json, testApp } from '../tools/test-app.ts'
import { openTestShop } from '../tools/test-builders.ts'
import { kernelOn, type TestKernel } from '../tools/test-kernel.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

let home: string
let postgres: EmbeddedPostgres
let tresen: TestKernel
let servers: Runner[]

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tresen-power-'))
  chmodSync(home, 0o711)
  const log = { info: () => undefined, warn: () => undefined }
  postgres = await startEmbeddedPostgres({ directory: join(home, 'postgres'), log })
  await migrate(postgres.url, { directory: migrations })
  tresen = await kernelOn(postgres.url)
  servers = []
})
afterEach(async () => {
  for (const server of servers) server.process.kill('SIGKILL')
  await tresen.close()
  await postgres.stop()
  rmSync(home, { recursive: true, force: true })
})

interface Runner {
  process: ChildProcess
  address: string
}
/** A server that finds no database ends and is started again, as by whoever looks after it in real life. */
async function startServer(): Promise<Runner> {
  const program = fileURLToPath(new URL('./run-server.ts', import.meta.url))
  for (;;) {
    const child = fork(program, [postgres.url], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'], execArgv: [] })
    const address = await new Promise<string | undefined>((resolve) => {
      child.stdout!.once('data', (line) => resolve(String(line).trim()))
      child.once('exit', () => resolve(undefined))
    })
    if (address !== undefined) return { process: child, address }
    await sleep(200)
  }
}

/** Programs that sell and never give up: what was not answered is asked again with the same key, wherever a server runs. */
function sellers(count: number, authorization: string, article: string, customers: readonly string[]) {
  const state = {
    stopped: false,
    finished: [] as { turn: string; orderId: string; noteId: string; invoiceId: string }[],
  }
  const outages: number[] = []
  const strange: string[] = []
  async function ask(turn: string, step: string, path: string, body: unknown): Promise<Json> {
    for (let attempt = 0; ; attempt++) {
      const server = servers[(turn.charCodeAt(0) + attempt) % servers.length]!
      try {
        const answer = await httpClient(server.address, { authorization })('POST', path, {
          body,
          key: `${turn}-${step}`,
        })
        if (answer.status === 200) return answer.body
        if (answer.status === 503 && answer.body.code === 'database-unavailable') outages.push(answer.status)
        else if (answer.body?.code !== 'busy') {
          strange.push(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
          throw new Error('strange')
        }
      } catch (error) {
        if (strange.length > 0) throw error
      }
      await sleep(30)
    }
  }
  const sell = async (turn: string, customerNumber: string) => {
    const order = await ask(turn, 'order', '/api/orders', {
      channel: 'phone',
      paymentMethod: 'on-invoice',
      customer: { customerNumber },
      lines: [{ article, quantity: ONE }],
    })
    const note = await ask(turn, 'note', '/api/delivery-notes', { orderIds: [order.orderId] })
    await ask(turn, 'issue', `/api/delivery-notes/${note.id}/goods-issue`, {})
    const invoice = await ask(turn, 'invoice', '/api/invoices', { noteIds: [note.id] })
    state.finished.push({ turn, orderId: order.orderId, noteId: note.id, invoiceId: invoice.id })
  }
  const seller = async (number: number) => {
    for (let i = 0; !state.stopped; i++)
      await sell(`${String.fromCharCode(97 + number)}${i}`, customers[(number + i) % customers.length]!)
  }
  const working = Promise.all(Array.from({ length: count }, (_, i) => seller(i)))
  working.catch(() => undefined)
  return {
    state,
    outages,
    strange,
    async stop() {
      state.stopped = true
      await working
    },
  }
}

async function openMarket() {
  const shop = await openTestShop(tresen)
  const article = await shop.article({ stock: 100_000 })
  const customers = await Promise.all(
    [1, 2, 3].map(async () => (await shop.customer({ creditLimit: 90_000_000_00 })).number),
  )
  const { authorization } = await apiKey(tresen)
  return { article: article.number, customers, authorization }
}

/** Everything acknowledged is there, everything that is there was asked for once. */
async function expectNothingLostOrDoubled(finished: { orderId: string; noteId: string; invoiceId: string }[]) {
  const [counts] =
    await tresen.sql(`select (select count(*) from orders.sales_order)::int as orders, (select count(*) from delivery.note)::int as notes,
    (select count(*) from invoicing.invoice)::int as invoices, (select count(*) from stock.movement where reason = 'goods-issue')::int as movements`)
  const n = finished.length
  expect(counts).toEqual({ orders: n, notes: n, invoices: n, movements: n })
  const found = await tresen.sql(
    `select distinct o.id as "orderId", n.id as "noteId", l.invoice_id as "invoiceId" from orders.sales_order o join invoicing.invoice_line l on l.order_id = o.id join delivery.note n on n.id = l.note_id`,
  )
  const text = (f: object) => JSON.stringify(f, ['orderId', 'noteId', 'invoiceId'])
  expect(new Set(found.map(text))).toEqual(new Set(finished.map(text)))
}

test('servers and PostgreSQL killed at random under load: what was acknowledged is there, nothing is half or doubled', async () => {
  const market = await openMarket()
  servers = [await startServer(), await startServer()]
  const load = sellers(6, market.authorization, market.article, market.customers)
  for (let round = 0; round < 5; round++) {
    await sleep(400 + Math.random() * 900)
    if (round % 3 === 2) process.kill(postgres.pid, 'SIGKILL')
    else {
      const victim = servers[round % 2]!
      victim.process.kill('SIGKILL')
      await sleep(50)
      servers[round % 2] = await startServer()
    }
  }
  const before = load.state.finished.length
  await vi.waitFor(() => expect(load.state.finished.length).toBeGreaterThan(before + 10), 30_000)
  await load.stop()
  expect(load.strange).toEqual([])
  await expectNothingLostOrDoubled(load.state.finished)
  await vi.waitFor(async () => expect(await tresen.findBroken()).toEqual([]), 10_000)
})

test('while the database is stopped everybody is told so, and on its return nothing is lost or doubled', async () => {
  const market = await openMarket()
  const server = await testApp({ url: postgres.url })
  servers = [{ address: server.address, process: { kill: () => true } as unknown as ChildProcess }]
  const client = httpClient(server.address, { authorization: market.authorization })
  const load = sellers(4, market.authorization, market.article, market.customers)
  await vi.waitFor(() => expect(load.state.finished.length).toBeGreaterThan(10), 20_000)
  process.kill(postgres.pid, 'SIGSTOP')
  process.kill(postgres.pid, 'SIGKILL')
  const answers = []
  for (let i = 0; i < 40; i++) answers.push(await client('GET', i % 2 ? '/api/orders' : '/health'))
  const refused = answers.filter((a) => a.status !== 200)
  expect(refused.length).toBeGreaterThan(0)
  for (const { status, body, headers } of refused) {
    expect([status, body.code, headers.get('content-type')]).toEqual([
      503,
      'database-unavailable',
      'application/problem+json; charset=utf-8',
    ])
    expect(headers.get('retry-after')).not.toBeNull()
  }
  const before = load.state.finished.length
  await vi.waitFor(() => expect(load.state.finished.length).toBeGreaterThan(before + 10), 30_000)
  await load.stop()
  expect(load.strange).toEqual([])
  await expectNothingLostOrDoubled(load.state.finished)
  await server.app.close()
  expect(await tresen.findBroken()).toEqual([])
})
