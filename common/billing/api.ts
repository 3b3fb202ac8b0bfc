import { z } from 'zod'
import { billingRule, invoiceGrouping } from '../customers/api.ts'
import {
  byId,
  cents,
  id,
  moment,
  nothing,
  page,
  pageOf,
  route,
  text,
  unitPrice,
  vatCategory,
  vatRate,
  word,
} from '../route.ts'

const day = z.iso.date()

/** What of one customer is delivered and not billed yet, by his rule. */
export const toBillRow = z
  .object({
    customerId: id,
    customerNumber: z.string(),
    customerName: z.string(),
    rule: billingRule,
    grouping: invoiceGrouping,
    since: day.describe('day of the oldest delivery not billed'),
    dueOn: day.nullable().describe('the first day on which something is due; null: no day follows from the rule yet'),
    notes: z.int(),
    gross: cents.describe('all of it, VAT included; what the invoices say to the cent is in the plan of a run'),
    dueGross: cents.describe('of it due today'),
    dueInvoices: z.int(),
  })
  .meta({ id: 'ToBillRow' })

/** An agreed price that the price list has left behind. The agreed one is billed. */
export const changedPrice = z
  .object({
    noteLineId: id,
    noteNumber: z.string(),
    articleNumber: z.string(),
    name: z.string(),
    priceMode: z.enum(['net', 'gross']),
    agreed: unitPrice,
    priceNow: unitPrice,
  })
  .meta({ id: 'ChangedPrice' })

export const monthRow = z
  .object({
    month: z.string().describe('YYYY-MM, of the delivery: there the VAT arises'),
    vatCategory,
    vatRate,
    notes: z.int(),
    net: cents,
    vat: cents,
    gross: cents,
  })
  .meta({ id: 'DeliveredNotBilledMonth' })

export const runState = z.enum(['planning', 'planned', 'billing', 'stopped', 'done', 'discarded'])
export const billState = z.enum(['waiting', 'billed', 'refused', 'gone', 'excluded'])
export const billingRun = z
  .object({
    id,
    state: runState,
    scheduled: z.boolean(),
    atOnce: z.boolean(),
    day,
    everything: z.boolean(),
    customer: z.object({ id, name: z.string() }).nullable(),
    rule: billingRule.nullable(),
    createdAt: moment,
    endedAt: moment.nullable(),
    bills: z.record(billState, z.object({ count: z.int(), gross: cents })),
  })
  .meta({ id: 'BillingRun' })
export const bill = z
  .object({
    id,
    customerId: id,
    customerNumber: z.string(),
    customerName: z.string(),
    dueOn: day.nullable(),
    deliveredFrom: day,
    deliveredTo: day,
    notes: z.int(),
    lines: z.int(),
    net: cents.nullable().describe('exact, in a run that was planned to be looked at'),
    vat: cents.nullable(),
    gross: cents,
    state: billState,
    reason: z.string().nullable().describe('why somebody excluded it'),
    refusal: z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) }).nullable(),
    invoice: z.object({ id, number: z.string(), gross: cents }).nullable(),
  })
  .meta({ id: 'Bill' })
export const billingSettings = z
  .object({
    scheduled: z.boolean().describe('a run every morning over all that is due'),
    hour: z.int().min(0).max(23).describe('German time'),
  })
  .meta({ id: 'BillingSettings' })

