import { createHash } from 'node:crypto'
import { remark } from '../../../common/shops/api.ts'
import type { ShopAccess } from '../connector.ts'
import { askShop } from '../http.ts'
import { ShopError } from '../shop-error.ts'
import { isRecord } from '../shop-order.ts'
import { cachedToken, forgetToken } from '../token-cache.ts'
import { API_VERSION } from './documents.ts'

/** Sends one document; the answer's `data`. Which version really answered is told by the shop and given along. */
export type AskShopify = (document: string, variables?: Record<string, unknown>) => Promise<ShopifyAnswer>

export interface ShopifyAnswer {
  // each document has its own answer, read by the one who asked
  // biome-ignore lint/suspicious/noExplicitAny: see above
  data: any
  version: string | null
}

export function shopifyAt(access: ShopAccess): AskShopify {
  const send = async (token: string, body: unknown) =>
    askShop({
      method: 'POST',
      url: `${access.address}/admin/api/${API_VERSION}/graphql.json`,
      headers: { 'x-shopify-access-token': token },
      body,
    }).catch((error: unknown) => {
      throw closedShop(error)
    })
  return async (document, variables = {}) => {
    const body = { query: document, variables }
    const answer = await send(await tokenOf(access), body).catch(async (error: unknown) => {
      // a token may end early (app installed anew, secret turned): once more with a new one
      const ended = error instanceof ShopError && error.status === 401 && !access.secrets.accessToken
      if (!ended) throw error
      forgetToken(keyOf(access))
      return send(await tokenOf(access), body)
    })
    const trouble = troubleIn(answer.json, document)
    if (trouble) throw trouble
    const { data } = answer.json as { data: unknown }
    return { data, version: answer.headers.get('x-shopify-api-version') }
  }
}

/** A token given by hand lasts (apps made in the admin until 2025); newer apps ask with id and secret, for a day. */
async function tokenOf(access: ShopAccess): Promise<string> {
  const { accessToken, clientId, clientSecret } = access.secrets
  if (accessToken) return accessToken
  if (!clientId || !clientSecret) throw new ShopError('unauthorised', remark('keys-missing'))
  return cachedToken(keyOf(access), async () => {
    const { json } = await askShop({
      method: 'POST',
      url: `${access.address}/admin/oauth/access_token`,
      body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    }).catch((error: unknown) => {
      // the shop says 400 to keys it doesn't know
      if (error instanceof ShopError && error.status === 400)
        throw new ShopError('unauthorised', error.message, { status: 400 })
      throw closedShop(error)
    })
    if (!isRecord(json) || typeof json.access_token !== 'string')
      throw new ShopError('unreachable', 'the answer to the keys has no token')
    return { token: json.access_token, seconds: Number(json.expires_in) || 3600 }
  })
}

function keyOf({ address, secrets }: ShopAccess): string {
  const keys = createHash('sha256').update(JSON.stringify([secrets.clientId, secrets.clientSecret]))
  return `shopify ${address} ${keys.digest('hex')}`
}

/** 402: the shop's own bill is unpaid, 423: locked. Nobody gets anything until somebody looks. 430: taken for an attack. */
function closedShop(error: unknown): unknown {
  if (!(error instanceof ShopError)) return error
  const { status, message } = error
  if (status === 402 || status === 423) return new ShopError('unauthorised', message, { status })
  if (status === 430) return new ShopError('throttled', message, { status, retryAfterMs: 60_000 })
  return error
}

/** GraphQL answers trouble with status 200. */
function troubleIn(json: unknown, document: string): ShopError | undefined {
  const what = /\b(?:query|mutation) (\w+)/.exec(document)?.[1] ?? 'query'
  if (!isRecord(json)) return new ShopError('unreachable', `${what}: the answer is no object`, { status: 200 })
  if (json.errors === undefined) {
    return isRecord(json.data)
      ? undefined
      : new ShopError('unreachable', `${what}: the answer has no data`, { status: 200 })
  }
  const errors = Array.isArray(json.errors) ? json.errors.filter(isRecord) : []
  const codes = errors.map((error) => (isRecord(error.extensions) ? String(error.extensions.code) : ''))
  const said = errors.length > 0 ? errors.map((error) => String(error.message)).join('; ') : String(json.errors)
  const message = `${what}: ${said.slice(0, 300)}`
  if (codes.includes('THROTTLED') || /^throttled$/i.test(said))
    return new ShopError('throttled', message, { status: 200, retryAfterMs: waitFor(json) })
  if (codes.includes('SHOP_INACTIVE')) return new ShopError('unauthorised', message, { status: 200 })
  if (codes.includes('INTERNAL_SERVER_ERROR') || codes.includes('TIMEOUT'))
    return new ShopError('unreachable', message, { status: 200 })
  // ACCESS_DENIED is one scope that is missing: the rest of the shop still works
  return new ShopError('refused', message, { status: 200 })
}

/** Until the bucket holds the points this query asked for, as the shop says itself. */
function waitFor(json: Record<string, unknown>): number {
  const cost = isRecord(json.extensions) && isRecord(json.extensions.cost) ? json.extensions.cost : {}
  const status = isRecord(cost.throttleStatus) ? cost.throttleStatus : {}
  const [asked, there, rate] = [cost.requestedQueryCost, status.currentlyAvailable, status.restoreRate].map(Number)
  const milliseconds = Math.ceil(((asked! - there!) / rate!) * 1000)
  return Number.isFinite(milliseconds) && milliseconds > 0 ? Math.min(milliseconds, 60_000) : 1_000
}

/** What a mutation says was wrong with what it was given; undefined: nothing. */
export function userErrors(payload: unknown): string | undefined {
  if (!isRecord(payload)) return 'no answer'
  const errors = payload.userErrors ?? payload.orderCancelUserErrors
  if (!Array.isArray(errors) || errors.length === 0) return undefined
  return errors
    .filter(isRecord)
    .map((error) => String(error.message))
    .join('; ')
    .slice(0, 300)
}

/** Sends a mutation and throws what the shop didn't like about it. */
export async function change(ask: AskShopify, document: string, variables: Record<string, unknown>): Promise<unknown> {
  const { data } = await ask(document, variables)
  const [payload] = Object.values(data as Record<string, unknown>)
  const problem = userErrors(payload)
  if (problem === undefined) return payload
  throw new ShopError('refused', `${/mutation (\w+)/.exec(document)?.[1]}: ${problem}`, { status: 200 })
}
