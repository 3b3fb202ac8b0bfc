import { z } from 'zod'
import { bankAccount } from '../customers/api.ts'
import { byId, cents, id, moment, nothing, page, pageOf, route, text } from '../route.ts'

/* Money that goes back to customers. */

const tag = 'payments'
const refundMethod = z.enum(['transfer', 'cash', 'card', 'payment-provider'])
/** to-pay: waits for a payment file; in-file: in one that is not at the bank yet */
export const refundStatus = z.enum(['to-pay', 'in-file', 'paid', 'cancelled'])
export const refundRow = z
  .object({
    id,
    number: z.string(),
    customerId: id,
    customerName: z.string(),
    paidOn: z.iso.date().describe('the day of the ledger'),
    method: refundMethod,
    reference: z.string().nullable(),
    amount: cents,
    from: z.object({ id, number: z.string(), kind: z.enum(['payment', 'correction']) }).nullable(),
    status: refundStatus,
    file: z.object({ id, number: z.string() }).nullable(),
    note: z.string().nullable().describe('what was said when it was paid by hand or cancelled'),
    account: bankAccount.nullable().describe('where it would go now; only of one that waits'),
  })
  .meta({ id: 'RefundRow' })
/** How a refund is paid: by transfer it waits for a payment file, any other way it was paid at once. */
export const refundHow = z.object({
  method: refundMethod.default('transfer'),
  reference: text(140).optional().describe("the provider's own number of it, where the provider paid"),
  account: bankAccount.optional().describe('by transfer: where to; kept with the customer'),
})

export const refundCredit = route({
  method: 'POST',
  path: '/api/payments/:id/refund',
  summary: 'Pay out what is left of a payment or of a correction; by transfer it waits for a payment file',
  tag,
  permission: 'payments.refund',
  params: byId,
  body: refundHow.extend({
    amount: cents.min(1).optional().describe('left out: all of it'),
    paidOn: z.iso.date(),
  }),
  output: z.object({ id, number: z.string(), left: cents }),
  refusals: ['not-found', 'refund-exceeds-credit', 'needs-provider-reference'],
})
export const creditRow = z
  .object({
    id,
    kind: z.enum(['payment', 'prepayment', 'correction']),
    number: z.string(),
    customerId: id,
    customerName: z.string(),
    receivedOn: z.iso.date(),
    orderNumber: z.string().nullable().describe('the order it was paid ahead for, or is set off against'),
    amount: cents,
    left: cents,
    account: bankAccount.nullable(),
  })
  .meta({ id: 'CreditRow' })
export const listCredits = route({
  method: 'GET',
  path: '/api/credits',
  summary: 'Money of customers that is with us and free, oldest first',
  tag,
  permission: 'payments.read',
  query: page.extend({ customerId: id.optional(), q: text(100).optional() }),
  output: pageOf(creditRow),
  refusals: [],
})
export const listRefunds = route({
  method: 'GET',
  path: '/api/refunds',
  summary: 'Refunds, newest first',
  tag,
  permission: 'payments.read',
  query: page.extend({
    customerId: id.optional(),
    q: text(100).optional(),
    show: z.enum(['to-pay', 'all']).default('all'),
  }),
  output: pageOf(refundRow),
  refusals: [],
})
export const recordRefundPaid = route({
  method: 'POST',
  path: '/api/refunds/:id/paid',
  summary: 'A waiting refund was paid by hand, outside of any payment file',
  tag,
  permission: 'payments.refund',
  params: byId,
  body: z.object({ note: text(140).optional() }),
  output: nothing,
  refusals: ['not-found', 'refund-not-waiting'],
})
export const cancelRefund = route({
  method: 'POST',
  path: '/api/refunds/:id/cancel',
  summary: 'A waiting refund was a mistake: its money is credit again',
  tag,
  permission: 'payments.refund',
  params: byId,
  body: z.object({ reason: text(140).min(1) }),
  output: nothing,
  refusals: ['not-found', 'refund-not-waiting'],
})

export const paymentFileRow = z
  .object({
    id,
    number: z.string(),
    executeOn: z.iso.date(),
    count: z.int(),
    total: cents,
    status: z.enum(['made', 'handed-over', 'withdrawn']),
    createdAt: moment,
  })
  .meta({ id: 'PaymentFileRow' })
const chosenRefunds = z.array(id).min(1).max(1000)
const fileRefusals = [
  'not-found',
  'refund-not-waiting',
  'no-bank-account',
  'no-own-account',
  'execute-in-past',
] as const
export const previewPaymentFile = route({
  method: 'POST',
  path: '/api/payment-files/preview',
  summary: 'What a payment file over these refunds would say',
  tag,
  permission: 'payments.refund',
  body: z.object({ refundIds: chosenRefunds, executeOn: z.iso.date().optional() }),
  output: z.object({
    count: z.int(),
    total: cents,
    executeOn: z.iso.date(),
    from: z.object({ iban: z.string(), holder: z.string() }),
    transfers: z.array(
      z.object({ number: z.string(), name: z.string(), iban: z.string(), amount: cents, text: z.string() }),
    ),
  }),
  refusals: fileRefusals,
})
export const makePaymentFile = route({
  method: 'POST',
  path: '/api/payment-files',
  summary: 'A file of transfers (pain.001) over waiting refunds',
  tag,
  permission: 'payments.refund',
  body: z.object({ refundIds: chosenRefunds, executeOn: z.iso.date().optional().describe('left out: today') }),
  output: z.object({ id, number: z.string(), documentId: id, count: z.int(), total: cents }),
  refusals: fileRefusals,
})
export const listPaymentFiles = route({
  method: 'GET',
  path: '/api/payment-files',
  summary: 'Payment files, newest first',
  tag,
  permission: 'payments.read',
  query: page,
  output: pageOf(paymentFileRow),
  refusals: [],
})
export const getPaymentFile = route({
  method: 'GET',
  path: '/api/payment-files/:id',
  summary: 'One payment file with its refunds',
  tag,
  permission: 'payments.read',
  params: byId,
  output: paymentFileRow.extend({
    documentId: id,
    files: z.array(z.object({ format: z.string(), fileName: z.string(), mediaType: z.string(), ready: z.boolean() })),
    handedOverAt: moment.nullable(),
    withdrawnAt: moment.nullable(),
    withdrawReason: z.string().nullable(),
    refunds: z.array(
      z.object({
        id,
        number: z.string(),
        customerId: id,
        customerName: z.string(),
        amount: cents,
        status: refundStatus,
      }),
    ),
  }),
  refusals: ['not-found'],
})
export const handOverPaymentFile = route({
  method: 'POST',
  path: '/api/payment-files/:id/hand-over',
  summary: 'The file went to the bank',
  tag,
  permission: 'payments.refund',
  params: byId,
  body: nothing,
  output: nothing,
  refusals: ['not-found', 'payment-file-done'],
})
export const withdrawPaymentFile = route({
  method: 'POST',
  path: '/api/payment-files/:id/withdraw',
  summary: 'The file is not used, or the bank refused it: its refunds wait again',
  tag,
  permission: 'payments.refund',
  params: byId,
  body: z.object({ reason: text(300).min(1) }),
  output: nothing,
  refusals: ['not-found', 'payment-file-done'],
})
