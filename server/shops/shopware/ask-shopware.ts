import { createHash } from 'node:crypto'
import { remark } from '../../../common/shops/api.ts'
import type { ShopAccess } from '../connector.ts'
import { askShop, type ShopRequest } from '../http.ts'
import { ShopError } from '../shop-error.ts'
import { isRecord } from '../shop-order.ts'
import { cachedToken, forgetToken } from '../token-cache.ts'

export interface ShopwareAnswer {
  // each path has its own answer, read by the one who asked
  // biome-ignore lint/suspicious/noExplicitAny: see above
  json: any
  /** the shop's clock */
  date: string | null
}

/** One call of the Admin API, by its path behind /api. */
export type AskShopware = (
  method: NonNullable<ShopRequest['method']>,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ShopwareAnswer>

export function shopwareAt(access: ShopAccess): AskShopware {
  return async (method, path, body, headers = {}) => {
    const send = async () =>
      askShop({
        method,
        url: `${access.address}/api${path}`,
        headers: { authorization: `Bearer ${await tokenOf(access)}`, ...headers },
        ...(body === undefined ? {} : { body }),
      })
    const answer = await send().catch(async (error: unknown) => {
      // tokens last ten minutes, less where the shop was installed anew or its keys were turned
      if (!(error instanceof ShopError && error.status === 401)) throw error
      forgetToken(keyOf(access))
      return send()
    })
    return { json: answer.json, date: answer.headers.get('date') }
  }
}

/** Ten tokens in ten seconds are the most a shop gives: one for all who speak with it. */
async function tokenOf(access: ShopAccess): Promise<string> {
  const { accessKeyId, secretAccessKey } = access.secrets
  if (!accessKeyId || !secretAccessKey) throw new ShopError('unauthorised', remark('app-missing'))
  return cachedToken(keyOf(access), async () => {
    const { json } = await askShop({
      method: 'POST',
      url: `${access.address}/api/oauth/token`,
      body: { grant_type: 'client_credentials', client_id: accessKeyId, client_secret: secretAccessKey },
    }).catch((error: unknown) => {
      if (error instanceof ShopError && error.status === 400)
        throw new ShopError('unauthorised', error.message, { status: 400 })
      throw error
    })
    if (!isRecord(json) || typeof json.access_token !== 'string')
      throw new ShopError('unreachable', 'the answer to the keys has no token')
    return { token: json.access_token, seconds: Number(json.expires_in) || 600 }
  })
}

function keyOf({ address, secrets }: ShopAccess): string {
  const keys = createHash('sha256').update(JSON.stringify([secrets.accessKeyId, secrets.secretAccessKey]))
  return `shopware ${address} ${keys.digest('hex')}`
}

/** Ids of Shopware are 32 hexadecimal digits; anything else would be part of an address. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && /^[0-9a-f]{32}$/.test(id)
}

/** Rows of a search; the whole entity with its associations, or only the fields of `includes`. */
export async function search(ask: AskShopware, entity: string, criteria: unknown, headers?: Record<string, string>) {
  const { json, date } = await ask('POST', `/search/${entity}`, criteria, headers)
  if (!isRecord(json) || !Array.isArray(json.data))
    throw new ShopError('unreachable', `search ${entity}: the answer has no rows`, { status: 200 })
  return { rows: json.data, date, json }
}
