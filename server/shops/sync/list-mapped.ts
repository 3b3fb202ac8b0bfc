import { statement } from '../../kernel/index.ts'
import type { Session } from './session.ts'
import { wishFor, wishFrom } from './tasks.ts'

// Lines of a completed order in which somebody put an article of ours for one of the shop's that nobody knows yet. Another
// one for an article of ours that is no longer sold is for this order only.
const mapped = `select distinct on (c.id, r.line->>'article') c.id as channel_id, p.id as parked_id, r.line->>'article' as sku, l.article_id
   from orders.parked_order p cross join jsonb_array_elements(p.content->'lines') with ordinality r(line, position)
   join orders.order_line l on l.order_id = p.order_id and l.position = r.position and l.kind = 'goods'
   join branches.channel c on c.code = p.channel join shops.connection s on s.channel_id = c.id
  where p.id = any($1) and not exists (select 1 from shops.listing k where k.channel_id = c.id and k.sku = r.line->>'article')
    and not exists (select 1 from catalog.article a where a.number = r.line->>'article')`

export const wishMapped = wishFrom(
  'shops.wish-mapped',
  `select distinct m.channel_id, 'match' as kind, m.parked_id::text as object_id from (${mapped}) m`,
)
const unread = statement<{ sku: string }>(
  'shops.mapped-unread',
  `select m.sku from (${mapped}) m where not exists (select 1 from shops.catalogue_item i where i.channel_id = m.channel_id and i.sku = m.sku)`,
)
const listThem = statement<{ id: string }>(
  'shops.list-mapped',
  `with m as (select m.*, i.ids from (${mapped}) m join shops.catalogue_item i on i.channel_id = m.channel_id and i.sku = m.sku and not i.doubled),
   made as (insert into shops.listing (id, channel_id, sku, ids) select gen_random_uuid(), channel_id, sku, ids from m
     on conflict (channel_id, sku) do nothing returning id, sku),
   parts as (insert into shops.listing_part (listing_id, article_id, quantity) select made.id, m.article_id, 1000 from made join m on m.sku = made.sku)
   select id from made`,
)

/** Whether the shop's articles that were mapped in this order are new there: its catalogue has to be read first. */
export async function mustReadFirst({ kernel }: Session, parkedId: string): Promise<boolean> {
  return (await kernel.database.query(unread, [[parkedId]])).length > 0
}

/**
 * Somebody completed a parked order and said which article of ours the shop's is: from now on it is that one, its stock
 * is told and the next order for it needs nobody. The number of them.
 */
export async function listMapped({ kernel, shop }: Session, parkedId: string): Promise<number> {
  const made = await kernel.database.query(listThem, [[parkedId]])
  await wishFor(
    kernel.database,
    shop.channelId,
    'stock',
    made.map(({ id }) => id),
  )
  return made.length
}
