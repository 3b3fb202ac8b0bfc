import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../server/kernel/database/port.ts'
import { createWebhook } from '../server/kernel/webhooks.ts'
import { apiKey, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop, type TestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

let tresen: TestKernel
let here: TestShop
let server: TestApp
let program: ChildProcess
let said = ''

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  server = await testApp(tresen, { jobs: true })
})
afterAll(async () => {
  program.kill()
  await server.app.close()
  await tresen.close()
})

async function untilSaid(words: string): Promise<void> {
  for (let i = 0; i < 1_000 && !said.includes(words); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(said).toContain(words)
}

test('the program of the manual, as it stands there, is told of stock and shipments', async () => {
  const { number } = await here.article({ stock: 10 })
  const { authorization } = await apiKey(tresen, ['orders.write', 'orders.read', 'stock.read'])
  const port = await freePort()
  const { secret } = await tresen.play(createWebhook, {
    url: `http://127.0.0.1:${port}`,
    eventTypes: ['stock.changed', 'delivery.goods-issued'],
  })
  const file = join(import.meta.dirname, '..', 'docs', 'examples', 'own-shop.ts')
  program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    env: {
      ...process.env,
      TRESEN: server.address,
      KEY: authorization.replace('Bearer ', ''),
      CHANNEL: 'web',
      SECRET: secret,
      PORT: String(port),
    },
  })
  program.stdout!.on('data', (text) => (said += String(text)))
  program.stderr!.on('data', (text) => (said += String(text)))
  await untilSaid('listening')
  const order = await here.order({
    channel: 'web',
    externalNumber: 'S-1001',
    priceMode: 'gross',
    lines: [{ article: number, quantity: 4000, unitPrice: 119_000 }],
  })
  await untilSaid(`stock ${number}: 6`)
  await here.deliver([order.id])
  await untilSaid('S-1001 delivered')
})
