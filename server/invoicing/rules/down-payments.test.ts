import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cents } from '../../../common/money.ts'
import { documentAmounts } from '../../../common/tax/vat.ts'
import type { OrderLineRow } from '../../orders/index.ts'
import {
  afterUses,
  type BilledAmount,
  type DownPaymentRate,
  lessDeductions,
  planClosings,
  planDeductions,
  takeOf,
} from './down-payments.ts'
import { planDownPayment } from './plan-down-payment.ts'
import { spreadReceipts } from './spread-receipts.ts'

const line = (amount: Cents, vatRate = 1_900, change: Partial<OrderLineRow> = {}): OrderLineRow => ({
  id: `line ${amount} ${vatRate}`,
  orderId: 'order',
  position: 1,
  kind: 'goods',
  articleId: null,
  articleNumber: null,
  name: 'Ware',
  unit: 'H87',
  vatCategory: 'S',
  vatRate,
  unitPrice: 0,
  discount: 0,
  discountReason: null,
  amount,
  gross: amount,
  ordered: 10,
  cancelled: 0,
  planned: 0,
  delivered: 0,
  returned: 0,
  invoiced: 0,
  ...change,
})
const rate = (payable: Cents, net: Cents, change: Partial<DownPaymentRate> = {}): DownPaymentRate => {
  const [category, vat] = ['S' as const, payable - net]
  const own = { invoiceId: 'one', number: 'RE-1', issuedOn: '2026-11-24', orderId: 'order', category, rate: 1_900 }
  return { ...own, payable, net, vat, leftPayable: payable, leftNet: net, leftVat: vat, open: 0, ...change }
}
const billed = (amount: Cents, change: Partial<BilledAmount> = {}): BilledAmount => {
  return { orderId: 'order', amount, category: 'S', rate: 1_900, ...change }
}
const plan = (lines: OrderLineRow[], wish: { percent?: number; amount?: Cents }, before: DownPaymentRate[] = []) =>
  planDownPayment({ lines, mode: 'net', before }, wish)
const sum = (list: readonly Cents[]): Cents => list.reduce((a, b) => a + b, 0)

describe('a down payment', () => {
  test('is spread over the rates by their share, the cent left over to the largest remainder', () => {
    expect(plan([line(10_000), line(10_000, 700)], { amount: 1_000 })).toMatchObject({
      rates: [
        { rate: 1_900, payable: 527, net: 443, vat: 84 },
        { rate: 700, payable: 473, net: 442, vat: 31 },
      ],
      amounts: { payable: 1_000 },
      orderTotal: 22_600,
    })
  })

  test('over all of an order has its net and VAT', () => {
    expect(plan([line(10_003), line(4_999, 700)], { percent: 10_000 })).toMatchObject({
      whole: true,
      amounts: { net: 15_002, vat: 1_901 + 350, rounding: 0 },
    })
  })

  test('leaves out what is cancelled, billed, or billed as down payment', () => {
    const lines = [line(10_000, 1_900, { cancelled: 2, invoiced: 3 })]
    const before = [rate(2_000, 1_681)]
    expect(plan(lines, { amount: 3_951 }, before)).toMatchObject({
      code: 'down-payment-too-high',
      facts: { requested: 3_951, possible: 3_950 },
    })
    expect(plan(lines, { amount: 3_950 }, before)).toMatchObject({ amounts: { payable: 3_950 }, orderTotal: 9_520 })
  })
})

describe('what is deducted', () => {
  test('is what was received, up to what is billed of the same order at the same rate', () => {
    const deducted = (downPayment: DownPaymentRate, amount: BilledAmount) =>
      planDeductions([downPayment], [amount], 'net').map((u) => [u.payable, u.net, u.vat])
    expect(deducted(rate(3_570, 3_000), billed(10_000))).toEqual([[3_570, 3_000, 570]])
    expect(deducted(rate(3_570, 3_000, { open: 1_570 }), billed(10_000))).toEqual([[2_000, 1_681, 319]])
    expect(deducted(rate(3_570, 3_000), billed(1_000))).toEqual([[1_190, 1_000, 190]])
    expect(deducted(rate(3_570, 3_000), billed(10_000, { rate: 700 }))).toEqual([])
    expect(deducted(rate(3_570, 3_000), billed(10_000, { orderId: 'other' }))).toEqual([])
    expect(deducted(rate(3_570, 3_000, { open: 3_570 }), billed(10_000))).toEqual([])
  })

  test('leaves exactly what is still to be paid, however VAT rounds', () => {
    const share = fc.integer({ min: 1, max: 200_000 })
    fc.assert(
      fc.property(share, share, share, (goods, other, paid) => {
        const lines = [billed(goods), billed(other, { rate: 700 })]
        const amounts = documentAmounts(lines, 'net')
        const down = plan([line(goods), line(other, 700)], { amount: Math.min(paid, amounts.payable) })
        if ('code' in down) throw new Error(down.code)
        const rates = down.rates.map((r) => rate(r.payable, r.net, { ...r, leftVat: r.vat }))
        const uses = planDeductions(rates, lines, 'net')
        const left = lessDeductions(amounts, uses)
        expect(sum(uses.map((u) => u.payable))).toBe(down.amounts.payable)
        expect(left.payable).toBe(amounts.payable - down.amounts.payable)
        expect(left.gross + left.rounding).toBe(left.payable)
        expect(Math.abs(left.rounding)).toBeLessThanOrEqual(4)
      }),
    )
  })

  test('in any parts adds up to the down payment, net and tax to the cent', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 2_500 }), (wanted, vatRate) => {
        const payable = sum(wanted)
        let left = rate(payable, Math.round((payable * 10_000) / (10_000 + vatRate)), { rate: vatRate })
        const uses = wanted.map((amount) => {
          const use = takeOf(left, amount)
          left = afterUses([left], [use])[0]!
          return use
        })
        expect([left.leftPayable, left.leftNet, left.leftVat]).toEqual([0, 0, 0])
        expect([sum(uses.map((u) => u.net)), sum(uses.map((u) => u.vat))]).toEqual([left.net, left.vat])
        expect(uses.every((u) => u.net >= 0 && u.vat >= 0)).toBe(true)
      }),
    )
  })
})

describe('an unpaid down payment', () => {
  const unpaid = rate(3_570, 3_000, { open: 3_570 })
  const closed = (toBill: Cents, rates = [unpaid]) =>
    planClosings(rates, new Map([['order', toBill]])).map((uses) => [
      uses[0]!.of.number,
      sum(uses.map((u) => u.payable)),
    ])

  test('stays due for what is still to be billed, the rest falls away', () => {
    expect(closed(3_570)).toEqual([])
    expect(closed(1_000)).toEqual([['RE-1', 2_570]])
    expect(closed(0)).toEqual([['RE-1', 3_570]])
  })

  test('falls away for its unpaid part only, the newest first', () => {
    const newer = rate(1_190, 1_000, { invoiceId: 'two', number: 'RE-2', open: 190 })
    expect(closed(4_000, [unpaid, newer])).toEqual([
      ['RE-2', 190],
      ['RE-1', 570],
    ])
  })
})

test('the receipts of a down payment share its net and tax by rate, to the cent', () => {
  const rates = [rate(527, 443), rate(473, 442, { rate: 700 })]
  const receipts = spreadReceipts([{ amount: 333 }, { amount: 667 }], rates)
  expect(receipts.map((r) => r.perRate.map((p) => [p.net, p.vat]))).toEqual([
    [
      [148, 28],
      [147, 10],
    ],
    [
      [295, 56],
      [295, 21],
    ],
  ])
})
