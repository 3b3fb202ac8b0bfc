import { listShops, type Shop } from '../../common/shops/api.ts'
import { useLoad } from '../load.ts'

export const EVERY_MS = 3_000

/** Connected shops and how they are doing, asked again every few seconds: the engine works without telling events. */
export function useShops(every: number = EVERY_MS, enabled = true) {
  return useLoad(listShops, {}, { every, enabled })
}

/** How many things of a shop wait for a person. */
export function attentionOf({ health }: Pick<Shop, 'health'>): number {
  const { parked, conflicts, dead, state } = health
  return parked + conflicts + dead + (state === 'keys-refused' ? 1 : 0)
}

/** Something long is under way, or waits for its turn. */
export function isBusy(shop: Shop): boolean {
  return shop.active && (shop.progress !== null || shop.health.waiting > 0)
}
