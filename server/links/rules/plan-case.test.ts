import { expect, test } from 'vitest'
import { ONE } from '../../../common/quantity.ts'
import { planCase, type ShownLine, sameReport } from './plan-case.ts'

const line: ShownLine = { id: 'l1', noteId: 'n1', kind: 'goods', name: 'Schraube', delivered: 10 * ONE, returned: 0 }
const shown = [line, { ...line, id: 'l2', returned: 4 * ONE }, { ...line, id: 'fracht', kind: 'shipping' as const }]
const missing = (noteLineId: string, pieces: number) => ({
  noteLineId,
  problem: 'missing' as const,
  quantity: pieces * ONE,
})
const damaged = (noteLineId: string, pieces: number) => ({
  ...missing(noteLineId, pieces),
  problem: 'damaged' as const,
})

test('all of a line may be missing, and a part of it damaged', () => {
  expect(planCase([missing('l1', 10)], shown)).toEqual([{ ...missing('l1', 10), noteId: 'n1' }])
  expect(planCase([missing('l1', 3), damaged('l1', 7)], shown)).toHaveLength(2)
})
test('more than he got can neither be missing nor damaged, both together neither', () => {
  expect(planCase([missing('l1', 11)], shown)).toMatchObject({ code: 'more-than-received' })
  expect(planCase([missing('l1', 6), damaged('l1', 5)], shown)).toMatchObject({ code: 'more-than-received' })
})
test('what came back already can no longer be missing', () => {
  expect(planCase([missing('l2', 7)], shown)).toMatchObject({ facts: { received: 6 * ONE } })
})
test('lines of notes the link does not show, and cost of shipping, are not there', () => {
  expect(planCase([missing('somebody else’s', 1)], shown)).toMatchObject({ code: 'not-found' })
  expect(planCase([missing('fracht', 1)], shown)).toMatchObject({ code: 'not-found' })
})
test('the same line named twice is added up', () => {
  expect(planCase([missing('l1', 1), missing('l1', 2)], shown)).toEqual([{ ...missing('l1', 3), noteId: 'n1' }])
})
test('the order of lines and blanks between words make no other report; other words do', () => {
  const [a, b] = [
    { ...missing('l1', 1), noteId: 'n' },
    { ...damaged('l2', 1), noteId: 'n' },
  ]
  expect(sameReport([a, b], 'Karton  war offen ')).toEqual(sameReport([b, a], 'Karton war offen'))
  expect(sameReport([a], 'Karton offen')).not.toEqual(sameReport([a], 'Karton zu'))
})
