import { z } from 'zod'
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
 * Says in words what is wrong: an address that is no shop, keys that are wrong or may only read. What hinders nobody is a
 * warning: another currency than the euro, webhooks that are switched off (orders are found by asking, minutes later).
 */
export async function testConnection(api: WooApi) {
  const shopName = await readIndex(api)
  const status = await withWords(api.get('system_status', { _fields: 'environment,settings' }))
  const parsed = systemStatus.safeParse(status.json)
  if (!parsed.success) throw new ShopError('refused', 'Der Shop sagt seine Version und Währung nicht (system_status)')
  await checkWriting(api)
  const { environment, settings } = parsed.data
  const warnings = await webhookWarnings(api)
  if (settings.currency !== 'EUR')
    warnings.unshift(`Der Shop rechnet in ${line(settings.currency, 10)}: nur Bestellungen in Euro werden übernommen`)
  return { shopName, version: environment.version || null, currency: settings.currency, warnings }
}

/** The public index of WordPress' JSON API names its parts; asked without keys, so that a wrong address is told from wrong keys. */
async function readIndex(api: WooApi): Promise<string> {
  const answer = await api.index().catch((error: unknown) => {
    throw error instanceof ShopError ? addressTrouble(error) : error
  })
  const parsed = index.safeParse(answer.json)
  if (!parsed.success) throw new ShopError('refused', 'Unter dieser Adresse antwortet kein WordPress')
  if (!parsed.data.namespaces.includes('wc/v3'))
    throw new ShopError('refused', 'Dieses WordPress hat keine WooCommerce-Schnittstelle (wc/v3)')
  return line(decodeEntities(parsed.data.name), 200)
}

function addressTrouble(error: ShopError): ShopError {
  const { status, message } = error
  const said = (words: string) => new ShopError(error.trouble, `${words} (${message})`, error)
  if (status !== null && status >= 300 && status < 400)
    return said('Die Adresse leitet weiter: bitte die angeben, auf die sie führt (https, www)')
  if (status === 404)
    return said(
      'Keine JSON-Schnittstelle unter dieser Adresse: in WordPress die Permalinks nicht auf „Einfach“ stellen',
    )
  if (status === 200) return said('Unter dieser Adresse antwortet kein WordPress, oder es ist in Wartung')
  if (status === 401 || status === 403)
    return said('Die JSON-Schnittstelle ist gesperrt (Sicherheits-Plugin oder Firewall)')
  return status === null ? said('Unter dieser Adresse antwortet niemand') : error
}

const KEY_TROUBLES: readonly (readonly [RegExp, string])[] = [
  [/write permissions/i, 'Der Schlüssel darf nur lesen: er braucht „Lesen/Schreiben“'],
  [/read permissions/i, 'Der Schlüssel darf nur schreiben: er braucht „Lesen/Schreiben“'],
  [/Consumer key is invalid/i, 'Den Consumer Key kennt der Shop nicht'],
  [/Consumer secret is invalid|signature/i, 'Das Consumer Secret passt nicht zum Consumer Key'],
  [/timestamp/i, 'Die Uhren von Shop und Tresen gehen mehr als 15 Minuten auseinander'],
  [
    /cannot_view|cannot_list/i,
    'Der Shop nimmt die Schlüssel nicht an: falsch, ihr Benutzer ist kein Shop-Manager, oder der Server reicht den Authorization-Header nicht weiter',
  ],
]

async function withWords<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    if (!(error instanceof ShopError) || error.trouble !== 'unauthorised') throw error
    const words = KEY_TROUBLES.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'Die Schlüssel werden abgelehnt'
    throw new ShopError('unauthorised', `${words} (${error.message})`, error)
  })
}

/** A write of nothing: keys that may only read are refused before the shop looks at what is to be written. */
async function checkWriting(api: WooApi): Promise<void> {
  await withWords(api.send('POST', 'products/batch', { update: [] })).catch((error: unknown) => {
    if (!(error instanceof ShopError) || error.trouble !== 'refused') throw error
  })
}

async function webhookWarnings(api: WooApi): Promise<string[]> {
  const hooks = (await allPages(api, 'webhooks')).filter(isRecord).flatMap((row) => webhook.safeParse(row).data ?? [])
  const active = new Set(hooks.filter(({ status }) => status === 'active').map(({ topic }) => topic))
  const missing = ORDER_TOPICS.filter((topic) => !active.has(topic))
  const off = hooks.filter(({ status, topic }) => status !== 'active' && !active.has(topic)).map(({ topic }) => topic)
  return [
    ...off.map(
      (topic) => `Der Webhook „${line(topic, 60)}“ ist abgeschaltet: in WooCommerce wieder auf „aktiv“ stellen`,
    ),
    ...missing
      .filter((topic) => !off.includes(topic))
      .map((topic) => `Es gibt keinen Webhook „${topic}“: Änderungen werden erst beim nächsten Abruf gesehen`),
  ]
}
