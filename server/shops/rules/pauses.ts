import type { ShopTrouble } from '../shop-error.ts'

/** How long nothing is tried after trouble; `chance` is between 0 and 1 and spreads those who fail together. */
export function pauseAfter(attempts: number, unitMs: number, chance: number): number {
  const longest = 600 * unitMs
  const doubled = Math.min(unitMs * 2 ** Math.min(attempts, 20), longest)
  return Math.round(doubled * (0.5 + chance / 2))
}

const MOST_REFUSALS = 3
const MOST_FAULTS = 8

/**
 * Whether a task is given up after so many attempts (and shown as dead letter). A shop that isn't there is waited for,
 * however long; what it refuses, it will refuse again; a fault of ours may be mended by the next release.
 */
export function isGivenUp(trouble: ShopTrouble | 'fault', attempts: number): boolean {
  if (trouble === 'refused') return attempts >= MOST_REFUSALS
  return trouble === 'fault' && attempts >= MOST_FAULTS
}

/** So many troubles in a row a shop may have before it rests. */
export const PATIENCE = 3

/**
 * The circuit breaker: after some troubles in a row the whole shop rests, longer each time up to a minute. A shop that
 * says how long is taken at its word; keys that no longer work need somebody.
 */
export function restOfShop(
  trouble: ShopTrouble,
  {
    inARow,
    retryAfterMs,
    unitMs,
    chance,
  }: { inARow: number; retryAfterMs: number | null; unitMs: number; chance: number },
): number {
  if (retryAfterMs !== null) return retryAfterMs
  if (trouble === 'unauthorised') return 60 * unitMs
  if (inARow < PATIENCE) return 0
  return Math.min(pauseAfter(inARow - PATIENCE, unitMs, chance), 60 * unitMs)
}
