import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCounts, type OrderPlace, type Reserved, routeAgain, takeBack } from './plan-count.ts'
import type { Level } from './plan-reservation.ts'

const level = (locationId: string, onHand: number, reserved = 0): Level => ({
  articleId: 'screw',
  locationId,
  onHand,
  reserved,
})
const reserved = (orderId: string, quantity: number, locationId = 'A'): Reserved => ({
  orderLineId: `line of ${orderId}`,
  orderId,
  articleId: 'screw',
  locationId,
  quantity,
})
const place = (orderId: string, since: string, locations = ['A', 'B', 'C']): OrderPlace => ({
  orderId,
  since,
  locations,
})
const count = (counted: number, locationId = 'A') => ({ articleId: 'screw', locationId, counted })

test('a count says how much is there too much or too little, and how much of what is put aside is missing', () => {
  const levels = [level('A', 10, 8), level('B', 5)]
  const counted = compareCounts([count(6), count(9, 'B'), count(1, 'C')], levels)
  expect(counted.map((c) => [c.difference, c.short])).toEqual([
    [-4, 2],
    [4, 0],
    [1, 0],
  ])
})

test('the newest order gives back first, the next only what is still missing', () => {
  const counted = compareCounts([count(5)], [level('A', 12, 12)])
  const taken = takeBack(counted, [reserved('new', 4), reserved('middle', 4), reserved('old', 4)])
  expect(taken.map((t) => [t.orderId, t.quantity, t.of])).toEqual([
    ['new', 4, 4],
    ['middle', 3, 4],
  ])
})

test('what was lost is found elsewhere, at one location if one has all of it', () => {
  const routed = routeAgain([reserved('1', 5)], [place('1', '2026-01-01')], [level('B', 3), level('C', 5)])
  expect(routed).toEqual({ reservations: [{ ...reserved('1', 5), locationId: 'C' }], backorders: [] })
})

test('the older order is served first; who gets nothing waits since its own date', () => {
  const places = [place('young', '2026-03-01'), place('old', '2026-01-01')]
  const routed = routeAgain([reserved('young', 4), reserved('old', 4)], places, [level('B', 6, 1)])
  expect(routed.reservations).toMatchObject([
    { orderId: 'old', locationId: 'B', quantity: 4 },
    { orderId: 'young', locationId: 'B', quantity: 1 },
  ])
  expect(routed.backorders).toMatchObject([
    { orderId: 'young', quantity: 3, since: '2026-03-01', locations: ['A', 'B', 'C'] },
  ])
})

test('a location that does not serve the channel is no help', () => {
  const routed = routeAgain([reserved('1', 2)], [place('1', '2026-01-01', ['A'])], [level('B', 9)])
  expect(routed.backorders).toMatchObject([{ quantity: 2 }])
})

test('each lost piece is reserved or waited for, and never more is reserved than is free', () => {
  const some = fc.array(fc.record({ order: fc.nat(5), quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 12 })
  fc.assert(
    fc.property(some, fc.nat(30), fc.nat(30), (losses, atB, atC) => {
      const lost = losses.map((l) => reserved(String(l.order), l.quantity))
      const places = [0, 1, 2, 3, 4, 5].map((n) => place(String(n), `2026-01-0${9 - n}`))
      const { reservations, backorders } = routeAgain(lost, places, [level('B', atB), level('C', atC)])
      const sum = (rows: readonly { quantity: number }[]) => rows.reduce((total, r) => total + r.quantity, 0)
      expect(sum(reservations) + sum(backorders)).toBe(sum(lost))
      expect(sum(reservations)).toBe(Math.min(sum(lost), atB + atC))
      const keys = reservations.map((r) => `${r.orderLineId} ${r.locationId}`)
      expect(new Set(keys).size).toBe(keys.length)
      expect(new Set(backorders.map((b) => b.orderLineId)).size).toBe(backorders.length)
    }),
  )
})
