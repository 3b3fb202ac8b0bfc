import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../../tools/test-database.ts'
import { connect } from './database/connect.ts'
import { silentLog } from './kernel.ts'
import { startWakeUp, type WakeUp } from './wake-up.ts'

let drop: () => Promise<void>
let pool: ReturnType<typeof connect>
let here: WakeUp
let there: WakeUp
const heard = { here: 0, there: 0 }

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = connect(database.url, { max: 2 })
  here = startWakeUp(database.url, pool, silentLog)
  there = startWakeUp(database.url, pool, silentLog)
  here.onRing(() => heard.here++)
  there.onRing(() => heard.there++)
  // each looks once when it begins to listen
  await vi.waitUntil(() => heard.here === 1 && heard.there === 1)
})
afterAll(async () => {
  await Promise.all([here.close(), there.close()])
  await pool.end()
  await drop()
})

test('a bell that rings is heard in every process, and once in its own', async () => {
  here.ring()
  await vi.waitUntil(() => heard.there === 2)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(heard).toEqual({ here: 2, there: 2 })
})
