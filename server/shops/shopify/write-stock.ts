import { randomUUID } from 'node:crypto'
import { remark } from '../../../common/shops/api.ts'
import type { ListingRef, StockAnswer, StockWrite } from '../connector.ts'
import { isRecord } from '../shop-order.ts'
import type { AskShopify } from './ask-shopify.ts'
import { availableOf, setAvailable } from './documents.ts'

/** arrays of the Admin API take at most 250 entries */
export const STOCK_BATCH = 100

type Shown = { sku: string; shown: number | null }

export async function readStock(
  ask: AskShopify,
  location: string,
  listings: readonly ListingRef[],
): Promise<readonly Shown[]> {
  const rows: Shown[] = []
  for (let start = 0; start < listings.length; start += STOCK_BATCH) {
    const some = listings.slice(start, start + STOCK_BATCH)
    const { data } = await ask(availableOf, { ids: some.map((one) => one.ids.inventoryItem), location })
    some.forEach((one, i) => {
      rows.push({ sku: one.sku, shown: availableIn(data.nodes[i]) })
    })
  }
  return rows
}

/** What an inventory item has at the location; null: the shop doesn't count it, or not there. */
export function availableIn(item: unknown): number | null {
  if (!isRecord(item) || item.tracked !== true || !isRecord(item.inventoryLevel)) return null
  const { quantities } = item.inventoryLevel as { quantities: { name: string; quantity: number }[] }
  return quantities.find((one) => one.name === 'available')?.quantity ?? null
}

/**
 * Sets what buyers may still order, each only if the shop shows what we think it shows (changeFromQuantity). One call is
 * all or nothing, so what is stale or refused is taken out and the rest is sent again. Each call has a new key: the same
 * change may truly come twice (5 to 4, back, 5 to 4), and a key used before would answer it without doing it. What
 * happens to a lost answer: asked again the number is stale, is read, and found to be ours.
 */
export async function writeStock(
  ask: AskShopify,
  location: string,
  writes: readonly StockWrite[],
): Promise<readonly StockAnswer[]> {
  const known = await withShown(ask, location, writes)
  const answers = new Map<string, StockAnswer>()
  let open = known.filter((write) => {
    if (write.shown !== null) return true
    const problem = remark('not-counted-here')
    answers.set(write.sku, { sku: write.sku, outcome: 'refused', shown: null, problem })
    return false
  })
  while (open.length > 0) {
    const errors = await send(ask, location, open)
    if (errors.size === 0) {
      for (const write of open) answers.set(write.sku, { sku: write.sku, outcome: 'written', shown: write.available })
      break
    }
    for (const [i, error] of errors) {
      const { sku } = open[i]!
      if (error.stale) answers.set(sku, { sku, outcome: 'stale', shown: null })
      else answers.set(sku, { sku, outcome: 'refused', shown: null, problem: error.message })
    }
    open = open.filter((_, i) => !errors.has(i))
  }
  await readStale(ask, location, writes, answers)
  return writes.map((write) => answers.get(write.sku)!)
}

async function withShown(ask: AskShopify, location: string, writes: readonly StockWrite[]) {
  const unknown = writes.filter((write) => write.shown === null)
  if (unknown.length === 0) return writes
  const read = new Map((await readStock(ask, location, unknown)).map((row) => [row.sku, row.shown]))
  return writes.map((write) => ({ ...write, shown: write.shown ?? read.get(write.sku) ?? null }))
}

async function readStale(
  ask: AskShopify,
  location: string,
  writes: readonly StockWrite[],
  answers: Map<string, StockAnswer>,
): Promise<void> {
  const stale = writes.filter((write) => answers.get(write.sku)?.outcome === 'stale')
  for (const row of await readStock(ask, location, stale)) answers.set(row.sku, { ...answers.get(row.sku)!, ...row })
}

/** What was wrong with which of them. An error that names none is one of all. */
async function send(
  ask: AskShopify,
  location: string,
  writes: readonly StockWrite[],
): Promise<Map<number, { stale: boolean; message: string }>> {
  const quantities = writes.map((write) => ({
    inventoryItemId: write.ids.inventoryItem,
    locationId: location,
    quantity: write.available,
    changeFromQuantity: write.shown,
  }))
  const { data } = await ask(setAvailable, {
    input: { name: 'available', reason: 'correction', quantities },
    key: randomUUID(),
  })
  const found = new Map<number, { stale: boolean; message: string }>()
  for (const error of data.inventorySetQuantities.userErrors) {
    const place = (error.field ?? []).map(Number).find((step: number) => Number.isInteger(step))
    const problem = { stale: error.code === 'CHANGE_FROM_QUANTITY_STALE', message: String(error.message) }
    const named = place !== undefined && place < writes.length ? [place] : [...writes.keys()]
    for (const i of named) if (!found.has(i) || !problem.stale) found.set(i, problem)
  }
  return found
}
