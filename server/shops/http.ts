import { messageIn } from './rules/said-by-shop.ts'
import { ShopError } from './shop-error.ts'

const TIMEOUT_MS = 15_000
const LONGEST_ANSWER = 25_000_000

export interface ShopRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** sent as JSON; a string goes as it is */
  body?: unknown
}

export interface ShopAnswer {
  status: number
  headers: Headers
  /** undefined: the body was empty */
  json: unknown
}

/**
 * One request to a shop. Answers below 400 are given back; everything else is a ShopError that says what to do about it.
 * Redirects are not followed: they would carry the keys to another host.
 */
export async function askShop({ method = 'GET', url, headers = {}, body }: ShopRequest): Promise<ShopAnswer> {
  const path = new URL(url).pathname
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json',
      ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new ShopError('unreachable', `${method} ${path}: ${reasonOf(error)}`)
  })
  const text = await textOf(response).catch((error: unknown) => {
    throw new ShopError('unreachable', `${method} ${path}: ${reasonOf(error)}`)
  })
  if (response.status >= 300) throw troubleOf(response, `${method} ${path}`, text)
  return { status: response.status, headers: response.headers, json: parse(text, `${method} ${path}`) }
}

async function textOf(response: Response): Promise<string> {
  if (Number(response.headers.get('content-length') ?? 0) > LONGEST_ANSWER) throw new Error('answer too long')
  const text = await response.text()
  if (text.length > LONGEST_ANSWER) throw new Error('answer too long')
  return text
}

/** A page of HTML with status 200 is a maintenance page or a wall before the shop: the shop isn't there now. */
function parse(text: string, what: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ShopError('unreachable', `${what}: the answer is no JSON`, { status: 200 })
  }
}

function troubleOf(response: Response, what: string, text: string): ShopError {
  const { status } = response
  const said = messageIn(text)
  const message = `${what}: status ${status}${said ? ` ${said}` : ''}`
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'))
  if (status === 429) return new ShopError('throttled', message, { status, retryAfterMs: retryAfterMs ?? 2_000 })
  if (status >= 500) return new ShopError('unreachable', message, { status, retryAfterMs })
  if (status === 401 || status === 403) return new ShopError('unauthorised', message, { status })
  if (status === 409 || status === 412) return new ShopError('conflict', message, { status })
  return new ShopError('refused', message, { status })
}

/** Retry-After in seconds or as a date (RFC 9110 10.2.3). */
export function retryAfterOf(value: string | null, now = Date.now()): number | null {
  if (value === null) return null
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Math.min(Number(value) * 1000, 3_600_000)
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.min(Math.max(at - now, 0), 3_600_000)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
