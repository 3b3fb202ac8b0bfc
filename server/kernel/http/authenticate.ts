import '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { Route } from '../../../common/route.ts'
import type { Database } from '../database/statement.ts'
import { type Identity, identityOfKey, identityOfSession } from '../identity/sessions.ts'
import { refuseNow } from '../refusal-error.ts'

export const SESSION_COOKIE = 'tresen_session'
const REMEMBER_MS = 3_000
const REMEMBER_MOST = 2_000

/** Finds out who asks. An answer is remembered for three seconds, so that a revoked key or session ends that soon. */
export function createAuthenticator(database: Database): (request: FastifyRequest) => Promise<Identity | undefined> {
  const remembered = new Map<string, { identity: Identity; until: number }>()
  return async (request) => {
    const header = request.headers.authorization
    const key = header?.startsWith('Bearer ') ? header.slice(7) : undefined
    const cookie = key === undefined ? request.cookies[SESSION_COOKIE] : undefined
    const secret = key ?? cookie
    if (secret === undefined || secret.length > 200) return undefined
    const known = remembered.get(secret)
    if (known && known.until > Date.now()) return known.identity
    const identity = key !== undefined ? await identityOfKey(database, key) : await identityOfSession(database, secret)
    if (remembered.size >= REMEMBER_MOST) remembered.clear()
    if (identity) remembered.set(secret, { identity, until: Date.now() + REMEMBER_MS })
    else remembered.delete(secret)
    return identity
  }
}

/** Least privilege: what the route asks for, the identity must have. A session's changes must come from our own pages. */
export function authorize(request: FastifyRequest, route: Route, identity: Identity | undefined): void {
  if (identity?.kind === 'user' && route.method !== 'GET') refuseForeignPages(request)
  if (route.permission === 'public') return
  if (identity === undefined) refuseNow('not-logged-in')
  if (route.permission === 'logged-in') return
  if (!identity.permissions.has(route.permission)) refuseNow('not-allowed', { permission: route.permission })
}

/** What this very input needs besides, once it was read. */
export function authorizeInput(route: Route, body: unknown, identity: Identity | undefined): void {
  for (const { permission, when } of route.also ?? [])
    if (when(body) && !identity?.permissions.has(permission)) refuseNow('not-allowed', { permission })
}

/** Cross-site request forgery: the cookie is SameSite=Strict, and the browser itself says where the page came from. */
function refuseForeignPages(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    refuseNow('not-allowed', { permission: 'same-origin' })
  const origin = request.headers.origin
  if (origin === undefined) return
  // a page without an address of its own says "null"; the browser must then say itself that it's ours
  const isForeign = URL.canParse(origin) ? new URL(origin).host !== request.headers.host : site !== 'same-origin'
  if (isForeign) refuseNow('not-allowed', { permission: 'same-origin' })
}
