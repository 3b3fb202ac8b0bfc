import type { HoldReason, NewOrder } from '../../../common/orders/api.ts'

export const ON_CREDIT: ReadonlySet<string> = new Set(['on-delivery-note', 'on-invoice', 'direct-debit'])

export interface Intake {
  match: { by: string; sure: boolean } | undefined
  /** somebody of the house took it at the counter or on the phone */
  takenByHand: boolean
  unpaid: boolean
}

/**
 * Anybody can type a VAT id, an e-mail or a customer number into a shop. An order that is only alike to a customer is taken
 * for him, and where it would go out unpaid it waits until somebody says that it is him. Who took an order himself knows
 * that already.
 */
export function buyerNotLinked(
  { customer, paymentMethod }: Pick<NewOrder, 'customer' | 'paymentMethod'>,
  { match, takenByHand, unpaid }: Intake,
): HoldReason[] {
  if (!match || match.sure || takenByHand || !unpaid || !ON_CREDIT.has(paymentMethod)) return []
  // a guest's id is nothing that could be linked: whoever types his e-mail has it too
  const shopCustomerId = customer.guest ? null : (customer.shopCustomerId ?? null)
  return [{ code: 'buyer-not-linked', facts: { matchedBy: match.by, shopCustomerId } }]
}
