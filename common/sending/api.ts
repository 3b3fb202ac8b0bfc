import { z } from 'zod'
import { emailAddress, sentKind } from '../customers/sending.ts'
import { byId, id, language, moment, nothing, page, pageOf, route, text, word } from '../route.ts'
import { mailTexts } from './texts.ts'

export const form = z.enum(['xrechnung-ubl', 'xrechnung-cii', 'factur-x', 'pdf'])
export type Form = z.output<typeof form>
export const messageState = z.enum(['waiting', 'sent', 'partly', 'failed', 'cancelled'])
export const attemptOutcome = z.enum(['begun', 'sent', 'again', 'failed', 'unsure'])
/** Why a message waits or failed, where it is not what the server said. */
export type MessageProblem = 'no-recipient' | 'consent-missing' | 'form-missing' | 'attachment-too-large'

const security = z.enum(['tls', 'starttls', 'none'])
const fields = {
  active: z.boolean(),
  host: word(200).regex(/^[^\s/@]+$/, 'host'),
  port: z.int().min(1).max(65_535),
  security: security.describe(
    'tls: from the first byte (465); starttls: encrypted before anything is said (587); none',
  ),
  userName: text(200).optional(),
  fromAddress: emailAddress,
  fromName: word(120),
  replyTo: emailAddress.optional(),
  bcc: emailAddress.optional().describe('gets a copy of everything'),
  largestMegabytes: z.int().min(1).max(100).default(20).describe('attachments above are not sent'),
  texts: mailTexts.default({}),
}
export const sendingSettings = z
  .object({ ...fields, passwordSet: z.boolean(), passwordReadable: z.boolean() })
  .meta({ id: 'SendingSettings' })

const tag = 'sending'
export const getSendingSettings = route({
  method: 'GET',
  path: '/api/sending/settings',
  summary: 'The mail server; the password is never told',
  tag,
  permission: 'settings.write',
  output: z.object({ settings: sendingSettings.nullable() }),
  refusals: [],
})
export const saveSendingSettings = route({
  method: 'PUT',
  path: '/api/sending/settings',
  summary: 'Change the mail server; what waits goes out at once',
  tag,
  permission: 'settings.write',
  body: z.object({
    ...fields,
    password: z.string().max(500).optional().describe('left out: as it was; empty: none'),
  }),
  output: nothing,
  refusals: ['password-again'],
})
export const testSending = route({
  method: 'POST',
  path: '/api/sending/test',
  summary: 'Sends a test mail with the saved settings; what goes wrong is an answer',
  tag,
  permission: 'settings.write',
  body: z.object({ to: emailAddress }),
  output: z.object({ ok: z.boolean(), code: z.int().nullable(), answer: z.string() }),
  refusals: ['sending-not-set-up'],
})
export const getSendingState = route({
  method: 'GET',
  path: '/api/sending',
  summary: 'Whether mail can go out, and how much waits or failed',
  tag,
  permission: 'sending.read',
  output: z.object({
    setUp: z.boolean(),
    active: z.boolean(),
    trouble: z.string().nullable().describe('what the mail server said when it was asked last, if it was no receipt'),
    restsUntil: moment.nullable(),
    waiting: z.int(),
    failed: z.int(),
  }),
  refusals: [],
})

export const messageRow = z
  .object({
    id,
    documentId: id,
    kind: sentKind,
    number: z.string(),
    subjectId: id.describe('the invoice, delivery note or return'),
    customerId: id,
    customerName: z.string(),
    form,
    recipients: z.array(z.string()),
    automatic: z.boolean(),
    state: messageState,
    fileReady: z.boolean(),
    problem: z.string().nullable().describe('a code with words, or what the server said'),
    attempts: z.int(),
    nextAt: moment.nullable(),
    createdAt: moment,
    endedAt: moment.nullable(),
    returnedOn: z.iso.date().nullable(),
  })
  .meta({ id: 'MessageRow' })
