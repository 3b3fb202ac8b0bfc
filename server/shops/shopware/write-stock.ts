import { remark } from '../../../common/shops/api.ts'
import type { ListingRef, StockAnswer, StockWrite } from '../connector.ts'
import { ShopError } from '../shop-error.ts'
import { type AskShopware, search } from './ask-shopware.ts'

export const STOCK_BATCH = 100

type Shown = { sku: string; shown: number | null }

/** What the shop shows as available; null: the article is gone. Since 6.6 `stock` is what may be sold. */
export async function readStock(ask: AskShopware, listings: readonly ListingRef[]): Promise<readonly Shown[]> {
  const rows: Shown[] = []
  for (let start = 0; start < listings.length; start += STOCK_BATCH) {
    const some = listings.slice(start, start + STOCK_BATCH)
    const ids = some.map((one) => one.ids.product!)
    const found = await search(ask, 'product', { ids, limit: STOCK_BATCH, includes: { product: ['id', 'stock'] } })
    const stocks = new Map(found.rows.map((row) => [row.id, Number(row.stock)]))
    for (const one of some) rows.push({ sku: one.sku, shown: stocks.get(one.ids.product!) ?? null })
  }
  return rows
}

/**
 * Sets what buyers may still order. Shopware knows no compare-and-set, and a buyer who orders in between lowers the number
 * himself: so it is read first and only written where it is what we think ('stale' otherwise), and read again, which tells
 * whoever came in those milliseconds. The rest is found by the order's own hook, which has the stock counted anew.
 */
export async function writeStock(ask: AskShopware, writes: readonly StockWrite[]): Promise<readonly StockAnswer[]> {
  const before = new Map((await readStock(ask, writes)).map((row) => [row.sku, row.shown]))
  const answers = new Map<string, StockAnswer>()
  const open = writes.filter(({ sku, shown }) => {
    const now = before.get(sku) ?? null
    if (now === null)
      answers.set(sku, { sku, outcome: 'refused', shown: null, problem: remark('article-gone', { sku }) })
    else if (shown !== null && shown !== now) answers.set(sku, { sku, outcome: 'stale', shown: now })
    return !answers.has(sku)
  })
  const changed = open.filter((write) => before.get(write.sku) !== write.available)
  for (const [sku, problem] of await send(ask, changed))
    answers.set(sku, { sku, outcome: 'refused', shown: before.get(sku) ?? null, problem })
  const left = open.filter((write) => !answers.has(write.sku))
  for (const { sku, shown } of await readStock(ask, left)) answers.set(sku, { sku, outcome: 'written', shown })
  return writes.map((write) => answers.get(write.sku)!)
}

/** All in one call, which is all or nothing; where it is refused, one by one, so that none holds up the others. */
async function send(ask: AskShopware, writes: readonly StockWrite[]): Promise<Map<string, string>> {
  const refused = new Map<string, string>()
  if (writes.length === 0) return refused
  const payload = writes.map((write) => ({ id: write.ids.product, stock: write.available }))
  try {
    await ask('POST', '/_action/sync', [{ key: 'stock', entity: 'product', action: 'upsert', payload }])
    return refused
  } catch (error) {
    if (!(error instanceof ShopError && error.trouble === 'refused')) throw error
  }
  for (const { sku, ids, available } of writes) {
    try {
      await ask('PATCH', `/product/${ids.product}`, { stock: available })
    } catch (error) {
      if (!(error instanceof ShopError && error.trouble === 'refused')) throw error
      refused.set(sku, error.message)
    }
  }
  return refused
}
