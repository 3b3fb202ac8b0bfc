import { remark } from '../../../common/shops/api.ts'
import type { ListingRef, StockAnswer, StockWrite } from '../connector.ts'
import { isRecord } from '../shop-order.ts'
import { listOf, type WooApi } from './api.ts'
import { collectionOf, type FoundProduct, findProducts, isCountable, shownBy, type WooProduct } from './products.ts'

/**
 * So many articles one batch writes. The shop saves them one after the other in one PHP process, which on a slow host has
 * 30 seconds and on our side 15; a batch that was cut off is written again whole, which does no harm.
 */
export const STOCK_BATCH = 50

export async function readStock(api: WooApi, listings: readonly ListingRef[]) {
  const found = await findProducts(api, listings)
  return listings.map(({ sku }) => {
    const product = found.get(sku)?.product
    return { sku, shown: product && isCountable(product) ? shownBy(product) : null }
  })
}

/**
 * Writes absolute numbers. WooCommerce has no compare-and-set, so the number is read just before: another one than the
 * shop showed last means it sold or somebody counted, and nothing is written ('stale'). What is left is the moment between
 * this read and the write. Its own difference (`inventory_delta`) is worse: it reads, adds and writes without a lock.
 * Afterwards everything is read back; what another one wrote over in between is 'stale' too.
 */
export async function writeStock(api: WooApi, writes: readonly StockWrite[]): Promise<StockAnswer[]> {
  const before = await findProducts(api, writes)
  const answers = new Map<string, StockAnswer>()
  const toWrite: (StockWrite & { found: FoundProduct })[] = []
  for (const write of writes) {
    const found = before.get(write.sku)
    const answer = answerAtOnce(write, found?.product)
    if (answer) answers.set(write.sku, answer)
    else toWrite.push({ ...write, found: found! })
  }
  const problems = new Map<string, string>()
  for (const [path, rows] of Map.groupBy(toWrite, ({ found }) => collectionOf(found)))
    for (let at = 0; at < rows.length; at += STOCK_BATCH)
      await writeBatch(api, path, rows.slice(at, at + STOCK_BATCH), problems)
  const readBack = await findProducts(
    api,
    toWrite.map(({ sku, found }) => ({ sku, ids: found.ids })),
  )
  for (const write of toWrite)
    answers.set(write.sku, answerAfter(write, readBack.get(write.sku)?.product, problems.get(write.sku)))
  return writes.map(({ sku }) => answers.get(sku)!)
}

/** What needs no write: there already, not to be written at all, or other than we thought. */
function answerAtOnce(write: StockWrite, product: WooProduct | undefined): StockAnswer | undefined {
  const { sku, available } = write
  if (!product) return { sku, outcome: 'refused', shown: null, problem: remark('article-gone', { sku }) }
  if (!isCountable(product))
    return { sku, outcome: 'refused', shown: null, problem: remark('no-stock-of-its-own', { type: product.type }) }
  const shown = shownBy(product)
  if (shown === available) return { sku, outcome: 'written', shown }
  if (write.shown !== null && shown !== null && shown !== write.shown) return { sku, outcome: 'stale', shown }
  return undefined
}

async function writeBatch(
  api: WooApi,
  path: string,
  rows: readonly (StockWrite & { found: FoundProduct })[],
  problems: Map<string, string>,
): Promise<void> {
  const update = rows.map(({ available, found }) => ({
    id: found.product.id,
    manage_stock: true,
    stock_quantity: available,
  }))
  const answer = await api.send('POST', `${path}/batch`, { update })
  const answered = isRecord(answer.json) ? listOf(answer.json.update, `${path}/batch`) : []
  // one that can't be saved has an error in its place and stops nobody else
  for (const row of answered.filter(isRecord)) {
    const sku = rows.find(({ found }) => found.product.id === row.id)?.sku
    if (sku !== undefined && isRecord(row.error)) problems.set(sku, String(row.error.message ?? row.error.code))
  }
}

function answerAfter({ sku, available }: StockWrite, product?: WooProduct, problem?: string): StockAnswer {
  const shown = product ? shownBy(product) : null
  if (problem !== undefined) return { sku, outcome: 'refused', shown, problem }
  if (!product) return { sku, outcome: 'refused', shown, problem: remark('article-gone', { sku }) }
  if (product.manage_stock !== true) return { sku, outcome: 'refused', shown, problem: remark('stock-not-counted') }
  return { sku, outcome: shown === available ? 'written' : 'stale', shown }
}
