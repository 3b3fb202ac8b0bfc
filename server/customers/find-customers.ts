import type { z } from 'zod'
import type { customerRow } from '../../common/customers/api.ts'
import { dayOf, daysBetween } from '../../common/dates.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'
import { findBounced } from './bounced-addresses.ts'
import { findShopAccounts } from './link-shop-account.ts'
import { customerById, findAddressesOf } from './store.ts'

const customerRows = statement<z.input<typeof customerRow>>(
  'customers.find-customers',
  `select c.id, c.number, c.name, c.kind, coalesce(b.details->>'city', '') as city, c.price_group as "priceGroup", c.may_buy_on_delivery_note as "mayBuyOnDeliveryNote", c.credit_limit as "creditLimit",
          coalesce(r.open_orders + r.unbilled + r.open_items - r.credits - r.down_payments, 0)::bigint as exposure, c.blocked
     from customers.customer c
     left join customers.address b on b.customer_id = c.id and b.role = 'bill-to' and b.is_default
     left join receivables.account r on r.customer_id = c.id
    where ($1::text is null or c.number ilike $1 || '%' or c.name ilike '%' || $1 || '%' or c.email ilike $1 || '%' or b.details->>'city' ilike $1 || '%')
      and ($2::text is null or c.number > $2)
    order by c.number limit $3 + 1`,
)

/** Customers by number. */
export async function findCustomers(
  database: Database,
  input: { limit: number; after?: string | undefined; q?: string | undefined },
) {
  const rows = await database.query(customerRows, [
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.after ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.number)
}

const accountOf = statement<{
  openOrders: number
  deliveredNotInvoiced: number
  openInvoices: number
  credits: number
  downPayments: number
  oldestDue: string | null
}>(
  'customers.account-of',
  `select a.open_orders as "openOrders", a.unbilled as "deliveredNotInvoiced", a.open_items as "openInvoices", a.credits, a.down_payments as "downPayments",
          (select min(due_on) from receivables.open_item o where o.customer_id = a.customer_id and o.open > 0) as "oldestDue"
     from receivables.account a where a.customer_id = $1`,
)

/** One customer with addresses, what he owes, and his accounts in web shops. */
export async function findCustomer(database: Database, input: { id: string }) {
  const [[row], addresses, [found], bounced, shopAccounts] = await Promise.all([
    database.query(customerById, [input.id]),
    findAddressesOf(database, input.id),
    database.query(accountOf, [input.id]),
    findBounced(database, input.id),
    findShopAccounts(database, input.id),
  ])
  const { customer } = orNotFound(row, 'customer')
  const { oldestDue, ...account } = found ?? {
    openOrders: 0,
    deliveredNotInvoiced: 0,
    openInvoices: 0,
    credits: 0,
    downPayments: 0,
    oldestDue: null,
  }
  const shown = addresses
    .filter((a) => a.listed)
    .map((a) => ({ ...a.details, id: a.id, isDefault: a.isDefault, role: a.role }))
  const billTo = shown.find((a) => a.role === 'bill-to' && a.isDefault) ?? shown[0]!
  return {
    ...customer,
    bounced,
    billTo,
    shopAccounts,
    deliverTo: shown.filter((a) => a.role === 'deliver-to'),
    account: {
      ...account,
      creditLimit: customer.creditLimit,
      exposure:
        account.openOrders +
        account.deliveredNotInvoiced +
        account.openInvoices -
        account.credits -
        account.downPayments,
      oldestOverdueDays: oldestDue === null ? 0 : Math.max(daysBetween(oldestDue, dayOf(new Date())), 0),
    },
  }
}
