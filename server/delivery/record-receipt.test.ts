import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { createDeliveryNote } from './index.ts'

let tresen: TestKernel
let shop: TestShop
let server: TestApp
let driver: Client
beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  server = await testApp(tresen, { now: () => tresen.kernel.now() })
  const { authorization } = await apiKey(tresen, ['delivery.read', 'delivery.write'])
  driver = httpClient(server.address, { authorization })
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await server.app.close()
  await tresen.close()
})

const signature = [
  [
    [10, 200],
    [500, 380],
    [990, 20],
  ],
  [[400, 10]],
]
const issued = async () => shop.deliver([(await shop.order()).id])
const record = (id: string, body: unknown) => driver('POST', `/api/delivery-notes/${id}/receipt`, { body })
const receiptsOf = async (id: string) => (await driver('GET', `/api/delivery-notes/${id}`)).body.receipts

test('who took the goods stands at the note, with the moment and what he signed', async () => {
  const { id } = await issued()
  expect((await record(id, { takenBy: 'Quast jun.', signature })).body).toEqual({ position: 1 })
  expect(await receiptsOf(id)).toMatchObject([{ takenBy: 'Quast jun.', signature, reason: null }])
})

test('a second one needs a reason; the former stays, and nobody can change it', async () => {
  const { id } = await issued()
  await record(id, { takenBy: 'Quart' })
  expect((await record(id, { takenBy: 'Quast' })).body.code).toBe('receipt-there')
  expect((await record(id, { takenBy: 'Quast', reason: 'Verschrieben' })).body).toEqual({ position: 2 })
  expect(await receiptsOf(id)).toMatchObject([{ takenBy: 'Quast', reason: 'Verschrieben' }, { takenBy: 'Quart' }])
  for (const change of ["update delivery.receipt set taken_by = 'x'", 'delete from delivery.receipt'])
    await expect(tresen.sql(change), change).rejects.toThrow('final')
})

test('of a note in preparation nobody took anything, not even past the use case', async () => {
  const order = await shop.order()
  const { id } = await tresen.play(createDeliveryNote, { orderIds: [order.id] })
  expect((await record(id, { takenBy: 'Quast' })).body.code).toBe('note-not-issued')
  const byHand = tresen.sql(
    "insert into delivery.receipt (id, note_id, position, taken_by, taken_at, recorded_at) values (gen_random_uuid(), $1, 1, 'x', now(), now())",
    [id],
  )
  await expect(byHand).rejects.toThrow('only of an issued delivery note')
})

test('two at the same moment: one is first, the other is told that it is there', async () => {
  const { id } = await issued()
  const both = await Promise.all([record(id, { takenBy: 'A' }), record(id, { takenBy: 'B' })])
  expect(both.map((a) => a.body.code ?? a.body.position).sort()).toEqual([1, 'receipt-there'])
})

test('only strokes of a pen are taken: no picture, no markup, nothing outside the field, nothing endless', async () => {
  const { id } = await issued()
  const endless = [Array.from({ length: 4_001 }, () => [1, 1])]
  for (const wrong of [
    '<svg onload=alert(1)>',
    [],
    [[]],
    [[[1, 401]]],
    [[[-1, 0]]],
    [[[0.5, 1]]],
    [[['1', 1]]],
    endless,
  ])
    expect((await record(id, { takenBy: 'Quast', signature: wrong })).body.code).toBe('invalid-input')
})

test('the journal knows that it was signed, and nobody’s name', async () => {
  const { id } = await issued()
  await record(id, { takenBy: 'Balduin Quast', signature })
  const [row] = await tresen.sql<{ all: string }>(
    "select string_agg(j::text, ' ') as all from kernel.journal j where subject_id = $1",
    [id],
  )
  expect(row!.all).toContain('signed')
  expect(row!.all).not.toContain('Balduin')
})
