import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ONE } from '../common/quantity.ts'
import { apiKey, httpClient, type Json } from '../tools/test-app.ts'
import { openTestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

let tresen: TestKernel
let servers: ChildProcess[]

beforeEach(async () => {
  tresen = await testKernel()
  servers = []
})
afterEach(async () => {
  for (const server of servers) server.kill('SIGKILL')
  await tresen.close()
})

async function startServer(): Promise<{ process: ChildProcess; address: string }> {
  const program = fileURLToPath(new URL('./run-server.ts', import.meta.url))
  const child = fork(program, [tresen.url], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'], execArgv: [] })
  servers.push(child)
  const address = await new Promise<string>((resolve) => {
    child.stdout!.once('data', (line) => resolve(String(line).trim()))
  })
  return { process: child, address }
}

test('a server killed in the middle of a run: another one goes on, and every customer gets one invoice', async () => {
  const CUSTOMERS = 40
  const shop = await openTestShop(tresen)
  const article = await shop.article({ stock: 1_000 })
  for (let i = 0; i < CUSTOMERS; i++) {
    const { number } = await shop.customer()
    const order = await shop.order({ of: number, lines: [{ article: article.number, quantity: ONE }] })
    await shop.deliver([order.id])
  }
  const { authorization } = await apiKey(tresen)
  const first = await startServer()
  const asked = httpClient(first.address, { authorization })
  const run = `/api/billing/runs/${(await asked('POST', '/api/billing/runs', { body: { everything: true } })).body.id}`
  const until = async (reached: (state: Json) => boolean, client = asked) => {
    for (;;) {
      const { body } = await client('GET', run)
      if (reached(body)) return body
      await sleep(20)
    }
  }
  const plan = await until((r) => r.state === 'planned')
  expect(plan.bills.waiting.count).toBe(CUSTOMERS)
  await asked('POST', `${run}/start`, { body: {} })
  await until((r) => r.bills.billed.count >= 5)
  first.process.kill('SIGKILL')
  const [half] = await tresen.sql<{ billed: number }>(
    `select count(*)::int as billed from billing.bill where state = 'billed'`,
  )
  expect(half!.billed).toBeLessThan(CUSTOMERS)

  // five minutes later the jobs of the dead are free
  await tresen.sql(`update graphile_worker._private_jobs set locked_at = locked_at - interval '6 minutes'`)
  await tresen.sql(`update graphile_worker._private_job_queues set locked_at = locked_at - interval '6 minutes'`)
  const second = await startServer()
  const end = await until((r) => r.state === 'done', httpClient(second.address, { authorization }))
  expect(end.bills).toMatchObject({ billed: { count: CUSTOMERS, gross: plan.bills.waiting.gross } })
  const perCustomer = await tresen.sql('select customer_id from invoicing.invoice group by 1 having count(*) = 1')
  expect(perCustomer).toHaveLength(CUSTOMERS)
  expect(await tresen.findBroken()).toEqual([])
})
