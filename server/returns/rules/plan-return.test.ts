import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../common/refusal.ts'
import { creditsByDocument, type DeliveredLine, planReturn, type Standing } from './plan-return.ts'

const line = (id: string, change: Partial<DeliveredLine> = {}): DeliveredLine => ({
  id,
  noteId: `note of ${id}`,
  articleId: 'screw',
  label: 'S-1',
  deliveredOn: '2026-11-01',
  position: 1,
  delivered: 10,
  returned: 0,
  invoiced: 0,
  ...change,
})
const on = (invoiceId: string, noteLineId: string, standing: number): Standing => ({
  invoiceId,
  lineId: `${invoiceId} ${noteLineId}`,
  noteLineId,
  standing,
})
const plan = (...args: Parameters<typeof planReturn>) => {
  const parts = planReturn(...args)
  return isRefusal(parts) ? parts.code : parts.map((p) => `${p.line.id}: ${p.quantity}, billed ${p.credited}`)
}

describe('of an article', () => {
  const lines = [line('old', { deliveredOn: '2026-10-01' }), line('new')]
  test('the newest delivery gives first, then the one before', () => {
    expect(plan([{ articleId: 'screw', quantity: 12 }], lines, [])).toEqual(['new: 10, billed 0', 'old: 2, billed 0'])
  })
  test('a chosen line is left alone by the search for another', () => {
    const wishes = [
      { noteLineId: 'new', quantity: 9 },
      { articleId: 'screw', quantity: 2 },
    ]
    expect(plan(wishes, lines, [])).toEqual(['new: 9, billed 0', 'new: 1, billed 0', 'old: 1, billed 0'])
  })
  test('never more than is still with the customer', () => {
    expect(plan([{ articleId: 'screw', quantity: 21 }], lines, [])).toBe('more-than-returnable')
    expect(plan([{ noteLineId: 'new', quantity: 5 }], [line('new', { returned: 6 })], [])).toBe('more-than-returnable')
    expect(plan([], lines, [])).toBe('nothing-to-return')
  })
})

test('what is not billed comes off first, once, however many wishes name the line', () => {
  const wishes = [2, 2, 2].map((quantity) => ({ noteLineId: 'a', quantity }))
  const standing = [on('RE-2', 'a', 4), on('RE-1', 'a', 3)]
  expect(plan(wishes, [line('a', { invoiced: 7 })], standing)).toEqual([
    'a: 2, billed 0',
    'a: 2, billed 1',
    'a: 2, billed 2',
  ])
})

test('the newest document that billed it is corrected first', () => {
  const standing = [on('RE-2', 'a', 4), on('RE-1', 'a', 6)]
  const parts = planReturn([{ noteLineId: 'a', quantity: 7 }], [line('a', { invoiced: 10 })], standing)
  if (isRefusal(parts)) throw new Error(parts.code)
  expect([...creditsByDocument(parts)].map(([id, lines]) => [id, [...lines]])).toEqual([
    ['RE-2', [['RE-2 a', 4]]],
    ['RE-1', [['RE-1 a', 3]]],
  ])
})
