import { z } from 'zod'
import { bankAccount } from '../customers/api.ts'
import { byId, cents, id, moment, page, pageOf, route, text } from '../route.ts'

export const paymentRow = z
  .object({
    id,
    number: z.string(),
    customerId: id,
    customerName: z.string(),
    receivedOn: z.iso.date(),
    method: z.enum(['transfer', 'direct-debit', 'cash', 'card', 'payment-provider', 'prepayment']),
    reference: z.string().nullable(),
    amount: cents,
    allocated: cents,
    left: cents.describe('not allocated: credit of the customer'),
  })
  .meta({ id: 'PaymentRow' })
export const payment = paymentRow
  .extend({
    at: moment,
    account: bankAccount.nullable().describe('where a refund would go'),
    allocations: z.array(
      z.object({ invoiceId: id, invoiceNumber: z.string(), amount: cents, skonto: cents, at: moment }),
    ),
  })
  .meta({ id: 'Payment' })
export const openItem = z
  .object({
    invoiceId: id,
    invoiceNumber: z.string(),
    customerId: id,
    customerName: z.string(),
    issuedOn: z.iso.date(),
    dueOn: z.iso.date().nullable(),
    amount: cents,
    open: cents,
    overdueDays: z.int(),
    skonto: z.array(z.object({ percent: z.int(), until: z.iso.date(), discount: cents })),
  })
  .meta({ id: 'OpenItem' })
const allocation = z.object({
  invoiceId: id,
  amount: cents.min(0),
  skonto: cents.min(0).default(0).describe('early payment discount taken, in cents'),
})

const tag = 'payments'
export const listPayments = route({
  method: 'GET',
  path: '/api/payments',
  summary: 'Payments, newest first',
  tag,
  permission: 'payments.read',
  query: page.extend({ customerId: id.optional(), q: text(100).optional() }),
  output: pageOf(paymentRow),
  refusals: [],
})
export const getPayment = route({
  method: 'GET',
  path: '/api/payments/:id',
  summary: 'One payment',
  tag,
  permission: 'payments.read',
  params: byId,
  output: payment,
  refusals: ['not-found'],
})
export const listOpenItems = route({
  method: 'GET',
  path: '/api/open-items',
  summary: 'Open items, oldest due first',
  tag,
  permission: 'payments.read',
  query: page.extend({ customerId: id.optional() }),
  output: pageOf(openItem),
  refusals: [],
})
export const recordPayment = route({
  method: 'POST',
  path: '/api/payments',
  summary: 'Record a payment over one or several invoices of a customer; what is too much stays as credit',
  tag,
  permission: 'payments.write',
  body: z.object({
    customerId: id,
    amount: cents.min(1),
    receivedOn: z.iso.date(),
    method: z.enum(['transfer', 'direct-debit', 'cash', 'card', 'payment-provider']).default('transfer'),
    reference: text(140).optional(),
    orderId: id.optional().describe('an order that is paid ahead'),
    allocations: z
      .array(allocation)
      .max(1000)
      .default([])
      .describe('empty: oldest open items first, Skonto where the payment fits'),
  }),
  output: z.object({ id, number: z.string(), left: cents }),
  refusals: [
    'not-found',
    'allocation-exceeds-open',
    'allocation-exceeds-payment',
    'other-customer',
    'skonto-too-late',
    'skonto-too-high',
  ],
})
export const allocateCredit = route({
  method: 'POST',
  path: '/api/payments/:id/allocate',
  summary: 'Allocate what is left of a payment',
  tag,
  permission: 'payments.write',
  params: byId,
  body: z.object({ allocations: z.array(allocation).min(1).max(1000) }),
  output: z.object({ left: cents }),
  refusals: [
    'not-found',
    'allocation-exceeds-open',
    'allocation-exceeds-payment',
    'other-customer',
    'skonto-too-late',
    'skonto-too-high',
  ],
})

export * from './refund-api.ts'
