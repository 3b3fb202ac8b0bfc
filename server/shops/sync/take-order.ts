import type { ParkReason } from '../../../common/orders/api.ts'
import { type Remark, type RemarkCode, remark } from '../../../common/shops/api.ts'
import { type Kernel, perform, RefusalError, systemActor } from '../../kernel/index.ts'
import { cancelOrder, discardParkedOrder } from '../../orders/index.ts'
import { recordPayment } from '../../payments/index.ts'
import type { ShopProgress } from '../connector.ts'
import { type ImportedOrder, intake } from '../import-orders.ts'
import { explodeBundles } from '../rules/explode-bundles.ts'
import { type FromShop, planFromShop, soldBeyond } from '../rules/plan-from-shop.ts'
import { ShopError } from '../shop-error.ts'
import type { ShopOrder } from '../shop-order.ts'
import { wishStockOf } from './listings.ts'
import type { Said, Session } from './session.ts'
import {
  findKnownOrder,
  findListingsBySku,
  findParkedOrder,
  findShopOrder,
  type KnownOrder,
  saveShopOrder,
} from './shop-orders.ts'
import { type Task, wishFor } from './tasks.ts'

/**
 * An order of the shop is fetched and taken, or what changed since is followed: pieces cancelled there are cancelled
 * here, money paid there is booked here. What can't be taken is parked with the reason and holds up nothing else.
 */
export async function takeOrder(session: Session, task: Task): Promise<Said> {
  const { kernel, shop, connector, api } = session
  const raw = await api.order(task.objectId)
  if (raw === null || raw === undefined) return followDeletion(session, task.objectId)
  const progress = connector.readProgress(raw)
  if (progress === 'not-placed') return { outcome: 'nothing-to-do', remarks: [remark('not-placed')] }
  if (progress !== null) {
    const known = await findKnownOrder(kernel.database, shop.channel, progress.externalNumber)
    if (known) return followShop(session, { externalId: task.objectId, raw, known, progress })
  }
  return takeNew(session, task.objectId, raw, progress)
}

/** The order as the shop's answer says it, its articles in our numbers. */
async function readOrder({ kernel, shop, connector }: Session, raw: unknown) {
  const [read] = connector.readOrders(raw, { channel: shop.channel, paymentMethods: shop.paymentMethods })
  if (!read) return undefined
  const skus = (read.order?.lines ?? []).flatMap((line) => line.article ?? [])
  const exploded = explodeBundles(read.order, await findListingsBySku(kernel.database, shop.channelId, skus))
  return { ...read, ...exploded, problems: [...read.problems, ...exploded.problems] }
}

async function takeNew(
  session: Session,
  externalId: string,
  raw: unknown,
  progress: ShopProgress | null,
): Promise<Said> {
  const { kernel, shop } = session
  const read = await readOrder(session, raw)
  if (!read) return { outcome: 'nothing-to-do', remarks: [remark('no-order')] }
  // before the order itself: what happens to it from its first moment on finds its shop
  await saveShopOrder(kernel.database, shop.channelId, {
    externalId,
    externalNumber: progress?.externalNumber ?? read.externalNumber ?? externalId,
    changedAt: progress?.changedAt ?? '',
    bundles: read.bundles,
    conflict: null,
    soldBeyond: null,
  })
  const result = await intakeOrPark(kernel, shop.channel, read)
  const facts = { number: result.number, externalNumber: result.externalNumber, gross: result.gross }
  if (result.outcome === 'parked')
    return { outcome: 'parked', remarks: reasons(result.reasons), facts: { ...facts, parkedId: result.parkedId } }
  return { outcome: 'done', remarks: [remark(result.outcome as RemarkCode)], facts }
}

/** What order intake refuses as impossible is kept as it came: never dropped, for somebody to look at. */
async function intakeOrPark(kernel: Kernel, channel: string, read: ShopOrder): Promise<ImportedOrder> {
  const result = await intake(kernel, systemActor, channel, read)
  if (result.outcome !== 'refused') return result
  const reason: ParkReason = { code: 'unreadable-order', facts: { problem: result.problem } }
  return intake(kernel, systemActor, channel, { ...read, order: null, problems: [...read.problems, reason] })
}

/**
 * The shop knows an order no longer that it told us of. What was taken is for somebody to decide; what is only parked is
 * nobody's order any more.
 */
