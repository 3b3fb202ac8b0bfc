import type { Cents } from '../money.ts'
import type { Quantity } from '../quantity.ts'
import type { OrderStatus } from './api.ts'

/** Sums over the lines of an order; for delivery only the goods count, what is billed counts in money. */
export interface OrderProgress {
  onHold: boolean
  goodsOrdered: Quantity
  goodsCancelled: Quantity
  goodsDelivered: Quantity
  goodsReserved: Quantity
  /** gross amounts: what is to be billed in the end, what is delivered, what is billed */
  toBill: Cents
  linesToBill: number
  linesBilled: number
  linesPartlyBilled: number
  /** of the invoices over this order, down payments on it too */
  invoicesAmount: Cents
  invoicesOpen: Cents
  prepaid: Cents
}

/** The four axes of an order, derived from its quantities and invoices; nothing of it is stored. */
export function orderStatusOf(p: OrderProgress): OrderStatus {
  const wanted = p.goodsOrdered - p.goodsCancelled
  const delivery: OrderStatus['delivery'] =
    wanted <= 0 && p.goodsDelivered === 0
      ? 'nothing-to-deliver'
      : p.goodsDelivered >= wanted
        ? 'delivered'
        : p.goodsDelivered > 0
          ? 'partly-delivered'
          : p.goodsReserved >= wanted
            ? 'ready'
            : 'waiting-for-goods'
  const invoicing: OrderStatus['invoicing'] =
    p.linesToBill === 0
      ? 'nothing-to-invoice'
      : p.linesBilled === p.linesToBill
        ? 'invoiced'
        : p.linesBilled + p.linesPartlyBilled > 0
          ? 'partly-invoiced'
          : 'not-invoiced'
  const payment = paymentOf(p, invoicing)
  const cancelled = p.linesToBill === 0 && p.goodsDelivered === 0
  // all that was delivered may have come back: then nothing is left to bill, and the order is done all the same
  const finished =
    (invoicing === 'invoiced' || invoicing === 'nothing-to-invoice') &&
    (delivery === 'delivered' || delivery === 'nothing-to-deliver') &&
    (payment === 'paid' || payment === 'nothing-to-pay' || payment === 'prepaid')
  return {
    order: cancelled ? 'cancelled' : p.onHold ? 'on-hold' : finished ? 'completed' : 'active',
    delivery,
    invoicing,
    payment,
  }
}

function paymentOf(p: OrderProgress, invoicing: OrderStatus['invoicing']): OrderStatus['payment'] {
  if (p.linesToBill === 0) return 'nothing-to-pay'
  // a down payment is money paid ahead, until something is billed that it is deducted from
  if (p.invoicesAmount === 0 || invoicing === 'not-invoiced')
    return p.toBill === 0
      ? 'nothing-to-pay'
      : p.prepaid >= p.toBill
        ? 'prepaid'
        : p.prepaid > 0
          ? 'partly-paid'
          : 'unpaid'
  if (invoicing === 'invoiced' && p.invoicesOpen === 0) return 'paid'
  return p.invoicesOpen < p.invoicesAmount ? 'partly-paid' : 'unpaid'
}
