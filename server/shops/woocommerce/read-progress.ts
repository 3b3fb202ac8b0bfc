import { z } from 'zod'
import type { ShopProgress } from '../connector.ts'
import { line } from '../rules/plain-text.ts'
import { collectedByShop, momentOf } from './read-payment.ts'
import { wooOrder } from './shapes.ts'

const CANCELLED = new Set(['cancelled', 'failed', 'trash'])
const DRAFTS = new Set(['checkout-draft', 'auto-draft', 'draft'])

/** What fetch-orders.ts lays beside the order; the order itself only says that and how much was refunded. */
const refundDetails = z.looseObject({
  refund_details: z
    .array(
      z.looseObject({
        line_items: z.array(
          z.looseObject({
            quantity: z.number(),
            meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })),
          }),
        ),
      }),
    )
    .optional(),
})

/**
 * Where an order stands in the shop: cancelled, failed and trashed orders are cancelled; pieces refunded there are no
 * longer ordered. Money counts only for ways to pay that collect it themselves (date_paid says nothing of the others, and
 * we set it too).
 */
export function readProgress(raw: unknown): ShopProgress | 'not-placed' | null {
  const parsed = wooOrder.safeParse(raw)
  if (!parsed.success) return null
  const order = parsed.data
  const state = order.status.replace(/^wc-/, '')
  if (DRAFTS.has(state)) return 'not-placed'
  const refunded = refundedPieces(raw)
  return {
    externalId: order.id,
    externalNumber: line(order.number ?? order.id, 80),
    changedAt: momentOf(order.date_modified_gmt)?.toISOString() ?? '',
    cancelled: CANCELLED.has(state),
    quantities: Object.fromEntries(
      order.line_items.map((item) => [item.id, Math.max(0, item.quantity - (refunded.get(item.id) ?? 0))]),
    ),
    paid: collectedByShop(order),
  }
}

/** Thousandths by the id of the line they were refunded from. */
function refundedPieces(raw: unknown): Map<string, number> {
  const pieces = new Map<string, number>()
  const parsed = refundDetails.safeParse(raw)
  for (const refund of parsed.data?.refund_details ?? [])
    for (const item of refund.line_items) {
      const id = String(item.meta_data.find((one) => one.key === '_refunded_item_id')?.value ?? '')
      pieces.set(id, (pieces.get(id) ?? 0) + Math.round(Math.abs(item.quantity) * 1000))
    }
  return pieces
}
