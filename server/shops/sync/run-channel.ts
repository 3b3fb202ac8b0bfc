import type { TaskKind } from '../../../common/shops/api.ts'
import { newId } from '../../kernel/index.ts'
import { isGivenUp, pauseAfter, restOfShop } from '../rules/pauses.ts'
import { ShopError } from '../shop-error.ts'
import { clearTrouble, findConnection, noteTrouble, releaseLease, takeLease } from './connections.ts'
import { ensureHooks } from './ensure-hooks.ts'
import { matchCatalogue } from './match-catalogue.ts'
import { isPollDue, pollOrders } from './poll-orders.ts'
import { publishArticle } from './publish-article.ts'
import { type Receipt, writeReceipts } from './receipts.ts'
import { isRecountDue, recount } from './recount.ts'
import { replayOrders } from './replay-orders.ts'
import type { Said, Session } from './session.ts'
import { showArticle } from './show-article.ts'
import { showOrder } from './show-order.ts'
import { takeCustomer } from './take-customer.ts'
import { takeOrder } from './take-order.ts'
import { findDueTasks, finish, ordersAreComing, putOff, type Task, wishFor } from './tasks.ts'
import { writeStock } from './write-stock.ts'

type TaskWork = (session: Session, task: Task) => Promise<Said>

const incoming: Partial<Record<TaskKind, TaskWork>> = { 'take-order': takeOrder, 'take-customer': takeCustomer }
const outgoing: Partial<Record<TaskKind, TaskWork>> = {
  'show-order': showOrder,
  'show-article': showArticle,
  publish: publishArticle,
  hooks: ensureHooks,
}
const long: Partial<Record<TaskKind, TaskWork>> = { match: matchCatalogue, recount, replay: replayOrders }

const AT_ONCE = 4
const BATCH = 100

/**
 * All that is due with one shop, until nothing is: orders first, then stock, so that the shop is never told a number that
 * doesn't know of its own sales; then the rest. No transaction is open while the shop is asked. Ends early when the shop
 * needs a rest. One process at a time; the lease of a killed one runs out.
 */
export async function runChannel(session: Session, isStopping: () => boolean): Promise<void> {
  const { kernel, shop, pace } = session
  const by = newId()
  if (!(await takeLease(kernel.database, shop.channelId, by, pace.leaseMs))) return
  let renewing: Promise<unknown> = Promise.resolve()
  const renew = setInterval(() => {
    renewing = takeLease(kernel.database, shop.channelId, by, pace.leaseMs).catch(() => undefined)
  }, pace.leaseMs / 4)
  try {
    while (!isStopping() && (await turn(session))) {}
  } finally {
    clearInterval(renew)
    await renewing // or it would take the lease again after it was given back
    await releaseLease(kernel.database, shop.channelId, by).catch(() => undefined)
  }
}

/** One round; true: there may be more to do at once. */
async function turn(session: Session): Promise<boolean> {
  const fresh = await findConnection(session.kernel.database, session.shop.channelId)
  if (!fresh?.active) return false
  session.shop = fresh
  if (isRecountDue(fresh, session.kernel.now()))
    for (const kind of ['recount', 'hooks'] as const)
      await wishFor(session.kernel.database, fresh.channelId, kind, ['all'])
  try {
    let worked = isPollDue(fresh, session.pace.pollEveryMs) ? await polled(session) : false
    worked = (await runEach(session, incoming)) || worked
    worked = (await runStock(session)) || worked
    worked = (await runEach(session, outgoing)) || worked
    return (await runEach(session, long, 1)) || worked
  } catch (error) {
    if (error instanceof ShopRests) return false
    throw error
  }
}

/** The shop isn't asked anything for now; what was begun is put off already. */
class ShopRests extends Error {}

async function polled(session: Session): Promise<boolean> {
  return guarded(session, [], 'poll', async () => {
    await pollOrders(session)
  })
}

