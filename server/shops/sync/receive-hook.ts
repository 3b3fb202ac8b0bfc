import { type Database, newId, refuseNow, statement } from '../../kernel/index.ts'
import type { Connector } from '../connector.ts'
import { findConnectionByCode } from './connections.ts'
import { wishSql } from './tasks.ts'

// The receipt is the proof and the guard: a delivery that came before wishes nothing again.
const storeHook = statement<{ fresh: boolean }>(
  'shops.store-hook',
  `with fresh as (
     insert into shops.receipt (id, at, channel_id, direction, kind, object_id, delivery_id, outcome, facts)
     values ($1, clock_timestamp(), $2, 'in', 'hook', $3, $4, 'received', $5) on conflict (channel_id, delivery_id) where delivery_id is not null do nothing returning id),
   wished as (${wishSql('select $2::uuid as channel_id, w.kind, w.object_id from jsonb_to_recordset($6) as w(kind text, object_id text) where exists (select 1 from fresh)')})
   select exists (select 1 from fresh) as fresh`,
)

const kindOf = { order: 'take-order', customer: 'take-customer' } as const

/**
 * A hook of a shop. It's a hint: the signature is checked on the bytes as they came, what it is about is kept with a
 * receipt, and the answer goes out; the shop is asked for the thing itself afterwards. A wrong, missing or old signature
 * is refused ('bad-signature', 401) and leaves nothing behind.
 */
export async function receiveHook(
  database: Database,
  connectors: Partial<Record<string, Connector>>,
  hook: { channel: string; headers: Record<string, string | undefined>; body: Buffer; now: Date },
): Promise<{ fresh: boolean }> {
  const connection = await findConnectionByCode(database, hook.channel)
  const connector = connection && connectors[connection.kind]
  const verified = connector?.verifyHook(hook, connection!)
  if (!connection || !verified) refuseNow('bad-signature')
  // an article that changed in the shop is no order: our own writes come back like that, and the recount compares
  const wishes = verified.about.flatMap(({ kind, id }) =>
    kind === 'article' ? [] : [{ kind: kindOf[kind], object_id: id.slice(0, 120) }],
  )
  const [first] = verified.about
  const distinct = [...new Map(wishes.map((wish) => [`${wish.kind} ${wish.object_id}`, wish])).values()]
  const [stored] = await database.query(storeHook, [
    newId(),
    connection.channelId,
    (first?.id ?? verified.topic).slice(0, 120),
    verified.deliveryId.slice(0, 200),
    JSON.stringify({ topic: verified.topic.slice(0, 100), about: verified.about.length }),
    JSON.stringify(distinct),
  ])
  return stored!
}
