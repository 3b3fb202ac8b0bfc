import { expect, test } from 'vitest'
import { draftOfCase } from './draft-of-case.ts'
import {
  changed,
  emptyDraft,
  inputOf,
  lineOfScan,
  quantityOf,
  type ReturnableLine,
  split,
  withQuantity,
} from './return-draft.ts'

const line = (noteLineId: string, change: Partial<ReturnableLine> = {}): ReturnableLine => ({
  noteLineId,
  noteId: 'note',
  noteNumber: 'LS-1',
  deliveredOn: '2026-11-24',
  orderNumber: 'AU-1',
  customerId: 'customer',
  customerName: 'Quast',
  locationId: 'warehouse',
  articleId: 'article',
  articleNumber: 'SCHR',
  gtin: '4006381333931',
  name: 'Schraube',
  unit: 'H87',
  delivered: 5_000,
  returnable: 3_000,
  unbilled: 0,
  ...change,
})

test('scans count up the newest line until all of it is chosen, then the next one', () => {
  const lines = [line('new', { returnable: 2_000 }), line('old')]
  let draft = emptyDraft
  for (const code of ['4006381333931', 'schr', '04006381333931']) {
    const hit = lineOfScan(lines, draft, code)!
    draft = withQuantity(draft, hit, quantityOf(draft, hit.noteLineId) + 1_000)
  }
  expect(draft.entries.map((e) => [e.key, e.quantity])).toEqual([
    ['new', 2_000],
    ['old', 1_000],
  ])
  expect(lineOfScan(lines, draft, 'HAMMER')).toBeUndefined()
})

test('one piece of a line may have come back in another state, and a new quantity makes it one again', () => {
  const whole = withQuantity(emptyDraft, line('a'), 3_000)
  const parts = split(whole, whole.entries[0]!)
  expect(parts.entries.map((e) => e.quantity)).toEqual([2_000, 1_000])
  expect(inputOf(parts)!.lines).toHaveLength(2)
  expect(withQuantity(parts, line('a'), 1_000).entries.map((e) => e.quantity)).toEqual([1_000])
  expect(inputOf(withQuantity(parts, line('a'), 0))).toBeUndefined()
})

test('of a shortage nothing came back, and what came back has a state', () => {
  const short = changed(emptyDraft.fate, { reason: 'shortage' })
  expect(short).toEqual({ reason: 'shortage', goods: 'none', condition: 'not-received' })
  expect(changed(short, { goods: 'scrap' })).toMatchObject({ goods: 'scrap', condition: 'as-new' })
  expect(changed(short, { reason: 'defective' })).toMatchObject({ goods: 'restock', condition: 'as-new' })
})

test('what a customer reported fills the desk: missing never came, damaged waits, and no more than is with him', () => {
  const reported = (problem: 'missing' | 'damaged', quantity: number, noteLineId = 'l1') =>
    ({ noteLineId, problem, quantity }) as Parameters<typeof draftOfCase>[0]['caseLines'][number]
  const caseLines = [reported('missing', 2_000), reported('damaged', 2_000), reported('missing', 1_000, 'gone')]
  const draft = draftOfCase({ caseLines }, [line('l1')], 'Zu Ihrer Meldung')
  expect(draft.entries.map((e) => [e.reason, e.goods, e.quantity])).toEqual([
    ['shortage', 'none', 2_000],
    ['damaged-in-transit', 'quarantine', 1_000],
  ])
  expect(inputOf(draft)).toMatchObject({ locationId: 'warehouse', remark: 'Zu Ihrer Meldung' })
})
