import type { Said, Session } from './session.ts'
import { type Task, wishFor } from './tasks.ts'

/** "Replay since …": every order the shop changed since a moment is looked at again, whether we saw it or not; new ones go first. */
export async function replayOrders({ kernel, shop, api }: Session, { objectId: since }: Task): Promise<Said> {
  let orders = 0
  let page: string | undefined
  do {
    const changed = await api.changedOrders(since, page)
    const ids = [...new Set(changed.rows.map((row) => row.id))]
    await wishFor(kernel.database, shop.channelId, 'take-order', ids, 'behind')
    orders += changed.rows.length
    page = changed.next
  } while (page !== undefined)
  return { outcome: 'done', facts: { orders } }
}
