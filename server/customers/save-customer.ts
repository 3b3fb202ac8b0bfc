import type { z } from 'zod'
import type { Address, Customer, customerPatch, NewCustomer } from '../../common/customers/api.ts'
import { canonicalJson, newId, nextNumber, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { findAddressesOf, lockCustomer, type StoredAddress } from './store.ts'

const insertCustomer = statement<{ id: string }>(
  'customers.insert-customer',
  `insert into customers.customer (id, number, kind, name, contact, email, vat_id, buyer_reference, electronic_address, invoice_format, language, price_group, payment_terms, may_buy_on_delivery_note, credit_limit, billing_rule, blocked, vat_treatment, further_contacts, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) on conflict (number) do nothing returning id`,
)
const updateCustomer = statement(
  'customers.update-customer',
  `update customers.customer set kind = $3, name = $4, contact = $5, email = $6, vat_id = $7, buyer_reference = $8, electronic_address = $9, invoice_format = $10, language = $11, price_group = $12,
     payment_terms = $13, may_buy_on_delivery_note = $14, credit_limit = $15, billing_rule = $16, blocked = $17, vat_treatment = $18, further_contacts = $19 where id = $1 and number = $2`,
)
const insertAddress = statement(
  'customers.insert-address',
  'insert into customers.address (id, customer_id, role, details, is_default, created_at) values ($1, $2, $3, $4, $5, $6)',
)
const unsetDefault = statement(
  'customers.unset-default',
  'update customers.address set is_default = false where customer_id = $1 and role = $2 and is_default',
)
const insertShopIdentity = statement(
  'customers.insert-shop-identity',
  'insert into customers.shop_identity (channel, shop_customer_id, customer_id) values ($1, $2, $3) on conflict do nothing',
)
const insertVersion = statement(
  'customers.insert-version',
  'insert into customers.version (id, customer_id, journal_id, before, at) values ($1, $2, $3, $4, $5)',
)

type Fields = Omit<Customer, 'id' | 'number' | 'billTo' | 'deliverTo' | 'createdAt'>

function values(id: string, number: string, c: Fields): unknown[] {
  return [
    id,
    number,
    c.kind,
    c.name,
    JSON.stringify(c.contact),
    c.email ?? null,
    c.vatId ?? null,
    c.buyerReference ?? null,
    c.electronicAddress ? JSON.stringify(c.electronicAddress) : null,
    c.invoiceFormat,
    c.language,
    c.priceGroup,
    JSON.stringify(c.paymentTerms),
    c.mayBuyOnDeliveryNote,
    c.creditLimit,
    c.billingRule,
    c.blocked,
    c.vatTreatment,
    JSON.stringify(c.furtherContacts),
  ]
}

export interface MadeCustomer {
  id: string
  number: string
  billTo: string
  deliverTo: string
}

/** A new customer with a bill-to address and where he wants goods. Without a number the series gives one. */
export async function addCustomer(work: Work, input: NewCustomer): Promise<MadeCustomer> {
  const id = newId()
  const number = input.number ?? (await nextNumber(work, 'customer'))
  const [made] = await work.query(insertCustomer, [...values(id, number, input), work.now])
  if (!made) refuseNow('already-exists', { what: 'Kundennummer', value: number })
  const billTo = addAddress(work, id, 'bill-to', input.billTo, true)
  const delivery = input.deliverTo.map((a, i) => addAddress(work, id, 'deliver-to', a, i === 0))
  for (const [channel, shopId] of Object.entries(input.shopIds)) work.save(insertShopIdentity, [channel, shopId, id])
  work.announce('customer.changed', { customerId: id })
  return { id, number, billTo, deliverTo: delivery[0] ?? billTo }
}

export async function createCustomer(work: Work, input: NewCustomer): Promise<{ id: string; number: string }> {
  const { id, number } = await addCustomer(work, input)
  work.record({ subjectId: id, after: terms(input) })
  return { id, number }
}

export function addAddress(
  work: Work,
  customerId: string,
  role: 'bill-to' | 'deliver-to',
  details: Address,
  isDefault: boolean,
): string {
  const id = newId()
  work.save(insertAddress, [id, customerId, role, JSON.stringify(details), isDefault, work.now])
  return id
}

/** What changes; null takes away what may be missing. */
type CustomerChange = Omit<z.output<typeof customerPatch>, 'email'> & { id: string; email?: string | null | undefined }

/** Changes a customer. Personal data before the change is kept in customers.version, the journal says only which fields changed. */
export async function changeCustomer(work: Work, input: CustomerChange): Promise<Record<string, never>> {
  const [row] = await work.query(lockCustomer, [input.id])
  const before = orNotFound(row, 'Kunde').customer
  const { id, billTo, addDeliverTo, ...patch } = input
  const after = { ...before } as Record<string, unknown>
  for (const [name, value] of Object.entries(patch)) if (value !== undefined) after[name] = value ?? undefined
  work.save(updateCustomer, values(id, before.number, after as Fields))
  work.save(insertVersion, [newId(), id, work.journalId, JSON.stringify(before), work.now])
  if (billTo) replaceDefault(work, id, 'bill-to', billTo)
  if (addDeliverTo) addAddress(work, id, 'deliver-to', addDeliverTo, false)
  const changed = Object.keys(after).filter(
    (name) => canonicalJson(after[name]) !== canonicalJson((before as Record<string, unknown>)[name]),
  )
  work.record({
    subjectId: id,
    before: terms(before),
    after: {
      ...terms(after as Fields),
      changedFields: [...changed, ...(billTo ? ['billTo'] : []), ...(addDeliverTo ? ['deliverTo'] : [])],
    },
  })
  work.announce('customer.changed', { customerId: id })
  return {}
}

function replaceDefault(work: Work, customerId: string, role: 'bill-to' | 'deliver-to', details: Address): void {
  work.save(unsetDefault, [customerId, role])
  addAddress(work, customerId, role, details, true)
}

/** What the journal may say of a customer: terms, no personal data. */
function terms(c: Fields) {
  return {
    creditLimit: c.creditLimit,
    mayBuyOnDeliveryNote: c.mayBuyOnDeliveryNote,
    blocked: c.blocked,
    paymentTerms: c.paymentTerms,
    priceGroup: c.priceGroup,
    invoiceFormat: c.invoiceFormat,
    billingRule: c.billingRule,
  }
}

/**
 * The addresses of an order: known ones are used again, a new spelling becomes a new version. Without one the customer's
 * default holds.
 */
export async function addressesForOrder(
  work: Work,
  customerId: string,
  billTo: Address | undefined,
  deliverTo: Address | undefined,
): Promise<{ billTo: string; deliverTo: string }> {
  const known = await findAddressesOf(work, customerId)
  const pick = (role: 'bill-to' | 'deliver-to', wanted: Address | undefined, otherwise: string | undefined): string => {
    if (wanted === undefined) return known.find((a) => a.role === role && a.isDefault)?.id ?? otherwise ?? known[0]!.id
    return sameAddress(known, role, wanted)?.id ?? addAddress(work, customerId, role, wanted, false)
  }
  const bill = pick('bill-to', billTo, undefined)
  if (deliverTo === undefined && billTo !== undefined && !known.some((a) => a.role === 'deliver-to' && a.isDefault))
    return { billTo: bill, deliverTo: bill }
  const billDetails = billTo ?? known.find((a) => a.id === bill)?.details
  if (deliverTo !== undefined && billDetails !== undefined && canonicalJson(deliverTo) === canonicalJson(billDetails))
    return { billTo: bill, deliverTo: bill }
  return { billTo: bill, deliverTo: pick('deliver-to', deliverTo, bill) }
}

function sameAddress(
  known: readonly StoredAddress[],
  role: 'bill-to' | 'deliver-to',
  wanted: Address,
): StoredAddress | undefined {
  const text = canonicalJson(wanted)
  return known.find((a) => a.role === role && canonicalJson(a.details) === text)
}

const insertParty = statement(
  'customers.insert-intake-party',
  'insert into customers.intake_party (id, details, created_at) values ($1, $2, $3)',
)
const partyById = statement<{ details: unknown }>(
  'customers.intake-party',
  'select details from customers.intake_party where id = $1',
)

/** Keeps who ordered while the order itself is parked. */
export function keepIntakeParty(work: Work, details: unknown): string {
  const id = newId()
  work.save(insertParty, [id, JSON.stringify(details), work.now])
  return id
}

export async function intakeParty(database: Pick<Work, 'query'>, id: string): Promise<unknown> {
  const [row] = await database.query(partyById, [id])
  return row?.details
}
