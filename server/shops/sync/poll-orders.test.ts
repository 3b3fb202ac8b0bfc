import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestShop } from '../../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import type { ShopApi } from '../connector.ts'
import { findConnection } from './connections.ts'
import { plainShop } from './plain-shop.ts'
import { glanceAtOrders, pollOrders } from './poll-orders.ts'
import type { Session } from './session.ts'
import { saveShopOrder } from './shop-orders.ts'
import { openSync, quickPace } from './test-sync.ts'

/* What a poll asks for and wishes, with a shop that tells whole seconds. */

let tresen: TestKernel
let channelId: string

beforeAll(async () => {
  tresen = await testKernel()
  await openTestShop(tresen)
  const sync = await openSync(tresen, plainShop(Math.random))
  channelId = sync.channelId
  await sync.stop()
})
afterAll(() => tresen.close())
beforeEach(async () => {
  await tresen.sql("delete from shops.task where kind = 'take-order'")
  await tresen.sql('update shops.connection set order_cursor = null')
})

const secondOf = (msAgo: number) => new Date(Math.floor((Date.now() - msAgo) / 1000) * 1000).toISOString()

/** what the shop is asked, when it changed these */
async function asked(look: (session: Session) => Promise<void>, changed: { id: string; changedAt: string }[]) {
  const since: (string | null)[] = []
  const changedOrders: ShopApi['changedOrders'] = async (from) => {
    since.push(from)
    return { rows: changed, next: undefined }
  }
  const shop = (await findConnection(tresen.kernel.database, channelId))!
  const session = { kernel: tresen.kernel, shop, api: { changedOrders }, pace: quickPace } as unknown as Session
  await look(session)
  return { session, since }
}
const seenMsAgo = async (externalId: string, changedAt: string, ms: number) => {
  await saveShopOrder(tresen.kernel.database, channelId, {
    externalId,
    externalNumber: externalId,
    changedAt,
    bundles: null,
    conflict: null,
    soldBeyond: null,
  })
  await tresen.sql(
    "update shops.shop_order set seen_at = now() - $2 * interval '1 millisecond' where external_id = $1",
    [externalId, ms],
  )
}
const wished = async () =>
  (
    await tresen.sql<{ id: string }>(
      "select object_id as id from shops.task where kind = 'take-order' and done < wished order by wished_at, object_id",
    )
  ).map((row) => row.id)

test('new and changed orders are wished; one seen within its second once more, after it, and behind the others', async () => {
  await seenMsAgo('seen-well', secondOf(60_000), 30_000)
  await seenMsAgo('seen-early', secondOf(60_000), 60_000)
  await seenMsAgo('seen-just-now', secondOf(0), 0)
  await seenMsAgo('changed', secondOf(120_000), 100_000)
  const changed = ['seen-well', 'seen-early', 'changed', 'new'].map((id) => ({ id, changedAt: secondOf(60_000) }))
  const both = [...changed, { id: 'seen-just-now', changedAt: secondOf(0) }]
  await asked(glanceAtOrders, both)
  expect(await wished()).toEqual(['changed', 'new'])
  await asked(pollOrders, both)
  expect(await wished()).toEqual(['changed', 'new', 'seen-early'])
})

test('a glance looks back less far than a poll and leaves the cursor to it', async () => {
  const before = (await asked(pollOrders, [{ id: 'o', changedAt: secondOf(60_000) }])).session.shop.orderCursor!
  const back = (from: string | null | undefined) => (Date.parse(before) - Date.parse(from!)) / 1000
  const { session, since } = await asked(glanceAtOrders, [{ id: 'p', changedAt: secondOf(1_000) }])
  expect([back(since[0]), session.shop.orderCursor]).toEqual([15, before])
  await glanceAtOrders(session)
  expect(back(since[1])).toBeLessThan(-30)
  const poll = await asked(pollOrders, [])
  expect([back(poll.since[0]), poll.session.shop.orderCursor]).toEqual([300, before])
})
