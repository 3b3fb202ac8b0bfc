import { z } from 'zod'
import { isIban } from '../iban.ts'
import { byId, cents, countryCode, id, language, moment, nothing, page, pageOf, route, text, word } from '../route.ts'
import { bouncedAddress, customerSending, emailAddress, noSending } from './sending.ts'

/** A postal address as documents print it. Once an order or a document refers to it, it never changes: a new one is added. */
export const address = z
  .object({
    name: word(200),
    additional: text(200).optional(),
    street: text(200).optional(),
    postalCode: text(20),
    city: word(120),
    country: countryCode.default('DE'),
    phone: text(60).optional(),
    email: text(254).optional(),
  })
  .meta({ id: 'Address' })
export type Address = z.output<typeof address>

export const customerAddress = address.extend({ id, isDefault: z.boolean() }).meta({ id: 'CustomerAddress' })

/** Where money goes that a customer gets back. */
export const bankAccount = z
  .object({
    iban: z
      .string()
      .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/)
      .refine(isIban, 'IBAN: check digits'),
    bic: z
      .string()
      .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/)
      .optional(),
    holder: text(70).optional().describe('where it is not the customer himself'),
  })
  .meta({ id: 'BankAccount' })
export type BankAccount = z.output<typeof bankAccount>

/** Somebody to talk to at the customer's: purchasing, accounting, the building site. */
export const contactPerson = z
  .object({ name: word(200), role: text(80).optional(), phone: text(60).optional(), email: text(254).optional() })
  .meta({ id: 'ContactPerson' })

export const invoiceFormat = z.enum(['factur-x', 'xrechnung-ubl', 'xrechnung-cii', 'pdf'])
export const billingRule = z.enum([
  'per-delivery',
  'daily',
  'weekly',
  'fortnightly',
  'first-and-fifteenth',
  'monthly',
  'above-amount',
  'by-hand',
])
/** What more shall be kept apart on invoices than the law and the books want. */
export const invoiceGrouping = z.enum(['none', 'order', 'delivery-address', 'buyer-order-number'])
export const skontoStep = z.object({
  days: z.int().min(1).max(365),
  percent: z.int().min(1).max(5000).describe('hundredths of a percent'),
})
export const paymentTerms = z
  .object({ netDays: z.int().min(0).max(365), skonto: z.array(skontoStep).max(3).default([]) })
  .meta({ id: 'PaymentTerms' })
export type PaymentTerms = z.output<typeof paymentTerms>

export const eInvoiceOptions = z
  .object({
    noteReferences: z
      .boolean()
      .default(false)
      .describe('each line refers to its delivery note: Factur-X EXTENDED, UBL DespatchLineReference'),
    attachNotes: z.boolean().default(false).describe('XRechnung has the delivery notes as PDF inside (BG-24)'),
  })
  .meta({ id: 'EInvoiceOptions' })
export type EInvoiceOptions = z.output<typeof eInvoiceOptions>
const plainEInvoice = { noteReferences: false, attachNotes: false }
/** A SEPA mandate: his invoices are collected from his bank account. */
export const mandate = z
  .object({
    reference: z.string().regex(/^[A-Za-z0-9+?/:().,' -]{1,35}$/),
    signedOn: z.iso.date(),
  })
  .meta({ id: 'Mandate' })
export type Mandate = z.output<typeof mandate>

const fields = {
  kind: z.enum(['company', 'consumer']),
  name: word(200),
  contact: z
    .object({ name: text(200).optional(), phone: text(60).optional(), email: text(254).optional() })
    .default({}),
  furtherContacts: z.array(contactPerson).max(20).default([]),
  email: text(254).optional(),
  vatId: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9+*]{2,13}$/)
    .optional(),
  buyerReference: text(100)
    .optional()
    .describe('Leitweg-ID of an authority, or what the buyer wants to read on the invoice (BT-10)'),
  electronicAddress: z.object({ scheme: word(8), value: word(254) }).optional(),
  invoiceFormat: invoiceFormat.default('factur-x'),
  eInvoice: eInvoiceOptions.default(plainEInvoice),
  language: language.default('de'),
  priceGroup: word(40).default('standard'),
  paymentTerms: paymentTerms.default({ netDays: 14, skonto: [] }),
  mayBuyOnDeliveryNote: z.boolean().default(false),
  creditLimit: cents.min(0).default(0),
  billingRule: billingRule.default('per-delivery'),
  billingAmount: cents.min(0).default(0).describe('gross amount from which the rule above-amount bills'),
  invoiceGrouping: invoiceGrouping.default('none'),
  creditDocument: z
    .enum(['credit-note', 'correction'])
    .default('credit-note')
    .describe('what a return gets of what was billed: credit note (381) or correction with negative figures (384)'),
  collectiveCredit: z
    .boolean()
    .default(false)
    .describe('a return gets one correction over all invoices it touches, as far as they agree'),
  bankAccount: bankAccount
    .optional()
    .describe('where refunds are paid to, and invoices collected from; shown to who may see payments'),
  mandate: mandate.optional().describe('of the bank account; invoices are collected by SEPA direct debit'),
  blocked: z.boolean().default(false),
  vatTreatment: z.enum(['domestic', 'intra-community', 'export', 'reverse-charge']).default('domestic'),
  sending: customerSending.default(noSending),
}