/** Tasks of these kinds, a few at a time. */
async function runEach(
  session: Session,
  works: Partial<Record<TaskKind, TaskWork>>,
  atOnce = AT_ONCE,
): Promise<boolean> {
  const kinds = Object.keys(works) as TaskKind[]
  const tasks = await findDueTasks(session.kernel.database, session.shop.channelId, kinds, atOnce === 1 ? 1 : BATCH)
  const queue = [...tasks]
  const worker = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await runOne(session, task, works[task.kind]!)
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return tasks.length > 0
}

async function runOne(session: Session, task: Task, work: TaskWork): Promise<void> {
  const from = performance.now()
  await guarded(session, [task], task.kind, async () => {
    const said = await work(session, task)
    await finish(session.kernel.database, [task])
    await writeReceipts(session.kernel.database, session.shop.channelId, [
      { ...receiptOf(task), ...said, milliseconds: performance.now() - from },
    ])
  })
}

/** Stock, many articles in one write where the shop takes that, and only when the shop's orders up to now are in. */
async function runStock(session: Session): Promise<boolean> {
  const { kernel, shop, connector, pace } = session
  const tasks = await findDueTasks(kernel.database, shop.channelId, ['stock'], Math.min(connector.stockBatch, BATCH))
  if (tasks.length === 0) return false
  if (isPollDue(shop, pace.freshPollMs)) await polled(session)
  if (await ordersAreComing(kernel.database, shop.channelId)) return runEach(session, incoming)
  return guarded(session, tasks, 'stock', async () => {
    const { receipts, written, stale, refused } = await writeStock(session, tasks)
    await finish(kernel.database, written)
    await putOff(kernel.database, stale, { problem: 'stale', pauseMs: 0, dead: false })
    for (const { task, problem } of refused)
      await putOff(kernel.database, [task], {
        problem,
        pauseMs: pauseAfter(task.attempts, pace.retryMs, Math.random()),
        dead: isGivenUp('refused', task.attempts + 1),
      })
    await writeReceipts(kernel.database, shop.channelId, receipts)
  })
}

/** Runs work with the shop. What fails is put off with a receipt; a shop in trouble rests, and the round ends. */
async function guarded(
  session: Session,
  tasks: readonly Task[],
  what: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const { kernel, shop, pace } = session
  try {
    await work()
    if (shop.troubles > 0) {
      shop.troubles = 0
      await clearTrouble(kernel.database, shop.channelId)
    }
    return true
  } catch (error) {
    const trouble = error instanceof ShopError ? error.trouble : ('fault' as const)
    const problem = error instanceof Error ? error.message : String(error)
    if (trouble === 'fault') kernel.log.error({ problem, shop: shop.channel, what }, 'work with a shop failed')
    const rest =
      error instanceof ShopError && trouble !== 'refused' && trouble !== 'conflict' ? await restNow(session, error) : 0
    for (const task of tasks) {
      const dead = isGivenUp(trouble, task.attempts + 1)
      const pauseMs = Math.max(rest, pauseAfter(task.attempts, pace.retryMs, Math.random()))
      await putOff(kernel.database, [task], { problem, pauseMs, dead })
    }
    await writeReceipts(
      kernel.database,
      shop.channelId,
      tasks.map((task) => ({
        ...receiptOf(task),
        outcome: isGivenUp(trouble, task.attempts + 1) ? 'dead' : 'again',
        answer: problem,
      })),
    )
    if (rest > 0) throw new ShopRests()
    return tasks.length > 0
  }
}

async function restNow({ kernel, shop, pace }: Session, error: ShopError): Promise<number> {
  shop.troubles += 1
  const rest = restOfShop(error.trouble, {
    inARow: shop.troubles,
    retryAfterMs: error.retryAfterMs,
    unitMs: pace.retryMs,
    chance: Math.random(),
  })
  await noteTrouble(kernel.database, shop.channelId, `${error.trouble}: ${error.message}`, rest)
  return rest
}

function receiptOf(task: Task): Pick<Receipt, 'direction' | 'kind' | 'objectId' | 'attempt'> {
  const direction = task.kind.startsWith('take-') || task.kind === 'match' || task.kind === 'replay' ? 'in' : 'out'
  return { direction, kind: task.kind, objectId: task.objectId, attempt: task.attempts + 1 }
}
