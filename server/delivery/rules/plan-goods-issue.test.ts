import { expect, test } from 'vitest'
import { planIssue } from './plan-goods-issue.ts'

const today = '2026-11-24'
const lines = [
  { id: 'screws', orderId: 'a', position: 1, planned: 10, isGoods: true },
  { id: 'hammers', orderId: 'a', position: 2, planned: 4, isGoods: true },
  { id: 'shipping', orderId: 'a', position: 3, planned: 1, isGoods: false },
]
const leaves = (plan: ReturnType<typeof planIssue<(typeof lines)[number]>>) =>
  Array.isArray(plan) ? plan.map((p) => `${p.line.id}: ${p.delivered}`) : plan.code

test('without a word from the picker everything leaves as planned', () => {
  expect(leaves(planIssue(lines, undefined, today, today))).toEqual(['screws: 10', 'hammers: 4', 'shipping: 1'])
})

test('the picker found six screws: those leave, the hammers stay, the shipping cost goes along', () => {
  const picked = [{ lineId: 'screws', quantity: 6 }]
  expect(leaves(planIssue(lines, picked, today, today))).toEqual(['screws: 6', 'hammers: 0', 'shipping: 1'])
})

test('more than planned needs another note', () => {
  expect(planIssue(lines, [{ lineId: 'hammers', quantity: 5 }], today, today)).toMatchObject({
    code: 'more-than-planned',
    facts: { line: 2, planned: 4, picked: 5 },
  })
})

test('nothing picked is no goods issue, and shipping cost alone is none either', () => {
  expect(leaves(planIssue(lines, [], today, today))).toBe('nothing-to-deliver')
})

test('goods may have left yesterday, not tomorrow', () => {
  expect(leaves(planIssue(lines, undefined, '2026-11-23', today))).toHaveLength(3)
  expect(planIssue(lines, undefined, '2026-11-25', today)).toMatchObject({ code: 'delivered-in-future' })
})

test('on a note over two orders the shipping cost of the one whose goods stay behind stays too', () => {
  const both = [
    ...lines,
    { id: 'nails', orderId: 'b', position: 4, planned: 7, isGoods: true },
    { id: 'express', orderId: 'b', position: 5, planned: 1, isGoods: false },
  ]
  expect(leaves(planIssue(both, [{ lineId: 'screws', quantity: 10 }], today, today))).toEqual([
    'screws: 10',
    'hammers: 0',
    'shipping: 1',
    'nails: 0',
    'express: 0',
  ])
})

test('what is not on the note cannot be picked for it', () => {
  expect(leaves(planIssue(lines, [{ lineId: 'saw', quantity: 1 }], today, today))).toBe('not-found')
})
