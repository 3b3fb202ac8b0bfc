import { z } from 'zod'
import { fileFormat } from '../documents/api.ts'
import {
  byId,
  id,
  language,
  moment,
  nothing,
  page,
  pageOf,
  positiveQuantity,
  quantity,
  route,
  text,
  word,
} from '../route.ts'
import { caseState, linkContent, problemKind, stepKind } from './content.ts'

const tag = 'links'

/** A link for a customer, as the clerk sees it. Its address is told once, when it is made. */
export const linkRow = z
  .object({
    id,
    customerId: id,
    customerName: z.string(),
    documentId: id.nullable(),
    documentNumber: z.string().nullable(),
    madeAt: moment,
    madeBy: z.string(),
    expiresAt: moment,
    revokedAt: moment.nullable(),
    state: z.enum(['valid', 'expired', 'revoked']),
    opened: z.int().describe('how often'),
    firstOpenedAt: moment.nullable(),
    lastOpenedAt: moment.nullable(),
  })
  .meta({ id: 'LinkRow' })

export const listLinks = route({
  method: 'GET',
  path: '/api/links',
  summary: 'Links made for customers, newest first',
  tag,
  permission: 'links.read',
  query: page.extend({ customerId: id.optional(), documentId: id.optional() }),
  output: pageOf(linkRow),
  refusals: [],
})
export const makeLink = route({
  method: 'POST',
  path: '/api/links',
  summary: 'A link for a customer: one document and its neighbours, or what is open of him. The address is told once',
  tag,
  permission: 'links.write',
  body: z.object({
    customerId: id,
    documentId: id.optional().describe('the document of a note, invoice, correction or return of this customer'),
    days: z.int().min(1).max(730).optional().describe('left out: as the merchant set it'),
  }),
  output: z.object({
    id,
    path: z.string().describe('what comes after the public address'),
    address: z.string().nullable().describe('whole, where the merchant told where customers reach Tresen'),
    expiresAt: moment,
  }),
  refusals: ['not-found'],
})
export const revokeLink = route({
  method: 'POST',
  path: '/api/links/:id/revoke',
  summary: 'A link opens nothing any more',
  tag,
  permission: 'links.write',
  params: byId,
  body: nothing,
  output: nothing,
  refusals: ['not-found'],
})

/** What somebody with a link has instead of a log-in. Any text is taken: what opens nothing is answered alike. */
const byToken = z.object({ token: z.string().max(200) })
const whoHasTheLink = ['link-unknown', 'too-many-requests'] as const

export const getLinkContent = route({
  method: 'GET',
  path: '/api/link/:token',
  summary: 'What a customer sees behind his link',
  tag,
  permission: 'public',
  params: byToken,
  output: linkContent,
  refusals: whoHasTheLink,
})
/** The body is the file itself (application/pdf or application/xml). */
export const getLinkFile = route({
  method: 'GET',
  path: '/api/link/:token/files/:documentId/:format',
  summary: 'A file of a document the link shows',
  tag,
  permission: 'public',
  params: byToken.extend({ documentId: id, format: fileFormat }),
  query: z.object({ download: z.enum(['true', 'false']).default('false') }),
  output: z.any(),
  refusals: [...whoHasTheLink, 'file-not-ready'],
})
/** The body is the picture itself (image/svg+xml). */
export const getLinkLogo = route({
  method: 'GET',
  path: '/api/link/:token/logo',
  summary: 'The logo of the merchant',
  tag,
  permission: 'public',
  params: byToken,
  output: z.any(),
  refusals: whoHasTheLink,
})
export const reportShortage = route({
  method: 'POST',
  path: '/api/link/:token/cases',
  summary: 'The customer says what is missing or damaged; the same said twice is one case',
  tag,
  permission: 'public',
  params: byToken,
  body: z.object({
    lines: z
      .array(z.object({ noteLineId: id, problem: problemKind, quantity: positiveQuantity }))
      .min(1)
      .max(200),
    words: text(2000).default(''),
    contact: text(200).optional(),
    language: language.default('de'),
  }),
  output: z.object({ number: z.string(), again: z.boolean().describe('it was known already') }),
  refusals: [...whoHasTheLink, 'not-found', 'more-than-received', 'too-many-cases'],
})

export const caseRow = z
  .object({
    id,
    number: z.string(),
    customerId: id,
    customerName: z.string(),
    state: caseState,
    reportedAt: moment,
    excerpt: z.string(),
    notes: z.array(z.object({ id, number: z.string() })),
    lines: z.int(),
  })
  .meta({ id: 'CaseRow' })
export const caseLine = z
  .object({
    position: z.int(),
    noteId: id,
    noteNumber: z.string(),
    noteLineId: id,
    articleId: id.nullable(),
    articleNumber: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    problem: problemKind,
    quantity,
    delivered: quantity,
    returnable: quantity.describe('of it still with the customer'),
  })
  .meta({ id: 'CaseLine' })
export const shortageCase = caseRow
  .extend({
    words: z.string(),
    contact: z.string().nullable(),
    language,
    linkId: id,
    caseLines: z.array(caseLine),
    steps: z.array(
      z.object({
        kind: stepKind,
        words: z.string().nullable(),
        at: moment,
        by: z.string(),
        returnId: id.nullable(),
        returnNumber: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Case' })

export const listCases = route({
  method: 'GET',
  path: '/api/cases',
  summary: 'What customers reported as missing or damaged, newest first',
  tag,
  permission: 'links.read',
  query: page.extend({
    q: text(100).optional(),
    customerId: id.optional(),
    show: z.enum(['waiting', 'all']).default('waiting'),
  }),
  output: pageOf(caseRow),
  refusals: [],
})
export const getCase = route({
  method: 'GET',
  path: '/api/cases/:id',
  summary: 'One report of a customer',
  tag,
  permission: 'links.read',
  params: byId,
  output: shortageCase,
  refusals: ['not-found'],
})
export const answerCase = route({
  method: 'POST',
  path: '/api/cases/:id/answer',
  summary: 'Words for the customer; he reads them behind his link',
  tag,
  permission: 'links.write',
  params: byId,
  body: z.object({ words: word(2000) }),
  output: nothing,
  refusals: ['not-found', 'case-done'],
})
const closing = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('returned'), returnId: id, words: text(2000).optional() }),
  z.object({ outcome: z.literal('rejected'), words: word(2000) }),
  z.object({ outcome: z.literal('settled'), words: word(2000) }),
])
export type CloseCaseInput = z.output<typeof closing>
export const closeCase = route({
  method: 'POST',
  path: '/api/cases/:id/close',
  summary: 'A report is done: by a return, rejected with a reason, or settled in another way',
  tag,
  permission: 'links.write',
  params: byId,
  body: closing,
  output: nothing,
  refusals: ['not-found', 'case-done', 'return-of-other-goods'],
})
