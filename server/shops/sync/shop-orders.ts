import type { Cents } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Database, statement } from '../../kernel/index.ts'
import type { BundleLines } from '../rules/bundle-pieces.ts'
import type { Listing } from '../rules/explode-bundles.ts'
import type { Difference, KnownLine } from '../rules/plan-from-shop.ts'

/** An order of ours as the shop's changes are held against it. */
export interface KnownOrder {
  id: string
  number: string
  customerId: string
  paymentMethod: string
  prepaid: Cents
  gross: Cents
  lines: KnownLine[]
}

const knownOrder = statement<KnownOrder>(
  'shops.known-order',
  `select o.id, o.number, o.customer_id as "customerId", o.payment_method as "paymentMethod", o.prepaid, o.gross,
     (select jsonb_agg(jsonb_build_object('id', l.id, 'externalLine', l.external_line, 'kind', l.kind, 'article', l.article_number,
        'ordered', l.ordered, 'cancelled', l.cancelled, 'planned', l.planned, 'delivered', l.delivered) order by l.position) from orders.order_line l where l.order_id = o.id) as lines
     from orders.sales_order o where o.channel = $1 and o.external_number = $2`,
)

export async function findKnownOrder(
  database: Database,
  channel: string,
  externalNumber: string,
): Promise<KnownOrder | undefined> {
  return (await database.query(knownOrder, [channel, externalNumber]))[0]
}

const parkedOrder = statement<{ id: string }>(
  'shops.parked-order',
  "select id from orders.parked_order where channel = $1 and external_number = $2 and state = 'parked'",
)

export async function findParkedOrder(
  database: Database,
  channel: string,
  externalNumber: string,
): Promise<{ id: string } | undefined> {
  return (await database.query(parkedOrder, [channel, externalNumber]))[0]
}

export interface ShopOrderRow {
  externalId: string
  externalNumber: string
  /** the shop's own time of the last change we looked at */
  changedAt: string
  bundles: BundleLines | null
  conflict: Difference[] | null
  /** pieces of ours the shop sold in it and we didn't take */
  soldBeyond: { article: string; quantity: Quantity }[] | null
}

const shopOrder = statement<ShopOrderRow & { settledChange: string | null }>(
  'shops.shop-order',
  `select external_id as "externalId", external_number as "externalNumber", changed_at as "changedAt", bundles, conflict, sold_beyond as "soldBeyond", settled_change as "settledChange"
     from shops.shop_order where channel_id = $1 and external_id = $2`,
)

export async function findShopOrder(
  database: Database,
  channelId: string,
  externalId: string,
): Promise<(ShopOrderRow & { settledChange: string | null }) | undefined> {
  return (await database.query(shopOrder, [channelId, externalId]))[0]
}

const upsertShopOrder = statement(
  'shops.save-shop-order',
  `insert into shops.shop_order as o (channel_id, external_id, external_number, changed_at, seen_at, bundles, conflict, sold_beyond)
   values ($1, $2, $3, $4, now(), $5, $6, $7)
   on conflict (channel_id, external_id) do update set external_number = excluded.external_number, changed_at = excluded.changed_at, seen_at = excluded.seen_at, bundles = coalesce(o.bundles, excluded.bundles), conflict = excluded.conflict, sold_beyond = excluded.sold_beyond`,
)

export async function saveShopOrder(database: Database, channelId: string, row: ShopOrderRow): Promise<void> {
  await database.query(upsertShopOrder, [
    channelId,
    row.externalId,
    row.externalNumber,
    row.changedAt,
    row.bundles === null ? null : JSON.stringify(row.bundles),
    row.conflict === null ? null : JSON.stringify(row.conflict),
    row.soldBeyond === null ? null : JSON.stringify(row.soldBeyond),
  ])
}

const listingsBySku = statement<Listing>(
  'shops.listings-by-sku',
  `select l.sku, jsonb_agg(jsonb_build_object('article', a.number, 'quantity', p.quantity, 'listPrice', coalesce(a.list_price, 0)) order by a.number) as parts
     from shops.listing l join shops.listing_part p on p.listing_id = l.id join catalog.article a on a.id = p.article_id
    where l.channel_id = $1 and l.sku = any($2) group by l.id`,
)

/** What the shop's articles are made of. */
export async function findListingsBySku(
  database: Database,
  channelId: string,
  skus: readonly string[],
): Promise<Listing[]> {
  return skus.length === 0 ? [] : database.query(listingsBySku, [channelId, [...new Set(skus)]])
}
