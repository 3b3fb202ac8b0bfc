import type { Article } from '../../common/catalog/api.ts'

/** What the price list says for a customer's group and a quantity, shown while writing; the server decides. */
export function listPrice(article: Article, priceGroup: string, quantity: number): number | undefined {
  const reached = (group: string) =>
    article.prices
      .filter((price) => price.priceGroup === group && price.fromQuantity <= quantity)
      .toSorted((a, b) => b.fromQuantity - a.fromQuantity)[0]?.price
  return reached(priceGroup) ?? reached('standard') ?? article.listPrice
}
