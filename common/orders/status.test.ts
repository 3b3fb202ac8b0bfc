import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type OrderProgress, orderStatusOf } from './status.ts'

/** Ten pieces of goods on one line for 119 €, nothing has happened yet. */
const fresh: OrderProgress = {
  onHold: false,
  goodsOrdered: 10_000,
  goodsCancelled: 0,
  goodsDelivered: 0,
  goodsReserved: 10_000,
  toBill: 11_900,
  linesToBill: 1,
  linesBilled: 0,
  linesPartlyBilled: 0,
  invoicesAmount: 0,
  invoicesOpen: 0,
  prepaid: 0,
}
const delivered = { goodsDelivered: 10_000, goodsReserved: 0 }
const invoiced = { ...delivered, linesBilled: 1, invoicesAmount: 11_900, invoicesOpen: 11_900 }
const nothingLeft = { goodsCancelled: 10_000, goodsReserved: 0, toBill: 0, linesToBill: 0 }

test.each<[string, Partial<OrderProgress>, [string, string, string, string]]>([
  ['reserved', {}, ['active', 'ready', 'not-invoiced', 'unpaid']],
  ['on hold', { onHold: true }, ['on-hold', 'ready', 'not-invoiced', 'unpaid']],
  ['short of goods', { goodsReserved: 4_000 }, ['active', 'waiting-for-goods', 'not-invoiced', 'unpaid']],
  ['partly delivered', { goodsDelivered: 6_000 }, ['active', 'partly-delivered', 'not-invoiced', 'unpaid']],
  ['delivered', delivered, ['active', 'delivered', 'not-invoiced', 'unpaid']],
  [
    'rest cancelled after a partial delivery',
    { goodsDelivered: 6_000, goodsCancelled: 4_000, goodsReserved: 0 },
    ['active', 'delivered', 'not-invoiced', 'unpaid'],
  ],
  [
    'partly invoiced',
    { ...delivered, linesPartlyBilled: 1, invoicesAmount: 5_000, invoicesOpen: 5_000 },
    ['active', 'delivered', 'partly-invoiced', 'unpaid'],
  ],
  [
    'part invoiced and that part paid',
    { ...delivered, linesPartlyBilled: 1, invoicesAmount: 5_000, invoicesOpen: 0 },
    ['active', 'delivered', 'partly-invoiced', 'partly-paid'],
  ],
  ['invoiced', invoiced, ['active', 'delivered', 'invoiced', 'unpaid']],
  ['partly paid', { ...invoiced, invoicesOpen: 1_900 }, ['active', 'delivered', 'invoiced', 'partly-paid']],
  ['paid', { ...invoiced, invoicesOpen: 0 }, ['completed', 'delivered', 'invoiced', 'paid']],
  ['prepaid', { prepaid: 11_900 }, ['active', 'ready', 'not-invoiced', 'prepaid']],
  ['partly prepaid', { prepaid: 5_000 }, ['active', 'ready', 'not-invoiced', 'partly-paid']],
  ['cancelled', nothingLeft, ['cancelled', 'nothing-to-deliver', 'nothing-to-invoice', 'nothing-to-pay']],
  [
    'on hold and then cancelled',
    { ...nothingLeft, onHold: true },
    ['cancelled', 'nothing-to-deliver', 'nothing-to-invoice', 'nothing-to-pay'],
  ],
  ['invoice corrected', delivered, ['active', 'delivered', 'not-invoiced', 'unpaid']],
  [
    'free of charge and invoiced',
    { ...delivered, toBill: 0, linesBilled: 1 },
    ['completed', 'delivered', 'invoiced', 'nothing-to-pay'],
  ],
])('an order that is %s', (_, progress, [order, delivery, invoicing, payment]) => {
  expect(orderStatusOf({ ...fresh, ...progress })).toEqual({ order, delivery, invoicing, payment })
})

test('an order is completed only when it is delivered, invoiced and paid', () => {
  const upTo = (most: number) => fc.integer({ min: 0, max: most })
  fc.assert(
    fc.property(
      upTo(10_000),
      upTo(10_000),
      upTo(1),
      upTo(11_900),
      fc.boolean(),
      (gone, cancelled, billed, open, onHold) => {
        const status = orderStatusOf({
          ...fresh,
          onHold,
          goodsDelivered: Math.min(gone, 10_000 - cancelled),
          goodsCancelled: cancelled,
          linesBilled: billed,
          invoicesAmount: billed * 11_900,
          invoicesOpen: billed * open,
        })
        if (status.order !== 'completed') return
        expect(['delivered', 'nothing-to-deliver']).toContain(status.delivery)
        expect(status.invoicing).toBe('invoiced')
        expect(status.payment).toBe('paid')
      },
    ),
  )
})
