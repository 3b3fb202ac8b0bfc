import { z } from 'zod'

/** Why an order that was taken waits. */
export const holdReason = z.object({
  code: z
    .enum([
      'buyer-not-linked',
      'not-allowed-on-delivery-note',
      'credit-limit',
      'overdue',
      'customer-blocked',
      'unpaid-prepayment',
    ])
    .describe('buyer-not-linked: only alike to the customer, facts matchedBy and shopCustomerId'),
  facts: z.record(z.string(), z.unknown()),
})
export type HoldReason = z.output<typeof holdReason>

/** Why an order could not be taken yet. */
export const parkReason = z.object({
  code: z.enum([
    'unknown-article',
    'article-inactive',
    'unknown-customer',
    'totals-differ',
    'foreign-currency',
    'unreadable-order',
    'no-price',
    'no-vat-rate',
    'cancelled-in-shop',
    'delivered-in-shop',
    'refunded-in-shop',
  ]),
  facts: z.record(z.string(), z.unknown()),
})
export type ParkReason = z.output<typeof parkReason>
