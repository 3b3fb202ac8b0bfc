import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type PlacedOrder, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import type { Work } from '../kernel/index.ts'
import { cancelOrder } from '../orders/index.ts'
import { correctStock, countStock } from './correct-stock.ts'
import { receiveGoods } from './index.ts'

vi.setConfig({ testTimeout: 30_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  expect(await tresen.sql(lostPieces)).toEqual([])
  await tresen.close()
})

/** Each open piece is reserved or waited for, neither more nor less. */
const lostPieces = `select l.id from orders.order_line l
    left join (select order_line_id, sum(quantity) as reserved from stock.reservation group by 1) r on r.order_line_id = l.id
    left join stock.backorder b on b.order_line_id = l.id
   where l.kind = 'goods' and l.ordered - l.cancelled - l.delivered <> coalesce(r.reserved, 0) + coalesce(b.quantity, 0)`

async function ordering(article: { number: string }, pieces: number): Promise<PlacedOrder> {
  return shop.order({ lines: [{ article: article.number, quantity: pieces * ONE }] })
}
const reservedFor = async (order: PlacedOrder) =>
  (
    await tresen.sql<{ pieces: number }>(
      'select coalesce(sum(quantity), 0)::int / 1000 as pieces from stock.reservation where order_id = $1',
      [order.id],
    )
  )[0]!.pieces
const stockOf = (article: { id: string }) =>
  tresen.sql('select on_hand / 1000 as on_hand, reserved / 1000 as reserved from stock.level where article_id = $1', [
    article.id,
  ])
const receive = (article: { id: string }, pieces: number, locationId = shop.warehouse) =>
  tresen.play(receiveGoods, { locationId, lines: [{ articleId: article.id, quantity: pieces * ONE }] })
const count = (article: { id: string }, pieces: number) =>
  tresen.play(correctStock, {
    locationId: shop.warehouse,
    articleId: article.id,
    counted: pieces * ONE,
    reason: 'Inventur',
  })

describe('the last pieces', () => {
  test('fifty buyers at the same moment never get more than is there', async () => {
    const article = await shop.article({ stock: 20 })
    const lines = [{ article: article.number, quantity: ONE }]
    const buyers = await Promise.all(Array.from({ length: 50 }, () => shop.customer()))
    const orders = await Promise.all(buyers.map(({ number }) => shop.order({ of: number, lines })))
    const reserved = await Promise.all(orders.map(reservedFor))
    expect(reserved.filter((pieces) => pieces === 1)).toHaveLength(20)
    expect(await stockOf(article)).toEqual([{ on_hand: 20, reserved: 20 }])
    const [waiting] = await tresen.sql('select count(*)::int as lines from stock.backorder where article_id = $1', [
      article.id,
    ])
    expect(waiting).toEqual({ lines: 30 })
  })

  test('buyers of the same two articles in turned order do not block each other', async () => {
    const [a, b] = [await shop.article({ stock: 30 }), await shop.article({ stock: 30 })]
    const line = (article: { number: string }) => ({ article: article.number, quantity: ONE })
    const buyers = await Promise.all(Array.from({ length: 40 }, () => shop.customer()))
    await Promise.all(
      buyers.map(({ number }, i) => shop.order({ of: number, lines: i % 2 ? [line(a), line(b)] : [line(b), line(a)] })),
    )
    expect([...(await stockOf(a)), ...(await stockOf(b))]).toEqual([
      { on_hand: 30, reserved: 30 },
      { on_hand: 30, reserved: 30 },
    ])
  })

  test('the database itself refuses to put aside what is not there', async () => {
    const article = await shop.article({ stock: 5 })
    const oversell = tresen.sql('update stock.level set reserved = on_hand + 1 where article_id = $1', [article.id])
    await expect(oversell).rejects.toThrow(/violates check constraint/)
  })
})

describe('goods that come in', () => {
  test('go to the orders that wait, oldest first', async () => {
    const article = await shop.article({ stock: 0 })
    const [first, second, third] = [await ordering(article, 6), await ordering(article, 6), await ordering(article, 6)]
    expect(await receive(article, 8)).toMatchObject({ backordersReserved: 2 })
    expect([await reservedFor(first), await reservedFor(second), await reservedFor(third)]).toEqual([6, 2, 0])
    await receive(article, 10)
    expect([await reservedFor(first), await reservedFor(second), await reservedFor(third)]).toEqual([6, 6, 6])
  })

  test('at a branch they serve the channel too', async () => {
    const article = await shop.article({ stock: 2 })
    const order = await ordering(article, 5)
    await receive(article, 3, shop.branch)
    expect(await reservedFor(order)).toBe(5)
  })

  test('two receipts and an order at the same moment lose nothing', async () => {
    const article = await shop.article({ stock: 0 })
    const order = await ordering(article, 9)
    await Promise.all([receive(article, 4), receive(article, 4), ordering(article, 2)])
    expect(await reservedFor(order)).toBe(8)
    expect(await stockOf(article)).toEqual([{ on_hand: 8, reserved: 8 }])
  })
})

