import { describe, expect, test } from 'vitest'
import { ONE } from '../../../common/quantity.ts'
import type { OrderState } from '../connector.ts'
import { mentions, NEVER_PAID, type OrderInShop, planOrder, planRefunds, stateByFulfilments } from './plan-order.ts'

const line = (id: string, quantity: number, orderPlacedQuantity = quantity) => ({
  id,
  quantity,
  orderPlacedQuantity,
  productVariant: { id: `v${id}` },
})
const payment = (id: string, method: string, state: string, amount = 34_735) => ({
  id,
  method,
  state,
  amount,
  refunds: [] as { id: string; total: number; state: string; reason: string | null }[],
})
const inShop = (change: Partial<OrderInShop> = {}): OrderInShop => ({
  id: '1',
  code: 'ABC',
  state: 'PaymentAuthorized',
  nextStates: [],
  lines: [line('1', 10), line('2', 2)],
  fulfillments: [],
  totalWithTax: 34_735,
  payments: [payment('5', 'kauf-auf-lieferschein', 'Authorized')],
  modifications: [],
  history: { items: [] },
  ...change,
})
const fulfilment = (method: string, pieces: Record<string, number>, state = 'Shipped') => ({
  id: method,
  state,
  method,
  lines: Object.entries(pieces).map(([orderLineId, quantity]) => ({ orderLineId, quantity })),
})
const here = (change: Partial<OrderState> = {}): OrderState => ({
  externalId: '1',
  externalNumber: 'ABC',
  number: 'AB-1',
  shipments: [],
  cancelled: { all: false, lines: {}, reason: '' },
  completed: false,
  invoices: [],
  corrections: [],
  payment: { gross: 100, paid: 0, reference: null, isPaid: false },
  ...change,
})
const left = (number: string, lines: Record<string, number>) => ({
  number,
  on: '2026-11-24',
  lines,
  carrier: null,
  trackingNumber: null,
})
const cancelled = (lines: Record<string, number>, all = false) => ({ cancelled: { all, lines, reason: '' } })
const pieces = (one: { lines: readonly { orderLineId: string; quantity: number }[] }) =>
  Object.fromEntries(one.lines.map(({ orderLineId, quantity }) => [orderLineId, quantity]))

describe('what left', () => {
  test('a note is told once, and a longer number that begins the same is another one', () => {
    const state = here({ shipments: [left('LS-1', { 1: 3 * ONE }), left('LS-12', { 1: 2 * ONE })] })
    const plan = planOrder(inShop({ fulfillments: [fulfilment('DHL, Lieferschein LS-12', { 1: 2 })] }), state)
    expect(plan.fulfil.map((one) => [one.method, pieces(one)])).toEqual([['Lieferung, Lieferschein LS-1', { 1: 3 }]])
    expect([mentions('x LS-1', 'LS-1'), mentions('LS-1, DHL', 'LS-1'), mentions('ALS-1', 'LS-1')]).toEqual([
      true,
      true,
      false,
    ])
  })
  test('parts of a piece are told when they are whole, never more than is open, nothing the shop has no line for', () => {
    const shipments = [left('LS-1', { 1: 2500 }), left('LS-2', { 1: 1500, 2: 5000, 'shipping:3': 1000 })]
    const { fulfil } = planOrder(inShop(), here({ shipments }))
    expect(fulfil.map(pieces)).toEqual([{ 1: 2 }, { 1: 2, 2: 2 }])
  })
  test('one that was cancelled in the shop is somebody’s decision and not made again', () => {
    const state = here({ shipments: [left('LS-1', { 1: ONE })] })
    const shop = inShop({ fulfillments: [fulfilment('Lieferschein LS-1', { 1: 1 }, 'Cancelled')] })
    expect(planOrder(shop, state).fulfil).toEqual([])
  })
  test('the state of the order follows the pieces', () => {
    const stateWith = (...fulfillments: ReturnType<typeof fulfilment>[]) => stateByFulfilments(inShop({ fulfillments }))
    expect(stateWith()).toBeUndefined()
    expect(stateWith(fulfilment('a', { 1: 1 }, 'Pending'))).toBeUndefined()
    expect(stateWith(fulfilment('a', { 1: 10 }))).toBe('PartiallyShipped')
    expect(stateWith(fulfilment('a', { 1: 10 }), fulfilment('b', { 2: 2 }))).toBe('Shipped')
    expect(stateWith(fulfilment('a', { 1: 10 }), fulfilment('b', { 2: 2 }, 'Delivered'))).toBe('PartiallyDelivered')
    expect(stateWith(fulfilment('a', { 1: 10, 2: 2 }, 'Delivered'))).toBe('Delivered')
    expect(stateWith(fulfilment('a', { 1: 10, 2: 2 }, 'Cancelled'))).toBeUndefined()
  })
})

