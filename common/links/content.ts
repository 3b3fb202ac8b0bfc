import { z } from 'zod'
import { signature } from '../delivery/signature.ts'
import { cents, id, language, moment, quantity, vatCategory, vatRate } from '../route.ts'

/* What stands behind a link: all that the customer's page shows. */

const day = z.iso.date()
const file = z.object({ documentId: id, format: z.string(), ready: z.boolean() })

/** Who writes to the customer, and how he is reached. */
const linkMerchant = z.object({
  name: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  contactName: z.string(),
  phone: z.string(),
  email: z.string(),
  website: z.string().nullable(),
  legal: z.array(z.string()).describe('register, directors, VAT id'),
  accentColor: z.string(),
  hasLogo: z.boolean(),
})
export const receipt = z.object({
  takenBy: z.string(),
  takenAt: moment,
  signature: signature.nullable(),
})
const noteLine = z.object({
  id,
  kind: z.enum(['goods', 'shipping', 'surcharge']),
  articleNumber: z.string().nullable(),
  name: z.string(),
  nameEn: z.string().nullable(),
  unit: z.string(),
  delivered: quantity,
  returned: quantity,
})
export const linkNote = z.object({
  id,
  number: z.string(),
  deliveredOn: day,
  orders: z.array(z.object({ number: z.string(), buyerOrderNumber: z.string().nullable() })),
  deliverTo: z.object({ name: z.string(), street: z.string().nullable(), postalCode: z.string(), city: z.string() }),
  parcels: z.int().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  receipt: receipt.nullable(),
  lines: z.array(noteLine),
  files: z.array(file),
})
/** An amount to transfer that settles an invoice, with the code a banking app reads. */
const payWay = z.object({
  amount: cents,
  until: day.nullable().describe('last day, where early payment is worth a discount'),
  discount: cents,
  percent: vatRate,
  code: z.string().describe('GiroCode (EPC069-12) as SVG'),
})
export const linkInvoice = z.object({
  id,
  number: z.string(),
  kind: z.enum(['invoice', 'correction']),
  issuedOn: day,
  dueOn: day.nullable(),
  net: cents,
  vat: cents,
  gross: cents.describe('net + VAT + rounding'),
  prepaid: cents,
  open: cents,
  perRate: z.array(z.object({ category: vatCategory, rate: vatRate, net: cents, vat: cents })),
  state: z.enum(['open', 'overdue', 'settled', 'corrected', 'correction']),
  corrects: z.string().nullable().describe('number of the invoice it corrects, or of several'),
  correctedBy: z.array(z.string()),
  reason: z.string().nullable(),
  pay: z.array(payWay),
  files: z.array(file),
})
export const linkReturn = z.object({
  id,
  number: z.string(),
  returnedOn: day,
  cancelled: z.boolean(),
  lines: z.array(z.object({ name: z.string(), unit: z.string(), quantity })),
  files: z.array(file),
})
export const problemKind = z.enum(['missing', 'damaged'])
export const caseState = z.enum(['open', 'answered', 'done'])
export const stepKind = z.enum(['answered', 'returned', 'rejected', 'settled'])
export const linkCase = z.object({
  number: z.string(),
  reportedAt: moment,
  state: caseState,
  words: z.string(),
  lines: z.array(
    z.object({ noteNumber: z.string(), name: z.string(), unit: z.string(), problem: problemKind, quantity }),
  ),
  steps: z.array(
    z.object({ kind: stepKind, words: z.string().nullable(), at: moment, returnNumber: z.string().nullable() }),
  ),
})

export const linkContent = z
  .object({
    merchant: linkMerchant,
    customer: z.object({ name: z.string(), number: z.string() }),
    language,
    expiresAt: moment,
    about: z.object({ kind: z.string(), number: z.string() }).nullable().describe('the document the link was made for'),
    notes: z.array(linkNote),
    invoices: z.array(linkInvoice),
    returns: z.array(linkReturn),
    open: cents.describe('of all invoices shown'),
    bank: z.object({ holder: z.string(), iban: z.string(), bic: z.string().nullable(), name: z.string().nullable() }),
    cases: z.array(linkCase),
    mayReport: z.boolean().describe('false: so many reports wait already that a further one is not taken'),
  })
  .meta({ id: 'LinkContent' })
export type LinkContent = z.output<typeof linkContent>
