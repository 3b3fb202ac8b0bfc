import type { Remark } from '../../common/shops/api.ts'
import { withoutPersons } from './rules/said-by-shop.ts'

/**
 * What went wrong with a shop, told by what to do about it:
 * `unreachable` try again (no answer, 5xx, time-out); `throttled` wait as long as it says; `unauthorised` the keys no
 * longer work, nothing is sent until somebody looks; `refused` this one request will not work (4xx), others may;
 * `conflict` what we knew is stale, read again.
 */
export type ShopTrouble = 'unreachable' | 'throttled' | 'unauthorised' | 'refused' | 'conflict'

interface Options {
  status?: number | null
  retryAfterMs?: number | null
  remarks?: readonly Remark[]
}

export class ShopError extends Error {
  readonly trouble: ShopTrouble
  /** HTTP status, where there was one */
  readonly status: number | null
  readonly retryAfterMs: number | null
  /** what we say about it, the first the weightiest; empty: only what the other side said */
  readonly remarks: readonly Remark[]
  /** what the other side said, in its own words */
  readonly said: string | null

  /** `what`: the other side's words, or our remarks. */
  constructor(trouble: ShopTrouble, what: string | Remark | readonly Remark[], options: Options = {}) {
    const { status = null, retryAfterMs = null, remarks = typeof what === 'string' ? [] : [what].flat() } = options
    super(typeof what === 'string' ? withoutPersons(what) : remarks.map(({ code }) => code).join(', '))
    this.remarks = remarks
    this.said = typeof what === 'string' ? this.message : null
    this.trouble = trouble
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}