describe('what was cancelled', () => {
  const taken = (shop: OrderInShop, lines: Record<string, number>, all = false) =>
    planOrder(shop, here(cancelled(lines, all))).cancel
  test('pieces the shop took off already are not taken off again, by a cancellation or by changing the order', () => {
    expect(taken(inShop(), { 1: 3 * ONE })).toEqual([{ orderLineId: '1', quantity: 3 }])
    expect(taken(inShop({ lines: [line('1', 8, 10), line('2', 2)] }), { 1: 3 * ONE })).toEqual([
      { orderLineId: '1', quantity: 1 },
    ])
    expect(taken(inShop({ lines: [line('1', 7, 10), line('2', 2)] }), { 1: 3 * ONE })).toEqual([])
    // raised from 4 to 10 in the shop: nothing was taken off
    const raised = inShop({
      lines: [line('1', 10, 4), line('2', 2)],
      modifications: [{ lines: [{ orderLineId: '1', quantity: 6 }] }],
    })
    expect(taken(raised, { 1: ONE })).toEqual([{ orderLineId: '1', quantity: 1 }])
  })
  test('what the shop took off before the order was taken here was never ours', () => {
    const state = { ...here(cancelled({ 1: ONE })), ordered: { 1: 9 * ONE, 2: 2 * ONE } }
    expect(planOrder(inShop({ lines: [line('1', 9, 10), line('2', 2)] }), state).cancel).toEqual([
      { orderLineId: '1', quantity: 1 },
    ])
    expect(planOrder(inShop({ lines: [line('1', 8, 10), line('2', 2)] }), state).cancel).toEqual([])
  })
  test('what was delivered is never cancelled', () => {
    const shop = inShop({ fulfillments: [fulfilment('a', { 1: 8 })] })
    expect(taken(shop, { 1: 5 * ONE })).toEqual([{ orderLineId: '1', quantity: 2 }])
    expect(taken(shop, { 1: 10 * ONE, 2: 2 * ONE }, true)).toEqual([
      { orderLineId: '1', quantity: 2 },
      { orderLineId: '2', quantity: 2 },
    ])
  })
  test('all lines one after the other are the whole order; a cancelled one is left alone', () => {
    expect(taken(inShop(), {}, true)).toBe('whole')
    expect(taken(inShop(), { 1: 10 * ONE, 2: 2 * ONE })).toBe('whole')
    expect(taken(inShop({ state: 'Cancelled', lines: [line('1', 0, 10)] }), {}, true)).toEqual([])
  })
  test('what is cancelled and what left in the same breath take different pieces', () => {
    const state = here({ ...cancelled({ 1: 4 * ONE }), shipments: [left('LS-1', { 1: 6 * ONE })] })
    const plan = planOrder(inShop(), state)
    expect(plan.cancel).toEqual([{ orderLineId: '1', quantity: 4 }])
    expect(plan.fulfil.map(pieces)).toEqual([{ 1: 6 }])
  })
})

