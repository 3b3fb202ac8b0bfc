import { orNotFound, statement, type Work } from '../kernel/index.ts'
import { findConnection } from './sync/connections.ts'
import { wishFor } from './sync/tasks.ts'

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

const reopen = statement<{ id: string }>(
  'shops.reopen-tasks',
  `update shops.task set state = 'open', attempts = 0, not_before = null, wished_at = now() where channel_id = $1 and state = 'dead' and ($2::uuid is null or id = $2) returning id`,
)

/** What was given up is tried again: one task or all. */
export async function retryTasks(
  work: Work,
  input: { channelId: string; taskId?: string | undefined },
): Promise<{ again: number }> {
  const reopened = await work.query(reopen, [input.channelId, input.taskId ?? null])
  if (input.taskId !== undefined) orNotFound(reopened[0], 'shop-task')
  work.announce('shop.work-wished', { channelId: input.channelId, kind: 'retry' })
  work.record({ subjectId: input.channelId, after: { again: reopened.length } })
  return { again: reopened.length }
}

const settle = statement<{ externalId: string }>(
  'shops.settle-conflict',
  `update shops.shop_order set conflict = null, settled_change = changed_at where channel_id = $1 and external_id = $2 and conflict is not null returning external_id as "externalId"`,
)

/** A person dealt with what the shop changed; it's no longer shown. */
export async function settleConflict(
  work: Work,
  input: { channelId: string; externalId: string; reason: string },
): Promise<Record<string, never>> {
  const [settled] = await work.query(settle, [input.channelId, input.externalId])
  orNotFound(settled, 'conflict')
  work.record({ subjectId: input.channelId, after: { externalId: input.externalId, reason: input.reason } })
  return {}
}
