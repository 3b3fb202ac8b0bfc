import type { ChangedOrder, Page, ShopCustomer } from '../connector.ts'
import { type AskShopware, isId, search } from './ask-shopware.ts'
import { readAddress } from './read-buyer.ts'
import { changedAt } from './read-progress.ts'
import { shopwareAddress } from './shapes.ts'

const PAGE = 100
const none = {}
/** with what read-order.ts reads of an order; names of states and countries are entities of their own */
const WITH = {
  lineItems: { associations: { product: none } },
  deliveries: {
    associations: {
      stateMachineState: none,
      shippingMethod: none,
      shippingOrderAddress: { associations: { country: none } },
    },
  },
  transactions: { associations: { stateMachineState: none, paymentMethod: none } },
  billingAddress: { associations: { country: none } },
  orderCustomer: { associations: { customer: none } },
  currency: none,
  stateMachineState: none,
}

/**
 * Orders that changed themselves, or whose payment or delivery did. In the order of their own counter, which never
 * changes, so no row can slip between two pages. What changes while the pages are read is told with the moment reading
 * began: the next time begins there and finds it again.
 */
export async function readChanged(
  ask: AskShopware,
  since: string | null,
  page: string | undefined,
  salesChannelId: string | undefined,
): Promise<Page<ChangedOrder>> {
  const [after, began] = page === undefined ? [0, undefined] : [Number(page.split(' ')[0]), page.split(' ')[1]]
  const filter = [
    ...(after > 0 ? [{ type: 'range', field: 'autoIncrement', parameters: { gt: after } }] : []),
    ...(since === null ? [] : [changedSince(since)]),
    ...(salesChannelId ? [{ type: 'equals', field: 'salesChannelId', value: salesChannelId }] : []),
  ]
  const fields = ['id', 'createdAt', 'updatedAt']
  const { rows, date } = await search(ask, 'order', {
    limit: PAGE,
    filter,
    sort: [{ field: 'autoIncrement', order: 'ASC' }],
    associations: { transactions: none, deliveries: none },
    includes: {
      order: [...fields, 'autoIncrement', 'transactions', 'deliveries'],
      order_transaction: fields,
      order_delivery: fields,
    },
  })
  const start = began ?? (date === null ? new Date() : new Date(date)).toISOString()
  const latest = (row: Parameters<typeof changedAt>[0]) => {
    const moment = changedAt({ ...row, transactions: row.transactions ?? [], deliveries: row.deliveries ?? [] })
    return Date.parse(moment) > Date.parse(start) + 1000 ? start : moment
  }
  return {
    rows: rows.map((row) => ({ id: row.id, changedAt: latest(row) })),
    next: rows.length < PAGE ? undefined : `${rows.at(-1).autoIncrement} ${start}`,
  }
}

/** updatedAt is empty until something changes, then createdAt counts. */
function changedSince(since: string) {
  const fields = ['updatedAt', 'createdAt', 'transactions.updatedAt', 'transactions.createdAt', 'deliveries.updatedAt']
  const queries = fields.map((field) => ({ type: 'range', field, parameters: { gte: since } }))
  return { type: 'multi', operator: 'or', queries }
}

/** One order as the shop answers it; null: not there. */
export async function readOrder(ask: AskShopware, id: string): Promise<unknown> {
  if (!isId(id)) return null
  const { rows, json } = await search(ask, 'order', { ids: [id], limit: 1, associations: WITH })
  return rows.length === 0 ? null : json
}

export async function readCustomer(ask: AskShopware, id: string): Promise<ShopCustomer | null> {
  if (!isId(id)) return null
  const associations = { defaultBillingAddress: { associations: { country: none } } }
  const { rows } = await search(ask, 'customer', { ids: [id], limit: 1, associations })
  const [customer] = rows
  if (!customer) return null
  const address = shopwareAddress.safeParse(customer.defaultBillingAddress)
  return {
    id,
    email: customer.email ?? null,
    vatId: customer.vatIds?.[0] ?? null,
    company: customer.company ?? customer.defaultBillingAddress?.company ?? null,
    person: `${customer.firstName} ${customer.lastName}`.trim() || null,
    billTo: (address.success ? readAddress(address.data, customer.email ?? undefined) : undefined) ?? null,
  }
}
