import { describe, expect, test } from 'vitest'
import { type NoteWish, planNote } from './plan-note.ts'

type Wish = NoteWish<ReturnType<typeof line>, ReturnType<typeof order>>

const order = (id: string, change: Partial<{ customerId: string; deliverTo: string; hold: unknown }> = {}) => ({
  id,
  number: `AU-${id}`,
  customerId: 'customer',
  deliverTo: 'address',
  hold: null as unknown,
  ...change,
})
const line = (
  id: string,
  change: Partial<{
    orderId: string
    kind: 'goods' | 'shipping'
    cancelled: number
    planned: number
    delivered: number
    ordered: number
  }> = {},
) => ({
  id,
  orderId: '1',
  position: Number(id),
  kind: 'goods' as 'goods' | 'shipping',
  articleNumber: `S-${id}`,
  ordered: 10,
  cancelled: 0,
  planned: 0,
  delivered: 0,
  ...change,
})
const at = (locationId: string, orderLineId: string, quantity: number) => ({ orderLineId, locationId, quantity })
const plan = (change: Partial<Wish>) =>
  planNote({
    orders: [order('1')],
    lines: [line('1')],
    reservations: [at('A', '1', 10)],
    onOpenNotes: [],
    wanted: undefined,
    locationId: undefined,
    locationName: (id) => `Lager ${id}`,
    ...change,
  })
const onNote = (planned: ReturnType<typeof plan>) =>
  'lines' in planned ? [planned.locationId, ...planned.lines.map((l) => `${l.line.id}: ${l.quantity}`)] : planned.code

describe('without saying what', () => {
  test('all that is reserved at the location that holds most', () => {
    const lines = [line('1'), line('2')]
    const reservations = [at('A', '1', 3), at('B', '1', 7), at('B', '2', 10)]
    expect(onNote(plan({ lines, reservations }))).toEqual(['B', '1: 7', '2: 10'])
  })

  test('what already stands on another open note is left out', () => {
    const scene = { lines: [line('1', { planned: 6 })], onOpenNotes: [at('A', '1', 6)] }
    expect(onNote(plan(scene))).toEqual(['A', '1: 4'])
    expect(onNote(plan({ lines: [line('1', { planned: 10 })], onOpenNotes: [at('A', '1', 10)] }))).toBe(
      'nothing-to-deliver',
    )
  })

  test('the shipping cost goes with the first note of its order, and only with that', () => {
    const first = [line('1'), line('2', { kind: 'shipping', ordered: 1 })]
    expect(onNote(plan({ lines: first }))).toEqual(['A', '1: 10', '2: 1'])
    const second = [line('1', { delivered: 4 }), line('2', { kind: 'shipping', ordered: 1, delivered: 1 })]
    expect(onNote(plan({ lines: second, reservations: [at('A', '1', 6)] }))).toEqual(['A', '1: 6'])
  })

  test('the shipping cost of an order of which nothing is on the note stays behind', () => {
    const lines = [line('1'), line('2', { orderId: '2', kind: 'shipping', ordered: 1 }), line('3', { orderId: '2' })]
    expect(onNote(plan({ orders: [order('1'), order('2')], lines }))).toEqual(['A', '1: 10'])
  })

  test('where nothing is reserved there is nothing to deliver', () => {
    expect(onNote(plan({ reservations: [] }))).toBe('nothing-to-deliver')
  })
})

describe('the part the clerk chose', () => {
  test('is what goes on the note', () => {
    expect(onNote(plan({ wanted: [{ orderLineId: '1', quantity: 4 }] }))).toEqual(['A', '1: 4'])
  })

  test('is refused beyond what is open', () => {
    const wanted = [{ orderLineId: '1', quantity: 8 }]
    expect(plan({ lines: [line('1', { cancelled: 1, delivered: 2 })], wanted })).toMatchObject({
      code: 'more-than-open',
      facts: { order: 'AU-1', line: 1, requested: 8, open: 7 },
    })
  })

  test('is refused beyond what is reserved at the location', () => {
    const scene = { reservations: [at('A', '1', 3), at('B', '1', 7)], locationId: 'A' }
    expect(plan({ ...scene, wanted: [{ orderLineId: '1', quantity: 4 }] })).toMatchObject({
      code: 'not-reserved',
      facts: { article: 'S-1', location: 'Lager A', requested: 4, reserved: 3 },
    })
  })
})

describe('whose goods', () => {
  const both = { lines: [line('1'), line('2', { orderId: '2' })], reservations: [at('A', '1', 10), at('A', '2', 10)] }

  test('two orders of one customer to one address go on one note', () => {
    expect(onNote(plan({ ...both, orders: [order('1'), order('2')] }))).toEqual(['A', '1: 10', '2: 10'])
  })

  test.each([
    ['another customer', { customerId: 'somebody else' }],
    ['another address', { deliverTo: 'another address' }],
  ])('%s is refused', (_, change) => {
    expect(onNote(plan({ ...both, orders: [order('1'), order('2', change)] }))).toBe('different-recipients')
  })

  test('an order on hold is refused by its number', () => {
    const held = order('2', { hold: [{ code: 'credit-limit' }] })
    expect(plan({ ...both, orders: [order('1'), held] })).toMatchObject({
      code: 'order-on-hold',
      facts: { order: 'AU-2' },
    })
  })
})
