import { type Remark, remark } from '../../../common/shops/api.ts'
import { type AskShopware, search } from './ask-shopware.ts'

/**
 * Webhooks come with the app, because only those of an app are signed; here those to our address that the shop switched off
 * (after ten errors) are switched on again.
 */
export async function ensureHooks(ask: AskShopware, address: string): Promise<readonly Remark[]> {
  const filter = [{ type: 'equals', field: 'url', value: address }]
  const { rows } = await search(ask, 'webhook', { limit: 100, filter })
  const off = rows.filter((one) => one.active === false)
  for (const { id } of off) await ask('PATCH', `/webhook/${id}`, { active: true, errorCount: 0 })
  if (rows.length === 0) return [remark('no-hooks')]
  return off.map((one) => remark('hook-on-again', { topic: String(one.eventName) }))
}
