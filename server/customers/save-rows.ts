import type { Address, Customer } from '../../common/customers/api.ts'
import { newId, statement, type Work } from '../kernel/index.ts'

/* Everything that is written of customers: sets, however many. */

const COLUMNS =
  'id uuid, number text, kind text, name text, contact jsonb, email text, vat_id text, buyer_reference text, electronic_address jsonb, invoice_format text, language text, price_group text, payment_terms jsonb, may_buy_on_delivery_note boolean, credit_limit bigint, billing_rule text, blocked boolean, vat_treatment text, further_contacts jsonb, credit_document text, collective_credit boolean, bank_account jsonb, e_invoice jsonb, mandate jsonb, billing_amount bigint, invoice_grouping text, sending jsonb'

const insertStatement = statement<{ number: string }>(
  'customers.insert-customers',
  `insert into customers.customer (id, number, kind, name, contact, email, vat_id, buyer_reference, electronic_address, invoice_format, language, price_group, payment_terms, may_buy_on_delivery_note, credit_limit, billing_rule, blocked, vat_treatment, further_contacts, credit_document, collective_credit, bank_account, e_invoice, mandate, billing_amount, invoice_grouping, sending, created_at)
   select id, number, kind, name, contact, email, vat_id, buyer_reference, electronic_address, invoice_format, language, price_group, payment_terms, may_buy_on_delivery_note, credit_limit, billing_rule, blocked, vat_treatment, further_contacts, credit_document, collective_credit, bank_account, e_invoice, mandate, billing_amount, invoice_grouping, sending, $2
     from jsonb_to_recordset($1) as n(${COLUMNS}) on conflict (number) do nothing returning number`,
)
const updateStatement = statement(
  'customers.update-customers',
  `update customers.customer c set kind = n.kind, name = n.name, contact = n.contact, email = n.email, vat_id = n.vat_id, buyer_reference = n.buyer_reference, electronic_address = n.electronic_address, invoice_format = n.invoice_format,
     language = n.language, price_group = n.price_group, payment_terms = n.payment_terms, may_buy_on_delivery_note = n.may_buy_on_delivery_note, credit_limit = n.credit_limit, billing_rule = n.billing_rule, blocked = n.blocked,
     vat_treatment = n.vat_treatment, further_contacts = n.further_contacts, credit_document = n.credit_document, collective_credit = n.collective_credit, bank_account = n.bank_account, e_invoice = n.e_invoice, mandate = n.mandate, billing_amount = n.billing_amount, invoice_grouping = n.invoice_grouping, sending = n.sending
     from jsonb_to_recordset($1) as n(${COLUMNS}) where c.id = n.id`,
)
const insertVersionRows = statement(
  'customers.insert-versions',
  `insert into customers.version (id, customer_id, journal_id, before, at) select id, customer, $2, before, $3 from jsonb_to_recordset($1) as n(id uuid, customer uuid, before jsonb)`,
)
const insertAddressRows = statement(
  'customers.insert-addresses',
  `insert into customers.address (id, customer_id, role, details, is_default, listed, created_at)
   select id, "customerId", role, details, "isDefault", listed, $2 from jsonb_to_recordset($1) as n(id uuid, "customerId" uuid, role text, details jsonb, "isDefault" boolean, listed boolean)`,
)
const unsetDefaults = statement(
  'customers.unset-default-bill-to',
  `update customers.address set is_default = false where customer_id = any($1) and role = 'bill-to' and is_default`,
)
const unlistRows = statement(
  'customers.unlist-addresses',
  `update customers.address a set listed = false, is_default = false from unnest($1::uuid[], $2::uuid[]) as n(id, customer)
    where a.id = n.id and a.customer_id = n.customer and a.role = 'deliver-to'`,
)
const listRows = statement(
  'customers.list-addresses',
  'update customers.address set listed = true where id = any($1) and not listed',
)
// what is only a guest's id gives way to an account that is linked, never the other way
const insertShopIdentityRows = statement(
  'customers.insert-shop-identities',
  `insert into customers.shop_identity as s (channel, shop_customer_id, customer_id, linked_at, guest)
   select channel, "shopId", "customerId", $2, guest from jsonb_to_recordset($1) as n(channel text, "shopId" text, "customerId" uuid, guest boolean)
   on conflict (channel, shop_customer_id) do update set customer_id = excluded.customer_id, linked_at = excluded.linked_at, guest = false where s.guest and not excluded.guest`,
)

