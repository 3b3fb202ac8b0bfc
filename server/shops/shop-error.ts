import { withoutPersons } from './rules/said-by-shop.ts'

/**
 * What went wrong with a shop, told by what to do about it:
 * `unreachable` try again (no answer, 5xx, time-out); `throttled` wait as long as it says; `unauthorised` the keys no
 * longer work, nothing is sent until somebody looks; `refused` this one request will not work (4xx), others may;
 * `conflict` what we knew is stale, read again.
 */
export type ShopTrouble = 'unreachable' | 'throttled' | 'unauthorised' | 'refused' | 'conflict'

export class ShopError extends Error {
  readonly trouble: ShopTrouble
  /** HTTP status, where there was one */
  readonly status: number | null
  readonly retryAfterMs: number | null

  constructor(
    trouble: ShopTrouble,
    message: string,
    { status = null, retryAfterMs = null }: { status?: number | null; retryAfterMs?: number | null } = {},
  ) {
    super(withoutPersons(message))
    this.trouble = trouble
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}
