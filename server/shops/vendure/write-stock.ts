import { type Remark, remark } from '../../../common/shops/api.ts'
import type { ListingRef, StockAnswer, StockWrite } from '../connector.ts'
import type { AdminApi } from './api.ts'
import { availableOf, type Counted, findListed, shownOf, thresholdOf, type Variant } from './read-articles.ts'
import type { ShopFacts } from './shop-facts.ts'

export async function readStock(api: AdminApi, listings: readonly ListingRef[]) {
  const { facts, variants } = await findListed(api, listings)
  return listings.map(({ sku }) => {
    const variant = variants.get(sku)
    return { sku, shown: variant ? shownOf(variant, facts) : null }
  })
}

/**
 * Tells the shop what it may still sell. Vendure keeps what is on hand and, apart from it, what its orders have allocated;
 * a buyer may order the difference less what the shop keeps back. So on hand is set to what is available plus what is
 * allocated now. There is no compare-and-set: an article of which the shop sold more than we know is not written but answered 'stale', and what was
 * written is read back.
 */
export async function writeStock(api: AdminApi, writes: readonly StockWrite[]): Promise<StockAnswer[]> {
  const { facts, variants } = await findListed(api, writes)
  const plans = writes.map((write) => planWrite(write, variants.get(write.sku), facts))
  const inputs = plans.flatMap(({ input }) => input ?? [])
  if (inputs.length === 0) return plans.map(({ answer }) => answer)
  await updateVariants(api, inputs)
  const after = await readStock(api, writes)
  return plans.map(({ answer, input }, index) => (input ? { ...answer, shown: after[index]!.shown } : answer))
}

interface Plan {
  answer: StockAnswer
  /** undefined: nothing is written */
  input?: StockInput
}

export interface StockInput {
  id: string
  trackInventory?: 'TRUE'
  outOfStockThreshold?: number
  useGlobalOutOfStockThreshold?: boolean
  stockLevels: { stockLocationId: string; stockOnHand: number }[]
}

export async function updateVariants({ ask }: AdminApi, input: readonly object[]): Promise<void> {
  if (input.length === 0) return
  await ask('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
    input,
  })
}

function planWrite({ sku, available, shown }: StockWrite, variant: Variant | undefined, facts: ShopFacts): Plan {
  const refused = (problem: Remark): Plan => ({ answer: { sku, outcome: 'refused', shown: null, problem } })
  if (!variant) return refused(remark('article-gone', { sku }))
  if (!facts.stockLocationId) return refused(remark('no-stock-location'))
  const now = shownOf(variant, facts)
  if (now === available) return { answer: { sku, outcome: 'written', shown: now } }
  if (now !== null && shown !== null && now < shown)
    return { answer: { sku, outcome: 'stale', shown: now, problem: remark('stale') } }
  return { answer: { sku, outcome: 'written', shown: null }, input: stockInput(variant, available, facts) }
}

/**
 * What is to be written so that so many are available. On hand can't be below zero, and sometimes would have to be:
 * Vendure lets allocated fall below zero when orders came together, and other locations may hold pieces. Then the
 * article's own threshold keeps back what is too much.
 */
export function stockInput(variant: Counted & { id: string }, available: number, facts: ShopFacts): StockInput {
  const here = facts.stockLocationId!
  const base = variant.stockLevels.reduce(
    (sum, level) => sum + level.stockAllocated - (level.stockLocationId === here ? 0 : level.stockOnHand),
    available,
  )
  const onHand = base + thresholdOf(variant, facts)
  return {
    id: variant.id,
    // a shop that doesn't count an article would sell it without end
    ...(availableOf(variant, facts) === null ? { trackInventory: 'TRUE' as const } : {}),
    ...(onHand < 0 ? { useGlobalOutOfStockThreshold: false, outOfStockThreshold: -base } : {}),
    stockLevels: [{ stockLocationId: here, stockOnHand: Math.max(0, onHand) }],
  }
}
