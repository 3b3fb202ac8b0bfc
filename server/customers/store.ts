import type { Address, Customer, EInvoiceOptions, Mandate, PaymentTerms } from '../../common/customers/api.ts'
import { type Database, statement, type Work } from '../kernel/index.ts'
import { judgeMatch, type Keys, type Match, type MatchedBy } from './rules/judge-match.ts'

/** A customer as use cases need it; addresses are asked for by id. */
export interface CustomerRow {
  id: string
  number: string
  kind: 'company' | 'consumer'
  name: string
  email: string | null
  contact: { name?: string; phone?: string; email?: string }
  vatId: string | null
  buyerReference: string | null
  electronicAddress: { scheme: string; value: string } | null
  invoiceFormat: 'factur-x' | 'xrechnung-ubl' | 'xrechnung-cii' | 'pdf'
  language: 'de' | 'en'
  priceGroup: string
  paymentTerms: PaymentTerms
  mayBuyOnDeliveryNote: boolean
  creditLimit: number
  blocked: boolean
  vatTreatment: 'domestic' | 'intra-community' | 'export' | 'reverse-charge'
  creditDocument: 'credit-note' | 'correction'
  collectiveCredit: boolean
  eInvoice: EInvoiceOptions
  mandate: Mandate | null
  /** of his bank account; only what a mandate collects from */
  debtorIban: string | null
}

const columns = `c.id, c.number, c.kind, c.name, c.email, c.contact, c.vat_id as "vatId", c.buyer_reference as "buyerReference", c.electronic_address as "electronicAddress",
  c.invoice_format as "invoiceFormat", c.language, c.price_group as "priceGroup", c.payment_terms as "paymentTerms", c.may_buy_on_delivery_note as "mayBuyOnDeliveryNote",
  c.credit_limit as "creditLimit", c.blocked, c.vat_treatment as "vatTreatment", c.credit_document as "creditDocument", c.collective_credit as "collectiveCredit",
  c.e_invoice as "eInvoice", c.mandate, case when c.mandate is not null then c.bank_account->>'iban' end as "debtorIban"`

const byId = statement<CustomerRow>('customers.by-id', `select ${columns} from customers.customer c where c.id = $1`)
const matching = statement<CustomerRow & { matchedBy: MatchedBy }>(
  'customers.matching',
  `select ${columns}, m.by as "matchedBy" from (
     select id, 'number' as by from customers.customer where number = $1
     union all select customer_id, case when guest then 'guest' else 'shop' end from customers.shop_identity where channel = $2 and shop_customer_id = $3
     union all select id, 'vat' from customers.customer where vat_id = $4
     union all select id, 'email' from customers.customer where lower(email) = lower($5)
   ) m join customers.customer c on c.id = m.id`,
)

export async function findCustomerRow(database: Database, id: string): Promise<CustomerRow | undefined> {
  return (await database.query(byId, [id]))[0]
}

/** Who an order's party is, and how sure that is (`rules/judge-match.ts`); nobody is merged silently. */
export async function matchCustomer(
  database: Database,
  channel: string,
  keys: Keys,
): Promise<Match<CustomerRow> | undefined> {
  const found = await database.query(matching, [
    keys.customerNumber ?? null,
    channel,
    keys.shopCustomerId ?? null,
    keys.vatId ?? null,
    keys.email ?? null,
  ])
  return judgeMatch(found, keys)
}

export interface StoredAddress {
  id: string
  customerId: string
  role: 'bill-to' | 'deliver-to'
  details: Address
  isDefault: boolean
}
const addressColumns = 'id, customer_id as "customerId", role, details, is_default as "isDefault"'
/** listed: false: no longer offered; what refers to it keeps it */
const addressesOf = statement<StoredAddress & { listed: boolean }>(
  'customers.addresses-of',
  `select ${addressColumns}, listed from customers.address where customer_id = $1 order by is_default desc, id desc`,
)
const addressesById = statement<StoredAddress>(
  'customers.addresses-by-id',
  `select ${addressColumns} from customers.address where id = any($1)`,
)

