import { z } from 'zod'
import { refundHow } from '../payments/api.ts'
import { id, positiveQuantity, text, unitPrice } from '../route.ts'

/* What the return desk says of goods that come back. */

export const returnReasons = [
  'changed-mind',
  'defective',
  'damaged-in-transit',
  'wrong-delivery',
  'undelivered',
  'refused',
  'shortage',
  'other',
] as const
export const returnReason = z.enum(returnReasons)
export const goodsConditions = ['as-new', 'opened', 'used', 'damaged', 'not-inspected', 'not-received'] as const
export const goodsCondition = z.enum(goodsConditions)
export const whatOfGoods = ['restock', 'quarantine', 'scrap', 'supplier', 'none'] as const
export const returnMoney = z.enum(['set-off', 'credit', 'refund'])

const wish = z.object({
  noteLineId: id.optional().describe('a chosen line of a delivery note'),
  articleId: id.optional().describe('or an article: the newest deliveries within the return period first'),
  quantity: positiveQuantity,
  reason: returnReason,
  condition: goodsCondition.default('not-inspected'),
  goods: z.enum(whatOfGoods).describe('what becomes of the goods; none: nothing came back (shortage)'),
})
const exchangeWish = z.object({
  lines: z
    .array(z.object({ articleId: id, quantity: positiveQuantity, unitPrice: unitPrice.optional() }))
    .min(1)
    .max(200)
    .describe('without a price: the usual one'),
  deliver: z
    .enum(['hand-over-now', 'ship-later'])
    .describe('handed over: from the place where the goods are taken in, with goods issue at once'),
  channel: text(40).optional().describe('where it is sold; left out: the branch or telephone channel of the place'),
  billNow: z
    .boolean()
    .default(false)
    .describe('handed over goods are billed at once, else by the rule of the customer'),
})
export const wishes = z.object({
  customerId: id.optional().describe('needed where lines name articles'),
  locationId: id.describe('where the goods are taken in'),
  returnedOn: z.iso.date().optional(),
  lines: z.array(wish).min(1).max(500),
  money: returnMoney.default('set-off').describe('what becomes of what its own invoices do not need'),
  refund: refundHow.optional(),
  collective: z
    .boolean()
    .optional()
    .describe('one correction over all invoices that go together; left out: as the customer wants'),
  exchange: exchangeWish.optional().describe('other goods for those that came back, in the same step'),
  remark: text(500).optional(),
})
export type TakeBackInput = z.output<typeof wishes>
