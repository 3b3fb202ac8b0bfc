import { type Remark, remark } from '../../../common/shops/api.ts'
import { ShopError } from '../shop-error.ts'
import type { Why } from './tasks.ts'

/** A problem as it is kept: ours in codes, the other side's in its own words. */
export function whyOf(problem: Remark | string): Why {
  return typeof problem === 'string'
    ? { remarks: [remark('refused')], said: problem }
    : { remarks: [problem], said: null }
}

/** A fault of ours says nothing here: what it holds may be anything, and is in the log of the server. */
export function whyOfError(error: unknown): Why {
  if (!(error instanceof ShopError)) return { remarks: [remark('fault')], said: null }
  return { remarks: error.remarks.length > 0 ? error.remarks : [remark(error.trouble)], said: error.said }
}
