import { once } from 'node:events'
import { createServer as createReceiver } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { listeners } from '../app/capabilities.ts'
import { dispatchEvents } from './jobs.ts'
import { createWebhook } from './webhooks.ts'

vi.setConfig({ testTimeout: 40_000, hookTimeout: 120_000 })

let tresen: TestKernel
let server: TestApp | undefined

beforeEach(async () => {
  tresen = await testKernel()
})
afterEach(async () => {
  await server?.app.close()
  server = undefined
  await tresen.close()
})

const made = async (documentId: string) =>
  (await tresen.sql('select format from documents.file where document_id = $1', [documentId])).length

test('what a killed process had begun is taken over, not left for hours', async () => {
  const { invoice } = await (await openTestShop(tresen)).billed()
  for (const listener of listeners) await dispatchEvents(tresen.kernel, listener)
  await tresen.sql(
    "update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now() - interval '6 minutes'",
  )
  server = await testApp(tresen, { jobs: true })
  await vi.waitFor(async () => expect(await made(invoice.documentId)).toBe(3), { timeout: 20_000, interval: 100 })
})

test('workers whose connections all break are back by themselves', async () => {
  const shop = await openTestShop(tresen)
  server = await testApp(tresen, { jobs: true })
  for (let i = 0; i < 3; i++) {
    await shop.billed()
    await tresen
      .sql(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
      .catch(() => undefined)
  }
  const { invoice } = await shop.billed()
  await vi.waitFor(async () => expect(await made(invoice.documentId)).toBe(3), { timeout: 30_000, interval: 100 })
})

test('an event is queued for a listener once, though ten processes dispatch at the same moment', async () => {
  const shop = await openTestShop(tresen)
  await shop.billed()
  await Promise.all(Array.from({ length: 10 }, () => dispatchEvents(tresen.kernel, listeners[0]!)))
  const jobs = await tresen.sql<{ key: string }>('select key from graphile_worker.jobs')
  expect(new Set(jobs.map((j) => j.key)).size).toBe(jobs.length)
  // data and pages of the note and of the invoice
  expect(jobs).toHaveLength(4)
})

/** The way to PostgreSQL, which can be cut and mended. */
async function wireTo(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(a)
      a.pipe(b)
      a.on('error', () => b.destroy())
      a.on('close', () => b.destroy())
    }
  })
  const listen = async (at = 0) => {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const at = await listen()
  const through = new URL(url)
  through.host = `127.0.0.1:${at}`
  return {
    url: through.href,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    mend: () => listen(at),
  }
}

test('a job that fails while the database is away takes nobody with it and is done when it is back', async () => {
  const wire = await wireTo(tresen.url)
  let calls = 0
  const receiver = createReceiver((_, response) => {
    calls += 1
    // the first time the database goes away while the receiver still thinks, and then it fails as well
    if (calls > 1) return response.writeHead(200).end()
    wire.cut()
    setTimeout(() => response.writeHead(500).end(), 300)
    setTimeout(() => wire.mend(), 1_500)
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  await tresen.play(createWebhook, { url, eventTypes: ['order.placed'] })
  server = await testApp({ url: wire.url }, { jobs: true })
  await (await openTestShop(tresen)).order()
  const state = () => tresen.sql('select state from kernel.webhook_delivery')
  await vi.waitFor(async () => expect(await state()).toEqual([{ state: 'delivered' }]), {
    timeout: 30_000,
    interval: 200,
  })
  await server.app.close()
  server = undefined
  wire.cut()
  receiver.close()
})
