import { z } from 'zod'
import {
  byId,
  cents,
  id,
  moment,
  page,
  pageOf,
  positiveQuantity,
  route,
  text,
  vatCategory,
  vatRate,
  word,
} from '../route.ts'

export const invoiceRow = z
  .object({
    id,
    number: z.string(),
    kind: z.enum(['invoice', 'down-payment', 'correction']),
    collective: z.boolean(),
    customerId: id,
    customerName: z.string(),
    issuedOn: z.iso.date(),
    dueOn: z.iso.date().nullable(),
    gross: cents.describe('what the customer pays: net + VAT + rounding'),
    open: cents,
    payment: z.enum(['unpaid', 'partly-paid', 'paid', 'corrected', 'nothing-to-pay']),
    partlyCorrected: z.boolean().describe('a part was taken back by a correction'),
  })
  .meta({ id: 'InvoiceRow' })
export const invoiceLine = z
  .object({
    id,
    position: z.int(),
    noteId: id,
    noteNumber: z.string(),
    deliveredOn: z.iso.date(),
    noteLineId: id,
    orderNumber: z.string(),
    articleNumber: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    quantity: z.int(),
    net: cents,
    vatCategory,
    vatRate,
  })
  .meta({ id: 'InvoiceLine' })
const perRate = z.array(z.object({ category: vatCategory, rate: vatRate, net: cents, vat: cents }))
/** what an invoice takes off for a down payment, at one rate */
const deduction = z.object({
  id: id.describe('of the down-payment invoice'),
  number: z.string(),
  issuedOn: z.iso.date(),
  category: vatCategory,
  rate: vatRate,
  net: cents,
  vat: cents,
  payable: cents,
})
const downPaymentReceipt = z.object({
  receivedOn: z.iso.date().describe('the tax in it arises on this day (§ 13 (1) no. 1 a sentence 4 UStG)'),
  number: z.string().describe('of the payment, or of the correction it was set off with'),
  amount: cents,
  perRate,
})
export const receiptRow = downPaymentReceipt
  .extend({ invoiceId: id, invoiceNumber: z.string(), customerId: id, customerName: z.string() })
  .meta({ id: 'DownPaymentReceipt' })
const downPayment = z.object({
  left: cents.describe('neither deducted nor taken back'),
  receipts: z.array(downPaymentReceipt),
  usedBy: z.array(z.object({ id, number: z.string(), kind: z.string(), issuedOn: z.iso.date(), payable: cents })),
})
export const invoice = invoiceRow
  .extend({
    net: cents,
    vat: cents,
    rounding: cents,
    prepaid: cents,
    amountDue: cents,
    perRate,
    deductions: z.array(deduction).describe('down payments taken off; net, VAT and gross are what is left'),
    downPayment: downPayment.nullable().describe('of a down-payment invoice'),
    period: z.object({ from: z.iso.date(), to: z.iso.date() }).nullable(),
    skonto: z.array(z.object({ percent: z.int(), until: z.iso.date(), discount: cents, payable: cents })),
    corrects: z.object({ id, number: z.string() }).nullable(),
    correctsSeveral: z
      .array(z.object({ id, number: z.string(), amount: cents }))
      .describe('of a correction over several invoices: which, and what of it concerns each'),
    correctedBy: z.array(z.object({ id, number: z.string() })),
    returnId: id.nullable().describe('of a correction: the return it was made for'),
    reason: z.string().nullable(),
    orders: z.array(z.object({ id, number: z.string() })),
    notes: z.array(z.object({ id, number: z.string(), deliveredOn: z.iso.date() })),
    payments: z.array(z.object({ id, number: z.string(), receivedOn: z.iso.date(), amount: cents, skonto: cents })),
    lines: z.array(invoiceLine),
    documentId: id,
    files: z.array(z.object({ format: z.string(), fileName: z.string(), mediaType: z.string(), ready: z.boolean() })),
    issuedAt: moment,
  })
  .meta({ id: 'Invoice' })

