import { remark } from '../../../common/shops/api.ts'
import type { Said, Session } from './session.ts'

/**
 * The shop's hooks are set up, or switched on again, where it lets us: a shop that gave up on us (we were away for a
 * while) would only be noticed by the slower poll. When a shop is connected, and every night.
 */
export async function ensureHooks({ shop, api }: Session): Promise<Said> {
  if (!api.ensureHooks) return { outcome: 'nothing-to-do', remarks: [remark('hooks-by-hand')] }
  if (shop.publicAddress === null) return { outcome: 'nothing-to-do', remarks: [remark('own-address-unknown')] }
  const did = await api.ensureHooks(`${shop.publicAddress}/api/shops/${encodeURIComponent(shop.channel)}/hooks`)
  return { outcome: did.length > 0 ? 'done' : 'nothing-to-do', remarks: did }
}
