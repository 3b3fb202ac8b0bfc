import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { type Database, statement } from './database/statement.ts'
import { type AnnouncedEvent, type Cursor, readEvents } from './events.ts'
import { newId } from './ids.ts'
import type { Listener } from './jobs.ts'
import type { Kernel } from './kernel.ts'
import { orNotFound } from './refusal-error.ts'
import type { Work } from './use-case.ts'

const insertWebhook = statement(
  'kernel.insert-webhook',
  'insert into kernel.webhook (id, url, secret, event_types, created_at) values ($1, $2, $3, $4, $5)',
)
const switchOff = statement<{ id: string }>(
  'kernel.remove-webhook',
  'update kernel.webhook set active = false where id = $1 and active returning id',
)

/** A program wants to be told. The signing secret is shown once. */
export async function createWebhook(
  work: Work,
  input: { url: string; eventTypes: string[] },
): Promise<{ id: string; secret: string }> {
  const id = newId()
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  work.save(insertWebhook, [id, input.url, secret, input.eventTypes, work.now])
  work.record({ subjectId: id, after: { host: new URL(input.url).host, eventTypes: input.eventTypes } })
  return { id, secret }
}

export async function removeWebhook(work: Work, input: { id: string }): Promise<Record<string, never>> {
  const [gone] = await work.query(switchOff, [input.id])
  orNotFound(gone, 'webhook')
  work.record({ subjectId: input.id })
  return {}
}

const queueDeliveries = statement<{ queued: number }>(
  'kernel.queue-webhook-deliveries',
  `with wanted as (
     insert into kernel.webhook_delivery (id, webhook_id, event_id, event_txid, event_position)
     select gen_random_uuid(), w.id, e.id, e.txid, e.position
       from jsonb_to_recordset($1) as e(id uuid, txid bigint, position bigint, type text)
       join kernel.webhook w on w.active and (w.event_types = '{}' or e.type = any(w.event_types)) and ($2::uuid is null or w.id = $2)
      where $2::uuid is not null or not exists (select 1 from kernel.webhook_delivery d where d.webhook_id = w.id and d.event_id = e.id)
      order by e.txid, e.position
     returning id, webhook_id)
   select count(graphile_worker.add_job('deliver-webhook', payload => json_build_object('deliveryId', id), queue_name => 'webhook-' || webhook_id, max_attempts => 12))::int as queued from wanted`,
)

/** Whoever wants an event gets a delivery of his own, so that one broken receiver holds up no other. */
export const webhookListener: Listener = {
  name: 'webhooks',
  types: [],
  queue: async (database, events) => {
    await database.query(queueDeliveries, [forRecordset(events), null])
  },
}

function forRecordset(events: readonly AnnouncedEvent[]): string {
  return JSON.stringify(events.map(({ id, txid, position, type }) => ({ id, txid, position, type })))
}

const webhookById = statement<{ id: string }>(
  'kernel.webhook',
  'select id from kernel.webhook where id = $1 and active',
)
const beforeMoment = statement<Cursor>(
  'kernel.last-event-before',
  'select txid, position from kernel.event where at < $1 order by txid desc, position desc limit 1',
)
const REPLAY_PAGE = 1_000

/** Sends all events since a moment again to one webhook, in their order. */
export async function replayWebhook(
  database: Database,
  input: { id: string; since: string },
): Promise<{ queued: number }> {
  const [webhook] = await database.query(webhookById, [input.id])
  orNotFound(webhook, 'webhook')
  let cursor: Cursor = (await database.query(beforeMoment, [input.since]))[0] ?? { txid: 0, position: 0 }
  let queued = 0
  for (;;) {
    const events = await readEvents(database, cursor, REPLAY_PAGE)
    const last = events.at(-1)
    if (!last) return { queued }
    queued += (await database.query(queueDeliveries, [forRecordset(events), input.id]))[0]!.queued
    cursor = last
  }
}

interface Delivery {
  url: string
  secret: string
  active: boolean
  eventId: string
  type: string
  at: string
  data: unknown
}
const deliveryById = statement<Delivery>(
  'kernel.webhook-delivery',
  `select w.url, w.secret, w.active, d.event_id as "eventId", e.type, e.at, e.data from kernel.webhook_delivery d join kernel.webhook w on w.id = d.webhook_id
     join kernel.event e on e.txid = d.event_txid and e.position = d.event_position where d.id = $1 and d.state <> 'delivered'`,
)
const noteDelivery = statement(
  'kernel.note-webhook-delivery',
  `update kernel.webhook_delivery set state = $2, attempts = attempts + 1, last_status = $3, last_error = $4, delivered_at = case when $2 = 'delivered' then now() end where id = $1`,
)
const TIMEOUT_MS = 10_000

/**
 * One delivery (Standard Webhooks): signed with id, time and body; 2xx is a receipt. Everything else is written down and
 * thrown, so that the job tries again later and later.
 */
export async function deliverWebhook(kernel: Kernel, deliveryId: string, isLastAttempt: boolean): Promise<void> {
  const [delivery] = await kernel.database.query(deliveryById, [deliveryId])
  if (!delivery) return
  if (!delivery.active) {
    await kernel.database.query(noteDelivery, [deliveryId, 'failed', null, 'switched off'])
    return
  }
  const body = JSON.stringify({ type: delivery.type, timestamp: delivery.at, data: delivery.data })
  const sentAt = new Date()
  const signature = new Webhook(delivery.secret).sign(delivery.eventId, sentAt, body)
  const headers = {
    'content-type': 'application/json',
    'webhook-id': delivery.eventId,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': signature,
  }
  let status: number | null = null
  let problem: string | null = null
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      body,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    status = response.status
    await response.body?.cancel()
    if (!response.ok) problem = `status ${status}`
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error)
  }
  await kernel.database.query(noteDelivery, [
    deliveryId,
    problem === null ? 'delivered' : isLastAttempt ? 'failed' : 'waiting',
    status,
    problem,
  ])
  if (problem !== null) throw new Error(`webhook ${delivery.url}: ${problem}`)
}

const webhookRows = statement<{
  id: string
  url: string
  eventTypes: string[]
  active: boolean
  createdAt: string
  delivered: number
  failed: number
}>(
  'kernel.webhooks',
  `select w.id, w.url, w.event_types as "eventTypes", w.active, w.created_at as "createdAt", count(d.id) filter (where d.state = 'delivered')::int as delivered, count(d.id) filter (where d.state = 'failed' or d.last_error is not null and d.state <> 'delivered')::int as failed
     from kernel.webhook w left join kernel.webhook_delivery d on d.webhook_id = w.id where ($1::uuid is null or w.id < $1) group by w.id order by w.id desc limit $2 + 1`,
)
export function findWebhooks(database: Database, after: string | undefined, limit: number) {
  return database.query(webhookRows, [after ?? null, limit])
}
