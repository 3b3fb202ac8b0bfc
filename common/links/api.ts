import { z } from 'zod'
import { byId, id, moment, nothing, page, pageOf, route } from '../route.ts'

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
