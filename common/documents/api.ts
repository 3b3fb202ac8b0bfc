import { z } from 'zod'
import { id, route } from '../route.ts'

export const fileFormat = z.enum(['pdf', 'xrechnung-ubl', 'xrechnung-cii', 'factur-x', 'despatch-advice', 'pain-001'])
/** The body is the file itself (application/pdf or application/xml). */
export const getFile = route({
  method: 'GET',
  path: '/api/documents/:id/:format',
  summary: 'An archived file of an issued document',
  tag: 'documents',
  permission: 'logged-in',
  params: z.object({ id, format: fileFormat }),
  query: z.object({ download: z.enum(['true', 'false']).default('false') }),
  output: z.any(),
  refusals: ['not-found', 'file-not-ready'],
})
export const verifyFile = route({
  method: 'GET',
  path: '/api/documents/:id',
  summary: 'What is archived of a document: files, sizes, hashes, failures',
  tag: 'documents',
  permission: 'logged-in',
  params: z.object({ id }),
  output: z.object({
    id,
    kind: z.string(),
    number: z.string(),
    files: z.array(
      z.object({ format: z.string(), fileName: z.string(), mediaType: z.string(), bytes: z.int(), sha256: z.string() }),
    ),
    waiting: z.array(z.object({ format: z.string(), attempts: z.int(), error: z.string().nullable() })),
  }),
  refusals: ['not-found'],
})
export const remakeFile = route({
  method: 'POST',
  path: '/api/documents/:id/retry',
  summary: 'Try again to make files that failed',
  tag: 'documents',
  permission: 'settings.write',
  params: z.object({ id }),
  body: z.object({}),
  output: z.object({ queued: z.int() }),
  refusals: ['not-found'],
})
