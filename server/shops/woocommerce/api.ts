import { randomBytes } from 'node:crypto'
import type { ShopAccess } from '../connector.ts'
import { askShop, type ShopAnswer } from '../http.ts'
import { ShopError } from '../shop-error.ts'
import { signedParameters } from './sign-oauth.ts'

type Query = Readonly<Record<string, string | number>>

/** REST v3 of one shop, `path` below /wp-json/wc/v3/. */
export interface WooApi {
  get(path: string, query?: Query): Promise<ShopAnswer>
  /** the same; null where the thing isn't there (404) */
  find(path: string, query?: Query): Promise<ShopAnswer | null>
  send(method: 'POST' | 'PUT', path: string, body: unknown, query?: Query): Promise<ShopAnswer>
  /** the index of the shop's JSON API, asked without keys */
  index(): Promise<ShopAnswer>
}

/** Over https the keys go as Basic auth, over http they sign (the secret never leaves). */
export function wooApi({ address, secrets }: ShopAccess): WooApi {
  const keys = { key: secrets.consumerKey ?? '', secret: secrets.consumerSecret ?? '' }
  const isSecure = address.startsWith('https:')
  const ask = (method: 'GET' | 'POST' | 'PUT', path: string, query: Query, body?: unknown) => {
    const url = `${address}/wp-json/wc/v3/${path}`
    const parameters = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
    const once = { nonce: randomBytes(16).toString('hex'), seconds: Math.floor(Date.now() / 1000) }
    const asked = isSecure ? parameters : signedParameters({ method, url, parameters }, keys, once)
    const authorization = `Basic ${Buffer.from(`${keys.key}:${keys.secret}`).toString('base64')}`
    return askShop({
      method,
      url: withQuery(url, asked),
      headers: isSecure ? { authorization } : {},
      ...(body === undefined ? {} : { body }),
    })
  }
  const get: WooApi['get'] = (path, query = {}) => ask('GET', path, query)
  return {
    get,
    find: (path, query) =>
      get(path, query).catch((error: unknown) => {
        if (error instanceof ShopError && error.status === 404) return null
        throw error
      }),
    send: (method, path, body, query = {}) => ask(method, path, query, body),
    index: () => askShop({ url: `${address}/wp-json/` }),
  }
}

/** PHP reads a plus as a space, so a space is %20 and a plus %2B. */
function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  )
  return pairs.length === 0 ? url : `${url}?${pairs.join('&')}`
}

/** All rows of a list that has pages; WooCommerce says in a header how many there are. */
export async function allPages(api: WooApi, path: string, query: Query = {}): Promise<unknown[]> {
  const rows: unknown[] = []
  for (let page = 1; ; page++) {
    const answer = await api.get(path, { ...query, per_page: PER_PAGE, page })
    rows.push(...listOf(answer.json, path))
    if (page >= pagesOf(answer)) return rows
  }
}

/** the most WooCommerce answers at once */
export const PER_PAGE = 100

export function pagesOf(answer: ShopAnswer): number {
  return Number(answer.headers.get('x-wp-totalpages') ?? 1)
}

/** A list of the shop; an answer that is none comes from something that stands before the shop. */
export function listOf(json: unknown, what: string): unknown[] {
  if (Array.isArray(json)) return json
  throw new ShopError('unreachable', `${what}: the answer is no list`, { status: 200 })
}

/** Ids of WooCommerce are whole numbers; anything else never gets into an address. */
export function isId(id: string | undefined): id is string {
  return id !== undefined && /^[1-9]\d{0,18}$/.test(id)
}
