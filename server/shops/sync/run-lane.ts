import { isDeepStrictEqual } from 'node:util'
import { remark, type TaskKind } from '../../../common/shops/api.ts'
import { newId } from '../../kernel/index.ts'
import { isGivenUp, PATIENCE, pauseAfter, restOfShop } from '../rules/pauses.ts'
import { ShopError } from '../shop-error.ts'
import {
  clearTrouble,
  findConnection,
  kindsOf,
  type Lane,
  noteTrouble,
  releaseLease,
  type ShopConnection,
  takeLease,
} from './connections.ts'
import { ensureHooks } from './ensure-hooks.ts'
import { matchCatalogue } from './match-catalogue.ts'
import { glanceAtOrders, isPollDue, pollOrders } from './poll-orders.ts'
import { publishArticle } from './publish-article.ts'
import { type Receipt, writeReceipts } from './receipts.ts'
import { isRecountDue, recount } from './recount.ts'
import { replayOrders } from './replay-orders.ts'
import type { Said, Session } from './session.ts'
import { showArticle } from './show-article.ts'
import { showOrder } from './show-order.ts'
import { takeCustomer } from './take-customer.ts'
import { takeOrder } from './take-order.ts'
import { findDueTasks, finish, goOn, ordersAreComing, putOff, type Task, wishFor } from './tasks.ts'
import { whyOf, whyOfError } from './why.ts'
import { writeStock } from './write-stock.ts'

type TaskWork = (session: Session, task: Task) => Promise<Said>

const works: Partial<Record<TaskKind, TaskWork>> = {
  'take-order': takeOrder,
  'take-customer': takeCustomer,
  'show-order': showOrder,
  'show-article': showArticle,
  publish: publishArticle,
  hooks: ensureHooks,
  match: matchCatalogue,
  recount,
  replay: replayOrders,
}

const AT_ONCE = 4
const BATCH = 100
// of orders coming in fewer, so that one that has just been bought needn't wait for many that haven't
const FEW = 12

/**
 * All that is due in one lane of a shop, until nothing is. No transaction is open while the shop is asked. Ends early when
 * the shop needs a rest, or when the lane is no longer ours: after a long standstill another process may have taken it.
 */
export async function runLane(session: Session, lane: Lane): Promise<void> {
  const { kernel, shop, pace } = session
  const lease = { channelId: shop.channelId, lane, by: newId(), forMs: pace.leaseMs }
  if (!(await takeLease(kernel.database, lease))) return
  let isOurs = true
  let renewing: Promise<unknown> = Promise.resolve()
  const renew = setInterval(() => {
    renewing = takeLease(kernel.database, lease).then(
      (taken) => {
        isOurs = taken
      },
      () => undefined,
    )
  }, pace.leaseMs / 4)
  const ours = { ...session, isOver: () => !isOurs || session.isOver() }
  try {
    while (!ours.isOver() && (await turn(ours, lane))) {}
  } finally {
    clearInterval(renew)
    await renewing // or it would take the lease again after it was given back
    await releaseLease(kernel.database, lease).catch(() => undefined)
  }
}

/** One round; true: there may be more to do at once. */
async function turn(session: Session, lane: Lane): Promise<boolean> {
  const fresh = await findConnection(session.kernel.database, session.shop.channelId)
  if (!fresh?.active) return false
  // new keys, or another address: what is still to do goes there
  if (!isDeepStrictEqual(reachOf(fresh), reachOf(session.shop))) session.api = session.connector.open(fresh)
  session.shop = fresh
  try {
    if (lane === 'in') return (await pollIfDue(session)) || (await runEach(session, kindsOf(lane), FEW))
    if (lane === 'long') return await runEach(session, kindsOf(lane), 1)
    const told = await runStock(session)
    const others = kindsOf(lane).filter((kind) => kind !== 'stock')
    return (await runEach(session, others)) || told
  } catch (error) {
    if (error instanceof ShopRests) return false
    throw error
  }
}

