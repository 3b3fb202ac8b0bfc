import { z } from 'zod'
import { ONE } from '../../../common/quantity.ts'
import type { ShopProgress } from '../connector.ts'
import { collectsItself } from '../rules/payment-method.ts'
import { line } from '../rules/plain-text.ts'
import { refundedOf, settledOn, standingPayments } from './read-payments.ts'
import { type VendureOrder, vendureOrder } from './shapes.ts'

const head = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String), updatedAt: z.string() })

/** an order being changed by somebody of the shop is looked at again when he is done */
const NOT_NOW = new Set(['Created', 'Draft', 'AddingItems', 'ArrangingPayment', 'Modifying'])

/** What an order of Vendure has come to in the shop: what is still ordered, whether it was cancelled, what was paid there. */
export function readProgress(raw: unknown): ShopProgress | 'not-placed' | null {
  const [found, order] = [head.safeParse(raw), vendureOrder.safeParse(raw)]
  if (!found.success || !order.success || order.data.code === '') return null
  const { state, code, lines } = order.data
  if (NOT_NOW.has(state)) return 'not-placed'
  return {
    externalId: found.data.id,
    externalNumber: line(code, 80),
    changedAt: found.data.updatedAt,
    cancelled: state === 'Cancelled',
    quantities: Object.fromEntries(lines.map(({ id, quantity }) => [id, quantity * ONE])),
    paid: readPaid(order.data),
  }
}

/**
 * Money the shop collected: cards, wallets, providers. A payment on delivery note or by transfer that is settled in the
 * shop says what we told it, or what somebody noted; the money itself is booked here.
 */
function readPaid(order: VendureOrder): ShopProgress['paid'] {
  const collected = standingPayments(order).filter(
    ({ state, method }) => state === 'Settled' && collectsItself([method]),
  )
  const amount = collected.reduce((sum, payment) => sum + payment.amount, 0) - refundedOf(collected)
  const paidOn = collected
    .flatMap((payment) => settledOn(order, payment) ?? [])
    .sort()
    .at(-1)
  if (amount < 1 || paidOn === undefined) return null
  const references = collected.map(({ transactionId }) => transactionId.trim()).filter((one) => one !== '')
  return { amount, reference: line(references.join(', '), 120) || line(order.code, 120), paidOn }
}
