import type { NewArticle } from '../../common/catalog/api.ts'
import { demoArticles } from './articles.ts'
import type { Random } from './random.ts'

/** What each kind of trade buys, by the beginning of the article number, and which of the customers are of that trade. */
export const trades = {
  timber: {
    articles: [
      'SPSK-',
      'TELL-',
      'SCHR-',
      'WINK-',
      'BALK-',
      'ANKN-',
      'LEIM-',
      'SPAR-',
      'NAGL-',
      'SAEG-',
      'BITS-',
      'PFOS-',
    ],
    customers: [2, 3, 4, 8, 12, 13, 16, 17, 21, 26, 28, 30, 34, 38, 40],
  },
  metal: {
    articles: [
      'SKS88-',
      'MUT8-',
      'MUTS-',
      'UNTL-',
      'TREN-',
      'BOHR-HSS',
      'GEWA2-',
      'FAEC-',
      'RMS-',
      'STOC-',
      'HAND-CUT',
    ],
    customers: [9, 14, 18, 24, 25, 35, 42],
  },
  building: {
    articles: [
      'DUEB-',
      'BANK-',
      'INJM-',
      'BOHR-SDS',
      'RAHM-',
      'DIAM-',
      'ANKS-',
      'SIEB-',
      'EINS-',
      'LOBA-',
      'KABE-',
      'HELM-',
    ],
    customers: [6, 10, 11, 19, 20, 27, 29, 39],
  },
  interior: {
    articles: [
      'SNBA-',
      'GKDU-',
      'HRDU-',
      'SILI-',
      'ACRY-',
      'SCHX-',
      'FUGB-',
      'PUSC-',
      'MONT-',
      'CUTT-',
      'KLIN-',
      'NITR-',
    ],
    customers: [7, 23, 32, 33, 37],
  },
  household: {
    articles: [
      'HAMM-',
      'BAND-',
      'LEIM-D3-750',
      'BUCH-',
      'BITS-SATZ',
      'SCHL-',
      'ZWIN-',
      'SDRE-',
      'SAEG-190-24Z',
      'JAPS-',
      'BRIL-',
      'GLIE-',
      'DUEB-8x40',
    ],
    customers: [],
  },
} as const
export type Trade = keyof typeof trades

const range = demoArticles().filter((a) => a.active)

export interface BasketLine {
  article: string
  quantity: number
}

/** Some lines as this trade would order them. */
export function basketOf(random: Random, trade: Trade, count: number): BasketLine[] {
  const suitable = range.filter((a) => trades[trade].articles.some((prefix) => a.number.startsWith(prefix)))
  return random.some(suitable, count).map((a) => ({ article: a.number, quantity: usualQuantity(random, a) }))
}

export function articleOf(number: string): NewArticle {
  return range.find((a) => a.number === number)!
}

/** Small things by the hundred, dear ones singly; what is cut or weighed also in halves. */
function usualQuantity(random: Random, article: NewArticle): number {
  if (article.unit === 'MTR' || article.unit === 'KGM' || article.unit === 'LTR')
    return random.one([2500, 5000, 7500, 12_500, 25_000])
  const steps: readonly (readonly [number, readonly number[]])[] = [
    [5_000, [100, 200, 250, 500]],
    [30_000, [10, 20, 25, 50]],
    [150_000, [2, 3, 4, 5, 6, 10, 12]],
    [400_000, [1, 2, 3, 4, 6]],
  ]
  const [, usual] = steps.find(([below]) => article.listPrice! < below) ?? [0, [1, 2]]
  return random.one(usual) * 1000
}
