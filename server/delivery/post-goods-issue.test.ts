import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { merchant } from '../../common/branches/api.ts'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { findMerchant, saveMerchant } from '../branches/index.ts'
import { cancelOrder } from '../orders/index.ts'
import { correctStock } from '../stock/correct-stock.ts'
import { receiveGoods } from '../stock/index.ts'
import { cancelDeliveryNote } from './cancel-delivery-note.ts'
import { createDeliveryNote, postGoodsIssue } from './index.ts'

vi.setConfig({ testTimeout: 30_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

const quantitiesOf = async (orderId: string) =>
  (
    await tresen.sql<{ q: number[] }>(
      'select array[ordered, cancelled, planned, delivered]::int[] as q from orders.order_line where order_id = $1 order by position',
      [orderId],
    )
  ).map((r) => r.q.map((n) => n / ONE))
const numbers = async () =>
  (
    await tresen.sql<{ number: string }>('select number from delivery.note where number is not null order by number')
  ).map((r) => Number(r.number.slice(-6)))
const plan = (orderIds: string[], lines?: { orderLineId: string; quantity: number }[]) =>
  tresen.play(createDeliveryNote, { orderIds, lines })

describe('a delivery note', () => {
  test('over a whole order plans all that is reserved; nothing stands on two notes', async () => {
    const order = await shop.order()
    await plan([order.id])
    expect(await quantitiesOf(order.id)).toEqual([[10, 0, 10, 0]])
    expect(await refusalOf(plan([order.id]))).toBe('nothing-to-deliver')
  })

  test('made by two clerks at the same moment is made once', async () => {
    const order = await shop.order()
    const both = await Promise.all([1, 2].map(() => refusalOf(plan([order.id]))))
    expect(both).toContain('nothing-to-deliver')
    expect(await quantitiesOf(order.id)).toEqual([[10, 0, 10, 0]])
  })

  test('over two orders of a customer to one address is one note', async () => {
    const { number } = await shop.customer()
    const [a, b] = [await shop.order({ of: number }), await shop.order({ of: number })]
    const note = await shop.deliver([a.id, b.id])
    expect(note.lines).toHaveLength(2)
  })

  test('for two customers, or two addresses of one, is refused', async () => {
    const { number } = await shop.customer()
    const here = await shop.order({ of: number })
    const there = await shop.order({ of: number, deliverTo: { ...testAddress, city: 'Löbau' } })
    const stranger = await shop.order()
    expect(await refusalOf(plan([here.id, there.id]))).toBe('different-recipients')
    expect(await refusalOf(plan([here.id, stranger.id]))).toBe('different-recipients')
  })

  test('for an order on hold is refused', async () => {
    const { number } = await shop.customer({ blocked: true })
    const order = await shop.order({ of: number })
    expect(await refusalOf(plan([order.id]))).toBe('order-on-hold')
  })

  test('for the line of another order, or an order nobody knows, is refused', async () => {
    const [a, b] = [await shop.order(), await shop.order()]
    expect(await refusalOf(plan([a.id], [{ orderLineId: b.lines[0]!.id, quantity: ONE }]))).toBe('not-found')
    expect(await refusalOf(plan(['01985000-0000-7000-8000-00000000dead']))).toBe('not-found')
  })

  test('given up before the goods issue makes its quantities open again', async () => {
    const order = await shop.order()
    const { id } = await plan([order.id])
    await tresen.play(cancelDeliveryNote, { id, reason: 'falsch geplant' })
    expect(await quantitiesOf(order.id)).toEqual([[10, 0, 0, 0]])
    expect(await refusalOf(tresen.play(postGoodsIssue, { id }))).toBe('note-not-open')
    await shop.deliver([order.id])
    expect(await quantitiesOf(order.id)).toEqual([[10, 0, 0, 10]])
  })
})

describe('goods issue', () => {
  test('of a part: six of ten screws leave, the hammers wait, the order says so', async () => {
    const [screws, hammers] = [await shop.article(), await shop.article()]
    const order = await shop.order({
      lines: [
        { article: screws.number, quantity: 10 * ONE },
        { article: hammers.number, quantity: 4 * ONE },
        { kind: 'shipping', name: 'Versand', quantity: ONE, unitPrice: 49_000 },
      ],
    })
    const { id } = await plan([order.id])
    const [line] = await tresen.sql<{ id: string }>(
      'select id from delivery.note_line where note_id = $1 and position = 1',
      [id],
    )
    const result = await tresen.play(postGoodsIssue, { id, picked: [{ lineId: line!.id, quantity: 6 * ONE }] })
    expect(result.stillOpen).toBe(true)
    expect(await quantitiesOf(order.id)).toEqual([
      [10, 0, 0, 6],
      [4, 0, 0, 0],
      [1, 0, 0, 1],
    ])
    expect(await tresen.sql('select on_hand, reserved from stock.level where article_id = $1', [screws.id])).toEqual([
      { on_hand: 94 * ONE, reserved: 4 * ONE },
    ])
    const rest = await shop.deliver([order.id])
    expect(rest.lines.map((l) => l.delivered)).toEqual([4 * ONE, 4 * ONE])
  })

  test('booked by two clerks at the same moment happens once', async () => {
    const order = await shop.order()
    const { id } = await plan([order.id])
    const both = await Promise.all([1, 2].map(() => refusalOf(tresen.play(postGoodsIssue, { id }))))
    expect(both).toContain('note-not-open')
    expect(await tresen.sql('select 1 from stock.movement where reference_id = $1', [id])).toHaveLength(1)
  })

  test('the goods an inventory could not find do not leave, and the note’s number is not lost', async () => {
    const article = await shop.article({ stock: 10 })
    const order = await shop.order({ lines: [{ article: article.number, quantity: 10 * ONE }] })
    const { id } = await plan([order.id])
    await tresen.play(correctStock, {
      locationId: shop.warehouse,
      articleId: article.id,
      counted: 4 * ONE,
      reason: 'Inventur',
    })
    const before = await numbers()
    expect(await refusalOf(tresen.play(postGoodsIssue, { id }))).toBe('below-zero')
    const next = await shop.deliver([(await shop.order()).id])
    expect(Number(next.number.slice(-6))).toBe(before.length + 1)
  })

  test('goods put aside elsewhere after a count are free again when they leave from the shelf after all', async () => {
    const article = await shop.article({ stock: 10 })
    await tresen.play(receiveGoods, {
      locationId: shop.branch,
      lines: [{ articleId: article.id, quantity: 10 * ONE }],
    })
    const order = await shop.order({ lines: [{ article: article.number, quantity: 10 * ONE }] })
    const { id } = await tresen.play(createDeliveryNote, { orderIds: [order.id], locationId: shop.warehouse })
    await tresen.play(correctStock, {
      articleId: article.id,
      locationId: shop.warehouse,
      counted: 0,
      reason: 'Inventur',
    })
    await tresen.play(receiveGoods, {
      locationId: shop.warehouse,
      lines: [{ articleId: article.id, quantity: 10 * ONE }],
    })
    await tresen.play(postGoodsIssue, { id })
    expect(await tresen.sql('select 1 from stock.reservation where order_id = $1', [order.id])).toEqual([])
  })

  test('a note that lacks what § 14 UStG wants is refused with what is missing, and nothing is booked', async () => {
    const company = await findMerchant(tresen.kernel.database)
    const order = await shop.order()
    const { id } = await plan([order.id])
    const nameless = { ...company, name: ' ', city: '' }
    await tresen.play(saveMerchant, nameless)
    const result = await tresen.play(postGoodsIssue, { id }).catch((error) => error.refusal)
    await tresen.play(saveMerchant, merchant.parse(company))
    expect(result).toMatchObject({ code: 'note-incomplete' })
    expect(result.facts.missing.length).toBeGreaterThan(0)
    expect(await quantitiesOf(order.id)).toEqual([[10, 0, 10, 0]])
    await tresen.play(postGoodsIssue, { id })
  })

  test('thirty at once, every third refused, still number the notes without a gap', async () => {
    const notes = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const order = await shop.order()
        const { id } = await plan([order.id])
        if (i % 3 === 0)
          await tresen.play(correctStock, {
            locationId: shop.warehouse,
            articleId: order.lines[0]!.articleId!,
            counted: 0,
            reason: 'weg',
          })
        return id
      }),
    )
    const outcomes = await Promise.all(notes.map((id) => refusalOf(tresen.play(postGoodsIssue, { id }))))
    expect(outcomes.filter((o) => o === 'below-zero')).toHaveLength(10)
    const given = await numbers()
    expect(given).toEqual(given.map((_, i) => i + 1))
  })

  test('is final: the note and what it delivered cannot be changed, not even by hand', async () => {
    const note = await shop.deliver([(await shop.order()).id])
    for (const change of [
      "update delivery.note set number = 'LS-1' where id = $1",
      "update delivery.note set state = 'open', number = null, issued_on = null, delivered_on = null, document_id = null where id = $1",
      'delete from delivery.note where id = $1',
      'update delivery.note_line set delivered = 1 where note_id = $1',
      'update delivery.note_line set order_line_id = gen_random_uuid() where note_id = $1',
      'delete from delivery.note_line where note_id = $1',
    ])
      await expect(tresen.sql(change, [note.id]), change).rejects.toThrow()
  })

  test('the line of a note from which nothing left stays as it was issued', async () => {
    const [a, b] = [await shop.article(), await shop.article()]
    const order = await shop.order({ lines: [a, b].map(({ number }) => ({ article: number, quantity: ONE })) })
    const { id } = await plan([order.id])
    const [first] = await tresen.sql<{ id: string }>(
      'select id from delivery.note_line where note_id = $1 order by position',
      [id],
    )
    await tresen.play(postGoodsIssue, { id, picked: [{ lineId: first!.id, quantity: ONE }] })
    const change = 'update delivery.note_line set delivered = planned where note_id = $1 and delivered = 0'
    await expect(tresen.sql(change, [id])).rejects.toThrow(/issued/)
  })
})

test('what stands on a note is not cancelled, and what was delivered never', async () => {
  const order = await shop.order()
  const lineId = order.lines[0]!.id
  await shop.deliver([order.id], { [lineId]: 4 * ONE })
  await plan([order.id], [{ orderLineId: lineId, quantity: 2 * ONE }])
  const cancel = (quantity?: number) =>
    tresen.play(cancelOrder, {
      id: order.id,
      reason: 'abbestellt',
      lines: quantity ? [{ lineId, quantity }] : undefined,
    })
  expect(await refusalOf(cancel(5 * ONE))).toBe('cancel-exceeds-open')
  await cancel()
  expect(await quantitiesOf(order.id)).toEqual([[10, 4, 2, 4]])
  expect(await refusalOf(cancel())).toBe('nothing-to-cancel')
})
