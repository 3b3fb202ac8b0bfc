import type { Quantity } from '../../../common/quantity.ts'

export interface Backorder {
  orderLineId: string
  orderId: string
  articleId: string
  locations: string[]
  quantity: Quantity
}

/** Who gets what came in: the orders that wait, oldest first, as far as what is free at the location reaches. */
export function fillBackorders(
  waiting: readonly Backorder[],
  locationId: string,
  free: ReadonlyMap<string, Quantity>,
): { backorder: Backorder; quantity: Quantity }[] {
  const left = new Map(free)
  const filled: { backorder: Backorder; quantity: Quantity }[] = []
  for (const backorder of waiting) {
    if (!backorder.locations.includes(locationId)) continue
    const quantity = Math.min(backorder.quantity, left.get(backorder.articleId) ?? 0)
    if (quantity <= 0) continue
    left.set(backorder.articleId, left.get(backorder.articleId)! - quantity)
    filled.push({ backorder, quantity })
  }
  return filled
}