const tag = 'invoicing'
export const listInvoices = route({
  method: 'GET',
  path: '/api/invoices',
  summary: 'Invoices and corrections, newest first',
  tag,
  permission: 'invoicing.read',
  query: page.extend({
    q: text(100).optional(),
    customerId: id.optional(),
    show: z.enum(['all', 'open', 'overdue']).default('all'),
  }),
  output: pageOf(invoiceRow),
  refusals: [],
})
export const getInvoice = route({
  method: 'GET',
  path: '/api/invoices/:id',
  summary: 'One invoice',
  tag,
  permission: 'invoicing.read',
  params: byId,
  output: invoice,
  refusals: ['not-found'],
})
const selection = z.object({
  noteIds: z.array(id).max(5000).optional().describe('whole notes'),
  lines: z
    .array(z.object({ noteLineId: id, quantity: positiveQuantity.optional() }))
    .max(20_000)
    .optional()
    .describe('parts of notes; without quantity all that is billable'),
})
export const previewInvoice = route({
  method: 'POST',
  path: '/api/invoices/preview',
  summary: 'Exact totals of an invoice before it is issued',
  tag,
  permission: 'invoicing.read',
  body: selection,
  output: z.object({
    lines: z.int(),
    notes: z.int(),
    net: cents,
    vat: cents,
    gross: cents,
    rounding: cents,
    perRate,
    delivered: cents.describe('what is billed before down payments are taken off'),
    deductions: z.array(deduction),
    closings: z
      .array(z.object({ id, number: z.string(), amount: cents }))
      .describe('down-payment invoices whose unpaid rest is taken back along with it'),
  }),
  refusals: ['nothing-to-invoice', 'more-than-delivered', 'different-buyers', 'note-not-issued', 'not-found'],
})
export const issueInvoice = route({
  method: 'POST',
  path: '/api/invoices',
  summary: 'Invoice from what was delivered: a note, part of a note, or several notes (collective invoice)',
  tag,
  permission: 'invoicing.write',
  body: selection,
  output: z.object({ id, number: z.string(), documentId: id, gross: cents, amountDue: cents }),
  refusals: [
    'nothing-to-invoice',
    'more-than-delivered',
    'different-buyers',
    'note-not-issued',
    'invoice-rules',
    'not-found',
  ],
})
const downPaymentWish = z
  .object({
    orderId: id,
    percent: z.int().min(1).max(10_000).optional().describe('hundredths of a percent of the order'),
    amount: cents.min(1).optional().describe('cents, with VAT'),
    expectedOn: z.iso.date().optional().describe('the day the goods are expected to leave, if one is agreed'),
  })
  .refine((wish) => (wish.percent === undefined) !== (wish.amount === undefined), 'either percent or amount')
export const previewDownPayment = route({
  method: 'POST',
  path: '/api/down-payments/preview',
  summary: 'Exact totals of a down-payment invoice before it is issued',
  tag,
  permission: 'invoicing.read',
  body: downPaymentWish,
  output: z.object({
    orderTotal: cents,
    whole: z.boolean().describe('it asks for the whole order'),
    net: cents,
    vat: cents,
    gross: cents,
    rounding: cents,
    perRate,
  }),
  refusals: ['not-found', 'down-payment-too-high', 'nothing-to-invoice'],
})
export const issueDownPayment = route({
  method: 'POST',
  path: '/api/down-payments',
  summary: 'Invoice before delivery: a share or an amount of an order, to be deducted by the invoice over the goods',
  tag,
  permission: 'invoicing.write',
  body: downPaymentWish,
  output: z.object({ id, number: z.string(), documentId: id, gross: cents, amountDue: cents }),
  refusals: ['not-found', 'down-payment-too-high', 'nothing-to-invoice', 'invoice-rules'],
})
export const listReceipts = route({
  method: 'GET',
  path: '/api/down-payments/receipts',
  summary: 'Money received on down payments, by day, with net and tax by rate',
  tag,
  permission: 'invoicing.read',
  query: page.extend({ from: z.iso.date(), to: z.iso.date() }),
  output: pageOf(receiptRow),
  refusals: [],
})
export const correctInvoice = route({
  method: 'POST',
  path: '/api/invoices/:id/correct',
  summary: 'Takes back all that stands: a correction document; the delivered quantities become billable again',
  tag,
  permission: 'invoicing.write',
  params: byId,
  body: z.object({ reason: word(300) }),
  output: z.object({ id, number: z.string(), documentId: id }),
  refusals: [
    'not-found',
    'already-corrected',
    'correction-of-return',
    'correction-of-down-payment',
    'down-payment-used',
    'more-than-delivered',
    'more-than-billed',
    'nothing-to-credit',
    'invoice-rules',
  ],
})
