import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../common/refusal.ts'
import { planGoodsIssue } from './plan-goods-issue.ts'

const issueOf = (...quantities: number[]) => ({
  locationId: 'A',
  locationName: 'Lager A',
  lines: quantities.map((quantity, i) => ({
    orderLineId: `line ${i}`,
    articleId: 'screw',
    articleNumber: 'S-1',
    quantity,
  })),
})
const level = (onHand: number, reserved: number, locationId = 'A') => ({
  articleId: 'screw',
  locationId,
  onHand,
  reserved,
})
const reservation = (quantity: number, line = 0, locationId = 'A') => ({
  orderLineId: `line ${line}`,
  locationId,
  quantity,
})

describe('what a goods issue takes', () => {
  test('the reservation of the line', () => {
    expect(planGoodsIssue(issueOf(4), [level(10, 10)], [reservation(10)])).toEqual({
      taken: [{ orderLineId: 'line 0', locationId: 'A', quantity: 4, of: 10 }],
      changes: [{ articleId: 'screw', locationId: 'A', onHand: -4, reserved: -4 }],
      fromFree: [],
    })
  })

  test('then what nobody has put aside', () => {
    const plan = planGoodsIssue(issueOf(4), [level(10, 3)], [reservation(1)])
    expect(plan).toMatchObject({ fromFree: [{ orderLineId: 'line 0', quantity: 3 }] })
  })

  test('never what is put aside for others', () => {
    expect(planGoodsIssue(issueOf(4), [level(10, 9)], [reservation(1)])).toMatchObject({
      code: 'not-reserved',
      facts: { article: 'S-1', location: 'Lager A', requested: 4, reserved: 2 },
    })
  })

  test('nothing that is not there', () => {
    expect(planGoodsIssue(issueOf(4), [level(3, 3)], [reservation(3)])).toMatchObject({
      code: 'below-zero',
      facts: { onHand: 3 },
    })
  })

  test('nothing from another location, even with a reservation there', () => {
    const plan = planGoodsIssue(issueOf(4), [level(3, 0), level(9, 9, 'B')], [reservation(9, 0, 'B')])
    expect(plan).toMatchObject({ code: 'below-zero' })
  })

  test('two lines of one article together not more than is there', () => {
    expect(planGoodsIssue(issueOf(6, 6), [level(10, 0)], [])).toMatchObject({
      code: 'below-zero',
      facts: { onHand: 4 },
    })
  })
})

test('stock and reservations stay at or above zero, and reserved within stock, whatever leaves', () => {
  const scene = fc.record({
    quantities: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 4 }),
    own: fc.array(fc.nat(8), { minLength: 4, maxLength: 4 }),
    others: fc.nat(10),
    free: fc.nat(10),
  })
  fc.assert(
    fc.property(scene, ({ quantities, own, others, free }) => {
      const mine = quantities.map((_, i) => own[i]!)
      const reserved = mine.reduce((a, b) => a + b, 0) + others
      const plan = planGoodsIssue(
        issueOf(...quantities),
        [level(reserved + free, reserved)],
        mine.flatMap((q, i) => (q > 0 ? [reservation(q, i)] : [])),
      )
      if (isRefusal(plan)) return
      const onHand = reserved + free + plan.changes.reduce((sum, c) => sum + c.onHand, 0)
      const left = reserved + plan.changes.reduce((sum, c) => sum + c.reserved, 0)
      expect(left).toBeGreaterThanOrEqual(others)
      expect(onHand).toBeGreaterThanOrEqual(left)
    }),
  )
})