async function followDeletion({ kernel, shop }: Session, externalId: string): Promise<Said> {
  const gone: Said = { outcome: 'nothing-to-do', remarks: [remark('not-in-shop')] }
  const seen = await findShopOrder(kernel.database, shop.channelId, externalId)
  if (!seen) return gone
  const facts = { externalNumber: seen.externalNumber }
  const parked = await findParkedOrder(kernel.database, shop.channel, seen.externalNumber)
  if (parked) {
    const input = { id: parked.id, reason: 'im Shop gelöscht' }
    await perform(kernel, { name: 'discard-parked-order', actor: systemActor, input }, discardParkedOrder)
    return { outcome: 'done', remarks: [remark('discarded')], facts }
  }
  const known = await findKnownOrder(kernel.database, shop.channel, seen.externalNumber)
  const isOpen = known?.lines.some((line) => line.kind === 'goods' && line.ordered > line.cancelled + line.delivered)
  if (!isOpen || seen.settledChange === 'deleted') return { ...gone, facts }
  const conflict = [{ code: 'deleted-in-shop' as const, facts: {} }]
  await saveShopOrder(kernel.database, shop.channelId, { ...seen, changedAt: 'deleted', conflict })
  return { outcome: 'done', remarks: [remark('deleted-in-shop')], facts }
}

function reasons(all: readonly { code: string }[]): Remark[] {
  return [...new Set(all.map((reason) => reason.code as RemarkCode))].map((code) => remark(code))
}

interface Change {
  externalId: string
  raw: unknown
  known: KnownOrder
  progress: ShopProgress
}

/** The order is here already: what the shop changed since is followed as far as it can be; the rest somebody decides. */
async function followShop(session: Session, { externalId, raw, known, progress }: Change): Promise<Said> {
  const { kernel, shop } = session
  const seen = await findShopOrder(kernel.database, shop.channelId, externalId)
  if (seen && Date.parse(seen.changedAt) > Date.parse(progress.changedAt))
    return { outcome: 'stale', remarks: [remark('older')] }
  const plan = planFromShop(known, progress, seen?.bundles ?? null)
  const did = [...(await cancelAsThere(kernel, known.id, plan)), ...(await bookPayment(kernel, known, progress, plan))]
  const isOpen = plan.conflict.length > 0 && seen?.settledChange !== progress.changedAt
  const soldBeyond = isOpen ? soldBeyondOf(known, await readOrder(session, raw)) : []
  await saveShopOrder(kernel.database, shop.channelId, {
    externalId,
    externalNumber: progress.externalNumber,
    changedAt: progress.changedAt,
    bundles: seen?.bundles ?? null,
    conflict: isOpen ? plan.conflict : null,
    soldBeyond: soldBeyond.length > 0 ? soldBeyond : null,
  })
  await wishStockOf(kernel.database, shop.channelId, [...soldBeyond, ...(seen?.soldBeyond ?? [])])
  // an order that came in another way (a file) is the shop's from now on
  if (!seen) await wishFor(kernel.database, shop.channelId, 'show-order', [known.id])
  did.push(...plan.conflict.map((one) => remark(one.code)))
  const facts = { number: known.number, externalNumber: progress.externalNumber }
  return { outcome: did.length > 0 ? 'done' : 'nothing-to-do', remarks: did, facts }
}

function soldBeyondOf(known: KnownOrder, read: Awaited<ReturnType<typeof readOrder>>) {
  return soldBeyond(known.lines, read?.order?.lines ?? [])
}

async function cancelAsThere(kernel: Kernel, id: string, plan: FromShop): Promise<Remark[]> {
  if (plan.cancel.length === 0) return []
  const lines = plan.cancelAll ? undefined : plan.cancel
  const { cancelledLines } = await perform(kernel, { name: 'cancel-order', actor: systemActor, input: {} }, (work) =>
    cancelOrder(work, { id, reason: 'im Shop storniert', lines }),
  ).catch(lookAgain)
  return [remark('lines-cancelled', { lines: cancelledLines })]
}

async function bookPayment(
  kernel: Kernel,
  known: KnownOrder,
  { paid }: ShopProgress,
  plan: FromShop,
): Promise<Remark[]> {
  if (plan.payment === null || paid === null) return []
  const { amount, reference, paidOn } = plan.payment
  const input = {
    customerId: known.customerId,
    orderId: known.id,
    amount,
    reference,
    receivedOn: paidOn,
    method: 'provider',
    allocations: [],
  }
  // the key makes it one payment, however often the shop says so; more money under the same reference is another one
  const key = `shop-paid-${known.id}-${paid.amount}-${reference}`.slice(0, 120)
  await perform(kernel, { name: 'record-payment', actor: systemActor, key, input }, recordPayment)
  return [remark('payment-booked', { amount })]
}

/** Somebody here was quicker: looked at anew, what is left to follow is another thing now. */
function lookAgain(error: unknown): never {
  if (error instanceof RefusalError && ['nothing-to-cancel', 'cancel-exceeds-open'].includes(error.refusal.code))
    throw new ShopError('conflict', remark('changed-here'))
  throw error
}
