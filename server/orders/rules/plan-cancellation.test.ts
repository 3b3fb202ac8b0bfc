import { expect, test } from 'vitest'
import { planCancellation } from './plan-cancellation.ts'

const line = (
  id: string,
  quantities: Partial<Record<'ordered' | 'cancelled' | 'planned' | 'delivered' | 'gross', number>>,
  kind = 'goods',
) => ({
  id,
  position: Number(id),
  kind,
  ordered: 10,
  cancelled: 0,
  planned: 0,
  delivered: 0,
  returned: 0,
  invoiced: 0,
  gross: 1000,
  ...quantities,
})
const shipping = line('9', { ordered: 1 }, 'shipping')
const cancelledOf = (plan: ReturnType<typeof planCancellation>) =>
  'cancelled' in plan ? plan.cancelled.map((c) => `${c.line.id}: ${c.quantity}`) : plan.code

test('without saying what, all that is open goes', () => {
  const lines = [line('1', { delivered: 4 }), line('2', { planned: 3 }), line('3', { delivered: 10 })]
  expect(cancelledOf(planCancellation('AU-1', lines, undefined))).toEqual(['1: 6', '2: 7'])
})

test('the shipping cost goes with the last goods that were still to come', () => {
  expect(cancelledOf(planCancellation('AU-1', [line('1', {}), shipping], undefined))).toEqual(['1: 10', '9: 1'])
})

test('the shipping cost stays while goods are left or on the way', () => {
  const some = [{ lineId: '1', quantity: 4 }]
  expect(cancelledOf(planCancellation('AU-1', [line('1', {}), shipping], some))).toEqual(['1: 4'])
  expect(cancelledOf(planCancellation('AU-1', [line('1', { planned: 2 }), shipping], undefined))).toEqual(['1: 8'])
})

test('what stands on an open delivery note is not open: the note is cancelled first', () => {
  const wanted = [{ lineId: '1', quantity: 8 }]
  expect(planCancellation('AU-1', [line('1', { planned: 3 })], wanted)).toMatchObject({
    code: 'cancel-exceeds-open',
    facts: { order: 'AU-1', line: 1, requested: 8, open: 7 },
  })
})

test('where nothing is open there is nothing to cancel', () => {
  expect(planCancellation('AU-1', [line('1', { delivered: 10 })], undefined)).toMatchObject({
    code: 'nothing-to-cancel',
  })
})

test('the exposure falls by what the cancelled quantity was worth', () => {
  const plan = planCancellation('AU-1', [line('1', { ordered: 3, gross: 100 })], [{ lineId: '1', quantity: 1 }])
  expect(plan).toMatchObject({ openOrdersChange: -33 })
})
