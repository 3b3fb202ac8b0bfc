import { z } from 'zod'
import { type Remark, type RemarkCode, remark } from '../../../common/shops/api.ts'
import { decodeEntities, line } from '../rules/plain-text.ts'
import { ShopError } from '../shop-error.ts'
import { isRecord } from '../shop-order.ts'
import { allPages, type WooApi } from './api.ts'
import { text } from './shapes.ts'

const index = z.looseObject({ name: text, namespaces: z.array(z.string()) })
const systemStatus = z.looseObject({
  environment: z.looseObject({ version: text }),
  settings: z.looseObject({ currency: text }),
})
const webhook = z.looseObject({ status: text, topic: text })
const ORDER_TOPICS = ['order.created', 'order.updated', 'order.deleted']

/**
 * Says what is wrong: an address that is no shop, keys that are wrong or may only read. What hinders nobody is a
 * warning: another currency than the euro, webhooks that are switched off (orders are found by asking, minutes later).
 */
export async function testConnection(api: WooApi) {
  const shopName = await readIndex(api)
  const status = await withWords(api.get('system_status', { _fields: 'environment,settings' }))
  const parsed = systemStatus.safeParse(status.json)
  if (!parsed.success) throw new ShopError('refused', remark('facts-missing'))
  await checkWriting(api)
  const { environment, settings } = parsed.data
  const warnings = await webhookWarnings(api)
  if (settings.currency !== 'EUR') warnings.unshift(remark('other-currency', { currency: line(settings.currency, 10) }))
  return { shopName, version: environment.version || null, currency: settings.currency, warnings }
}

/** The public index of WordPress' JSON API names its parts; asked without keys, so that a wrong address is told from wrong keys. */
async function readIndex(api: WooApi): Promise<string> {
  const answer = await api.index().catch((error: unknown) => {
    throw error instanceof ShopError ? addressTrouble(error) : error
  })
  const parsed = index.safeParse(answer.json)
  if (!parsed.success) throw new ShopError('refused', remark('no-wordpress'))
  if (!parsed.data.namespaces.includes('wc/v3')) throw new ShopError('refused', remark('no-woocommerce'))
  return line(decodeEntities(parsed.data.name), 200)
}

function addressTrouble(error: ShopError): ShopError {
  const { status, message } = error
  const said = (code: RemarkCode) => new ShopError(error.trouble, message, { status, remarks: [remark(code)] })
  if (status !== null && status >= 300 && status < 400) return said('redirects')
  if (status === 404) return said('no-json-api')
  if (status === 200) return said('no-wordpress')
  if (status === 401 || status === 403) return said('json-api-locked')
  return status === null ? said('nobody-answers') : error
}

const KEY_TROUBLES: readonly (readonly [RegExp, RemarkCode])[] = [
  [/write permissions/i, 'key-only-reads'],
  [/read permissions/i, 'key-only-writes'],
  [/Consumer key is invalid/i, 'consumer-key-unknown'],
  [/Consumer secret is invalid|signature/i, 'consumer-secret-wrong'],
  [/timestamp/i, 'clocks-differ'],
  [/cannot_view|cannot_list/i, 'keys-not-taken'],
]

async function withWords<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    if (!(error instanceof ShopError) || error.trouble !== 'unauthorised') throw error
    const code = KEY_TROUBLES.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'unauthorised'
    throw new ShopError('unauthorised', error.message, { status: error.status, remarks: [remark(code)] })
  })
}

/** A write of nothing: keys that may only read are refused before the shop looks at what is to be written. */
async function checkWriting(api: WooApi): Promise<void> {
  await withWords(api.send('POST', 'products/batch', { update: [] })).catch((error: unknown) => {
    if (!(error instanceof ShopError) || error.trouble !== 'refused') throw error
  })
}

async function webhookWarnings(api: WooApi): Promise<Remark[]> {
  const hooks = (await allPages(api, 'webhooks')).filter(isRecord).flatMap((row) => webhook.safeParse(row).data ?? [])
  const active = new Set(hooks.filter(({ status }) => status === 'active').map(({ topic }) => topic))
  const missing = ORDER_TOPICS.filter((topic) => !active.has(topic))
  const off = hooks.filter(({ status, topic }) => status !== 'active' && !active.has(topic)).map(({ topic }) => topic)
  return [
    ...off.map((topic) => remark('hook-off', { topic: line(topic, 60) })),
    ...missing.filter((topic) => !off.includes(topic)).map((topic) => remark('hook-missing', { topic })),
  ]
}
