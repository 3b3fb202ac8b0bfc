import type { z } from 'zod'
import type { Facts, Language, RefusalCode } from '../common/refusal.ts'
import { refusalText } from '../common/refusal.ts'
import { refusalTexts } from '../common/refusal-texts.ts'
import type { OutputOf, Route } from '../common/route.ts'
import { permissionName } from './words/permissions.ts'

type Part<T extends z.ZodType> =
  unknown extends z.input<T> ? unknown : z.input<T> extends Record<string, never> ? unknown : z.input<T>
/** What a route takes: its path parameters, query and body, side by side in one flat object. */
export type CallInput<R extends Route> =
  R extends Route<infer P, infer Q, infer B, z.ZodType> ? Part<P> & Part<Q> & Part<B> : never

/** The server's "no" or its failure, as RFC 9457 says it; status 0 is a server that did not answer. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly facts: Facts
  readonly detail: string

  constructor(status: number, code: string, facts: Facts = {}, detail = '') {
    super(code)
    this.status = status
    this.code = code
    this.facts = facts
    this.detail = detail
  }
}

/** True where trying the very same again may help: no answer, or somebody else holds the rows. */
export function mayPass(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 503 || error.code === 'busy')
}

const unreachable = {
  de: 'Der Server antwortet nicht. Verbindung prüfen und noch einmal versuchen.',
  en: 'The server does not answer. Check the connection and try again.',
}

export function problemText(error: unknown, language: Language): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return unreachable[language]
  if (error.code === 'not-allowed') {
    return refusalText(error.code, { permission: permissionName(error.facts.permission, language) }, language)
  }
  if (error.code in refusalTexts) return refusalText(error.code as RefusalCode, error.facts, language)
  return error.detail || error.code
}

export interface CallOptions {
  /** the same key over all retries of one action of the user */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Calls a route of the contracts; a refusal or failure is thrown as a Problem. */
export async function call<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: CallOptions = {},
): Promise<OutputOf<R>> {
  const { address, body } = requestOf(route, input as Record<string, unknown>)
  const headers: Record<string, string> = {
    accept: 'application/json',
    // of the screen, not of the browser
    'accept-language': document.documentElement.lang || 'de',
  }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (route.method !== 'GET') headers['idempotency-key'] = options.idempotencyKey ?? newId()
  const response = await fetch(address, {
    method: route.method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: options.signal,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, 'unreachable')
  })
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return {} as OutputOf<R>
  return (await response.json()) as OutputOf<R>
}

/** Sends a file as it is to a route that takes bytes; a refusal is thrown as a Problem. */
export async function sendFile<R extends Route>(route: R, input: CallInput<R>, file: Blob): Promise<OutputOf<R>> {
  const { address } = requestOf(route, input as Record<string, unknown>)
  const response = await fetch(address, {
    method: route.method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang || 'de',
      'content-type': 'application/octet-stream',
    },
    body: file,
    credentials: 'same-origin',
  }).catch(() => {
    throw new Problem(0, 'unreachable')
  })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as OutputOf<R>
}

/** Divides the flat input: what the path names, what the query names, the rest is the body. */
export function requestOf(route: Route, input: Record<string, unknown>): { address: string; body?: unknown } {
  const rest = { ...input }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const name of route.body ? shapeOf(route.query) : Object.keys(rest)) {
    const value = rest[name]
    delete rest[name]
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  const address = query.size > 0 ? `${path}?${query}` : path
  return route.body ? { address, body: rest } : { address }
}

function shapeOf(schema: z.ZodType | undefined): string[] {
  return schema && 'shape' in schema ? Object.keys(schema.shape as object) : []
}

async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => undefined)
  if (typeof said !== 'object' || said === null || !('code' in said))
    return new Problem(response.status, `HTTP ${response.status}`)
  const problem = said as { code: string; facts?: Facts; detail?: string }
  return new Problem(response.status, problem.code, problem.facts ?? {}, problem.detail)
}

/** UUIDv7; crypto.randomUUID is missing where the shop opens Tresen over plain http in its own network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const now = Date.now()
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
