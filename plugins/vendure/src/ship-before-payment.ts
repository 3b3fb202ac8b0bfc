import type { OrderProcess } from '@vendure/core'

/**
 * Goods leave before they are paid. Vendure's own process ships only settled orders: an order on delivery note would stay
 * "PaymentAuthorized" with everything delivered, and fall back to "PaymentSettled" when it is paid. With these transitions
 * the order's state follows its fulfilments, and a payment that comes later leaves it where it is.
 */
export const shipBeforePayment: OrderProcess<string> = {
  transitions: {
    PaymentAuthorized: {
      to: ['PartiallyShipped', 'Shipped', 'PartiallyDelivered', 'Delivered'],
      mergeStrategy: 'merge',
    },
  },
}
