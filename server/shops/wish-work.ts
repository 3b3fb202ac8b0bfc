import { orNotFound, statement, type Work } from '../kernel/index.ts'
import { findConnection } from './sync/connections.ts'
import { wishStockOf } from './sync/listings.ts'
import { reopenTasks, wishFor } from './sync/tasks.ts'

/* What a person asks the engine for. The work itself runs in the background; its receipts say how it went. */

async function wish(work: Work, channelId: string, kind: 'match' | 'recount' | 'replay', objectId: string) {
  orNotFound(await findConnection(work, channelId), 'shop')
  await wishFor(work, channelId, kind, [objectId])
  work.announce('shop.work-wished', { channelId, kind })
  work.record({ subjectId: channelId, after: { kind, objectId } })
  return {}
}

/** The shop's catalogue is read and matched with ours. */
export async function matchShop(work: Work, input: { channelId: string }): Promise<Record<string, never>> {
  return wish(work, input.channelId, 'match', 'all')
}

/** Every article's stock in the shop is compared with ours; what differs is mended. */
export async function recountShop(work: Work, input: { channelId: string }): Promise<Record<string, never>> {
  return wish(work, input.channelId, 'recount', 'all')
}

/** All orders the shop changed since a moment are looked at again. */
export async function replayShop(
  work: Work,
  input: { channelId: string; since: string },
): Promise<Record<string, never>> {
  return wish(work, input.channelId, 'replay', new Date(input.since).toISOString())
}

/** What was given up is tried again: one task or all. */
export async function retryTasks(
  work: Work,
  input: { channelId: string; taskId?: string | undefined },
): Promise<{ again: number }> {
  const again = await reopenTasks(work, input.channelId, input.taskId ?? null)
  if (input.taskId !== undefined) orNotFound(again || undefined, 'shop-task')
  work.announce('shop.work-wished', { channelId: input.channelId, kind: 'retry' })
  work.record({ subjectId: input.channelId, after: { again } })
  return { again }
}

const settle = statement<{ soldBeyond: { article: string }[] }>(
  'shops.settle-conflict',
  `with open as (select channel_id, external_id, sold_beyond from shops.shop_order where channel_id = $1 and external_id = $2 and conflict is not null for update)
   update shops.shop_order s set conflict = null, sold_beyond = null, settled_change = s.changed_at from open o where s.channel_id = o.channel_id and s.external_id = o.external_id
   returning coalesce(o.sold_beyond, '[]') as "soldBeyond"`,
)

/** A person dealt with what the shop changed; it's no longer shown. */
export async function settleConflict(
  work: Work,
  input: { channelId: string; externalId: string; reason: string },
): Promise<Record<string, never>> {
  const [settled] = await work.query(settle, [input.channelId, input.externalId])
  const { soldBeyond } = orNotFound(settled, 'conflict')
  await wishStockOf(work, input.channelId, soldBeyond)
  work.record({ subjectId: input.channelId, after: { externalId: input.externalId, reason: input.reason } })
  return {}
}
