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
    kind: z.enum(['invoice', 'correction']),
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
export const invoice = invoiceRow
  .extend({
    net: cents,
    vat: cents,
    rounding: cents,
    prepaid: cents,
    amountDue: cents,
    perRate: z.array(z.object({ category: vatCategory, rate: vatRate, net: cents, vat: cents })),
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
    perRate: z.array(z.object({ category: vatCategory, rate: vatRate, net: cents, vat: cents })),
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
    'more-than-delivered',
    'more-than-billed',
    'nothing-to-credit',
    'invoice-rules',
  ],
})
