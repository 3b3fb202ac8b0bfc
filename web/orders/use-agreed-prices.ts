import { useQueries } from '@tanstack/react-query'
import { getArticle } from '../../common/catalog/api.ts'
import { priceFor } from '../../common/catalog/price-for.ts'
import { call } from '../api.ts'
import { keyOf } from '../load.ts'
import type { DraftLine } from './new-order-lines.tsx'

/** The unit price of each line: the one typed, or the list's. In gross mode only the server knows the list's. */
export function useAgreedPrices(
  lines: DraftLine[],
  priceGroup: string,
  priceMode: 'net' | 'gross',
): (number | undefined)[] {
  const articles = useQueries({
    queries: lines.map(({ article: { id } }) => ({
      queryKey: keyOf(getArticle, { id }),
      queryFn: () => call(getArticle, { id }),
      staleTime: 60_000,
    })),
  })
  return lines.map((line, i) => {
    const article = articles[i]?.data
    if (line.price !== undefined) return line.price
    return article && priceMode === 'net' ? priceFor(article, priceGroup, line.quantity ?? 0) : undefined
  })
}
