import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { findCustomer } from './find-customers.ts'
import { linkShopAccount, unlinkShopAccount } from './link-shop-account.ts'

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(() => tresen.close())

const shown = async (id: string) => (await findCustomer(tresen.kernel.database, { id })).shopAccounts
const account = (shopCustomerId: string) => ({ channel: 'web', shopCustomerId })
const history = (id: string) =>
  tresen.sql<{ before: { shopAccounts: unknown[] } }>(
    'select before from customers.version where customer_id = $1 order by at, id',
    [id],
  )

test('an account of a shop is linked and unlinked by hand, each with its history; twice is once', async () => {
  const { id } = await shop.customer()
  await tresen.play(linkShopAccount, { id, ...account('7') })
  await tresen.play(linkShopAccount, { id, ...account('7') })
  expect(await shown(id)).toMatchObject([account('7')])
  await tresen.play(unlinkShopAccount, { id, ...account('7') })
  expect(await shown(id)).toEqual([])
  expect((await history(id)).map((row) => row.before.shopAccounts.length)).toEqual([0, 1])
  const journal = await tresen.sql(
    "select use_case, before, after from kernel.journal where subject_id = $1 and use_case like '%hopAccount' order by txid, position",
    [id],
  )
  expect(journal).toMatchObject([
    { use_case: 'linkShopAccount', after: account('7') },
    { use_case: 'linkShopAccount', after: account('7') },
    { use_case: 'unlinkShopAccount', before: account('7') },
  ])
})

test('one account is one customer, also where two clerks link it at the same moment', async () => {
  const customers = await Promise.all([shop.customer(), shop.customer(), shop.customer()])
  const answers = await Promise.all(
    customers.map(({ id }) => refusalOf(tresen.play(linkShopAccount, { id, ...account('8') }))),
  )
  expect(answers.filter((answer) => answer === 'shop-account-taken')).toHaveLength(2)
  const linked = await Promise.all(customers.map(({ id }) => shown(id)))
  expect(linked.flat()).toHaveLength(1)
})

test('what is not his is not unlinked, a channel nobody has is refused', async () => {
  const [his, other] = [await shop.customer({ shopIds: { web: '9' } }), await shop.customer()]
  expect(await refusalOf(tresen.play(unlinkShopAccount, { id: other.id, ...account('9') }))).toBe('not-found')
  expect(await shown(his.id)).toHaveLength(1)
  const nowhere = { id: other.id, channel: 'nirgends', shopCustomerId: '1' }
  expect(await refusalOf(tresen.play(linkShopAccount, nowhere))).toBe('unknown-channel')
})