const tag = 'billing'
export const listToBill = route({
  method: 'GET',
  path: '/api/billing/to-bill',
  summary: 'Delivered and not billed, by customer, the oldest delivery first',
  tag,
  permission: 'invoicing.read',
  query: page.extend({
    q: text(100).optional(),
    rule: billingRule.optional(),
    show: z.enum(['all', 'due']).default('all'),
    deliveredUntil: day.optional().describe('only who waits since this day or longer'),
  }),
  output: pageOf(toBillRow),
  refusals: [],
})
export const listChangedPrices = route({
  method: 'GET',
  path: '/api/billing/changed-prices',
  summary: 'Lines of a customer to be billed whose list price changed since the order; billed is what was agreed',
  tag,
  permission: 'invoicing.read',
  query: page.extend({ customerId: id }),
  output: pageOf(changedPrice),
  refusals: [],
})
export const listDeliveredNotBilled = route({
  method: 'GET',
  path: '/api/billing/delivered-not-billed',
  summary: 'What was delivered up to a day and not billed by then, by month and VAT rate (for the tax adviser)',
  tag,
  permission: 'invoicing.read',
  query: z.object({ day: day.optional().describe('left out: today') }),
  output: z.object({ day, months: z.array(monthRow) }),
  refusals: [],
})
export const getDeliveredNotBilledCsv = route({
  method: 'GET',
  path: '/api/billing/delivered-not-billed.csv',
  summary: 'The same line by line as CSV (semicolons, decimal commas, UTF-8 with byte order mark)',
  tag,
  permission: 'invoicing.read',
  query: z.object({ day: day.optional().describe('left out: today') }),
  output: z.string(),
  refusals: [],
})
export const planRun = route({
  method: 'POST',
  path: '/api/billing/runs',
  summary: 'Plan a run: exact invoices over what is due, to look at and to start; or bill at once',
  tag,
  permission: 'invoicing.write',
  body: z.object({
    day: day.optional().describe('what was delivered up to this day and is due on it; left out: today'),
    everything: z.boolean().default(false).describe('also what is not due yet, and what is billed by hand'),
    customerId: id.optional(),
    rule: billingRule.optional(),
    atOnce: z.boolean().default(false),
  }),
  output: z.object({ id }),
  refusals: ['not-found'],
})
export const listRuns = route({
  method: 'GET',
  path: '/api/billing/runs',
  summary: 'Billing runs, newest first',
  tag,
  permission: 'invoicing.read',
  query: page,
  output: pageOf(billingRun),
  refusals: [],
})
export const getRun = route({
  method: 'GET',
  path: '/api/billing/runs/:id',
  summary: 'One billing run and how far it is',
  tag,
  permission: 'invoicing.read',
  params: byId,
  output: billingRun,
  refusals: ['not-found'],
})
export const listBills = route({
  method: 'GET',
  path: '/api/billing/runs/:id/bills',
  summary: 'The invoices of a run: planned, issued, refused, excluded',
  tag,
  permission: 'invoicing.read',
  params: byId,
  query: page.extend({ state: billState.optional() }),
  output: pageOf(bill),
  refusals: [],
})
const change = { method: 'POST', tag, permission: 'invoicing.write', params: byId, output: nothing } as const
export const startRun = route({
  ...change,
  path: '/api/billing/runs/:id/start',
  summary: 'Bill what was planned, or go on after a stop',
  body: nothing,
  refusals: ['not-found', 'run-state'],
})
export const stopRun = route({
  ...change,
  path: '/api/billing/runs/:id/stop',
  summary: 'Stop; what is being written at this moment is finished, the rest waits',
  body: nothing,
  refusals: ['not-found', 'run-state'],
})
export const discardRun = route({
  ...change,
  path: '/api/billing/runs/:id/discard',
  summary: 'Give up what was planned and is not billed yet; it stays on the list to bill',
  body: nothing,
  refusals: ['not-found', 'run-state'],
})
export const excludeBills = route({
  ...change,
  path: '/api/billing/runs/:id/exclude',
  summary: 'Leave planned invoices out of this run, with a reason; without a reason they are taken in again',
  body: z.object({ billIds: z.array(id).min(1).max(1000), reason: word(300).nullable() }),
  refusals: ['not-found', 'run-state'],
})
export const getBillingSettings = route({
  method: 'GET',
  path: '/api/billing/settings',
  summary: 'When the run comes by itself',
  tag,
  permission: 'settings.read',
  output: billingSettings.extend({ lastRunOn: day.nullable() }),
  refusals: [],
})
export const saveBillingSettings = route({
  method: 'PUT',
  path: '/api/billing/settings',
  summary: 'Change when the run comes by itself',
  tag,
  permission: 'settings.write',
  body: billingSettings,
  output: nothing,
  refusals: [],
})
