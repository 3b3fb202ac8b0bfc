import type { ListingRef, StockAnswer, StockWrite } from '../connector.ts'
import type { AdminApi } from './api.ts'
import { availableOf, findListed, type Variant } from './read-articles.ts'
import type { ShopFacts } from './shop-facts.ts'

export async function readStock(api: AdminApi, listings: readonly ListingRef[]) {
  const { facts, variants } = await findListed(api, listings)
  return listings.map(({ sku }) => {
    const variant = variants.get(sku)
    return { sku, shown: variant ? availableOf(variant, facts) : null }
  })
}

/**
 * Tells the shop what it may still sell. Vendure keeps what is on hand and, apart from it, what its orders have allocated;
 * a buyer may order the difference. So on hand is set to what is available plus what is allocated now. There is no
 * compare-and-set: an article of which the shop sold more than we know is not written but answered 'stale', and what was
 * written is read back.
 */
export async function writeStock(api: AdminApi, writes: readonly StockWrite[]): Promise<StockAnswer[]> {
  const { facts, variants } = await findListed(api, writes)
  const plans = writes.map((write) => planWrite(write, variants.get(write.sku), facts))
  const inputs = plans.flatMap(({ input }) => input ?? [])
  if (inputs.length === 0) return plans.map(({ answer }) => answer)
  await api.ask('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
    input: inputs,
  })
  const after = await readStock(api, writes)
  return plans.map(({ answer, input }, index) => (input ? { ...answer, shown: after[index]!.shown } : answer))
}

interface Plan {
  answer: StockAnswer
  /** undefined: nothing is written */
  input?: { id: string; trackInventory?: 'TRUE'; stockLevels: { stockLocationId: string; stockOnHand: number }[] }
}

function planWrite({ sku, available, shown }: StockWrite, variant: Variant | undefined, facts: ShopFacts): Plan {
  const refused = (problem: string): Plan => ({ answer: { sku, outcome: 'refused', shown: null, problem } })
  if (!variant) return refused('not in the shop (any more)')
  const here = facts.stockLocationId
  if (!here) return refused('the channel has no stock location')
  const now = availableOf(variant, facts)
  if (now === available) return { answer: { sku, outcome: 'written', shown: now } }
  if (now !== null && shown !== null && now < shown)
    return { answer: { sku, outcome: 'stale', shown: now, problem: `the shop sold meanwhile: ${shown} -> ${now}` } }
  const onHand = onHandFor(available, variant, here)
  if (onHand < 0) return refused(`${-onHand} pieces lie at another stock location of the shop`)
  return {
    answer: { sku, outcome: 'written', shown: null },
    input: {
      id: variant.id,
      // a shop that doesn't count an article would sell it without end
      ...(now === null ? { trackInventory: 'TRUE' as const } : {}),
      stockLevels: [{ stockLocationId: here, stockOnHand: onHand }],
    },
  }
}

/** What has to be on hand here so that so many are available over all locations. */
export function onHandFor(available: number, { stockLevels }: Pick<Variant, 'stockLevels'>, here: string): number {
  return stockLevels.reduce(
    (sum, level) => sum + level.stockAllocated - (level.stockLocationId === here ? 0 : level.stockOnHand),
    available,
  )
}
