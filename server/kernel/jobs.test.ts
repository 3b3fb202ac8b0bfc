import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { listeners } from '../app/capabilities.ts'
import { dispatchEvents } from './jobs.ts'

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
  expect(jobs).toHaveLength(2)
})
