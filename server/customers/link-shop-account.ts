import { findChannel } from '../branches/index.ts'
import { type Database, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { insertVersions } from './save-rows.ts'
import { lockCustomers } from './store.ts'

export interface ShopAccount {
  channel: string
  shopCustomerId: string
}

const accountsOf = statement<ShopAccount & { linkedAt: string }>(
  'customers.shop-accounts',
  'select channel, shop_customer_id as "shopCustomerId", linked_at as "linkedAt" from customers.shop_identity where customer_id = $1 and not guest order by channel, shop_customer_id',
)
// of two who link the same account at once the second one waits here, and finds whose it is; a guest's id gives way
const insertAccount = statement<{ channel: string }>(
  'customers.link-shop-account',
  `insert into customers.shop_identity as s (channel, shop_customer_id, customer_id, linked_at) values ($1, $2, $3, $4)
   on conflict (channel, shop_customer_id) do update set customer_id = excluded.customer_id, linked_at = excluded.linked_at, guest = false where s.guest returning channel`,
)
const ownerOf = statement<{ id: string; number: string }>(
  'customers.owner-of-shop-account',
  `select c.id, c.number from customers.shop_identity s join customers.customer c on c.id = s.customer_id where s.channel = $1 and s.shop_customer_id = $2`,
)
const deleteAccount = statement(
  'customers.unlink-shop-account',
  'delete from customers.shop_identity where channel = $1 and shop_customer_id = $2 and customer_id = $3',
)

/** The accounts in web shops that are this customer. */
export const findShopAccounts = (database: Database, customerId: string) => database.query(accountsOf, [customerId])

/**
 * An account in a web shop is this customer from now on: its orders are his for sure, and what he changes there is
 * followed. Linked already, nothing happens. Refuses 'shop-account-taken' if it is somebody else's.
 */
export async function linkAccount(work: Work, customerId: string, account: ShopAccount): Promise<void> {
  const [row] = await lockCustomers(work, [customerId])
  const { customer } = orNotFound(row, 'customer')
  const before = await findShopAccounts(work, customerId)
  const [fresh] = await work.query(insertAccount, [account.channel, account.shopCustomerId, customerId, work.now])
  if (!fresh) {
    const [owner] = await work.query(ownerOf, [account.channel, account.shopCustomerId])
    if (owner?.id === customerId) return
    refuseNow('shop-account-taken', { ...account, customer: owner?.number })
  }
  insertVersions(work, [{ ...customer, ...{ shopAccounts: before } }])
  work.announce('customer.linked', { customerId, channel: account.channel })
}

/** By hand, at the customer: this account of the shop is his. */
export async function linkShopAccount(work: Work, input: ShopAccount & { id: string }): Promise<Record<string, never>> {
  const { id, shopCustomerId } = input
  const { code: channel } = await findChannel(work, input.channel)
  await linkAccount(work, id, { channel, shopCustomerId })
  work.record({ subjectId: id, after: { channel, shopCustomerId } })
  return {}
}

/** This account of the shop is his no longer: its next order on credit is held until somebody says who it is. */
export async function unlinkShopAccount(
  work: Work,
  input: ShopAccount & { id: string },
): Promise<Record<string, never>> {
  const { id, channel, shopCustomerId } = input
  const [row] = await lockCustomers(work, [id])
  const { customer } = orNotFound(row, 'customer')
  const before = await findShopAccounts(work, id)
  const isHis = before.some((one) => one.channel === channel && one.shopCustomerId === shopCustomerId)
  if (!isHis) refuseNow('not-found', { what: 'shop-account' })
  work.save(deleteAccount, [channel, shopCustomerId, id])
  insertVersions(work, [{ ...customer, ...{ shopAccounts: before } }])
  work.announce('customer.changed', { customerId: id })
  work.record({ subjectId: id, before: { channel, shopCustomerId } })
  return {}
}