export const findAddressesOf = (database: Database, customerId: string) => database.query(addressesOf, [customerId])
export async function findAddresses(database: Database, ids: readonly string[]): Promise<Map<string, StoredAddress>> {
  return new Map((await database.query(addressesById, [[...new Set(ids)]])).map((a) => [a.id, a]))
}

export const customerJson = `jsonb_strip_nulls(jsonb_build_object('id', c.id, 'number', c.number, 'kind', c.kind, 'name', c.name, 'contact', c.contact, 'furtherContacts', c.further_contacts, 'email', c.email, 'vatId', c.vat_id, 'buyerReference', c.buyer_reference,
   'electronicAddress', c.electronic_address, 'invoiceFormat', c.invoice_format, 'language', c.language, 'priceGroup', c.price_group, 'paymentTerms', c.payment_terms, 'mayBuyOnDeliveryNote', c.may_buy_on_delivery_note,
   'creditLimit', c.credit_limit, 'billingRule', c.billing_rule, 'billingAmount', c.billing_amount, 'invoiceGrouping', c.invoice_grouping, 'blocked', c.blocked, 'vatTreatment', c.vat_treatment, 'creditDocument', c.credit_document, 'collectiveCredit', c.collective_credit, 'bankAccount', c.bank_account, 'eInvoice', c.e_invoice, 'mandate', c.mandate, 'sending', c.sending, 'createdAt', to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) as customer`
export const customerById = statement<{ customer: Omit<Customer, 'billTo' | 'deliverTo'> }>(
  'customers.customer',
  `select ${customerJson} from customers.customer c where c.id = $1`,
)
const lockCustomersById = statement<{ customer: Omit<Customer, 'billTo' | 'deliverTo'> }>(
  'customers.lock-customers',
  `select ${customerJson} from customers.customer c where c.id = any($1) order by c.id for update of c`,
)
export const lockCustomers = (work: Work, ids: readonly string[]) => work.query(lockCustomersById, [ids])

const customersByNumber = statement<{ customer: Omit<Customer, 'billTo' | 'deliverTo'>; addresses: StoredAddress[] }>(
  'customers.customers-by-number',
  `select ${customerJson}, (select jsonb_agg(jsonb_build_object('id', a.id, 'role', a.role, 'details', a.details, 'isDefault', a.is_default) order by a.id) from customers.address a where a.customer_id = c.id and a.listed) as addresses
     from customers.customer c where c.number in (select unnest($1::text[]))`,
)

/** Whole customers by customer number. */
export async function customersByNumbers(
  database: Database,
  numbers: readonly string[],
): Promise<Map<string, Customer>> {
  const rows = await database.query(customersByNumber, [[...new Set(numbers)]])
  return new Map(
    rows.map(({ customer, addresses }) => {
      const shown = addresses.map((a) => ({ ...a.details, id: a.id, isDefault: a.isDefault, role: a.role }))
      const billTo = shown.find((a) => a.role === 'bill-to' && a.isDefault) ?? shown[0]!
      return [customer.number, { ...customer, billTo, deliverTo: shown.filter((a) => a.role === 'deliver-to') }]
    }),
  )
}

const buyerById = statement<CustomerRow & { addresses: Omit<StoredAddress, 'customerId'>[] }>(
  'customers.buyer',
  `select ${columns}, (select jsonb_agg(jsonb_build_object('id', a.id, 'role', a.role, 'details', a.details, 'isDefault', a.is_default)) from customers.address a where a.id = any($2)) as addresses
     from customers.customer c where c.id = $1`,
)

/** A customer together with addresses of his, by id: what a document says of the other side. */
export async function findBuyer(
  database: Database,
  customerId: string,
  addressIds: readonly string[],
): Promise<{ customer: CustomerRow; addresses: Map<string, StoredAddress> }> {
  const [row] = await database.query(buyerById, [customerId, addressIds])
  const { addresses, ...customer } = row!
  return { customer, addresses: new Map(addresses.map((a) => [a.id, { ...a, customerId }])) }
}
