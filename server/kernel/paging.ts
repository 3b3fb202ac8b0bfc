import type { Page } from '../../common/route.ts'

/**
 * Cuts one row too many off a page and says where the next begins. Lists ask their SQL for `limit + 1` rows after the
 * sort key `after`; `keyOf` gives the sort key of a row as text.
 */
export function pageRows<Row>(
  rows: Row[],
  page: Page,
  keyOf: (row: Row) => string,
): { rows: Row[]; next: string | null } {
  if (rows.length <= page.limit) return { rows, next: null }
  const kept = rows.slice(0, page.limit)
  return { rows: kept, next: keyOf(kept.at(-1)!) }
}
