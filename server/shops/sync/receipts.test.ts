import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import { cancelOrder } from '../../orders/index.ts'
import { askShop } from '../http.ts'
import { matchShop } from '../wish-work.ts'
import { type PlainShop, plainShop } from './plain-shop.ts'
import { openSync } from './test-sync.ts'

let tresen: TestKernel
let here: TestShop
let shop: PlainShop
let sync: Awaited<ReturnType<typeof openSync>>
let sku: string

const person = { name: 'Beate Beispiel', street: 'Weg 1', email: 'kunde@example.org', city: 'Berlin' }
const leak = /beate|beispiel|weg 1|kunde@|berlin|10115/i

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  shop = plainShop(Math.random)
  sync = await openSync(tresen, shop)
  sku = (await here.article({ stock: 100 })).number
  shop.addArticle(sku, 0)
  await tresen.play(matchShop, { channelId: sync.channelId })
  await sync.untilQuiet()
})
afterAll(async () => {
  await sync.stop()
  await tresen.close()
})

/** Whatever is kept of the traffic with the shop, as text. */
async function kept(): Promise<string> {
  const rows = await tresen.sql(
    `select r::text as row from shops.receipt r union all select t::text from shops.task t
     union all select coalesce(s.trouble, '') from shops.connection s`,
  )
  return JSON.stringify(rows)
}

test('what is taken, parked, told, and changed in the shop leaves no person in a receipt', async () => {
  const id = shop.buy([{ sku, quantity: 3 }])
  shop.addArticle('FREMD', 5)
  const unknown = shop.buy([{ sku: 'FREMD', quantity: 1 }])
  await sync.hooks()
  await sync.untilQuiet()
  const order = (await sync.orderOf(id))!
  await here.deliver([order.id])
  await sync.untilQuiet()
  const later = shop.buy([{ sku, quantity: 2 }])
  await sync.untilQuiet()
  await tresen.play(cancelOrder, { id: (await sync.orderOf(later))!.id, reason: 'Beate Beispiel rief an' })
  await sync.untilQuiet()
  const kinds = await tresen.sql<{ kind: string }>('select distinct kind from shops.receipt')
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['hook', 'take-order', 'stock', 'show-order']))
  expect(
    (await tresen.sql('select id from orders.parked_order where external_number = $1', [`P-${unknown}`])).length,
  ).toBe(1)
  expect(await kept()).not.toMatch(leak)
})

test('a shop that answers an error with the whole order in it leaves no person either', async () => {
  const bodies = [
    JSON.stringify({ code: 'broken', message: `Customer "${person.name}" <${person.email}> failed`, order: person }),
    JSON.stringify(person),
    `<html><title>Fatal</title>${JSON.stringify(person)}</html>`,
    `Fatal: ${JSON.stringify(person)}`,
  ]
  let next = 0
  const server = createServer((_request, response) => {
    response.writeHead([400, 500, 503, 422][next % 4]!).end(bodies[next++ % 4])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`
  const { open } = shop.connector
  shop.connector.open = (access) => ({
    ...open(access),
    order: async () => (await askShop({ url })).json,
    writeStock: async (writes) =>
      writes.map((one) => ({
        sku: one.sku,
        outcome: 'refused',
        shown: null,
        problem: `für "${person.name}" gesperrt`,
      })),
  })
  sync.restart()
  shop.buy([{ sku, quantity: 1 }])
  await sync.hooks()
  for (let i = 0; i < 30; i++) {
    await tresen.sql('update shops.connection set polled_at = null')
    await sync.look()
    await sync.settle()
  }
  shop.connector.open = open
  server.close()
  expect(next).toBeGreaterThan(4)
  const text = await kept()
  expect(text).toMatch(/status 400 broken Customer/)
  expect(text).not.toMatch(leak)
})
