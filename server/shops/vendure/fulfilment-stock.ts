import type { AdminApi } from './api.ts'
import type { OrderInShop, Pieces } from './plan-order.ts'
import { findShopFacts } from './shop-facts.ts'

/*
 * Where Vendure's own counting stands in the way of what really happened. What is available is written anew afterwards
 * by whoever counts; here it's only made sure that the shop takes the facts.
 */

interface Levels {
  id: string
  stockLevels: { stockLocationId: string; stockOnHand: number }[]
}

async function readLevels(api: AdminApi, shop: OrderInShop, pieces: readonly Pieces[]) {
  const needed = new Map<string, number>()
  for (const { orderLineId, quantity } of pieces) {
    const variant = shop.lines.find(({ id }) => id === orderLineId)?.productVariant.id
    if (variant) needed.set(variant, (needed.get(variant) ?? 0) + quantity)
  }
  const { productVariants } = await api.ask<{ productVariants: { items: Levels[] } }>(
    'query ($ids: [String!]!) { productVariants(options: { filter: { id: { in: $ids } }, take: 100 }) { items { id stockLevels { stockLocationId stockOnHand } } } }',
    { ids: [...needed.keys()] },
  )
  return { needed, variants: productVariants.items }
}

async function write(api: AdminApi, input: readonly Levels[]): Promise<void> {
  if (input.length === 0) return
  await api.ask('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
    input,
  })
}

/** A shop that counts too little on hand refuses to fulfil what has left the house already: it gets as much as left. */
export async function raiseStock(api: AdminApi, shop: OrderInShop, pieces: readonly Pieces[]): Promise<void> {
  const [{ stockLocationId: here }, { needed, variants }] = await Promise.all([
    findShopFacts(api),
    readLevels(api, shop, pieces),
  ])
  if (!here) return
  const input = variants.flatMap(({ id, stockLevels }) => {
    const short = needed.get(id)! - stockLevels.reduce((all, level) => all + level.stockOnHand, 0)
    const own = stockLevels.find(({ stockLocationId }) => stockLocationId === here)?.stockOnHand ?? 0
    return short > 0 ? [{ id, stockLevels: [{ stockLocationId: here, stockOnHand: own + short }] }] : []
  })
  await write(api, input)
}

/**
 * Vendure 3.7 puts the open pieces of a partly fulfilled line back on hand when they are cancelled, though they never
 * left: what was on hand before is written again.
 */
export async function restoreStock(
  api: AdminApi,
  shop: OrderInShop,
  pieces: readonly Pieces[],
  cancel: () => Promise<void>,
): Promise<void> {
  const partly = pieces.filter(({ orderLineId }) =>
    (shop.fulfillments ?? []).some(({ lines }) => lines.some((line) => line.orderLineId === orderLineId)),
  )
  const before = partly.length > 0 ? (await readLevels(api, shop, partly)).variants : []
  await cancel()
  await write(
    api,
    before.map(({ id, stockLevels }) => ({
      id,
      stockLevels: stockLevels.map(({ stockLocationId, stockOnHand }) => ({ stockLocationId, stockOnHand })),
    })),
  )
}