test('a payment is settled when everything is paid, but never one a provider has to collect', () => {
  const payments = [
    payment('1', 'kauf-auf-lieferschein', 'Authorized'),
    payment('2', 'vorkasse', 'Authorized'),
    payment('3', 'stripe', 'Authorized'),
    payment('4', 'kartenzahlung', 'Authorized'),
    payment('5', 'rechnung', 'Declined'),
  ]
  const paid = (isPaid: boolean) => here({ payment: { gross: 100, paid: isPaid ? 100 : 99, reference: null, isPaid } })
  expect(planOrder(inShop({ payments }), paid(true)).settle).toEqual(['1', '2'])
  expect(planOrder(inShop({ payments }), paid(false)).settle).toEqual([])
})
test('what a settled payment says too much is refunded, once, and never what a provider collected', () => {
  const isPaid = here({ payment: { gross: 34_735, paid: 29_447, reference: null, isPaid: true } })
  const planOf = (payments: OrderInShop['payments'], state = isPaid) =>
    planRefunds(inShop({ totalWithTax: 29_447, payments }), state)
  const settled = payment('5', 'kauf-auf-lieferschein', 'Settled')
  expect(planOf([settled])).toEqual({ settle: [], refund: [{ paymentId: '5', amount: 5_288 }] })
  expect(planOf([settled], here())).toEqual({ settle: [], refund: [] })
  expect(planOf([payment('5', 'stripe', 'Settled')])).toEqual({ settle: [], refund: [] })
  expect(planOf([payment('5', 'kauf-auf-lieferschein', 'Settled', 29_447)]).refund).toEqual([])
  const refunded = (state: string, reason: string | null) =>
    planOf([{ ...settled, refunds: [{ id: '9', total: 5_288, state, reason }] }])
  expect(refunded('Settled', NEVER_PAID)).toEqual({ settle: [], refund: [] })
  expect(refunded('Pending', `${NEVER_PAID} (AB-1)`)).toEqual({ settle: ['9'], refund: [] })
  expect(refunded('Pending', 'Kulanz')).toEqual({ settle: [], refund: [] })
  expect(refunded('Failed', NEVER_PAID).refund).toHaveLength(1)
})
test('that an invoice was corrected is noted once, whether the shop knew the invoice or not', () => {
  const of = (number: string, corrects: string, gross: number, whole: boolean) => ({
    number,
    on: '2026-11-26',
    corrects,
    gross,
    whole,
  })
  const invoices = [{ number: 'RE-2', on: '2026-11-25', gross: 5_000, open: 0 }]
  const corrections = [
    of('RK-1', 'RE-1', -3_380, true),
    of('RK-2', 'RE-2', -500, false),
    of('RK-3', 'RK-2', 500, false),
  ]
  const known = { items: [{ data: { note: 'Rechnung RE-1 vom 24.11.2026 über 33,80 €' } }] }
  const textsOf = (shop: OrderInShop, state: OrderState) => planOrder(shop, state).notes.map(({ text }) => text)
  const notes = textsOf(inShop({ history: known }), here({ invoices, corrections }))
  expect(notes).toEqual([
    'Rechnung RE-2 vom 25.11.2026 über 50,00 €',
    'Rechnungskorrektur RK-1 vom 26.11.2026 zu RE-1 über -33,80 €: RE-1 ist damit aufgehoben',
    'Rechnungskorrektur RK-2 vom 26.11.2026 zu RE-2 über -5,00 €',
    'Rechnungskorrektur RK-3 vom 26.11.2026 zu RK-2 über 5,00 €',
  ])
  const history = { items: [...known.items, ...notes.map((note) => ({ data: { note } }))] }
  expect(planOrder(inShop({ history }), here({ invoices, corrections })).notes).toEqual([])
  // a correction that came first doesn't stand for its invoice
  const onlyCorrection = { items: [{ data: { note: notes[2]! } }] }
  expect(textsOf(inShop({ history: onlyCorrection }), here({ invoices }))).toEqual([notes[0]])
})
test('an invoice is noted once', () => {
  const invoices = [
    { number: 'RE-1', on: '2026-11-24', gross: 12_565, open: 0 },
    { number: 'RE-12', on: '2026-11-25', gross: 5, open: 5 },
  ]
  const history = { items: [{ data: { note: 'Rechnung RE-12 vom 25.11.2026 über 0,05 €' } }, { data: {} }] }
  expect(planOrder(inShop({ history }), here({ invoices })).notes).toEqual([
    { kind: 'invoice-told', number: 'RE-1', text: 'Rechnung RE-1 vom 24.11.2026 über 125,65 €' },
  ])
})
