import type { UnitPrice } from '../money.ts'
import type { Quantity } from '../quantity.ts'

interface Priced {
  listPrice?: UnitPrice | null | undefined
  prices: readonly { priceGroup: string; fromQuantity: Quantity; price: UnitPrice }[]
}

/**
 * The same at the counter's screen, which shows it while the order is written, and on the server, which decides. The net unit price a customer group gets for a quantity: the group's own price from the highest quantity reached; with
 * none the standard one; with none the list price. Undefined where the article has no price at all.
 */
export function priceFor(article: Priced, priceGroup: string, quantity: Quantity): UnitPrice | undefined {
  const reached = (group: string) =>
    article.prices
      .filter((p) => p.priceGroup === group && p.fromQuantity <= quantity)
      .sort((a, b) => b.fromQuantity - a.fromQuantity)[0]?.price
  return reached(priceGroup) ?? reached('standard') ?? article.listPrice ?? undefined
}
