import type { AdminApi } from './api.ts'
import type { OrderInShop, Pieces } from './plan-order.ts'
import { availableOf, findVariants } from './read-articles.ts'
import { stockInput, updateVariants } from './write-stock.ts'

/*
 * What a buyer may still order is told by stock writes alone. What we tell of an order must not change it, but some of
 * what Vendure does then would: a cancellation gives back pieces that the writer may have counted as free already (or
 * that never were there), and of a partly fulfilled line puts pieces on hand that never left.
 */

/** one at a time in a shop: two of them would each take back what the other one changed */
let line: Promise<unknown> = Promise.resolve()

/** Does something about these pieces, and leaves what the shop may sell as it was. */
export async function keepAvailable<T>(
  api: AdminApi,
  shop: OrderInShop,
  pieces: readonly Pieces[],
  work: () => Promise<T>,
): Promise<T> {
  const mine = line.then(async () => {
    const ids = [...neededOf(shop, pieces).keys()]
    const before = await findById(api, ids)
    const result = await work()
    const after = await findById(api, ids)
    const inputs = after.items.flatMap((variant) => {
      const was = before.items.find(({ id }) => id === variant.id)
      const [wanted, now] = [was && availableOf(was, before.facts), availableOf(variant, after.facts)]
      if (wanted === undefined || wanted === null || wanted === now || !after.facts.stockLocationId) return []
      return [stockInput(variant, wanted, after.facts)]
    })
    await updateVariants(api, inputs)
    return result
  })
  line = mine.catch(() => undefined)
  return mine
}

/** A shop that counts too little on hand refuses to fulfil what has left the house already: it gets as much as left. */
export async function raiseStock(api: AdminApi, shop: OrderInShop, pieces: readonly Pieces[]): Promise<void> {
  const needed = neededOf(shop, pieces)
  const { items, facts } = await findById(api, [...needed.keys()])
  const { stockLocationId: here } = facts
  if (!here) return
  const inputs = items.flatMap(({ id, stockLevels }) => {
    const short = needed.get(id)! - stockLevels.reduce((sum, level) => sum + level.stockOnHand, 0)
    const own = stockLevels.find(({ stockLocationId }) => stockLocationId === here)?.stockOnHand ?? 0
    return short > 0 ? [{ id, stockLevels: [{ stockLocationId: here, stockOnHand: own + short }] }] : []
  })
  await updateVariants(api, inputs)
}

function findById(api: AdminApi, ids: readonly string[]) {
  return findVariants(api, { filter: { id: { in: ids } }, take: Math.max(ids.length, 1) })
}

/** Pieces by variant. */
function neededOf(shop: OrderInShop, pieces: readonly Pieces[]): Map<string, number> {
  const needed = new Map<string, number>()
  for (const { orderLineId, quantity } of pieces) {
    const variant = shop.lines.find(({ id }) => id === orderLineId)?.productVariant.id
    if (variant) needed.set(variant, (needed.get(variant) ?? 0) + quantity)
  }
  return needed
}