export const attempt = z
  .object({
    number: z.int(),
    begunAt: moment,
    endedAt: moment.nullable(),
    outcome: attemptOutcome,
    code: z.int().nullable().describe('of SMTP'),
    answer: z.string().nullable(),
    attached: z.array(z.object({ format: z.string(), fileName: z.string(), sha256: z.string(), bytes: z.int() })),
  })
  .meta({ id: 'SendingAttempt' })
export const message = messageRow
  .extend({
    language,
    reached: z.array(z.string()),
    refused: z.array(z.string()),
    bounced: z.array(z.string()).describe('recipients marked as bounced today'),
    subject: z.string().nullable(),
    body: z.string().nullable(),
    messageId: z.string().nullable().describe('Message-ID of the mail, the same for every attempt'),
    returnedReason: z.string().nullable(),
    repeats: id.nullable(),
    repeatedBy: z.array(id),
    log: z.array(attempt),
  })
  .meta({ id: 'Message' })

export const listMessages = route({
  method: 'GET',
  path: '/api/sending/messages',
  summary: 'The outbox: documents sent by e-mail, newest first',
  tag,
  permission: 'sending.read',
  query: page.extend({
    q: text(100).optional().describe('number, customer or address'),
    customerId: id.optional(),
    show: z.enum(['all', 'waiting', 'sent', 'failed', 'returned']).default('all'),
  }),
  output: pageOf(messageRow),
  refusals: [],
})
export const getMessage = route({
  method: 'GET',
  path: '/api/sending/messages/:id',
  summary: 'One message with every attempt',
  tag,
  permission: 'sending.read',
  params: byId,
  output: message,
  refusals: ['not-found'],
})
const recipients = z.array(emailAddress).min(1).max(10)
export const getDocumentSending = route({
  method: 'GET',
  path: '/api/documents/:id/sending',
  summary: 'What was sent of a document, and how it would be sent now',
  tag,
  permission: 'sending.read',
  params: byId,
  output: z.object({
    setUp: z.boolean(),
    byEmail: z.boolean().describe('the customer gets such documents by e-mail'),
    forms: z.array(z.object({ form, consentMissing: z.boolean() })),
    form: form.nullable(),
    recipients: z.array(z.string()),
    bounced: z.array(z.string()).describe('addresses from which mail came back'),
    messages: z.array(messageRow),
  }),
  refusals: ['not-found'],
})
export const sendDocument = route({
  method: 'POST',
  path: '/api/documents/:id/send',
  summary: 'Send a document by e-mail, to these addresses in this form',
  tag,
  permission: 'sending.write',
  params: byId,
  body: z.object({ recipients, form }),
  output: z.object({ id }),
  refusals: ['not-found', 'not-sendable', 'consent-missing'],
})
export const sendAgain = route({
  method: 'POST',
  path: '/api/sending/messages/:id/again',
  summary: 'The same document once more: a new message that names the first',
  tag,
  permission: 'sending.write',
  params: byId,
  body: z.object({ recipients }),
  output: z.object({ id }),
  refusals: ['not-found', 'still-waiting', 'consent-missing', 'not-sendable'],
})
export const cancelMessage = route({
  method: 'POST',
  path: '/api/sending/messages/:id/cancel',
  summary: 'A message that waits is not sent',
  tag,
  permission: 'sending.write',
  params: byId,
  body: z.object({}),
  output: nothing,
  refusals: ['not-found', 'not-waiting'],
})
export const recordBounce = route({
  method: 'POST',
  path: '/api/sending/messages/:id/returned',
  summary: 'A message came back; its address is marked on the customer',
  tag,
  permission: 'sending.write',
  params: byId,
  body: z.object({ addresses: recipients, reason: word(300), on: z.iso.date() }),
  output: nothing,
  refusals: ['not-found', 'not-sent', 'not-a-recipient'],
})
