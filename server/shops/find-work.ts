import type { z } from 'zod'
import type { Page } from '../../common/route.ts'
import type { driftRow, receipt, shopConflict, shopTask } from '../../common/shops/api.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'

// What a person calls the thing: the number of the order, of the article, of the customer.
const label = (row: string) => `coalesce(
  (select o.number from orders.sales_order o where ${row}.kind = 'show-order' and o.id::text = ${row}.object_id),
  (select s.external_number from shops.shop_order s where ${row}.kind in ('take-order', 'hook') and s.channel_id = ${row}.channel_id and s.external_id = ${row}.object_id),
  (select l.sku from shops.listing l where ${row}.kind in ('stock', 'show-article') and l.id::text = ${row}.object_id),
  (select p.external_number from orders.parked_order p where ${row}.kind = 'match' and p.id::text = ${row}.object_id),
  (select a.number from catalog.article a where ${row}.kind = 'publish' and a.id::text = ${row}.object_id))`

const receipts = statement<z.input<typeof receipt>>(
  'shops.receipts',
  `select r.id, r.at, r.direction, r.kind, r.object_id as "objectId", ${label('r')} as label, r.attempt, r.outcome, r.remarks, r.answer, r.facts, r.milliseconds
     from shops.receipt r where r.channel_id = $1 and ($2::uuid is null or r.id < $2) and ($3::text is null or r.direction = $3) and ($4::text is null or r.outcome = $4)
      and ($5::text is null or r.object_id = any($6) or r.facts->>'number' = $5 or r.facts->>'externalNumber' = $5 or r.facts->>'sku' = $5)
    order by r.id desc limit $7 + 1`,
)
// what a search word may mean, as the ids that receipts name
const objectsNamed = statement<{ id: string }>(
  'shops.objects-named',
  `select external_id as id from shops.shop_order where channel_id = $1 and external_number = $2
   union select o.id::text from orders.sales_order o where o.number = $2 or o.external_number = $2
   union select l.id::text from shops.listing l where l.channel_id = $1 and l.sku = $2
   union select l.id::text from shops.listing l join shops.listing_part p on p.listing_id = l.id join catalog.article a on a.id = p.article_id where l.channel_id = $1 and (a.number = $2 or a.gtin = $2)`,
)

interface Question extends Page {
  channelId: string
  q?: string | undefined
  direction?: 'in' | 'out' | undefined
  outcome?: string | undefined
}

/** The event log of a shop, newest first, with search by order number, article number or id. */
export async function findReceipts(database: Database, input: Question) {
  const { channelId, after, direction, outcome, q, limit } = input
  const named = q ? (await database.query(objectsNamed, [channelId, q])).map((row) => row.id) : []
  const rows = await database.query(receipts, [
    channelId,
    after ?? null,
    direction ?? null,
    outcome ?? null,
    q || null,
    q ? [q, ...named] : null,
    limit,
  ])
  return pageRows(rows, input, (row) => row.id)
}

const tasks = statement<z.input<typeof shopTask>>(
  'shops.tasks',
  `select t.id, t.kind, t.object_id as "objectId", ${label('t')} as label, t.wished_at as "wishedAt", t.attempts, t.not_before as "notBefore", t.state, t.remarks, t.problem
     from shops.task t where t.channel_id = $1 and ($2::uuid is null or t.id > $2) and t.state = $3 and (t.state = 'dead' or t.done < t.wished) order by t.id limit $4 + 1`,
)

/** What waits to be taken or sent, or was given up. */
export async function findTasks(database: Database, input: Page & { channelId: string; state: 'open' | 'dead' }) {
  const rows = await database.query(tasks, [input.channelId, input.after ?? null, input.state, input.limit])
  return pageRows(rows, input, (row) => row.id)
}

const drift = statement<z.input<typeof driftRow>>(
  'shops.drift',
  `select l.id as "listingId", l.sku, coalesce((select i.name from shops.catalogue_item i where i.channel_id = l.channel_id and i.sku = l.sku), l.sku) as name,
     l.shown, l.expected, l.drift_since as since,
     case when t.state = 'dead' then 'given-up' when s.troubles > 0 then 'shop-in-trouble'
       when exists (select 1 from shops.task o where o.channel_id = l.channel_id and o.kind = 'take-order' and o.state = 'open' and o.done < o.wished) then 'order-not-taken'
       when t.done < t.wished then 'waiting-to-send' else 'changed-in-shop' end as why
     from shops.listing l join shops.connection s on s.channel_id = l.channel_id
     left join shops.task t on t.channel_id = l.channel_id and t.kind = 'stock' and t.object_id = l.id::text
    where l.channel_id = $1 and l.drift_since is not null and ($2::uuid is null or l.id > $2) order by l.id limit $3 + 1`,
)

/** Articles whose stock the shop shows otherwise than it should: since when, and why. */
export async function findDrift(database: Database, input: Page & { channelId: string }) {
  const rows = await database.query(drift, [input.channelId, input.after ?? null, input.limit])
  return pageRows(rows, input, (row) => row.listingId)
}

const conflicts = statement<z.input<typeof shopConflict>>(
  'shops.conflicts',
  `select s.external_id as "externalId", s.external_number as "externalNumber", o.id as "orderId", o.number, s.seen_at as "seenAt", s.conflict as differences
     from shops.shop_order s join branches.channel c on c.id = s.channel_id
     left join orders.sales_order o on o.channel = c.code and o.external_number = s.external_number
    where s.channel_id = $1 and s.conflict is not null order by s.seen_at desc limit 200`,
)

/** Orders that changed in the shop in a way somebody has to decide. */
export async function findConflicts(database: Database, input: { channelId: string }) {
  return { rows: await database.query(conflicts, [input.channelId]) }
}