export const newCustomer = z
  .object({
    ...fields,
    number: word(40).optional(),
    billTo: address,
    deliverTo: z.array(address).max(20).default([]),
    shopIds: z.record(word(80), word(120)).default({}),
  })
  .meta({ id: 'NewCustomer' })
export type NewCustomer = z.output<typeof newCustomer>

export const customerPatch = z
  .object({
    kind: fields.kind,
    name: fields.name,
    contact: fields.contact.unwrap(),
    furtherContacts: fields.furtherContacts.unwrap(),
    email: fields.email.nullable(),
    vatId: fields.vatId.nullable(),
    buyerReference: fields.buyerReference.nullable(),
    electronicAddress: fields.electronicAddress.nullable(),
    invoiceFormat: invoiceFormat,
    eInvoice: eInvoiceOptions,
    mandate: fields.mandate.nullable(),
    language,
    priceGroup: word(40),
    paymentTerms,
    mayBuyOnDeliveryNote: z.boolean(),
    creditLimit: cents.min(0),
    billingRule,
    billingAmount: cents.min(0),
    invoiceGrouping,
    creditDocument: fields.creditDocument.unwrap(),
    collectiveCredit: z.boolean(),
    bankAccount: bankAccount.nullable(),
    blocked: z.boolean(),
    vatTreatment: fields.vatTreatment.unwrap(),
    sending: customerSending,
    forgiveAddresses: z
      .array(emailAddress)
      .max(50)
      .describe('addresses from which mail came back, and that are good again'),
    billTo: address,
    addDeliverTo: address,
    dropDeliverTo: z.array(id).max(100).describe('no longer offered; orders and documents keep it'),
  })
  .partial()
  .describe('null takes away what may be missing')
  .meta({ id: 'CustomerPatch' })

export const customer = z
  .object({
    ...fields,
    id,
    number: z.string(),
    billTo: customerAddress,
    deliverTo: z.array(customerAddress),
    createdAt: moment,
  })
  .meta({ id: 'Customer' })
export type Customer = z.output<typeof customer>

export const account = z
  .object({
    creditLimit: cents,
    openOrders: cents,
    deliveredNotInvoiced: cents,
    openInvoices: cents,
    credits: cents,
    downPayments: cents.describe('billed as down payment and not deducted yet: part of the orders above'),
    exposure: cents.describe('open orders + delivered and not invoiced + open invoices - credits - down payments'),
    oldestOverdueDays: z.int(),
  })
  .meta({ id: 'CustomerAccount' })

const shopAccountKeys = z.object({
  channel: word(80).describe('code of the web shop’s sales channel'),
  shopCustomerId: word(120).describe("the shop's own id of the account"),
})
export const shopAccount = shopAccountKeys.extend({ linkedAt: moment }).meta({ id: 'ShopAccount' })

export const customerRow = z
  .object({
    id,
    number: z.string(),
    name: z.string(),
    kind: fields.kind,
    city: z.string(),
    priceGroup: z.string(),
    mayBuyOnDeliveryNote: z.boolean(),
    creditLimit: cents,
    exposure: cents,
    blocked: z.boolean(),
  })
  .meta({ id: 'CustomerRow' })

const tag = 'customers'
export const listCustomers = route({
  method: 'GET',
  path: '/api/customers',
  summary: 'Customers, searched by number, name, place or e-mail',
  tag,
  permission: 'customers.read',
  query: page.extend({ q: text(100).optional() }),
  output: pageOf(customerRow),
  refusals: [],
})
export const getCustomer = route({
  method: 'GET',
  path: '/api/customers/:id',
  summary: 'One customer with addresses, account, and his accounts in web shops',
  tag,
  permission: 'customers.read',
  params: byId,
  output: customer.extend({
    account,
    bounced: z.array(bouncedAddress).describe('addresses from which mail came back'),
    shopAccounts: z.array(shopAccount),
  }),
  refusals: ['not-found'],
})
export const createCustomer = route({
  method: 'POST',
  path: '/api/customers',
  summary: 'New customer',
  tag,
  permission: 'customers.write',
  body: newCustomer,
  output: z.object({ id, number: z.string() }),
  refusals: ['already-exists'],
})
export const changeCustomer = route({
  method: 'PATCH',
  path: '/api/customers/:id',
  summary: 'Change a customer; addresses in use are kept, a new version is added',
  tag,
  permission: 'customers.write',
  params: byId,
  body: customerPatch,
  output: nothing,
  refusals: ['not-found'],
})
export const linkShopAccount = route({
  method: 'POST',
  path: '/api/customers/:id/shop-accounts',
  summary: 'An account in a web shop is this customer: its orders are his for sure, what he changes there is followed',
  tag,
  permission: 'customers.write',
  params: byId,
  body: shopAccountKeys,
  output: nothing,
  refusals: ['not-found', 'unknown-channel', 'shop-account-taken'],
})
export const unlinkShopAccount = route({
  method: 'DELETE',
  path: '/api/customers/:id/shop-accounts',
  summary: 'An account in a web shop is this customer no longer',
  tag,
  permission: 'customers.write',
  params: byId,
  query: shopAccountKeys,
  output: nothing,
  refusals: ['not-found'],
})
