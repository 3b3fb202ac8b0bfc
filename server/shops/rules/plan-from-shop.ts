import type { Cents } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { ShopProgress } from '../connector.ts'
import type { PaymentMethod } from '../shop-order.ts'
import type { BundleLines } from './explode-bundles.ts'
import { isPaidBefore } from './payment-method.ts'

export interface KnownLine {
  id: string
  externalLine: string | null
  kind: string
  article: string | null
  ordered: Quantity
  cancelled: Quantity
  planned: Quantity
  delivered: Quantity
}

interface Known {
  paymentMethod: string
  prepaid: Cents
  lines: readonly KnownLine[]
}

/** Something the shop changed that nobody but a person can decide. */
export interface Difference {
  code: 'more-ordered' | 'line-added' | 'cancelled-but-delivered'
  facts: Record<string, unknown>
}

export interface FromShop {
  cancelAll: boolean
  cancel: { lineId: string; quantity: Quantity }[]
  payment: ShopProgress['paid']
  conflict: Difference[]
}

/**
 * What to do about an order of ours after it changed in its shop: fewer pieces there are cancelled here, as far as they
 * are open; pieces on a delivery note or gone, more pieces and new lines are for somebody to decide. What was cancelled
 * here and not there yet is not taken back: the shop will be told.
 */
export function planFromShop(known: Known, progress: ShopProgress, bundles: BundleLines | null): FromShop {
  const goods = known.lines.filter((line) => line.kind === 'goods')
  const plan: FromShop = { cancelAll: false, cancel: [], payment: paymentOf(known, progress), conflict: [] }
  const shopHas = (line: KnownLine): Quantity | undefined => {
    if (progress.cancelled) return 0
    const pieces = progress.quantities[line.externalLine ?? '']
    const per = bundles?.[line.externalLine ?? '']?.[line.article ?? ''] ?? 1000
    return pieces === undefined ? 0 : (pieces * per) / 1000
  }
  for (const line of goods) {
    if (line.externalLine === null) continue
    const wanted = shopHas(line)!
    const here = line.ordered - line.cancelled
    const open = here - line.planned - line.delivered
    if (wanted > line.ordered)
      plan.conflict.push({
        code: 'more-ordered',
        facts: { article: line.article, ordered: line.ordered, shop: wanted },
      })
    if (wanted >= here) continue
    const less = Math.min(here - wanted, open)
    if (less > 0) plan.cancel.push({ lineId: line.id, quantity: less })
    if (less < here - wanted)
      plan.conflict.push({
        code: 'cancelled-but-delivered',
        facts: { article: line.article, shop: wanted, delivered: line.delivered, planned: line.planned },
      })
  }
  const ours = new Set(goods.map((line) => line.externalLine))
  for (const [externalLine, pieces] of Object.entries(progress.quantities))
    if (!ours.has(externalLine) && pieces > 0 && !progress.cancelled)
      plan.conflict.push({ code: 'line-added', facts: { line: externalLine, quantity: pieces } })
  const allOpen = goods.every((line) => line.planned + line.delivered === 0)
  plan.cancelAll = progress.cancelled && allOpen && plan.cancel.length > 0
  return plan
}

/** Money the shop took after the order was placed. Ways that pay later tell no money, whatever state the shop shows. */
function paymentOf(known: Known, { paid }: ShopProgress): ShopProgress['paid'] {
  if (paid === null || !isPaidBefore(known.paymentMethod as PaymentMethod)) return null
  const more = paid.amount - known.prepaid
  return more > 0 ? { ...paid, amount: more } : null
}
