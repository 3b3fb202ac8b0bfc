import type { ChangedOrder, Page } from '../connector.ts'
import type { AdminApi } from './api.ts'

const PAGE = 100

const CHANGED = `query ($after: DateTime!, $skip: Int!) { orders(options: {
  filter: { updatedAt: { after: $after }, orderPlacedAt: { isNull: false } },
  sort: { updatedAt: ASC, id: ASC }, take: ${PAGE}, skip: $skip }) { items { id updatedAt } } }`

/** Where the next page begins: after a moment, without what was given already. */
interface Place {
  after: string
  skip: number
  given: string[]
}

/**
 * Placed orders changed at or after a moment, oldest first. The next page begins at the last moment of this one and not
 * after so many rows: an order that changes meanwhile moves to the end, and would push another one over the edge.
 */
export async function changedOrders(
  { ask }: AdminApi,
  since: string | null,
  page: string | undefined,
): Promise<Page<ChangedOrder>> {
  const place: Place =
    page === undefined
      ? { after: justBefore(since ?? '1970-01-02T00:00:00.000Z'), skip: 0, given: [] }
      : (JSON.parse(page) as Place)
  const { after, skip } = place
  const { orders } = await ask<{ orders: { items: { id: string; updatedAt: string }[] } }>(CHANGED, { after, skip })
  const { items } = orders
  const rows = items
    .filter(({ id }) => !place.given.includes(id))
    .map(({ id, updatedAt }) => ({ id, changedAt: updatedAt }))
  const last = items.at(-1)
  if (items.length < PAGE || !last) return { rows, next: undefined }
  const next: Place = { after: justBefore(last.updatedAt), skip: 0, given: [] }
  // a page full of orders changed in the same moment: only then rows are counted
  if (next.after === after) next.skip = skip + PAGE
  else next.given = items.filter(({ updatedAt }) => updatedAt > next.after).map(({ id }) => id)
  return { rows, next: JSON.stringify(next) }
}

/** The API knows only "after": with the millisecond before, the moment itself is included. */
function justBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString()
}
