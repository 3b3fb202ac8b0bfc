import type { Day } from '../../common/dates.ts'
import { add, type Book, openBook } from './history-book.ts'
import { addBundles } from './history-bundles.ts'
import { addConsumerOrders } from './history-consumers.ts'
import { addExceptions } from './history-exceptions.ts'
import type { HistoryStep } from './history-steps.ts'
import { addTradeOrders } from './history-trade.ts'

/**
 * What happened at the demo wholesaler in the weeks before `today`, in the order it happened: about ninety orders, one
 * at least in every state that an order can be in. The same day gives the same plan.
 */
export function demoHistory(today: Day): HistoryStep[] {
  const book = openBook(today)
  addTradeOrders(book)
  addBundles(book)
  addExceptions(book)
  addConsumerOrders(book)
  addReceipts(book)
  // stable: what a story tells for one day stays in its order
  return numbered(book.steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)))
}

function addReceipts(book: Book): void {
  const note = (count: number) => `Lieferschein ${count}, Schraubenwerk Quarzfelden`
  const screws = [
    { article: 'SPSK-4x50-200', quantity: 120_000 },
    { article: 'SPSK-5x70-200', quantity: 80_000 },
    { article: 'SKS88-M8x30', quantity: 4_000_000 },
  ]
  add(book, 33, { kind: 'goods-receipt', location: 'ZL', note: note(40_871), lines: screws })
  add(book, 12, {
    kind: 'goods-receipt',
    location: 'BZ',
    note: 'Lieferschein 5512, Arbeitsschutz Helmershausen',
    lines: [
      { article: 'HAND-MON-9', quantity: 120_000 },
      { article: 'DUEB-8x40-100', quantity: 60_000 },
    ],
  })
  add(book, 1, {
    kind: 'goods-receipt',
    location: 'CB',
    note: note(41_350),
    lines: [
      { article: 'BANK-M10x95', quantity: 400_000 },
      { article: 'INJM-300', quantity: 48_000 },
    ],
  })
}

/** The shop counts its orders as they come. */
function numbered(steps: HistoryStep[]): HistoryStep[] {
  let count = 20_430
  return steps.map((step) => {
    if (step.kind !== 'order' || step.order.channel !== 'web-shop') return step
    count += 1
    return { ...step, order: { ...step.order, externalNumber: `W-${count}` } }
  })
}
