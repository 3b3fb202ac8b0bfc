import type { ParkReason } from '../../../common/orders/api.ts'
import { perform, RefusalError, systemActor } from '../../kernel/index.ts'
import { cancelOrder } from '../../orders/index.ts'
import { recordPayment } from '../../payments/index.ts'
import type { ShopProgress } from '../connector.ts'
import { intake } from '../import-orders.ts'
import { explodeBundles } from '../rules/explode-bundles.ts'
import { planFromShop } from '../rules/plan-from-shop.ts'
import { ShopError } from '../shop-error.ts'
import type { Said, Session } from './session.ts'
import { findKnownOrder, findListingsBySku, findShopOrder, type KnownOrder, saveShopOrder } from './shop-orders.ts'
import { type Task, wishFor } from './tasks.ts'

/**
 * An order of the shop is fetched and taken, or what changed since is followed: pieces cancelled there are cancelled
 * here, money paid there is booked here. What can't be taken is parked with the reason and holds up nothing else.
 */
export async function takeOrder(session: Session, task: Task): Promise<Said> {
  const { kernel, shop, connector, api } = session
  const raw = await api.order(task.objectId)
  if (raw === null || raw === undefined) return { outcome: 'nothing-to-do', answer: 'not in the shop (any more)' }
  const progress = connector.readProgress(raw)
  if (progress === 'not-placed') return { outcome: 'nothing-to-do', answer: 'not placed yet' }
  if (progress !== null) {
    const known = await findKnownOrder(kernel.database, shop.channel, progress.externalNumber)
    if (known) return followShop(session, task.objectId, known, progress)
  }
  return takeNew(session, task.objectId, raw, progress)
}

async function takeNew(
  { kernel, shop, connector }: Session,
  externalId: string,
  raw: unknown,
  progress: ShopProgress | null,
): Promise<Said> {
  const options = { channel: shop.channel, paymentMethods: shop.paymentMethods }
  const [read] = connector.readOrders(raw, options)
  if (!read) return { outcome: 'nothing-to-do', answer: 'no order in the answer' }
  const skus = (read.order?.lines ?? []).flatMap((line) => line.article ?? [])
  const { order, bundles } = explodeBundles(read.order, await findListingsBySku(kernel.database, shop.channelId, skus))
  // before the order itself: what happens to it from its first moment on finds its shop
  await saveShopOrder(kernel.database, shop.channelId, {
    externalId,
    externalNumber: progress?.externalNumber ?? read.externalNumber ?? externalId,
    changedAt: progress?.changedAt ?? '',
    bundles,
    conflict: null,
  })
  const result = await intake(kernel, systemActor, shop.channel, { ...read, order })
  const facts = { number: result.number, externalNumber: result.externalNumber, gross: result.gross }
  if (result.outcome === 'parked')
    return { outcome: 'parked', answer: reasons(result.reasons), facts: { ...facts, parkedId: result.parkedId } }
  if (result.outcome === 'refused') return { outcome: 'parked', answer: result.problem, facts }
  return { outcome: 'done', answer: result.outcome, facts }
}

function reasons(all: readonly { code: string }[]): string {
  return [...new Set(all.map((reason: Pick<ParkReason, 'code'> | { code: string }) => reason.code))].join(', ')
}

/** The order is here already: what the shop changed since is followed as far as it can be; the rest somebody decides. */
async function followShop(
  { kernel, shop }: Session,
  externalId: string,
  known: KnownOrder,
  progress: ShopProgress,
): Promise<Said> {
  const seen = await findShopOrder(kernel.database, shop.channelId, externalId)
  if (seen && Date.parse(seen.changedAt) > Date.parse(progress.changedAt))
    return { outcome: 'stale', answer: `changed at ${progress.changedAt}, seen ${seen.changedAt} already` }
  const plan = planFromShop(known, progress, seen?.bundles ?? null)
  const did: string[] = []
  if (plan.cancel.length > 0 || plan.cancelAll) {
    const lines = plan.cancelAll ? undefined : plan.cancel
    const cancelled = await perform(kernel, { name: 'cancel-order', actor: systemActor, input: {} }, (work) =>
      cancelOrder(work, { id: known.id, reason: 'im Shop storniert', lines }),
    ).catch(lookAgain)
    did.push(`cancelled ${cancelled.cancelledLines} lines`)
  }
  if (plan.payment) {
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
    // the key makes it one payment, however often the shop says so
    const key = `shop-paid-${known.id}-${reference}`.slice(0, 120)
    await perform(kernel, { name: 'record-payment', actor: systemActor, key, input }, recordPayment)
    did.push(`paid ${amount}`)
  }
  const isSettled = seen?.settledChange === progress.changedAt
  await saveShopOrder(kernel.database, shop.channelId, {
    externalId,
    externalNumber: progress.externalNumber,
    changedAt: progress.changedAt,
    bundles: seen?.bundles ?? null,
    conflict: plan.conflict.length > 0 && !isSettled ? plan.conflict : null,
  })
  // an order that came in another way (a file) is the shop's from now on
  if (!seen) await wishFor(kernel.database, shop.channelId, 'show-order', [known.id])
  if (plan.conflict.length > 0) did.push(...plan.conflict.map((one) => one.code))
  const facts = { number: known.number, externalNumber: progress.externalNumber }
  return { outcome: did.length > 0 ? 'done' : 'nothing-to-do', answer: did.join(', ') || null, facts }
}

/** Somebody here was quicker: looked at anew, what is left to follow is another thing now. */
function lookAgain(error: unknown): never {
  if (error instanceof RefusalError && ['nothing-to-cancel', 'cancel-exceeds-open'].includes(error.refusal.code))
    throw new ShopError('conflict', `changed here meanwhile: ${error.refusal.code}`)
  throw error
}
