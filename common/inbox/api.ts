import { z } from 'zod'
import { byId, id, moment, page, pageOf, route } from '../route.ts'

const day = z.iso.date()
/** hundredths of the invoice's currency; null where it says none, a fraction where it says one */
const amount = z.number().nullable()

export const receivedProfile = z.enum([
  'minimum',
  'basic-wl',
  'basic',
  'en16931',
  'extended',
  'xrechnung',
  'peppol',
  'unknown',
])

export const receivedRow = z
  .object({
    id,
    receivedAt: moment,
    fileName: z.string(),
    profile: receivedProfile,
    number: z.string(),
    issuedOn: day.nullable(),
    dueOn: day.nullable(),
    sellerName: z.string(),
    currency: z.string(),
    gross: amount,
    fatal: z.int().describe('rules broken that make the invoice invalid, on the day it came'),
    warnings: z.int(),
  })
  .meta({ id: 'ReceivedInvoiceRow' })

const address = z.object({
  street: z.string().optional(),
  additional: z.string().optional(),
  city: z.string(),
  postalCode: z.string(),
  country: z.string(),
})
const receivedParty = z.object({
  name: z.string(),
  tradingName: z.string().optional(),
  identifier: z.string().optional(),
  registrationId: z.string().optional(),
  vatId: z.string().optional(),
  taxNumber: z.string().optional(),
  legalInformation: z.string().optional(),
  electronicAddress: z.object({ scheme: z.string(), value: z.string() }).optional(),
  address,
  contact: z
    .object({ name: z.string().optional(), phone: z.string().optional(), email: z.string().optional() })
    .optional(),
})
const period = z.object({ from: day, to: day })
const reduction = z.object({ amount, reason: z.string() })
const taxedReduction = reduction.extend({ vatCategory: z.string(), vatRate: amount })

const receivedLine = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  note: z.string().optional(),
  articleNumber: z.string().optional(),
  gtin: z.string().optional(),
  deliveryNote: z.object({ number: z.string(), issuedOn: day, line: z.number().nullable() }).optional(),
  invoicedObject: z.string().optional(),
  buyerOrderLine: z.string().optional(),
  period: period.optional(),
  quantity: z.number().nullable().describe('thousandths of the unit'),
  unit: z.string(),
  netPrice: z.string().describe('plain decimal, for priceBase units'),
  priceBase: z.number().nullable(),
  net: amount,
  allowances: z.array(reduction),
  charges: z.array(reduction),
  vatCategory: z.string(),
  vatRate: amount,
  inSums: z.boolean(),
})

export const finding = z
  .object({
    rule: z.string(),
    term: z.string().describe('business term of EN 16931, BT-112'),
    severity: z.enum(['fatal', 'warning']),
    message: z.object({ de: z.string(), en: z.string() }),
    facts: z.record(z.string(), z.union([z.string(), z.number().nullable()])),
  })
  .meta({ id: 'InvoiceFinding' })

export const receivedInvoice = receivedRow
  .extend({
    sha256: z.string(),
    container: z.enum(['pdf', 'xml']),
    syntax: z.enum(['ubl', 'cii']),
    specification: z.string(),
    invoice: z.object({
      typeCode: z.string(),
      buyerReference: z.string().optional(),
      buyerOrderNumber: z.string().optional(),
      orderNumber: z.string().optional(),
      deliveryNoteNumber: z.string().optional(),
      deliveredOn: day.optional(),
      period: period.optional(),
      notes: z.array(z.string()),
      precedingInvoices: z.array(z.object({ number: z.string(), issuedOn: day.optional() })),
      seller: receivedParty,
      buyer: receivedParty,
      deliverTo: z.object({ name: z.string().optional(), address }).optional(),
      payment: z.object({
        meansCode: z.string(),
        meansText: z.string().optional(),
        remittance: z.string().optional(),
        account: z.object({ iban: z.string(), holder: z.string().optional(), bic: z.string().optional() }).optional(),
        card: z.object({ lastDigits: z.string(), holder: z.string().optional() }).optional(),
        directDebit: z
          .object({ mandateReference: z.string(), creditorId: z.string(), debtorIban: z.string() })
          .optional(),
      }),
      paymentTermsText: z.string().optional(),
      skonto: z.array(z.object({ days: z.int(), percent: z.int(), base: z.number().optional() })),
      allowances: z.array(taxedReduction),
      charges: z.array(taxedReduction),
      lines: z.array(receivedLine),
      vatBreakdown: z.array(
        z.object({
          net: amount,
          vat: amount,
          category: z.string(),
          rate: amount,
          exemptionReason: z.string().optional(),
          exemptionCode: z.string().optional(),
        }),
      ),
      totals: z.object({
        linesNet: amount,
        allowances: amount,
        charges: amount,
        net: amount,
        vat: amount,
        gross: amount,
        prepaid: amount,
        rounding: amount,
        amountDue: amount,
      }),
    }),
    attachments: z.array(
      z.object({
        name: z.string(),
        description: z.string().optional(),
        mediaType: z.string().optional(),
        link: z.string().optional(),
        bytes: z.int().optional(),
      }),
    ),
    further: z
      .array(z.object({ term: z.string(), value: z.string(), line: z.string().optional() }))
      .describe('terms of the standard beyond those above'),
    unknown: z.array(z.object({ path: z.string(), value: z.string() })).describe('content that EN 16931 does not name'),
    findings: z.array(finding),
  })
  .meta({ id: 'ReceivedInvoice' })

/** The body is the file itself, XML or PDF. The same file again is known by its hash and not kept twice. */
export const receiveInvoice = route({
  method: 'POST',
  path: '/api/inbox',
  summary: 'Put in an e-invoice that somebody sent: XML (UBL, CII) or a PDF that carries it',
  tag: 'inbox',
  permission: 'inbox.write',
  query: z.object({ fileName: z.string().max(200).default('') }),
  output: z.object({ id, fresh: z.boolean() }),
  refusals: [
    'too-large',
    'not-an-e-invoice',
    'pdf-without-invoice',
    'pdf-with-several-invoices',
    'pdf-encrypted',
    'pdf-broken',
    'xml-broken',
    'unsafe-file',
    'zugferd-1',
  ],
})
export const listReceived = route({
  method: 'GET',
  path: '/api/inbox',
  summary: 'Received e-invoices, newest first',
  tag: 'inbox',
  permission: 'inbox.read',
  query: page.extend({ q: z.string().max(100).optional() }),
  output: pageOf(receivedRow),
  refusals: [],
})
export const getReceived = route({
  method: 'GET',
  path: '/api/inbox/:id',
  summary: 'A received e-invoice in full, with what is wrong with it by the rules of today',
  tag: 'inbox',
  permission: 'inbox.read',
  params: byId,
  output: receivedInvoice,
  refusals: ['not-found'],
})
/** The body is the file as it came, always to be saved, never to be opened in the browser. */
export const getReceivedFile = route({
  method: 'GET',
  path: '/api/inbox/:id/file',
  summary: 'The file of a received e-invoice as it came',
  tag: 'inbox',
  permission: 'inbox.read',
  params: byId,
  output: z.any(),
  refusals: ['not-found'],
})
