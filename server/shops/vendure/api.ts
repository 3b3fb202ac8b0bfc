import { createHash } from 'node:crypto'
import { remark } from '../../../common/shops/api.ts'
import type { ShopAccess } from '../connector.ts'
import { askShop, type ShopAnswer } from '../http.ts'
import { ShopError } from '../shop-error.ts'
import { isRecord } from '../shop-order.ts'

/** One question to the Admin API; the parsed `data`. Throws ShopError, also for errors GraphQL hides in an answer of 200. */
export type Ask = <Data>(document: string, variables?: Record<string, unknown>) => Promise<Data>

export interface AdminApi {
  ask: Ask
  /** something about the shop that seldom changes, asked for once in ten minutes */
  remember<T>(name: string, find: () => Promise<T>): Promise<T>
}

/** Log-in and what is known of a shop outlive one opening: a log-in costs the shop a quarter of a second. */
interface Session {
  identity: Promise<Record<string, string>> | undefined
  known: Map<string, { until: number; value: Promise<unknown> }>
}
const sessions = new Map<string, Session>()
const MOST_SESSIONS = 200
const REMEMBER_MS = 10 * 60_000

/**
 * The Admin API of a shop. An API key is sent as it is; a user is logged in once and again when the shop no longer knows
 * him. Shops give the session as bearer token or as cookie, whichever they are set to; both serve.
 */
export function openAdminApi(access: ShopAccess): AdminApi {
  const session = sessionOf(access)
  const url = `${access.address.replace(/\/(admin-api)?\/?$/, '')}/admin-api`
  const send = async (identity: Record<string, string>, query: string, variables: object = {}) => {
    const { channelToken } = access.secrets
    const headers = { ...identity, ...(channelToken ? { 'vendure-token': channelToken } : {}) }
    return askShop({ method: 'POST', url, headers, body: { query, variables } })
  }
  const logIn = async (): Promise<Record<string, string>> => {
    const { apiKey, username, password } = access.secrets
    if (apiKey) return { 'vendure-api-key': apiKey }
    if (!username || !password) throw new ShopError('unauthorised', remark('keys-missing'))
    const answer = await send({}, LOG_IN, { username, password })
    const { login } = dataOf<{ login: { errorCode?: string; message?: string } }>(answer)
    if (login.errorCode) throw new ShopError('unauthorised', `login: ${login.errorCode} ${login.message}`)
    return identityOf(answer.headers)
  }
  const ask: Ask = async <Data>(document: string, variables?: Record<string, unknown>) => {
    for (let attempt = 1; ; attempt++) {
      const identity = await logInOnce(session, logIn)
      try {
        return dataOf<Data>(await send(identity, document, variables))
      } catch (error) {
        if (!(error instanceof ShopError) || error.trouble !== 'unauthorised') throw error
        if (access.secrets.apiKey) throw error
        session.identity = undefined
        // logged in just now: the shop knows him, he may only not do this
        if (attempt === 2) throw new ShopError('refused', error.message, { status: error.status })
      }
    }
  }
  return { ask, remember: (name, find) => rememberIn(session, name, find) }
}

const LOG_IN = `mutation ($username: String!, $password: String!) {
  login(username: $username, password: $password, rememberMe: true) { __typename ... on ErrorResult { errorCode message } } }`

function sessionOf({ address, secrets }: ShopAccess): Session {
  const { apiKey, username, password, channelToken } = secrets
  const key = createHash('sha256')
    .update(JSON.stringify([address, apiKey, username, password, channelToken]))
    .digest('base64')
  const found = sessions.get(key)
  if (found) return found
  if (sessions.size >= MOST_SESSIONS) sessions.clear()
  const made: Session = { identity: undefined, known: new Map() }
  sessions.set(key, made)
  return made
}

/** Several questions at once share one log-in; one that failed is not kept. */
function logInOnce(session: Session, logIn: () => Promise<Record<string, string>>): Promise<Record<string, string>> {
  if (session.identity) return session.identity
  const identity = logIn()
  session.identity = identity
  identity.catch(() => {
    if (session.identity === identity) session.identity = undefined
  })
  return identity
}

async function rememberIn<T>(session: Session, name: string, find: () => Promise<T>): Promise<T> {
  const found = session.known.get(name)
  if (found && found.until > Date.now()) return found.value as Promise<T>
  const value = find()
  session.known.set(name, { until: Date.now() + REMEMBER_MS, value })
  value.catch(() => session.known.delete(name))
  return value
}

function identityOf(headers: Headers): Record<string, string> {
  const token = headers.get('vendure-auth-token')
  if (token) return { authorization: `Bearer ${token}` }
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  if (cookies.length === 0) throw new ShopError('unauthorised', 'login: the shop gave neither token nor cookie')
  return { cookie: cookies.join('; ') }
}

/** GraphQL answers 200 also when nothing worked; the code of the error says what to do. */
function dataOf<Data>({ status, json }: ShopAnswer): Data {
  if (!isRecord(json)) throw new ShopError('unreachable', 'admin-api: no GraphQL answer', { status })
  const [error] = Array.isArray(json.errors) ? json.errors.filter(isRecord) : []
  if (!error) {
    if (!isRecord(json.data)) throw new ShopError('unreachable', 'admin-api: an answer without data', { status })
    return json.data as Data
  }
  const code = isRecord(error.extensions) ? String(error.extensions.code ?? '') : ''
  const said = `admin-api: ${code} ${String(error.message ?? '')}`.slice(0, 300)
  if (code === 'FORBIDDEN' || code === 'UNAUTHORIZED') throw new ShopError('unauthorised', said, { status })
  if (REFUSALS.test(code)) throw new ShopError('refused', said, { status })
  throw new ShopError('unreachable', said, { status })
}
const REFUSALS = /VALIDATION|USER_INPUT|BAD_REQUEST|PARSE|NOT_FOUND|ILLEGAL_OPERATION|CHANNEL/

/** A result that may be one of Vendure's error results; selects them beside what is wanted. */
export const problem = '... on ErrorResult { errorCode message }'

export interface MaybeProblem {
  errorCode?: string
  message?: string
}

/** Throws what Vendure didn't want to do. */
export function orThrow<T extends MaybeProblem>(what: string, result: T): T {
  if (result.errorCode) throw new ShopError('refused', `${what}: ${result.errorCode} ${result.message ?? ''}`.trim())
  return result
}
