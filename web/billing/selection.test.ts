import { expect, it } from 'vitest'
import { groupUnbilled, type UnbilledLine } from './group-unbilled.ts'
import { billingInput, selectLines, withLines, withQuantity } from './selection.ts'

const line = (noteId: string, noteLineId: string, more: Partial<UnbilledLine> = {}): UnbilledLine => ({
  noteId,
  noteNumber: noteId,
  deliveredOn: '2026-11-20',
  noteLineId,
  position: 1,
  orderNumber: 'AU-1',
  customerId: 'customer',
  customerName: 'Kräher',
  billToId: 'address',
  articleNumber: 'A-1',
  name: 'Schraube',
  unit: 'H87',
  delivered: 5000,
  billable: 5000,
  amount: 1000,
  priceMode: 'net',
  ...more,
})
const lines = [line('first', 'a'), line('first', 'b'), line('second', 'c')]
const group = groupUnbilled(lines)[0]!

it('bills whole notes by their id', () => {
  expect(billingInput(group, selectLines(lines))).toEqual({ noteIds: ['first', 'second'] })
})
it('bills the rest of a note line by line once a line is taken off', () => {
  expect(billingInput(group, withLines(selectLines(lines), [lines[1]!], false))).toEqual({
    noteIds: ['second'],
    lines: [{ noteLineId: 'a', quantity: 5000 }],
  })
})
it('bills a part of a quantity', () => {
  expect(billingInput(group, withQuantity(selectLines([lines[2]!]), lines[2]!, 2000))).toEqual({
    lines: [{ noteLineId: 'c', quantity: 2000 }],
  })
})
it('keeps apart what cannot stand on one invoice', () => {
  const groups = groupUnbilled([
    ...lines,
    line('third', 'd', { priceMode: 'gross' }),
    line('fourth', 'e', { billToId: 'other' }),
  ])
  expect(groups.map((g) => g.lines.length)).toEqual([3, 1, 1])
})
