import { breaches } from '../kernel/invariants.ts'

export const stockInvariants = [
  breaches(
    'stock on hand is the sum of the movements, per article and location',
    `select format('article %s at %s: on hand %s, movements %s', coalesce(l.article_id, m.article_id), coalesce(l.location_id, m.location_id), coalesce(l.on_hand, 0), coalesce(m.sum, 0)) as breach
       from stock.level l full join (
         select article_id, location_id, sum(quantity)::bigint as sum from (
           select article_id, to_location as location_id, quantity from stock.movement where to_location is not null
           union all select article_id, from_location, -quantity from stock.movement where from_location is not null) x group by 1, 2
       ) m on m.article_id = l.article_id and m.location_id = l.location_id
      where coalesce(l.on_hand, 0) <> coalesce(m.sum, 0)`,
  ),
  breaches(
    'reserved is the sum of the open reservations and never above on hand',
    `select format('article %s at %s: reserved %s, reservations %s, on hand %s', coalesce(l.article_id, r.article_id), coalesce(l.location_id, r.location_id), coalesce(l.reserved, 0), coalesce(r.sum, 0), coalesce(l.on_hand, 0)) as breach
       from stock.level l full join (select article_id, location_id, sum(quantity)::bigint as sum from stock.reservation group by 1, 2) r
         on r.article_id = l.article_id and r.location_id = l.location_id
      where coalesce(l.reserved, 0) <> coalesce(r.sum, 0) or coalesce(l.reserved, 0) > coalesce(l.on_hand, 0)`,
  ),
]
