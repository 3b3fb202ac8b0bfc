import type { z } from 'zod'
import type { HoldReason, order, orderLine } from '../../common/orders/api.ts'
import { type OrderProgress, orderStatusOf } from '../../common/orders/status.ts'
import { findAddresses } from '../customers/index.ts'
import { type Database, orNotFound, statement } from '../kernel/index.ts'
import { progressColumns, progressSql } from './find-orders.ts'

type OrderView = z.input<typeof order>
interface Head extends OrderProgress {
  id: string
  number: string
  externalNumber: string | null
  channel: string
  customerId: string
  customerName: string
  orderedAt: string
  paymentMethod: OrderView['paymentMethod']
  priceMode: 'net' | 'gross'
  paymentReference: string | null
  buyerOrderNumber: string | null
  note: string | null
  net: number
  vat: number
  gross: number
  perRate: OrderView['totals']['perRate']
  billTo: string
  deliverTo: string
  hold: HoldReason[] | null
  heldAt: string | null
  releasedAt: string | null
  releasedBy: string | null
  releaseReason: string | null
}
const orderHead = statement<Head>(
  'orders.order',
  `select o.id, o.number, o.external_number as "externalNumber", o.channel, o.customer_id as "customerId", c.name as "customerName", o.ordered_at as "orderedAt", o.payment_method as "paymentMethod",
          o.price_mode as "priceMode", o.payment_reference as "paymentReference", o.buyer_order_number as "buyerOrderNumber", o.note, o.net, o.vat, o.gross, o.per_rate as "perRate",
          o.bill_to as "billTo", o.deliver_to as "deliverTo", o.hold, o.held_at as "heldAt", o.released_at as "releasedAt", u.name as "releasedBy", o.release_reason as "releaseReason", ${progressColumns}
     from orders.sales_order o join customers.customer c on c.id = o.customer_id left join kernel.app_user u on u.id = o.released_by ${progressSql}
    where o.id = $1`,
)
const orderLines = statement<z.input<typeof orderLine>>(
  'orders.order-lines',
  `select l.id, l.position, l.kind, l.article_id as "articleId", l.article_number as "articleNumber", l.name, l.unit, l.unit_price as "unitPrice", l.discount, l.amount, l.vat_category as "vatCategory", l.vat_rate as "vatRate",
          l.ordered, l.cancelled, l.planned, l.delivered, l.returned, l.invoiced, coalesce(sum(r.quantity), 0)::bigint as reserved,
          coalesce(jsonb_agg(jsonb_build_object('locationId', r.location_id, 'locationName', s.name, 'quantity', r.quantity) order by s.name) filter (where r.quantity is not null), '[]') as reservations
     from orders.order_line l left join stock.reservation r on r.order_line_id = l.id left join branches.stock_location s on s.id = r.location_id
    where l.order_id = $1 group by l.id order by l.position`,
)
const orderChain = statement<OrderView['chain'][number]>(
  'orders.order-chain',
  `select n.id, 'delivery-note' as kind, n.number, n.delivered_on as day, n.state, null::bigint as amount, n.document_id as "documentId", n.id as sort
     from delivery.note n where n.state <> 'cancelled' and n.id in (select note_id from delivery.note_line where order_id = $1)
   union all
   select r.id, 'return', r.number, r.returned_on, case when x.return_id is null then 'taken-back' else 'cancelled' end, null, r.document_id, r.id
     from returns.goods_return r left join returns.cancellation x on x.return_id = r.id where r.id in (select return_id from returns.line where order_id = $1)
   union all
   select i.id, i.kind, i.number, i.issued_on, case when x.correction_id is not null then 'corrected' when o.invoice_id is null then 'issued' when o.open = 0 then 'paid' when o.open < o.amount then 'partly-paid' else 'unpaid' end, i.gross + i.rounding, i.document_id, i.id
     from invoicing.invoice i left join receivables.open_item o on o.invoice_id = i.id left join invoicing.correction_of x on x.invoice_id = i.id and x.whole
    where i.order_id = $1 or i.id in (select invoice_id from invoicing.invoice_line where order_id = $1)
   union all
   select p.id, 'payment', p.number, p.received_on, 'received', p.amount, null, p.id
     from payments.payment p where p.order_id = $1 or p.id in (
       select a.credit_id from receivables.allocation a where a.invoice_id in (select invoice_id from invoicing.invoice_line where order_id = $1 union select id from invoicing.invoice where order_id = $1))
   order by sort`,
)
const orderLog = statement<OrderView['log'][number]>(
  'orders.order-log',
  `select j.at, coalesce(u.name, k.name, 'Tresen') as by, j.use_case as what, j.after as facts
     from kernel.journal j left join kernel.app_user u on u.id = j.actor_id left join kernel.api_key k on k.id = j.actor_id
    where j.subject_id = $1 order by j.txid, j.position limit 100`,
)

/** One order with its lines, its whole chain and what happened to it. */
export async function findOrder(database: Database, input: { id: string }): Promise<OrderView> {
  const [[found], lines, chain, log] = await Promise.all([
    database.query(orderHead, [input.id]),
    database.query(orderLines, [input.id]),
    database.query(orderChain, [input.id]),
    database.query(orderLog, [input.id]),
  ])
  const head = orNotFound(found, 'order')
  const addresses = await findAddresses(database, [head.billTo, head.deliverTo])
  return {
    ...head,
    status: orderStatusOf(head),
    billTo: addresses.get(head.billTo)!.details,
    deliverTo: addresses.get(head.deliverTo)!.details,
    totals: { net: head.net, vat: head.vat, gross: head.gross, perRate: head.perRate },
    hold: head.hold && { reasons: head.hold, since: head.heldAt! },
    released:
      head.releasedAt === null
        ? null
        : { at: head.releasedAt, by: head.releasedBy ?? 'Tresen', reason: head.releaseReason ?? '' },
    lines,
    chain,
    log,
  }
}
