import { expect, test } from 'vitest'
import { type Draft, type NoteLine, reportedLines, stepped, withQuantity } from './report-draft.ts'

const line: NoteLine = {
  id: 'l1',
  kind: 'goods',
  articleNumber: 'S-1',
  name: 'Kabel',
  nameEn: null,
  unit: 'MTR',
  delivered: 3_500,
  returned: 0,
}
const empty: Draft = {}

test('steps go in whole pieces, and the last one reaches what is not whole', () => {
  let draft = empty
  const seen = [1, 2, 3, 4, 5].map(() => {
    draft = stepped(draft, line, 'missing', 1)
    return draft.l1!.missing
  })
  expect(seen).toEqual([1_000, 2_000, 3_000, 3_500, 3_500])
  expect(stepped(draft, line, 'missing', -1).l1!.missing).toBe(3_000)
  expect(stepped(empty, line, 'missing', -1).l1!.missing).toBe(0)
})
test('missing and damaged together are never more than came', () => {
  const draft = withQuantity(withQuantity(empty, line, 'missing', 2_000), line, 'damaged', 9_000)
  expect(draft.l1).toEqual({ missing: 2_000, damaged: 1_500 })
})
test('what came back already can no longer be missing', () => {
  expect(withQuantity(empty, { ...line, returned: 3_000 }, 'missing', 9_000).l1!.missing).toBe(500)
})
test('only what was said is sent', () => {
  const draft = withQuantity(withQuantity(empty, line, 'missing', 2_000), { ...line, id: 'l2' }, 'damaged', 0)
  expect(reportedLines(draft)).toEqual([{ noteLineId: 'l1', problem: 'missing', quantity: 2_000 }])
})
