import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { receiveGoods } from './index.ts'

vi.setConfig({ testTimeout: 60_000 })

let tresen: TestKernel
let shop: TestShop
beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(() => tresen.close())

test('goods that come in at warehouse and branch and the orders for them never wait for each other in a circle', async () => {
  const [screws, hammers] = [await shop.article({ stock: 50 }), await shop.article({ stock: 50 })]
  const receive = (locationId: string) =>
    tresen.play(receiveGoods, {
      locationId,
      lines: [hammers, screws].map(({ id }) => ({ articleId: id, quantity: ONE })),
    })
  const buy = () => shop.order({ lines: [screws, hammers].map(({ number }) => ({ article: number, quantity: ONE })) })
  for (let round = 0; round < 5; round++)
    await Promise.all(
      Array.from({ length: 5 }).flatMap(() => [receive(shop.branch), buy(), receive(shop.warehouse), buy()]),
    )
  expect(await deadlocks()).toBe(0)
  expect(await tresen.findBroken()).toEqual([])
})

/** How often PostgreSQL had to break up such a circle; what was broken up is tried again, a second later. */
async function deadlocks(): Promise<number> {
  await tresen.sql('select pg_stat_force_next_flush()')
  const [row] = await tresen.sql<{ count: number }>(
    'select deadlocks::int as count from pg_stat_database where datname = current_database()',
  )
  return row!.count
}
