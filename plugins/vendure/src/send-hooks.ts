import { randomUUID } from 'node:crypto'
import {
  type EventBus,
  type JobQueue,
  type JobQueueService,
  Logger,
  type TransactionalConnection,
  type VendureEvent,
} from '@vendure/core'
import { hookBodyOf, hookEvents } from './hook-bodies.ts'
import type { FullOptions } from './options.ts'
import { signedHeaders } from './sign.ts'

const QUEUE = 'tresen-hooks'
const RETRIES = 20
const TIMEOUT_MS = 10_000

interface Delivery {
  id: string
  body: string
}

/**
 * Tells Tresen what happened, from Vendure's job queue and never in the buyer's request. A hook is a hint; one that is
 * lost after all tries is found by Tresen's own asking a minute later.
 */
export async function sendHooks(
  options: FullOptions,
  eventBus: EventBus,
  jobs: JobQueueService,
  connection: TransactionalConnection,
): Promise<void> {
  const queue: JobQueue<Delivery> = await jobs.createQueue<Delivery>({
    name: QUEUE,
    process: ({ data }) => deliver(options, data),
  })
  const tell = async (event: VendureEvent) => {
    const body = await hookBodyOf(event, connection)
    if (body) await queue.add({ id: `msg_${randomUUID()}`, body: JSON.stringify(body) }, { retries: RETRIES })
  }
  for (const event of hookEvents)
    eventBus.ofType<VendureEvent>(event as never).subscribe((happened) => {
      tell(happened).catch((error: unknown) => Logger.error(`${QUEUE}: ${String(error)}`, 'TresenPlugin'))
    })
}

async function deliver({ address, channel, hookSecret }: FullOptions, { id, body }: Delivery): Promise<number> {
  const response = await fetch(`${address}/api/shops/${encodeURIComponent(channel)}/hooks`, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: signedHeaders(hookSecret, id, new Date(), body),
    body,
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`Tresen answered ${response.status}`)
  return response.status
}
