import { type Remark, remark } from '../../../common/shops/api.ts'
import type { ShopApi, StockAnswer } from '../connector.ts'
import { isGivenUp } from '../rules/pauses.ts'
import { type CountedListing, countListings, saveShown } from './listings.ts'
import type { Receipt } from './receipts.ts'
import type { Session } from './session.ts'
import type { Task, Why } from './tasks.ts'
import { whyOf } from './why.ts'

export interface StockWritten {
  written: Task[]
  /** the shop had another number than we thought: once more, now that we know it */
  stale: Task[]
  /** the number would go up, and an order is not read yet */
  held: Task[]
  refused: { task: Task; problem: Remark | string }[]
  receipts: Receipt[]
}

/**
 * Tells the shop what it may sell of these articles. Counted now, not when it was asked for: whatever happened in between
 * is in it, and what happens after asks again. `onlyDown`: an order of the shop isn't read yet, and a number that goes up
 * could be one it has sold already; what the shop shows is asked first then.
 */
export async function writeStock(session: Session, tasks: readonly Task[], onlyDown: boolean): Promise<StockWritten> {
  const { kernel, api } = session
  const from = performance.now()
  const ids = tasks.map((task) => task.objectId)
  const listings = await countListings(kernel.database, ids)
  const told = onlyDown ? await thoseThatSink(api, listings) : listings
  const writes = told.map(({ sku, ids, expected, shown }) => ({ sku, ids, available: expected, shown }))
  const answers = new Map(
    (writes.length === 0 ? [] : await api.writeStock(writes)).map((answer) => [answer.sku, answer]),
  )
  const result: StockWritten = { written: [], stale: [], held: [], refused: [], receipts: [] }
  const shown: { id: string; shown: number | null; expected: number }[] = []
  for (const task of tasks) {
    const listing = listings.find((one) => one.id === task.objectId)
    const answer = listing && answers.get(listing.sku)
    // no longer an article of this shop: nothing is to be told
    if (!listing) result.written.push(task)
    else if (!told.some((one) => one.id === listing.id)) result.held.push(task)
    else if (!answer) result.refused.push({ task, problem: remark('no-answer') })
    else {
      shown.push({ id: listing.id, shown: answer.shown, expected: listing.expected })
      sortIn(result, task, answer)
      result.receipts.push(receiptOf(task, listing, answer, (performance.now() - from) / told.length))
    }
  }
  await saveShown(kernel.database, shown)
  return result
}

async function thoseThatSink(api: ShopApi, listings: readonly CountedListing[]): Promise<CountedListing[]> {
  if (listings.length === 0) return []
  const now = new Map((await api.readStock(listings)).map((row) => [row.sku, row.shown]))
  return listings.flatMap((listing) => {
    const shown = now.get(listing.sku) ?? null
    return shown !== null && listing.expected < shown ? [{ ...listing, shown }] : []
  })
}

function sortIn(result: StockWritten, task: Task, answer: StockAnswer): void {
  if (answer.outcome === 'written') result.written.push(task)
  else if (answer.outcome === 'stale') result.stale.push(task)
  else result.refused.push({ task, problem: answer.problem ?? remark('refused') })
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
    ...(answer.problem === undefined ? {} : inReceipt(whyOf(answer.problem))),
    facts: { sku: listing.sku, available: listing.expected, before: listing.shown, shown: answer.shown },
    milliseconds,
  }
}

function inReceipt({ remarks, said }: Why): Pick<Receipt, 'remarks' | 'answer'> {
  return { remarks, answer: said }
}
