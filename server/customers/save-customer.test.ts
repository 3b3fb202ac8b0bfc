import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import type { Work } from '../kernel/index.ts'
import { findCustomer } from './find-customers.ts'
import { addCustomers, changeCustomer, changeCustomers, customersByNumbers } from './index.ts'

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
const shown = (id: string) => findCustomer(tresen.kernel.database, { id })
const site = { name: 'Baustelle Süd', postalCode: '02763', city: 'Zittau', country: 'DE' }

test('null takes away what may be missing, what is left out stays', async () => {
  const { id } = await shop.customer({
    vatId: 'DE123456789',
    buyerReference: '04011000-12345-35',
    electronicAddress: { scheme: 'EM', value: 'r@example.org' },
  })
  await tresen.play(changeCustomer, { id, email: null, vatId: null })
  const { email, vatId, buyerReference, electronicAddress } = await shown(id)
  expect([email, vatId, buyerReference]).toEqual([undefined, undefined, '04011000-12345-35'])
  expect(electronicAddress).toEqual({ scheme: 'EM', value: 'r@example.org' })
  await tresen.play(changeCustomer, { id, buyerReference: null, electronicAddress: null, contact: {} })
  expect(await shown(id)).not.toHaveProperty('electronicAddress')
})

test('a delivery address is taken off the list: new orders go elsewhere, old ones keep it', async () => {
  const { id, number } = await shop.customer({ deliverTo: [site, { ...site, name: 'Baustelle Nord' }] })
  const old = await shop.order({ of: number })
  const [standard] = (await shown(id)).deliverTo
  expect(standard).toMatchObject({ name: 'Baustelle Süd', isDefault: true })
  await tresen.play(changeCustomer, { id, dropDeliverTo: [standard!.id] })
  expect((await shown(id)).deliverTo.map((a) => a.name)).toEqual(['Baustelle Nord'])
  const fresh = await shop.order({ of: number })
  const deliverTo = (orderId: string) =>
    tresen.sql(
      "select a.details->>'name' as name from orders.sales_order o join customers.address a on a.id = o.deliver_to where o.id = $1",
      [orderId],
    )
  expect(await deliverTo(old.id)).toEqual([{ name: 'Baustelle Süd' }])
  expect(await deliverTo(fresh.id)).toEqual([{ name: testAddress.name }])
  expect([...(await customersByNumbers(tresen.kernel.database, [number])).values()][0]!.deliverTo).toHaveLength(1)
})

test('nobody takes an address off the list of another', async () => {
  const [mine, other] = [await shop.customer({ deliverTo: [site] }), await shop.customer({ deliverTo: [site] })]
  const [address] = (await shown(other.id)).deliverTo
  await tresen.play(changeCustomer, { id: mine.id, dropDeliverTo: [address!.id] })
  expect((await shown(other.id)).deliverTo).toHaveLength(1)
})

test('many at once are what each alone would be, and a number that is taken refuses all', async () => {
  const { id, number } = await shop.customer()
  const [template] = [...(await customersByNumbers(tresen.kernel.database, [number])).values()]
  const made = (n: string) => ({ ...template!, number: n, name: `Bau ${n}`, shopIds: { web: n }, deliverTo: [site] })
  const add = (work: Work, numbers: string[]) => addCustomers(work, numbers.map(made))
  const [a, b] = await tresen.play(add, ['N-1', 'N-2'])
  expect(a!.deliverTo).not.toBe(a!.billTo)
  expect(await shown(b!.id)).toMatchObject({
    number: 'N-2',
    name: 'Bau N-2',
    deliverTo: [site],
    account: { exposure: 0 },
  })
  await expect(tresen.play(add, ['N-3', number])).rejects.toMatchObject({
    refusal: { code: 'already-exists', facts: { what: 'customer-number', value: number } },
  })
  const change = (work: Work, ids: string[]) =>
    changeCustomers(
      work,
      ids.map((one, i) => ({ id: one, creditLimit: i, addDeliverTo: [{ ...site, name: `S${i}` }] })),
    )
  await tresen.play(change, [id, a!.id, b!.id])
  expect((await shown(b!.id)).creditLimit).toBe(2)
  expect((await shown(a!.id)).deliverTo.map((d) => d.name).sort()).toEqual(['Baustelle Süd', 'S1'])
  const before = await tresen.sql<{ before: { creditLimit: number } }>(
    'select before from customers.version where customer_id = $1',
    [b!.id],
  )
  expect(before.map((v) => v.before.creditLimit)).toEqual([template!.creditLimit])
  expect(await refusalOf(tresen.play(change, [id, '0190a5e6-0000-7000-8000-000000000000']))).toBe('not-found')
  expect((await shown(id)).creditLimit).toBe(0)
})