export type Fields = Omit<Customer, 'id' | 'number' | 'billTo' | 'deliverTo' | 'createdAt'>
interface CustomerRecord {
  id: string
  number: string
  fields: Fields
}

function rowsOf(records: readonly CustomerRecord[]): string {
  return JSON.stringify(
    records.map(({ id, number, fields: c }) => ({
      id,
      number,
      kind: c.kind,
      name: c.name,
      contact: c.contact,
      email: c.email,
      vat_id: c.vatId,
      buyer_reference: c.buyerReference,
      electronic_address: c.electronicAddress,
      invoice_format: c.invoiceFormat,
      language: c.language,
      price_group: c.priceGroup,
      payment_terms: c.paymentTerms,
      may_buy_on_delivery_note: c.mayBuyOnDeliveryNote,
      credit_limit: c.creditLimit,
      billing_rule: c.billingRule,
      billing_amount: c.billingAmount,
      invoice_grouping: c.invoiceGrouping,
      blocked: c.blocked,
      vat_treatment: c.vatTreatment,
      further_contacts: c.furtherContacts,
      credit_document: c.creditDocument,
      collective_credit: c.collectiveCredit,
      bank_account: c.bankAccount,
      e_invoice: c.eInvoice,
      mandate: c.mandate,
      sending: c.sending,
    })),
  )
}

/** Answers the numbers that were free. */
export async function insertCustomers(work: Work, records: readonly CustomerRecord[]): Promise<Set<string>> {
  return new Set((await work.query(insertStatement, [rowsOf(records), work.now])).map((r) => r.number))
}

export function updateCustomers(work: Work, records: readonly CustomerRecord[]): void {
  work.save(updateStatement, [rowsOf(records)])
}

/** What customers were before; each is looked up by this use case's journal entry. */
export function insertVersions(work: Work, before: readonly { id: string }[]): void {
  const rows = before.map((b) => ({ id: newId(), customer: b.id, before: b }))
  work.save(insertVersionRows, [JSON.stringify(rows), work.journalId, work.now])
}

interface NewAddress {
  id: string
  customerId: string
  role: 'bill-to' | 'deliver-to'
  details: Address
  isDefault: boolean
  /** offered for new orders */
  listed: boolean
}

export const newAddress = (
  customerId: string,
  role: NewAddress['role'],
  details: Address,
  isDefault: boolean,
): NewAddress => ({ id: newId(), customerId, role, details, isDefault, listed: true })

export function insertAddresses(work: Work, addresses: readonly NewAddress[]): void {
  if (addresses.length > 0) work.save(insertAddressRows, [JSON.stringify(addresses), work.now])
}

/** Before another bill-to address takes its place. */
export function unsetDefaultBillTo(work: Work, customerIds: readonly string[]): void {
  if (customerIds.length > 0) work.save(unsetDefaults, [customerIds])
}

/** Off the list for new orders; what refers to it keeps it. */
export function unlistAddresses(work: Work, addresses: readonly { id: string; customerId: string }[]): void {
  if (addresses.length > 0) work.save(unlistRows, [addresses.map((a) => a.id), addresses.map((a) => a.customerId)])
}

/** On the list for new orders. */
export function listAddresses(work: Work, ids: readonly string[]): void {
  work.save(listRows, [ids])
}

export function insertShopIdentities(
  work: Work,
  rows: readonly { channel: string; shopId: string; customerId: string; guest: boolean }[],
): void {
  if (rows.length > 0) work.save(insertShopIdentityRows, [JSON.stringify(rows), work.now])
}
