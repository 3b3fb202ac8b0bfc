import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { newId, statement, type Work } from '../kernel/index.ts'
import type { DownPaymentRate, DownPaymentUse } from './rules/down-payments.ts'

const rateColumns = `d.invoice_id as "invoiceId", i.number, i.issued_on as "issuedOn", d.order_id as "orderId", d.vat_category as category, d.vat_rate as rate, d.payable, d.net, d.vat,
  d.left_payable as "leftPayable", d.left_net as "leftNet", d.left_vat as "leftVat", o.open`
const rateJoins =
  'join invoicing.invoice i on i.id = d.invoice_id join receivables.open_item o on o.invoice_id = d.invoice_id'
const leftOnOrders = statement<DownPaymentRate>(
  'invoicing.down-payments-left',
  `select ${rateColumns} from invoicing.down_payment d ${rateJoins} where d.order_id = any($1) and d.left_payable > 0 order by d.invoice_id, d.vat_rate desc, d.vat_category`,
)
const ratesById = statement<DownPaymentRate>(
  'invoicing.down-payment-rates',
  `select ${rateColumns} from invoicing.down_payment d ${rateJoins} where d.invoice_id = any($1) order by d.invoice_id, d.vat_rate desc, d.vat_category`,
)

type Reader = Pick<Work, 'query'>

/** What is left of the down payments on these orders, oldest first. Their changes are guarded by the customer's account. */
export const findDownPayments = (database: Reader, orderIds: readonly string[]) =>
  database.query(leftOnOrders, [[...new Set(orderIds)]])
export const findDownPaymentRates = (database: Reader, invoiceIds: readonly string[]) =>
  database.query(ratesById, [invoiceIds])

const insertRates = statement(
  'invoicing.insert-down-payment',
  `insert into invoicing.down_payment (invoice_id, order_id, vat_category, vat_rate, payable, net, vat, left_payable, left_net, left_vat)
   select $1, $2, r.category, r.rate, r.payable, r.net, r.vat, r.payable, r.net, r.vat from jsonb_to_recordset($3) as r(category text, rate int, payable bigint, net bigint, vat bigint)`,
)
export function insertDownPayment(
  work: Work,
  invoiceId: string,
  orderId: string,
  rates: readonly { category: string; rate: number; payable: Cents; net: Cents; vat: Cents }[],
): void {
  work.save(insertRates, [invoiceId, orderId, JSON.stringify(rates)])
}

const insertUses = statement(
  'invoicing.insert-down-payment-uses',
  `with used as (select * from jsonb_to_recordset($2) as u(id uuid, down_payment_id uuid, category text, rate int, payable bigint, net bigint, vat bigint)),
   lowered as (
     update invoicing.down_payment d set left_payable = d.left_payable - u.payable, left_net = d.left_net - u.net, left_vat = d.left_vat - u.vat
       from used u where d.invoice_id = u.down_payment_id and d.vat_category = u.category and d.vat_rate = u.rate)
   insert into invoicing.down_payment_use (id, invoice_id, down_payment_id, vat_category, vat_rate, payable, net, vat)
   select id, $1, down_payment_id, category, rate, payable, net, vat from used`,
)
/** Writes what a document uses of down payments, or with negative amounts gives back to them. */
export function saveUses(
  work: Work,
  invoiceId: string,
  uses: readonly (Omit<DownPaymentUse, 'of'> & {
    of: Pick<DownPaymentRate, 'invoiceId' | 'category' | 'rate'>
  })[],
): void {
  if (uses.length === 0) return
  const rows = uses.map(({ of, payable, net, vat }) => ({
    id: newId(),
    down_payment_id: of.invoiceId,
    category: of.category,
    rate: of.rate,
    payable,
    net,
    vat,
  }))
  work.save(insertUses, [invoiceId, JSON.stringify(rows)])
}

export interface UseRow {
  of: Pick<DownPaymentRate, 'invoiceId' | 'category' | 'rate'>
  payable: Cents
  net: Cents
  vat: Cents
}
const usesOf = statement<UseRow>(
  'invoicing.down-payment-uses-of',
  `select jsonb_build_object('invoiceId', down_payment_id, 'category', vat_category, 'rate', vat_rate) as of, payable, net, vat
     from invoicing.down_payment_use where invoice_id = $1 order by id`,
)
/** What a document used of down payments. */
export const findUsesOf = (database: Reader, invoiceId: string) => database.query(usesOf, [invoiceId])

export interface OpenDownPayment {
  invoiceId: string
  orderId: string
}
const openDownPayments = statement<OpenDownPayment>(
  'invoicing.open-down-payments',
  `select i.id as "invoiceId", i.order_id as "orderId" from receivables.open_item o join invoicing.invoice i on i.id = o.invoice_id
    where o.customer_id = $1 and o.open > 0 and i.kind = 'down-payment'`,
)
/** Down-payment invoices of a customer that are not paid. */
export const findOpenDownPayments = (database: Reader, customerId: string) =>
  database.query(openDownPayments, [customerId])

export interface ReceivedForOrder {
  orderId: string
  customerId: string
  amount: Cents
  day: Day
}
const receivedNow = statement<ReceivedForOrder>(
  'invoicing.received-on-down-payments',
  `select d.order_id as "orderId", d.customer_id as "customerId", sum(a.amount)::bigint as amount, max(c.received_on) as day
     from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as a(credit_id, invoice_id, amount)
     join invoicing.invoice d on d.id = a.invoice_id and d.kind = 'down-payment' join receivables.credit c on c.id = a.credit_id
    where not (c.kind = 'prepayment' and c.order_id = d.order_id)
      and not exists (select 1 from invoicing.invoice x where x.id = c.id and x.kind = 'correction' and x.order_id = d.order_id)
    group by 1, 2 order by 1`,
)
/** Of these allocations what reached a down payment and was not counted as paid ahead for its order before. */
export const findReceived = (
  database: Reader,
  allocations: readonly { creditId: string; invoiceId: string; amount: Cents }[],
) =>
  database.query(receivedNow, [
    allocations.map((a) => a.creditId),
    allocations.map((a) => a.invoiceId),
    allocations.map((a) => a.amount),
  ])
