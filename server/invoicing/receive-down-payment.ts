import type { Work } from '../kernel/index.ts'
import { lockOrders, recordPrepayment } from '../orders/index.ts'
import { findOpenDownPayments, findReceived, type OpenDownPayment } from './down-payment-store.ts'

/**
 * The unpaid down-payment invoices of a customer, and the lock of their orders (and of one more): a payment may turn out
 * to be a down payment, and orders are locked before accounts.
 */
export async function lockOrdersOfDownPayments(
  work: Work,
  customerId: string,
  orderId?: string,
): Promise<OpenDownPayment[]> {
  const open = await findOpenDownPayments(work, customerId)
  const orderIds = [...open.map((o) => o.orderId), ...(orderId ? [orderId] : [])]
  if (orderIds.length > 0) await lockOrders(work, orderIds)
  return open
}

/**
 * Money that reached a down-payment invoice is money paid ahead for its order: the order knows, and one that only waited
 * for it may go out. What was booked as paid ahead before is not counted again.
 */
export async function receiveDownPayments(
  work: Work,
  allocations: readonly { creditId: string; invoiceId: string; amount: number }[],
): Promise<void> {
  const paid = allocations.filter((a) => a.amount > 0)
  if (paid.length === 0) return
  for (const { orderId, customerId, amount, day } of await findReceived(work, paid))
    await recordPrepayment(work, { orderId, customerId, amount, reference: null, receivedOn: day })
}
