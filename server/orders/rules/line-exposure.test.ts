import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exposureChange, lineExposure } from './line-exposure.ts'

const fresh = { ordered: 3, cancelled: 0, planned: 0, delivered: 0, returned: 0, invoiced: 0, gross: 100 }

test('an order binds its whole amount, what is delivered moves on to the next stage', () => {
  expect(lineExposure(fresh)).toEqual({ openOrders: 100, unbilled: 0 })
  expect(lineExposure({ ...fresh, delivered: 1 })).toEqual({ openOrders: 67, unbilled: 33 })
  expect(lineExposure({ ...fresh, delivered: 3, invoiced: 3 })).toEqual({ openOrders: 0, unbilled: 0 })
})

test('the changes along any way through the stages add up to where it ends', () => {
  const step = fc.record({ delivered: fc.nat(10), invoiced: fc.nat(10), cancelled: fc.nat(10) })
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: -5000, max: 5000 }), (steps, gross) => {
      let line = { ...fresh, ordered: 10, gross }
      let sum = lineExposure(line)
      for (const s of steps) {
        const delivered = Math.min(s.delivered, 10 - s.cancelled)
        const after = { ...line, cancelled: s.cancelled, delivered, invoiced: Math.min(s.invoiced, delivered) }
        const change = exposureChange(line, after)
        sum = { openOrders: sum.openOrders + change.openOrders, unbilled: sum.unbilled + change.unbilled }
        line = after
      }
      expect(sum).toEqual(lineExposure(line))
    }),
  )
})
