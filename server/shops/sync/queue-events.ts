import { type Database, type Listener, statement } from '../../kernel/index.ts'
import { wishMapped } from './list-mapped.ts'
import { wishFrom } from './tasks.ts'

const wishStock = wishFrom(
  'shops.wish-stock',
  `select distinct l.channel_id, 'stock' as kind, l.id::text as object_id from shops.listing_part p join shops.listing l on l.id = p.listing_id where p.article_id = any($1)`,
)
const wishArticles = wishFrom(
  'shops.wish-articles',
  `select distinct l.channel_id, k.kind, l.id::text as object_id from shops.listing_part p join shops.listing l on l.id = p.listing_id
    cross join (values ('show-article'), ('stock')) k(kind) where p.article_id = any($1)`,
)
// orders named by an event, or behind its delivery note, invoices, payment
const wishOrders = wishFrom(
  'shops.wish-orders',
  `select distinct s.channel_id, 'show-order' as kind, o.id::text as object_id
     from (select unnest($1::uuid[]) as id
           union select order_id from delivery.note_line where note_id = any($2)
           union select order_id from invoicing.invoice_line where invoice_id = any($3)
           union select order_id from invoicing.invoice where id = any($3)) e
     join orders.sales_order o on o.id = e.id join branches.channel c on c.code = o.channel
     join shops.shop_order s on s.channel_id = c.id and s.external_number = o.external_number`,
)
// an order that can't be taken yet is sold in its shop all the same
const wishParked = wishFrom(
  'shops.wish-parked',
  `select distinct l.channel_id, 'stock' as kind, l.id::text as object_id from orders.parked_order o cross join jsonb_array_elements(o.content->'lines') r
     join branches.channel c on c.code = o.channel join catalog.article a on a.number = r->>'article'
     join shops.listing_part p on p.article_id = a.id join shops.listing l on l.id = p.listing_id and l.channel_id = c.id where o.id = any($1)`,
)
// other stock locations feed the channel now
const wishRecount = wishFrom(
  'shops.wish-recount',
  `select channel_id, 'recount' as kind, 'all' as object_id from shops.connection where channel_id = any($1)`,
)
// an account of the shop is a customer's from now on: what he changed there before is taken
const wishCustomers = wishFrom(
  'shops.wish-customers',
  `select k.channel_id, 'take-customer' as kind, s.shop_customer_id as object_id from customers.shop_identity s
     join branches.channel c on c.code = s.channel join shops.connection k on k.channel_id = c.id where s.customer_id = any($1) and not s.guest`,
)
const isAnyShop = statement<{ found: boolean }>(
  'shops.is-any',
  'select exists (select 1 from shops.connection) as found',
)

const about = {
  stock: ['stock.changed'],
  articles: ['article.changed'],
  channels: ['channel.changed'],
  parked: ['order.parked', 'order.unparked'],
  linked: ['customer.linked'],
  orders: [
    'order.cancelled',
    'order.changed',
    'order.released',
    'order.unparked',
    'delivery.goods-issued',
    'invoice.issued',
    'invoice.corrected',
    'payment.recorded',
  ],
}

/** What happens here becomes wishes for the shops it concerns; the newest state is sent, however often it changed. */
export const shopListener: Listener = {
  name: 'shops',
  types: [...new Set(Object.values(about).flat())],
  async queue(database: Database, events) {
    if (!(await database.query(isAnyShop, []))[0]!.found) return
    const of = (types: readonly string[]) => events.filter((event) => types.includes(event.type))
    const articles = idsIn(of(about.articles), 'articleIds')
    const moved = idsIn(of(about.stock), 'articleIds')
    if (articles.length > 0) await database.query(wishArticles, [articles])
    if (moved.length > 0) await database.query(wishStock, [moved])
    const channels = idsIn(of(about.channels), 'channelId')
    if (channels.length > 0) await database.query(wishRecount, [channels])
    const parked = idsIn(of(about.parked), 'parkedId')
    if (parked.length > 0) {
      await database.query(wishParked, [parked])
      await database.query(wishMapped, [parked])
    }
    const linked = idsIn(of(about.linked), 'customerId')
    if (linked.length > 0) await database.query(wishCustomers, [linked])
    const orders = of(about.orders)
    if (orders.length > 0)
      await database.query(wishOrders, [
        [...idsIn(orders, 'orderId'), ...idsIn(orders, 'orderIds')],
        idsIn(orders, 'deliveryNoteId'),
        [...idsIn(orders, 'invoiceId'), ...idsIn(orders, 'invoiceIds')],
      ])
  },
}

type Events = Parameters<Listener['queue']>[1]

function idsIn(events: Events, field: string): string[] {
  const values = events.flatMap(({ data }) => data[field] ?? [])
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))]
}
