import type { StockAnswer } from '../connector.ts'
import { isGivenUp } from '../rules/pauses.ts'
import { type CountedListing, countListings, saveShown } from './listings.ts'
import type { Receipt } from './receipts.ts'
import type { Session } from './session.ts'
import type { Task } from './tasks.ts'

export interface StockWritten {
  written: Task[]
  /** the shop had another number than we thought: once more, now that we know it */
  stale: Task[]
  refused: { task: Task; problem: string }[]
  receipts: Receipt[]
}

/**
 * Tells the shop what it may sell of these articles. Counted now, not when it was asked for: whatever happened in between
 * is in it, and what happens after asks again.
 */
export async function writeStock({ kernel, api }: Session, tasks: readonly Task[]): Promise<StockWritten> {
  const from = performance.now()
  const listings = await countListings(
    kernel.database,
    tasks.map((task) => task.objectId),
  )
  const answers = new Map(
    listings.length === 0
      ? []
      : (
          await api.writeStock(
            listings.map(({ sku, ids, expected, shown }) => ({ sku, ids, available: expected, shown })),
          )
        ).map((answer) => [answer.sku, answer]),
  )
  const result: StockWritten = { written: [], stale: [], refused: [], receipts: [] }
  const shown: { id: string; shown: number | null; expected: number }[] = []
  for (const task of tasks) {
    const listing = listings.find((one) => one.id === task.objectId)
    const answer = listing && answers.get(listing.sku)
    // no longer an article of this shop: nothing is to be told
    if (!listing) result.written.push(task)
    else if (!answer) result.refused.push({ task, problem: 'the shop gave no answer for this article' })
    else {
      shown.push({ id: listing.id, shown: answer.shown, expected: listing.expected })
      sortIn(result, task, answer)
      result.receipts.push(receiptOf(task, listing, answer, (performance.now() - from) / listings.length))
    }
  }
  await saveShown(kernel.database, shown)
  return result
}

function sortIn(result: StockWritten, task: Task, answer: StockAnswer): void {
  if (answer.outcome === 'written') result.written.push(task)
  else if (answer.outcome === 'stale') result.stale.push(task)
  else result.refused.push({ task, problem: answer.problem ?? 'refused' })
}

function receiptOf(task: Task, listing: CountedListing, answer: StockAnswer, milliseconds: number): Receipt {
  const failed = isGivenUp('refused', task.attempts + 1) ? ('dead' as const) : ('again' as const)
  const outcome = answer.outcome === 'written' ? 'done' : answer.outcome === 'stale' ? 'stale' : failed
  return {
    direction: 'out',
    kind: 'stock',
    objectId: task.objectId,
    attempt: task.attempts + 1,
    outcome,
    answer: answer.problem ?? null,
    facts: { sku: listing.sku, available: listing.expected, before: listing.shown, shown: answer.shown },
    milliseconds,
  }
}
