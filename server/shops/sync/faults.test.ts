import { afterEach, describe, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import type { Kernel } from '../../kernel/index.ts'
import { RefusalError } from '../../kernel/index.ts'
import { cancelOrder } from '../../orders/index.ts'
import { receiveGoods } from '../../stock/index.ts'
import { matchShop } from '../wish-work.ts'
import { type PlainShop, plainShop } from './plain-shop.ts'
import { openSync } from './test-sync.ts'

const STEPS = 1_500
const ARTICLES = 6
/** of each call for the database; how many calls there are depends on the clock, so it must do for a quick machine too */
const DEATH = 0.02

let tresen: TestKernel
afterEach(() => tresen.close())

/** The same chances for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A process that is killed at some moment: from then on nothing it asks the database for is answered. */
function mortal(kernel: Kernel, random: () => number, chance: number): Kernel & { isDead(): boolean } {
  let dead = false
  const orDie = <T>(work: () => Promise<T>): Promise<T> => {
    dead ||= random() < chance
    return dead ? Promise.reject(new Error('killed')) : work()
  }
  return {
    ...kernel,
    isDead: () => dead,
    database: { query: (statement, values) => orDie(() => kernel.database.query(statement, values)) },
    pool: new Proxy(kernel.pool, {
      get: (pool, name) =>
        name === 'connect' ? () => orDie(() => pool.connect()) : Reflect.get(pool, name, pool).bind?.(pool),
    }),
  }
}

describe.each([1, 2, 3])('the shop and the lines to it behave badly (seed %i)', (seed) => {
  test('hooks lost, doubled, shuffled, a third of the calls fail, an hour away, Tresen killed: afterwards all is equal', async () => {
    tresen = await testKernel()
    const random = seeded(seed)
    const shop = plainShop(random)
    const here = await openTestShop(tresen)
    const sync = await openSync(tresen, shop)
    const articles = await Promise.all(Array.from({ length: ARTICLES }, () => here.article({ stock: 40 })))
    for (const { number } of articles) shop.addArticle(number, 0)
    await tresen.play(matchShop, { channelId: sync.channelId })
    await sync.untilQuiet()

    Object.assign(shop.trouble, { calls: 0.33, hooksLost: 0.2, hooksDoubled: 0.2, hooksShuffled: true })
    let kernel = mortal(tresen.kernel, random, DEATH)
    sync.restart(kernel)
    let kills = 0
    for (let step = 0; step < STEPS; step++) {
      if (step === 500) shop.trouble.down = true
      if (step === 700) shop.trouble.down = false
      await playStep({ shop, here, articles, random })
      if (random() < 0.3) await sync.hooks()
      if (random() < 0.2) await sync.look().catch(() => undefined)
      if (kernel.isDead()) {
        kills++
        await sync.settle()
        kernel = mortal(tresen.kernel, random, DEATH)
        sync.restart(kernel)
      }
    }
    expect(kills).toBeGreaterThan(3)

    Object.assign(shop.trouble, { calls: 0, hooksLost: 0, hooksDoubled: 0, hooksShuffled: false })
    await sync.settle()
    sync.restart()
    await sync.untilQuiet()
    await expectEqual(shop, articles)
    await sync.stop()
  }, 180_000)
})

interface Scene {
  shop: PlainShop
  here: TestShop
  articles: { id: string; number: string }[]
  random: () => number
}

/** Somebody does something: a buyer or the staff in the shop, or the people here. What can't be done isn't. */
async function playStep({ shop, here, articles, random }: Scene): Promise<void> {
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const article = pick(articles)!
  const kind = random()
  try {
    if (kind < 0.35) {
      const other = pick(articles)!
      const lines = [{ sku: article.number, quantity: 1 + Math.floor(random() * 3) }]
      if (other.number !== article.number && random() < 0.4) lines.push({ sku: other.number, quantity: 1 })
      shop.buy(lines)
    } else if (kind < 0.45)
      await here.order({ lines: [{ article: article.number, quantity: 1000 * (1 + Math.floor(random() * 2)) }] })
    else if (kind < 0.55)
      await tresen.play(receiveGoods, {
        locationId: random() < 0.5 ? here.warehouse : here.branch,
        lines: [{ articleId: article.id, quantity: 5000 }],
      } as never)
    else if (kind < 0.6) {
      const id = pick(shop.orderIds())
      if (id) shop.cancel(id, random() < 0.5 ? undefined : { sku: article.number, quantity: 1 })
    } else await actOnOrder(here, random)
  } catch (error) {
    if (!(error instanceof RefusalError) && !/sold out/.test(String(error))) throw error
  }
}

async function actOnOrder(here: TestShop, random: () => number): Promise<void> {
  const [order] = await tresen.sql<{ id: string }>(
    "select id from orders.sales_order where channel = 'web' order by md5(id::text || $1) limit 1",
    [String(random())],
  )
  if (!order) return
  if (random() < 0.15) await tresen.play(cancelOrder, { id: order.id, reason: 'Test' })
  else {
    const note = await here.deliver([order.id])
    if (random() < 0.6) await here.bill([note.id])
  }
}

async function expectEqual(shop: PlainShop, articles: readonly { id: string; number: string }[]): Promise<void> {
  expect(await tresen.findBroken()).toEqual([])
  expect(shop.orderIds().length).toBeGreaterThan(100)
  const rows = await tresen.sql<{ external: string; article: string; kept: number; delivered: number }>(
    `select o.external_number as external, l.article_number as article, (sum(l.ordered - l.cancelled) / 1000)::int as kept, (sum(l.delivered) / 1000)::int as delivered
       from orders.sales_order o join orders.order_line l on l.order_id = o.id where o.channel = 'web' group by 1, 2`,
  )
  for (const id of shop.orderIds()) {
    const seen = shop.seen(id)
    const ours = rows.filter((row) => row.external === seen.number)
    const [parked] = await tresen.sql('select id from orders.parked_order where external_number = $1', [seen.number])
    // cancelled in the shop before we ever saw it: parked, so that somebody decides
    if (parked !== undefined && ours.length === 0) continue
    expect(ours.length, seen.number).toBeGreaterThan(0)
    for (const row of ours) {
      const conflict = (await conflictsOf(seen.number)).length > 0
      expect({ order: seen.number, ...row, delivered: seen.shipped[row.article] }).toMatchObject({
        delivered: row.delivered,
      })
      if (!conflict)
        expect({ order: seen.number, kept: seen.ordered[row.article] ?? 0 }).toEqual({
          order: seen.number,
          kept: row.kept,
        })
    }
  }
  const stock = await tresen.sql<{ number: string; free: number }>(
    `select a.number, greatest(0, sum(l.on_hand - l.reserved) / 1000)::int as free from catalog.article a join stock.level l on l.article_id = a.id where a.id = any($1) group by 1`,
    [articles.map((article) => article.id)],
  )
  for (const { number, free } of stock)
    expect({ number, shown: shop.available(number) }).toEqual({ number, shown: free })
  expect(await tresen.sql('select sku from shops.listing where drift_since is not null')).toEqual([])
  expect(await tresen.sql("select kind, problem from shops.task where state = 'dead'")).toEqual([])
}

async function conflictsOf(externalNumber: string) {
  return tresen.sql('select 1 as one from shops.shop_order where external_number = $1 and conflict is not null', [
    externalNumber,
  ])
}