describe('goods that an order gives back', () => {
  test('go to who waits for them', async () => {
    const article = await shop.article({ stock: 10 })
    const [has, waits] = [await ordering(article, 10), await ordering(article, 4)]
    await tresen.play(cancelOrder, {
      id: has.id,
      reason: 'abbestellt',
      lines: [{ lineId: has.lines[0]!.id, quantity: 3 * ONE }],
    })
    expect([await reservedFor(has), await reservedFor(waits)]).toEqual([7, 3])
  })

  test('what it only waited for is given up first', async () => {
    const article = await shop.article({ stock: 6 })
    const order = await ordering(article, 10)
    await tresen.play(cancelOrder, {
      id: order.id,
      reason: 'weniger',
      lines: [{ lineId: order.lines[0]!.id, quantity: 4 * ONE }],
    })
    expect(await reservedFor(order)).toBe(6)
  })
})

describe('somebody counted', () => {
  test('too little: the newest orders lose their goods and wait again, the oldest keep them', async () => {
    const article = await shop.article({ stock: 12 })
    const [old, middle, young] = [await ordering(article, 4), await ordering(article, 4), await ordering(article, 4)]
    expect(await count(article, 6)).toEqual({ difference: -6 * ONE, reservationsLost: 6 * ONE })
    expect([await reservedFor(old), await reservedFor(middle), await reservedFor(young)]).toEqual([4, 2, 0])
    await receive(article, 3)
    expect([await reservedFor(old), await reservedFor(middle), await reservedFor(young)]).toEqual([4, 4, 1])
  })

  test('too much: who waits gets it', async () => {
    const article = await shop.article({ stock: 1 })
    const order = await ordering(article, 3)
    await count(article, 9)
    expect(await reservedFor(order)).toBe(3)
    expect(await stockOf(article)).toEqual([{ on_hand: 9, reserved: 3 }])
  })

  test('what is missing here is taken from another location of the channel', async () => {
    const article = await shop.article({ stock: 5 })
    const order = await ordering(article, 5)
    await receive(article, 3, shop.branch)
    expect(await count(article, 1)).toEqual({ difference: -4 * ONE, reservationsLost: ONE })
    expect(await reservedFor(order)).toBe(4)
    await receive(article, 1, shop.branch) // it waits at every location of its channel
    expect(await reservedFor(order)).toBe(5)
  })

  test('who loses goods keeps the place of his order in the queue', async () => {
    const article = await shop.article({ stock: 4 })
    tresen.setDay('2026-11-20')
    const early = await ordering(article, 4)
    tresen.setDay('2026-11-22')
    const later = await ordering(article, 2)
    tresen.setDay('2026-11-24')
    await count(article, 0)
    await receive(article, 4)
    expect([await reservedFor(early), await reservedFor(later)]).toEqual([4, 0])
  })

  test('many shelves at once: each as if it had been counted alone', async () => {
    const articles = [await shop.article({ stock: 6 }), await shop.article({ stock: 6 }), await shop.article()]
    const [loses, waits, keeps] = [
      await ordering(articles[0]!, 6),
      await ordering(articles[1]!, 9),
      await ordering(articles[2]!, 5),
    ]
    const counts = [
      { articleId: articles[0]!.id, locationId: shop.warehouse, counted: 2 * ONE },
      { articleId: articles[0]!.id, locationId: shop.branch, counted: ONE },
      { articleId: articles[1]!.id, locationId: shop.warehouse, counted: 7 * ONE },
      { articleId: articles[1]!.id, locationId: shop.branch, counted: 4 * ONE },
      { articleId: articles[2]!.id, locationId: shop.warehouse, counted: 100 * ONE },
    ]
    const countAll = (work: Work, all: typeof counts) => countStock(work, all, 'Inventur')
    expect((await tresen.play(countAll, counts)).waitAgain).toBe(4 * ONE)
    expect([await reservedFor(loses), await reservedFor(waits), await reservedFor(keeps)]).toEqual([3, 9, 5])
    const movements = await tresen.sql(
      "select quantity / 1000 as pieces, note from stock.movement where article_id = any($1) and reason = 'correction' order by 1",
      [articles.map((a) => a.id)],
    )
    expect(movements).toEqual([1, 1, 4, 4].map((pieces) => ({ pieces, note: 'Inventur' })))
  })

  test('right: nothing moves', async () => {
    const article = await shop.article({ stock: 7 })
    expect(await count(article, 7)).toEqual({ difference: 0, reservationsLost: 0 })
    expect(
      await tresen.sql("select 1 from stock.movement where article_id = $1 and reason = 'correction'", [article.id]),
    ).toEqual([])
  })
})
