import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCustomer } from '../../../common/customers/api.ts'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import { createCustomer } from '../../customers/index.ts'
import { releaseOrder } from '../../orders/index.ts'
import { connectShop } from '../connect-shop.ts'
import { ShopError } from '../shop-error.ts'
import { matchShop, replayShop, retryTasks } from '../wish-work.ts'
import { HOOK_SECRET, type PlainShop, plainShop } from './plain-shop.ts'
import { startSync } from './start-sync.ts'
import { openSync, quickPace } from './test-sync.ts'

let tresen: TestKernel
let here: TestShop
let shop: PlainShop
let sync: Awaited<ReturnType<typeof openSync>>

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  shop = plainShop(Math.random)
  sync = await openSync(tresen, shop)
})
afterAll(async () => {
  await sync.stop()
  await tresen.close()
})

const orders = () =>
  tresen.sql<{ number: string }>(
    "select external_number as number from orders.sales_order where channel = 'web' order by ordered_at",
  )

test('a shop that hangs holds up no other', async () => {
  const [channel] = await tresen.sql<{ id: string }>("select id from branches.channel where code = 'phone'")
  const slow = plainShop(Math.random)
  let letGo: () => void = () => undefined
  const hanging = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const open = slow.connector.open
  slow.connector.open = (access) => ({
    ...open(access),
    changedOrders: () => hanging.then(() => Promise.reject(new ShopError('unreachable', 'no answer'))),
  })
  const connectors = { woocommerce: shop.connector, shopify: slow.connector }
  await tresen.play(connectShop, {
    channelId: channel!.id,
    kind: 'shopify',
    address: 'https://slow.example',
    secrets: { hookSecret: HOOK_SECRET, accessToken: 'x', clientSecret: 'x' },
    safetyStock: 0,
    priceGroup: 'standard',
    active: true,
  })
  const both = startSync(tresen.kernel, connectors, quickPace)
  const { number } = await here.article({ stock: 10 })
  shop.addArticle(number, 10)
  const id = shop.buy([{ sku: number, quantity: 1 }])
  await sync.hook(id)
  await tresen.sql('update shops.connection set polled_at = null')
  await both.look()
  for (let i = 0; i < 200 && (await orders()).length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await orders()).toHaveLength(1)
  letGo()
  await both.stop()
  await tresen.sql('update shops.connection set active = false where channel_id = $1', [channel!.id])
})

test('what the shop refuses three times is given up, shown, and sent again when somebody says so', async () => {
  const { number } = await here.article({ stock: 10 })
  shop.addArticle(number, 0)
  await tresen.play(matchShop, { channelId: sync.channelId })
  await sync.untilQuiet()
  const { open } = shop.connector
  shop.connector.open = (access) => ({
    ...open(access),
    writeStock: async (writes) =>
      writes.map(({ sku }) => ({ sku, outcome: 'refused', shown: null, problem: 'gesperrt' })),
  })
  await here.order({ lines: [{ article: number, quantity: 1000 }] })
  await sync.untilQuiet()
  const dead = () =>
    tresen.sql<{ problem: string; attempts: number }>("select problem, attempts from shops.task where state = 'dead'")
  expect(await dead()).toEqual([{ problem: 'gesperrt', attempts: 3 }])
  shop.connector.open = open
  expect(await tresen.play(retryTasks, { channelId: sync.channelId })).toEqual({ again: 1 })
  await sync.untilQuiet()
  expect(await dead()).toEqual([])
  expect(shop.available(number)).toBe(9)
})

