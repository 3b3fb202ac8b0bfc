import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Backorder, fillBackorders } from './fill-backorders.ts'

const waiting = (orderLineId: string, quantity: number, locations = ['A'], articleId = 'screw'): Backorder => ({
  orderLineId,
  orderId: `order of ${orderLineId}`,
  articleId,
  locations,
  quantity,
})
const filled = (list: ReturnType<typeof fillBackorders>) => list.map((f) => `${f.backorder.orderLineId} ${f.quantity}`)

test('who waits longest is served first, the next gets what is left', () => {
  const lines = [waiting('oldest', 6), waiting('middle', 6), waiting('newest', 6)]
  expect(filled(fillBackorders(lines, 'A', new Map([['screw', 8]])))).toEqual(['oldest 6', 'middle 2'])
})

test('goods at a location that does not serve the order pass it by', () => {
  const lines = [waiting('elsewhere', 6, ['B']), waiting('here', 6, ['B', 'A'])]
  expect(filled(fillBackorders(lines, 'A', new Map([['screw', 6]])))).toEqual(['here 6'])
})

test('each article is shared out by itself', () => {
  const lines = [waiting('1', 5), waiting('2', 5, ['A'], 'hammer')]
  expect(filled(fillBackorders(lines, 'A', new Map([['hammer', 3]])))).toEqual(['2 3'])
})

test('never is more given than is free, nor more than is waited for, and nothing free is left while somebody waits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 10 }), fc.nat(60), (quantities, free) => {
      const lines = quantities.map((q, i) => waiting(String(i), q))
      const given = fillBackorders(lines, 'A', new Map([['screw', free]]))
      const total = given.reduce((sum, g) => sum + g.quantity, 0)
      expect(total).toBe(
        Math.min(
          free,
          quantities.reduce((a, b) => a + b, 0),
        ),
      )
      for (const g of given) expect(g.quantity).toBeLessThanOrEqual(g.backorder.quantity)
    }),
  )
})
