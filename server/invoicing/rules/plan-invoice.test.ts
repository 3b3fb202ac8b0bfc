import { describe, expect, test } from 'vitest'
import { planInvoice } from './plan-invoice.ts'

const note = (id: string, state = 'issued') => ({ id, number: `LS-${id}`, state })
const line = (
  id: string,
  change: Partial<{ noteId: string; orderId: string; returned: number; invoiced: number }> = {},
) => ({
  id,
  noteId: 'n1',
  position: 1,
  orderId: 'o1',
  delivered: 10,
  returned: 0,
  invoiced: 0,
  ...change,
})
const order = (id: string, change = {}) => ({ id, customerId: 'c', billTo: 'b', priceMode: 'net' as const, ...change })
const billed = (plan: ReturnType<typeof planInvoice<ReturnType<typeof line>>>) =>
  Array.isArray(plan) ? plan.map((b) => `${b.line.id}: ${b.quantity}`) : plan.code

describe('what an invoice takes', () => {
  const lines = [line('a', { invoiced: 4 }), line('b', { returned: 10 }), line('c', { noteId: 'n2', returned: 1 })]
  const notes = [note('n1'), note('n2')]

  test('of whole notes what was delivered, did not come back and is not billed', () => {
    expect(billed(planInvoice({ noteIds: ['n1', 'n2'] }, notes, lines, [order('o1')]))).toEqual(['a: 6', 'c: 9'])
  })

  test('of single lines the quantity asked for, or all', () => {
    const selection = { lines: [{ noteLineId: 'a', quantity: 2 }, { noteLineId: 'c' }] }
    expect(billed(planInvoice(selection, notes, lines, [order('o1')]))).toEqual(['a: 2', 'c: 9'])
  })

  test('a line named beside its whole note is taken once', () => {
    const selection = { noteIds: ['n1'], lines: [{ noteLineId: 'a', quantity: 2 }] }
    expect(billed(planInvoice(selection, [note('n1')], lines, [order('o1')]))).toEqual(['a: 2'])
  })

  test('never more than is billable, and the refusal says where', () => {
    const selection = { lines: [{ noteLineId: 'a', quantity: 7 }] }
    expect(planInvoice(selection, [note('n1')], lines, [order('o1')])).toMatchObject({
      code: 'more-than-delivered',
      facts: { note: 'LS-n1', requested: 7, billable: 6 },
    })
  })

  test('nothing is billed twice', () => {
    expect(billed(planInvoice({ noteIds: ['n1'] }, [note('n1')], [line('a', { invoiced: 10 })], [order('o1')]))).toBe(
      'nothing-to-invoice',
    )
  })

  test('a note before its goods issue is not billed', () => {
    expect(billed(planInvoice({ noteIds: ['n1'] }, [note('n1', 'open')], lines, [order('o1')]))).toBe('note-not-issued')
  })
})

describe('one invoice is for one buyer', () => {
  const lines = [line('a'), line('b', { noteId: 'n2', orderId: 'o2' })]
  const together = (change: object) =>
    billed(planInvoice({ noteIds: ['n1', 'n2'] }, [note('n1'), note('n2')], lines, [order('o1'), order('o2', change)]))

  test('two orders of the same buyer stand on one invoice', () => {
    expect(together({})).toEqual(['a: 10', 'b: 10'])
  })

  test.each([
    ['another customer', { customerId: 'somebody else' }],
    ['another address of the same customer', { billTo: 'branch' }],
    ['prices agreed with VAT beside prices without', { priceMode: 'gross' }],
  ])('%s is refused', (_, change) => {
    expect(together(change)).toBe('different-buyers')
  })
})
