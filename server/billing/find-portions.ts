import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { type Database, statement } from '../kernel/index.ts'
import type { BillingTerms, PlannedBill, Portion } from './rules/group-portions.ts'
import { groupPortions } from './rules/group-portions.ts'

interface TermsRow extends BillingTerms {
  customerId: string
}
const termsOfCustomers = statement<TermsRow>(
  'billing.terms-of-customers',
  `select id as "customerId", billing_rule as rule, billing_amount as amount, invoice_grouping as grouping from customers.customer where id = any($1) order by id`,
)
// lines that waste no memory: a portion is all lines of a note that belong to one order and one VAT treatment
const portionsOfCustomers = statement<Portion>(
  'billing.portions-of-customers',
  `select n.id as "noteId", n.delivered_on as "deliveredOn", h.id as "orderId", n.customer_id as "customerId", h.bill_to as "billTo", n.deliver_to as "deliverTo", h.price_mode as "priceMode",
          h.payment_method as "paymentMethod", o.vat_category as "vatCategory", h.buyer_order_number as "buyerOrderNumber", array_agg(l.id order by l.position)::text[] as "noteLineIds",
          sum(round(o.gross::numeric * (l.delivered - l.returned - l.invoiced) / o.ordered))::bigint as gross
     from delivery.note n join delivery.note_line l on l.note_id = n.id join orders.order_line o on o.id = l.order_line_id join orders.sales_order h on h.id = l.order_id
    where n.customer_id = any($1) and n.billable and n.delivered_on <= $2 and l.invoiced < l.delivered - l.returned
    group by n.id, h.id, o.vat_category`,
)

export interface CustomerBills {
  customerId: string
  bills: PlannedBill[]
}

/** What invoices these customers would get over everything delivered up to a day, by their own rules. */
export async function findPlannedBills(
  database: Database,
  customerIds: readonly string[],
  day: Day,
): Promise<CustomerBills[]> {
  const [terms, portions] = await Promise.all([
    database.query(termsOfCustomers, [customerIds]),
    database.query(portionsOfCustomers, [customerIds, day]),
  ])
  const byCustomer = Map.groupBy(portions, (p) => p.customerId)
  return terms.map(({ customerId, ...how }) => ({
    customerId,
    bills: groupPortions(byCustomer.get(customerId) ?? [], how),
  }))
}

export const isDue = (bill: PlannedBill, day: Day): boolean => bill.dueOn !== null && bill.dueOn <= day
export const sumOf = (bills: readonly { gross: Cents }[]): Cents => bills.reduce((sum, b) => sum + b.gross, 0)
