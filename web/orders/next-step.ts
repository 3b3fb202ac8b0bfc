import type { Order } from '../../common/orders/api.ts'
import type { Permission } from '../../common/permissions.ts'
import { billableOf, deliverableOf, prepaymentMissing } from './order-quantities.ts'

export type Step =
  | { kind: 'release' }
  | { kind: 'prepayment' }
  | { kind: 'create-note' }
  | { kind: 'invoice' }
  | { kind: 'post-issue'; noteId: string }
  | { kind: 'pay'; invoiceId: string }

/** What a clerk would do next with this order, as far as they may: release, pack, book, bill, take the money. */
export function nextStep(order: Order, may: (permission: Permission) => boolean): Step | undefined {
  if (order.status.order === 'cancelled') return undefined
  if (order.status.order === 'on-hold') return whenHeld(order, may)
  const packed = order.chain.find((entry) => entry.kind === 'delivery-note' && entry.state === 'open')
  if (packed && may('delivery.write')) return { kind: 'post-issue', noteId: packed.id }
  if (order.lines.some((line) => deliverableOf(line) > 0) && may('delivery.write')) return { kind: 'create-note' }
  if (order.lines.some((line) => billableOf(line) > 0) && may('invoicing.write')) return { kind: 'invoice' }
  const unpaid = order.chain.find(
    (entry) => entry.kind === 'invoice' && (entry.state === 'unpaid' || entry.state === 'partly-paid'),
  )
  return unpaid && may('payments.write') ? { kind: 'pay', invoiceId: unpaid.id } : undefined
}

/** Who only waits for money is set free by the money; whoever may release can do so without it all the same. */
function whenHeld(order: Order, may: (permission: Permission) => boolean): Step | undefined {
  const waitsForMoney = order.hold?.reasons.every((reason) => reason.code === 'unpaid-prepayment')
  if (waitsForMoney && prepaymentMissing(order) > 0 && may('payments.write')) return { kind: 'prepayment' }
  return may('orders.release') ? { kind: 'release' } : undefined
}
