import { type Database, statement } from '../../kernel/index.ts'
import { findOrder } from '../../orders/index.ts'
import type { OrderFacts } from '../rules/state-for-shop.ts'

type Head = Pick<OrderFacts, 'externalId' | 'externalNumber' | 'bundles'>
const shopOrderOf = statement<Head>(
  'shops.shop-order-of',
  `select s.external_id as "externalId", s.external_number as "externalNumber", s.bundles
     from orders.sales_order o join branches.channel c on c.code = o.channel
     join shops.shop_order s on s.channel_id = c.id and s.external_number = o.external_number
    where o.id = $1 and s.channel_id = $2`,
)
const linesOf = statement<OrderFacts['lines'][number]>(
  'shops.lines-of-order',
  `select id, external_line as "externalLine", kind, article_number as article, ordered, cancelled, delivered
     from orders.order_line where order_id = $1 order by position`,
)
const shipmentsOf = statement<OrderFacts['shipments'][number]>(
  'shops.shipments-of-order',
  `select n.number, n.delivered_on as on, n.carrier, n.tracking_number as "trackingNumber",
     jsonb_agg(jsonb_build_object('lineId', l.order_line_id, 'quantity', l.delivered) order by l.position) as lines
     from delivery.note n join delivery.note_line l on l.note_id = n.id and l.order_id = $1 and l.delivered > 0
    where n.state = 'issued' group by n.id order by n.id`,
)
const invoicesOf = statement<OrderFacts['invoices'][number]>(
  'shops.invoices-of-order',
  `select i.number, i.issued_on as on, i.gross + i.rounding as gross, coalesce(o.open, 0) as open
     from invoicing.invoice i left join receivables.open_item o on o.invoice_id = i.id
    where i.kind <> 'correction' and (i.order_id = $1 or i.id in (select invoice_id from invoicing.invoice_line where order_id = $1))
      and not exists (select 1 from invoicing.correction_of x where x.invoice_id = i.id and x.whole) order by i.id`,
)
const correctionsOf = statement<OrderFacts['corrections'][number]>(
  'shops.corrections-of-order',
  `select x.number, x.issued_on as on, string_agg(i.number, ', ' order by i.id) as corrects, sum(k.payable)::bigint as gross, bool_and(k.whole and i.kind <> 'correction') as whole
     from invoicing.correction_of k join invoicing.invoice x on x.id = k.correction_id join invoicing.invoice i on i.id = k.invoice_id
    where x.order_id = $1 or x.id in (select invoice_id from invoicing.invoice_line where order_id = $1) and i.id in (select invoice_id from invoicing.invoice_line where order_id = $1) group by x.id order by x.id`,
)
const reasonOf = statement<{ reason: string | null }>(
  'shops.cancellation-reason',
  `select after->>'reason' as reason from kernel.journal where subject_id = $1 and use_case = 'cancel-order' order by txid desc, position desc limit 1`,
)

/** What an order of a shop has come to, from our own rows. */
export async function findOrderFacts(
  database: Database,
  channelId: string,
  orderId: string,
): Promise<OrderFacts | undefined> {
  const [head] = await database.query(shopOrderOf, [orderId, channelId])
  if (!head) return undefined
  const [order, lines, shipments, invoices, corrections, [reason]] = await Promise.all([
    findOrder(database, { id: orderId }),
    database.query(linesOf, [orderId]),
    database.query(shipmentsOf, [orderId]),
    database.query(invoicesOf, [orderId]),
    database.query(correctionsOf, [orderId]),
    database.query(reasonOf, [orderId]),
  ])
  return {
    ...head,
    number: order.number,
    gross: order.totals.gross,
    prepaid: order.prepaid,
    paymentReference: order.paymentReference,
    status: order.status,
    lines,
    shipments,
    invoices,
    corrections,
    cancellationReason: reason?.reason ?? null,
  }
}
