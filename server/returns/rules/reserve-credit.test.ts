import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reserveCredit } from './reserve-credit.ts'

test('an exchange takes what it costs, the first credit first', () => {
  const credits = [
    { id: 'a', left: 500 },
    { id: 'b', left: 700 },
  ]
  expect(reserveCredit(credits, 600)).toEqual({ reserved: 600, bound: ['a', 'b'], free: [{ id: 'b', left: 600 }] })
  expect(reserveCredit(credits, 1_500)).toEqual({ reserved: 1_200, bound: ['a', 'b'], free: [] })
  expect(reserveCredit(credits, 0)).toEqual({ reserved: 0, bound: [], free: credits })
})

test('nothing is lost and nothing is made', () => {
  const credits = fc.array(fc.record({ id: fc.uuid(), left: fc.integer({ min: 1, max: 9_999 }) }))
  fc.assert(
    fc.property(credits, fc.nat(50_000), (some, price) => {
      const { reserved, free } = reserveCredit(some, price)
      const sum = (list: readonly { left: number }[]) => list.reduce((total, c) => total + c.left, 0)
      expect(reserved + sum(free)).toBe(sum(some))
      expect(reserved).toBe(Math.min(price, sum(some)))
    }),
  )
})
