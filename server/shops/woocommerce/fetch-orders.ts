import type { ChangedOrder, Page } from '../connector.ts'
import { isRecord } from '../shop-order.ts'
import { allPages, isId, listOf, PER_PAGE, pagesOf, type WooApi } from './api.ts'
import { momentOf } from './read-payment.ts'

/** "any" leaves the trash out, so it is asked for after it. */
const LISTS = ['any', 'trash'] as const

/**
 * One page of the orders changed at or after a moment. They come by id: whatever changes while the pages are read keeps
 * its place. Where the list got shorter (somebody deleted an order for good) a page is read again, because the rows behind
 * moved up. `modified_after` is strict and knows whole seconds, so it is asked a second earlier.
 */
export async function changedOrders(
  api: WooApi,
  since: string | null,
  page: string | undefined,
): Promise<Page<ChangedOrder>> {
  const at = placeOf(page)
  const answer = await api.get('orders', {
    status: LISTS[at.list]!,
    orderby: 'id',
    order: 'asc',
    per_page: PER_PAGE,
    page: at.page,
    _fields: 'id,date_modified_gmt',
    ...(since === null ? {} : { modified_after: secondBefore(since), dates_are_gmt: 'true' }),
  })
  const rows = listOf(answer.json, 'orders').flatMap((row): ChangedOrder[] => {
    const changedAt = isRecord(row) ? momentOf(String(row.date_modified_gmt ?? '')) : undefined
    return changedAt ? [{ id: String((row as { id: unknown }).id), changedAt: changedAt.toISOString() }] : []
  })
  return { rows, next: after(at, Number(answer.headers.get('x-wp-total') ?? 0), pagesOf(answer)) }
}

interface Place {
  list: number
  page: number
  /** how many there were when the page before was read */
  total: number
}

function placeOf(page: string | undefined): Place {
  const [list, number, total] = (page ?? '0:1:0').split(':').map(Number)
  return { list: list!, page: number!, total: total! }
}

function after(at: Place, total: number, pages: number): string | undefined {
  if (total < at.total && at.page > 1) return [at.list, at.page - 1, total].join(':')
  if (at.page < pages) return [at.list, at.page + 1, total].join(':')
  return at.list + 1 < LISTS.length ? [at.list + 1, 1, 0].join(':') : undefined
}

/** In UTC and without a zone, as WooCommerce compares it. */
function secondBefore(since: string): string {
  const seconds = Math.floor(Date.parse(since) / 1000) - 1
  return new Date(seconds * 1000).toISOString().slice(0, 19)
}

/** An order exactly as answered; what was refunded of which line is laid beside it, because the order doesn't say. */
export async function fetchOrder(api: WooApi, id: string): Promise<unknown> {
  if (!isId(id)) return null
  const answer = await api.find(`orders/${id}`)
  if (answer === null || !isRecord(answer.json)) return null
  const { refunds } = answer.json
  if (!Array.isArray(refunds) || refunds.length === 0) return answer.json
  return { ...answer.json, refund_details: await allPages(api, `orders/${id}/refunds`) }
}
