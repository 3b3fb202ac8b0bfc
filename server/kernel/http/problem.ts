import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import pg from 'pg'
import { type Facts, type Language, type RefusalCode, refusalText } from '../../../common/refusal.ts'
import { isLostConnection } from '../database/lost-connection.ts'
import type { Kernel } from '../kernel.ts'
import { RefusalError } from '../refusal-error.ts'

const statusOf: Partial<Record<RefusalCode, number>> = {
  'not-logged-in': 401,
  'wrong-login': 401,
  'bad-signature': 401,
  'too-many-logins': 429,
  'too-many-requests': 429,
  'not-allowed': 403,
  'not-found': 404,
  'link-unknown': 404,
  'invalid-input': 400,
  'unreadable-order': 400,
  'too-large': 413,
  'key-reused': 422,
  'already-exists': 409,
  'order-differs': 409,
  'file-not-ready': 409,
  busy: 409,
  'database-unavailable': 503,
  'disk-full': 507,
  fault: 500,
}

/** RFC 9457: what went wrong as data, in the caller's language and with our code and facts. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: RefusalCode
  facts: Facts
}

export function problemOf(code: RefusalCode, facts: Facts, language: Language): Problem {
  const words = refusalText(code, facts, language)
  return { type: `urn:tresen:problem:${code}`, title: code, status: statusOf[code] ?? 422, detail: words, code, facts }
}

export function languageOf(request: FastifyRequest): Language {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'de'
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: RefusalCode,
  facts: Facts = {},
): FastifyReply {
  const problem = problemOf(code, facts, languageOf(request))
  if (problem.status === 503 || problem.status === 429) reply.header('retry-after', '5')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Turns whatever was thrown into a problem. Only a fault is logged, with a reference the caller can tell. */
export function sendError(kernel: Kernel, request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const [code, facts] = codeOf(error)
  if (code === 'fault' || code === 'database-unavailable' || code === 'disk-full') {
    const reference = randomBytes(5).toString('hex')
    kernel.log.error({ reference, route: request.routeOptions.url, problem: describe(error) }, 'request failed')
    return sendProblem(request, reply, code, { ...facts, reference })
  }
  return sendProblem(request, reply, code, facts)
}

function codeOf(error: unknown): [RefusalCode, Facts] {
  if (error instanceof RefusalError) return [error.refusal.code, error.refusal.facts]
  const fault = error as {
    code?: string
    statusCode?: number
    message?: string
    validation?: { instancePath: string; message: string }[]
  }
  if (fault.validation)
    return [
      'invalid-input',
      {
        problem: fault.validation
          .map((v) => `${v.instancePath || '/'} ${v.message}`)
          .slice(0, 5)
          .join('; '),
        fields: fault.validation.map((v) => v.instancePath).slice(0, 20),
      },
    ]
  if (isLostConnection(error)) return ['database-unavailable', {}]
  if (error instanceof pg.DatabaseError) return [databaseCode(error.code), {}]
  if (fault.statusCode === 413) return ['too-large', { maximum: 1_048_576 }]
  if (fault.statusCode !== undefined && fault.statusCode >= 400 && fault.statusCode < 500)
    return ['invalid-input', { problem: fault.message ?? '' }]
  return ['fault', {}]
}

/** A page mark that is none, a number beyond the column, half a character: text that PostgreSQL can't take as what it's for. */
const UNFITTING = new Set(['22P02', '22P05', '22003', '22007', '22008', '22021'])

function databaseCode(code: string | undefined): RefusalCode {
  if (code === undefined) return 'fault'
  if (code === '53100' || code === '58030') return 'disk-full'
  if (code === '40P01' || code === '40001' || code === '55P03' || code === '57014') return 'busy'
  return UNFITTING.has(code) ? 'invalid-input' : 'fault'
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
