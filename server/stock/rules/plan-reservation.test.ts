import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Demand, type Level, planReservation } from './plan-reservation.ts'

const level = (articleId: string, locationId: string, onHand: number, reserved = 0): Level => ({
  articleId,
  locationId,
  onHand,
  reserved,
})
const demand = (orderLineId: string, articleId: string, quantity: number): Demand => ({
  orderLineId,
  articleId,
  quantity,
})
const takenAt = (plan: ReturnType<typeof planReservation>) =>
  plan.reservations.map((r) => `${r.orderLineId} ${r.locationId} ${r.quantity}`)

describe('where goods come from', () => {
  test('one location that has everything, before two that have it together', () => {
    const levels = [level('screw', 'A', 5), level('screw', 'B', 20), level('hammer', 'B', 2), level('hammer', 'A', 2)]
    const plan = planReservation([demand('1', 'screw', 10), demand('2', 'hammer', 1)], levels, ['A', 'B'])
    expect(takenAt(plan)).toEqual(['1 B 10', '2 B 1'])
  })

  test('among locations that have everything the one of highest priority', () => {
    const levels = [level('screw', 'A', 10), level('screw', 'B', 10)]
    expect(takenAt(planReservation([demand('1', 'screw', 10)], levels, ['B', 'A']))).toEqual(['1 B 10'])
  })

  test('several where no single one has it, filled in their priority', () => {
    const levels = [level('screw', 'A', 4), level('screw', 'B', 4), level('screw', 'C', 4)]
    expect(takenAt(planReservation([demand('1', 'screw', 7)], levels, ['C', 'A', 'B']))).toEqual(['1 C 4', '1 A 3'])
  })

  test('what is nowhere waits as a backorder', () => {
    const plan = planReservation([demand('1', 'screw', 7)], [level('screw', 'A', 9, 5)], ['A'])
    expect(takenAt(plan)).toEqual(['1 A 4'])
    expect(plan.backorders).toEqual([demand('1', 'screw', 3)])
  })

  test('a location that does not serve the channel gives nothing', () => {
    const plan = planReservation([demand('1', 'screw', 1)], [level('screw', 'Z', 9)], ['A'])
    expect(plan.reservations).toEqual([])
    expect(plan.backorders).toHaveLength(1)
  })
})

const articles = ['a', 'b', 'c']
const locations = ['A', 'B', 'C', 'D']
const anyDemands = fc.array(
  fc.record({ articleId: fc.constantFrom(...articles), quantity: fc.integer({ min: 1, max: 20 }) }),
  { minLength: 1, maxLength: 6 },
)
const anyLevels = fc
  .array(fc.record({ onHand: fc.nat(20), reserved: fc.nat(20) }), { minLength: 12, maxLength: 12 })
  .map((stock) =>
    stock.map(({ onHand, reserved }, i) =>
      level(articles[i % 3]!, locations[Math.floor(i / 3)]!, onHand, Math.min(onHand, reserved)),
    ),
  )
const situation = fc.tuple(
  anyDemands.map((list) => list.map((d, i) => demand(String(i), d.articleId, d.quantity))),
  anyLevels,
  fc.shuffledSubarray(locations, { minLength: 1 }),
)

test('never is more put aside than is free, and each piece asked for is either put aside or waited for', () => {
  fc.assert(
    fc.property(situation, ([demands, levels, serving]) => {
      const plan = planReservation(demands, levels, serving)
      for (const l of levels) {
        const taken = plan.reservations.filter((r) => r.articleId === l.articleId && r.locationId === l.locationId)
        expect(taken.reduce((sum, r) => sum + r.quantity, 0)).toBeLessThanOrEqual(l.onHand - l.reserved)
      }
      for (const d of demands) {
        const mine = [...plan.reservations, ...plan.backorders].filter((r) => r.orderLineId === d.orderLineId)
        expect(mine.reduce((sum, r) => sum + r.quantity, 0)).toBe(d.quantity)
        expect(mine.every((r) => r.quantity > 0)).toBe(true)
      }
    }),
  )
})

test('nothing waits while a piece of it lies free at a location of the channel', () => {
  fc.assert(
    fc.property(situation, ([demands, levels, serving]) => {
      const plan = planReservation(demands, levels, serving)
      for (const { articleId } of plan.backorders) {
        const free = levels
          .filter((l) => l.articleId === articleId && serving.includes(l.locationId))
          .reduce((sum, l) => sum + l.onHand - l.reserved, 0)
        const taken = plan.reservations.filter((r) => r.articleId === articleId).reduce((sum, r) => sum + r.quantity, 0)
        expect(taken).toBe(free)
      }
    }),
  )
})

test('no choice of fewer locations would reach as many pieces', () => {
  fc.assert(
    fc.property(situation, ([demands, levels, serving]) => {
      const plan = planReservation(demands, levels, serving)
      const used = new Set(plan.reservations.map((r) => r.locationId)).size
      for (const subset of subsetsOf(serving)) {
        if (subset.length >= used) continue
        const other = planReservation(demands, levels, subset)
        expect(pieces(other.reservations)).toBeLessThan(pieces(plan.reservations))
      }
    }),
  )
})

function subsetsOf([first, ...rest]: readonly string[]): string[][] {
  if (first === undefined) return [[]]
  const without = subsetsOf(rest)
  return [...without, ...without.map((s) => [first, ...s])]
}
function pieces(list: readonly { quantity: number }[]): number {
  return list.reduce((sum, r) => sum + r.quantity, 0)
}