test('while the shop is away nothing is given up, and it rests', async () => {
  const { number } = await here.article({ stock: 10 })
  shop.addArticle(number, 0)
  await tresen.play(matchShop, { channelId: sync.channelId })
  await sync.untilQuiet()
  shop.trouble.down = true
  await here.order({ lines: [{ article: number, quantity: 1000 }] })
  for (let i = 0; i < 40; i++) {
    await tresen.sql('update shops.connection set polled_at = null')
    await sync.look()
    await sync.settle()
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  const [state] = await tresen.sql<{ troubles: number; trouble: string }>(
    'select troubles, trouble from shops.connection where channel_id = $1',
    [sync.channelId],
  )
  expect(state!.troubles).toBeGreaterThan(3)
  expect(state!.trouble).toContain('unreachable')
  expect(await tresen.sql("select id from shops.task where state = 'dead'")).toEqual([])
  shop.trouble.down = false
  await tresen.sql('update shops.connection set not_before = null')
  await sync.untilQuiet()
  expect(shop.available(number)).toBe(9)
})

test('replay looks at every order again since a moment', async () => {
  const before = await tresen.sql("select id from shops.receipt where kind = 'take-order'")
  await tresen.play(replayShop, { channelId: sync.channelId, since: '2026-11-24T00:00:00Z' })
  await sync.untilQuiet()
  const after = await tresen.sql("select id from shops.receipt where kind = 'take-order'")
  expect(after.length - before.length).toBeGreaterThanOrEqual(shop.orderIds().length)
  expect(await orders()).toHaveLength(shop.orderIds().length)
})

test('a customer who moves in the shop has moved here, with what was before kept; a stranger is nobody’s double', async () => {
  const billTo = { name: 'Maler Quast', street: 'Farbgasse 2', postalCode: '02625', city: 'Bautzen' }
  const { id } = await tresen.play(
    createCustomer,
    newCustomer.parse({
      kind: 'company',
      name: 'Maler Quast',
      email: 'umzug@example.org',
      billTo,
      shopIds: { web: 'c-7' },
    }),
  )
  const moved = { ...billTo, street: 'Neue Gasse 9', country: 'DE' }
  const record = { email: 'umzug@example.org', company: 'Maler Quast', person: null, billTo: moved }
  shop.customers.set('c-7', { id: 'c-7', vatId: 'DE 999912349', ...record })
  shop.customers.set('c-8', { id: 'c-8', vatId: null, ...record })
  for (const customer of ['c-7', 'c-8']) await sync.hookOf({ delivery: `d-${customer}`, customer })
  await sync.untilQuiet()
  const [now] = await tresen.sql<{ vat: string; street: string; versions: number }>(
    `select c.vat_id as vat, (select details->>'street' from customers.address a where a.customer_id = c.id and a.role = 'bill-to' and a.is_default) as street,
       (select count(*)::int from customers.version v where v.customer_id = c.id) as versions from customers.customer c where id = $1`,
    [id],
  )
  expect(now).toEqual({ vat: 'DE999912349', street: 'Neue Gasse 9', versions: 1 })
  expect(await tresen.sql("select id from customers.customer where email = 'umzug@example.org'")).toHaveLength(1)
})

test('somebody alike orders on credit: held. “That is him”, and what he changes in the shop is followed from then on', async () => {
  const billTo = { name: 'Tischlerei Span', street: 'Hobelweg 1', postalCode: '02625', city: 'Bautzen' }
  const span = { name: 'Tischlerei Span', email: 'span@example.org', vatId: 'DE999900017', billTo }
  const { id } = await here.customer(span)
  const { number: sku } = await here.article({ stock: 10 })
  shop.addArticle(sku, 10)
  const buyer = { email: 'neu@example.org', account: 'c-9', vatId: span.vatId }
  const inShop = (street: string) =>
    shop.customers.set('c-9', {
      id: 'c-9',
      email: span.email,
      vatId: span.vatId,
      company: span.name,
      person: null,
      billTo: { ...billTo, street, country: 'DE' },
    })
  const street = async () =>
    (
      await tresen.sql<{ street: string }>(
        "select details->>'street' as street from customers.address where customer_id = $1 and role = 'bill-to' and is_default",
        [id],
      )
    )[0]!.street
  const order = async () => {
    const code = shop.buy([{ sku, quantity: 1 }], buyer)
    await sync.untilQuiet()
    const [row] = await tresen.sql<{ id: string; customer: string; hold: { code: string }[] | null }>(
      'select id, customer_id as customer, hold from orders.sales_order where external_number = $1',
      [`P-${code}`],
    )
    return row!
  }
  inShop('Hobelweg 2')
  await sync.hookOf({ delivery: 'd-c-9', customer: 'c-9' })
  const first = await order()
  expect([first.customer, first.hold?.map((reason) => reason.code)]).toEqual([id, ['buyer-not-linked']])
  expect(await street()).toBe('Hobelweg 1')
  await tresen.play(releaseOrder, { id: first.id, reason: 'angerufen', linkShopAccount: true })
  await sync.untilQuiet()
  expect(await street()).toBe('Hobelweg 2')
  inShop('Hobelweg 3')
  await sync.hookOf({ delivery: 'd-c-9-again', customer: 'c-9' })
  expect((await order()).hold).toBeNull()
  expect(await street()).toBe('Hobelweg 3')
})
