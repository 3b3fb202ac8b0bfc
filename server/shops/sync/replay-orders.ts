import type { Said, Session } from './session.ts'
import { type Task, wishFor } from './tasks.ts'

/** "Replay since …": every order the shop changed since a moment is looked at again, whether we saw it or not. */
export async function replayOrders({ kernel, shop, api }: Session, { objectId: since }: Task): Promise<Said> {
  let orders = 0
  let page: string | undefined
  do {
    const changed = await api.changedOrders(since, page)
    await wishFor(kernel.database, shop.channelId, 'take-order', [...new Set(changed.rows.map((row) => row.id))])
    orders += changed.rows.length
    page = changed.next
  } while (page !== undefined)
  return { outcome: 'done', facts: { orders } }
}