const reachOf = ({ address, secrets }: ShopConnection) => ({ address, secrets })

async function pollIfDue(session: Session): Promise<boolean> {
  const { kernel, shop, pace } = session
  if (isRecountDue(shop, kernel.now()))
    for (const kind of ['recount', 'hooks'] as const) await wishFor(kernel.database, shop.channelId, kind, ['all'])
  return isPollDue(shop, pace.pollEveryMs) && polled(session, pollOrders)
}

/** The shop isn't asked anything for now; what was begun is put off already. */
class ShopRests extends Error {}

function polled(session: Session, poll: (session: Session) => Promise<void>): Promise<boolean> {
  return guarded(session, [], 'poll', () => poll(session))
}

/** So many tasks of these kinds at most, a few at a time. */
async function runEach(session: Session, kinds: readonly TaskKind[], most = BATCH): Promise<boolean> {
  const tasks = await findDueTasks(session.kernel.database, session.shop.channelId, kinds, most)
  const queue = [...tasks]
  const worker = async () => {
    for (let task = queue.shift(); task && !session.isOver(); task = queue.shift())
      await runOne(session, task, works[task.kind]!)
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, tasks.length) }, worker))
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

/**
 * Stock, many articles in one write where the shop takes that, and only when the shop's orders up to now are in: it must
 * never be told a number that doesn't know of its own sales. While an order can't be read, numbers only go down.
 */
async function runStock(session: Session): Promise<boolean> {
  const { kernel, shop, connector, pace } = session
  const tasks = await findDueTasks(kernel.database, shop.channelId, ['stock'], Math.min(connector.stockBatch, BATCH))
  if (tasks.length === 0) return false
  const isFresh = Date.now() - (session.glance?.at ?? 0) < pace.freshPollMs || !isPollDue(shop, pace.freshPollMs)
  if (!isFresh && !(await polled(session, glanceAtOrders))) return false
  if (await ordersAreComing(kernel.database, shop.channelId)) await session.takeOrders()
  const onlyDown = await ordersAreComing(kernel.database, shop.channelId)
  return guarded(session, tasks, 'stock', async () => {
    const { receipts, written, stale, held, refused } = await writeStock(session, tasks, onlyDown)
    await finish(kernel.database, written)
    await putOff(kernel.database, stale, { why: whyOf(remark('stale')), pauseMs: 0, dead: false })
    await putOff(kernel.database, held, { why: whyOf(remark('order-unread')), pauseMs: pace.retryMs, dead: false })
    for (const { task, problem } of refused)
      await putOff(kernel.database, [task], {
        why: whyOf(problem),
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
    const { troubles } = shop
    if (troubles > 0) {
      shop.troubles = 0
      await clearTrouble(kernel.database, shop.channelId)
      // it was away: what waits for it needn't wait out its own pause as well
      if (troubles >= PATIENCE) await goOn(kernel.database, shop.channelId)
    }
    return true
  } catch (error) {
    const trouble = error instanceof ShopError ? error.trouble : ('fault' as const)
    const why = whyOfError(error)
    if (trouble === 'fault')
      kernel.log.error({ problem: String(error), shop: shop.channel, what }, 'work with a shop failed')
    const rest =
      error instanceof ShopError && trouble !== 'refused' && trouble !== 'conflict' ? await restNow(session, error) : 0
    for (const task of tasks) {
      const dead = isGivenUp(trouble, task.attempts + 1)
      const pauseMs = Math.max(rest, pauseAfter(task.attempts, pace.retryMs, Math.random()))
      await putOff(kernel.database, [task], { why, pauseMs, dead })
    }
    await writeReceipts(
      kernel.database,
      shop.channelId,
      tasks.map((task) => ({
        ...receiptOf(task),
        outcome: isGivenUp(trouble, task.attempts + 1) ? 'dead' : 'again',
        remarks: why.remarks,
        answer: why.said,
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
