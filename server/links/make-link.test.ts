import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { createDeliveryNote } from '../delivery/index.ts'
import { makePickList } from '../delivery/make-pick-list.ts'
import { sha256 } from '../kernel/index.ts'
import { makeLink } from './index.ts'
import { revokeLink } from './revoke-link.ts'

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

test('a link to a note ends after ninety days, and of its token only the hash is kept', async () => {
  const order = await shop.order()
  const note = await shop.deliver([order.id])
  const made = await tresen.play(makeLink, { customerId: order.customerId, documentId: note.documentId })
  expect(made.path).toMatch(/^\/k\/[\w-]{32}$/)
  expect(made.expiresAt).toBe('2027-02-22T11:00:00.000Z')
  const [row] = await tresen.sql<{ token_hash: Buffer }>('select * from links.link where id = $1', [made.id])
  expect(row!.token_hash).toEqual(sha256(made.path.slice(3)))
  const all = await tresen.sql<{ all: string }>(
    `select (select string_agg(l::text, ' ') from links.link l) || (select string_agg(j::text, ' ') from kernel.journal j) || (select string_agg(e::text, ' ') from kernel.event e) as all`,
  )
  expect(all[0]!.all).not.toContain(made.path.slice(3))
})

test('each link is another one, and ends when it was said', async () => {
  const { id: customerId } = await shop.customer()
  const [a, b] = [await tresen.play(makeLink, { customerId, days: 1 }), await tresen.play(makeLink, { customerId })]
  expect(a.path).not.toBe(b.path)
  expect(a.expiresAt).toBe('2026-11-25T11:00:00.000Z')
})

test('a document of another customer, and one nobody is shown, is refused', async () => {
  const { invoice } = await shop.billed()
  const { id: customerId } = await shop.customer()
  const link = (documentId: string) => refusalOf(tresen.play(makeLink, { customerId, documentId }))
  expect(await link(invoice.documentId)).toBe('not-found')
  expect(await link('01985000-0000-7000-8000-00000000dead')).toBe('not-found')
  const order = await shop.order()
  const { id } = await tresen.play(createDeliveryNote, { orderIds: [order.id] })
  const { documentId } = await tresen.play(makePickList, { id })
  expect(await refusalOf(tresen.play(makeLink, { customerId: order.customerId, documentId }))).toBe('not-found')
})

test('a revoked link stays revoked, and no link is changed into another', async () => {
  const { id: customerId } = await shop.customer()
  const { id } = await tresen.play(makeLink, { customerId })
  await tresen.play(revokeLink, { id })
  expect(await tresen.play(revokeLink, { id })).toEqual({})
  for (const change of ['revoked_at = null', "expires_at = expires_at + interval '1 day'", 'customer_id = id'])
    await expect(tresen.sql(`update links.link set ${change} where id = $1`, [id]), change).rejects.toThrow('final')
})
