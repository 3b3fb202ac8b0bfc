import { type IntakeResult, newOrder } from '../../common/orders/api.ts'
import { refusalText } from '../../common/refusal.ts'
import { findChannel } from '../branches/index.ts'
import { type Actor, type Kernel, perform, RefusalError, refuseNow } from '../kernel/index.ts'
import { parkUnreadable, placeOrder } from '../orders/index.ts'
import { readShopOrders, type ShopFormat } from './read-shop-orders.ts'
import type { ShopOrder } from './shop-order.ts'

export type ImportedOrder = IntakeResult & { problem: string | null }

/**
 * Takes the orders of a file exactly as a shop's API answers them. Each order is its own use case: one that can't be
 * taken is parked with the reason and holds up no other; one that contradicts what we have is named.
 */
export async function importOrders(
  kernel: Kernel,
  actor: Actor,
  input: { format: ShopFormat; channel: string; document: unknown },
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<ImportedOrder[]> {
  const channel = await findChannel(kernel.database, input.channel)
  const found = readShopOrders(input.format, input.document, {
    channel: channel.code,
    paymentMethods: channel.paymentMethods,
  })
  if (found.length === 0) refuseNow('unreadable-order', { problem: 'keine Bestellung darin' })
  const results: ImportedOrder[] = []
  for (const shopOrder of found) {
    results.push(await intake(kernel, actor, channel.code, shopOrder))
    onProgress(results.length, found.length)
  }
  return results
}

/** One order of a shop goes to order intake as a use case of its own; a contradiction is an answer, not an exception. */
export async function intake(
  kernel: Kernel,
  actor: Actor,
  channel: string,
  shopOrder: ShopOrder,
): Promise<ImportedOrder> {
  const parsed = shopOrder.order === null ? undefined : newOrder.safeParse(shopOrder.order)
  try {
    const result = parsed?.success
      ? await perform(kernel, { name: 'place-order', actor, input: parsed.data }, (work, order) =>
          placeOrder(work, order, { problems: shopOrder.problems }),
        )
      : await perform(kernel, { name: 'park-unreadable-order', actor, input: {} }, (work) =>
          parkUnreadable(work, {
            channel,
            externalNumber: shopOrder.externalNumber,
            reasons: reasonsOf(shopOrder, parsed?.error?.issues),
            raw: shopOrder.raw,
          }),
        )
    return { ...result, problem: null }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    const { code, facts } = error.refusal
    return { ...refused, externalNumber: shopOrder.externalNumber, problem: refusalText(code, facts, 'de') }
  }
}

const refused = {
  outcome: 'refused' as const,
  orderId: null,
  number: null,
  parkedId: null,
  gross: null,
  backordered: false,
  reasons: [],
}

function reasonsOf(
  shopOrder: ShopOrder,
  issues: readonly { path: PropertyKey[]; message: string }[] = [],
): ShopOrder['problems'] {
  if (shopOrder.problems.length > 0) return shopOrder.problems
  return [
    {
      code: 'unreadable-order',
      facts: { problem: issues.map((i) => `${i.path.join('.')}: ${i.message}`).slice(0, 5) },
    },
  ]
}
