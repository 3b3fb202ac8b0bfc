import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PriceMode } from '../../../common/tax/vat.ts'
import type { OrderLineRow } from '../../orders/index.ts'
import { type Billed, priceLines } from './price-lines.ts'

const orderLine = (change: Partial<OrderLineRow> = {}): OrderLineRow => ({
  id: 'line',
  orderId: 'order',
  position: 1,
  kind: 'goods',
  articleId: 'article',
  articleNumber: 'S-1',
  name: 'Schraube',
  unit: 'H87',
  vatCategory: 'S',
  vatRate: 1900,
  unitPrice: 0,
  discount: 0,
  discountReason: null,
  amount: 100,
  gross: 119,
  ordered: 3,
  cancelled: 0,
  planned: 0,
  delivered: 3,
  returned: 0,
  invoiced: 0,
  ...change,
})
const nothing = new Map<string, Billed>()
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const amounts = (parts: { quantity: number; line?: OrderLineRow }[], mode: PriceMode = 'net') =>
  priceLines(
    parts.map((p) => ({ line: { orderLine: p.line ?? orderLine() }, quantity: p.quantity })),
    mode,
    nothing,
  )

describe('a part of an agreed amount', () => {
  test('three pieces for a euro, each from another note of one invoice: together a euro', () => {
    const { lines, amounts: document } = amounts([{ quantity: 1 }, { quantity: 1 }, { quantity: 1 }])
    expect(lines.map((l) => l.amount)).toEqual([33, 34, 33])
    expect(document.net).toBe(100)
  })

  test('its discount is shown as net amount, whatever the prices were agreed in', () => {
    const line = orderLine({ discount: 238, amount: 1190 })
    expect(amounts([{ quantity: 3, line }], 'gross').lines[0]).toMatchObject({ net: 1000, netDiscount: 200 })
    expect(amounts([{ quantity: 3, line }], 'net').lines[0]).toMatchObject({ net: 1190, netDiscount: 238 })
  })

  test('VAT is taken on the sum of a rate, never line by line', () => {
    const cent = orderLine({ ordered: 1, amount: 3, gross: 3 })
    const hundred = Array.from({ length: 100 }, (_, i) => ({ quantity: 1, line: { ...cent, id: String(i) } }))
    expect(amounts(hundred).amounts.vat).toBe(57)
  })
})

/** Invoices over one line, some taken back again: what stands on each, as the ledger would have it. */
function play(agreed: OrderLineRow, steps: readonly { share: number; reverse: boolean; which: number }[]) {
  const standing: { quantity: number; amount: number; gross: number }[] = []
  const parts: number[] = []
  const bill = (wish: number) => {
    const invoiced = sum(standing.map((s) => s.quantity))
    const quantity = Math.min(wish, agreed.ordered - invoiced)
    if (quantity === 0) return
    const billed = { amount: sum(standing.map((s) => s.amount)), gross: sum(standing.map((s) => s.gross)) }
    const line = { orderLine: { ...agreed, invoiced } }
    const [priced] = priceLines([{ line, quantity }], 'net', new Map([[agreed.id, billed]])).lines
    standing.push({ quantity, amount: priced!.amount, gross: priced!.gross })
    parts.push(priced!.amount)
  }
  for (const step of steps) {
    if (step.reverse && standing.length > 0) standing.splice(step.which % standing.length, 1)
    else bill(step.share)
  }
  bill(agreed.ordered)
  return { standing, parts }
}

const anySteps = fc.array(
  fc.record({ share: fc.integer({ min: 1, max: 12 }), reverse: fc.boolean(), which: fc.nat(20) }),
  { maxLength: 30 },
)

describe('however a line is billed', () => {
  test('in any parts it comes to the agreed amount to the cent', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: 1, max: 60 }),
        (steps, amount, ordered) => {
          const agreed = orderLine({ amount, gross: amount * 2, ordered })
          const { standing } = play(
            agreed,
            steps.map((s) => ({ ...s, reverse: false })),
          )
          expect(sum(standing.map((s) => s.amount))).toBe(amount)
        },
      ),
    )
  })

  test('with any invoices in between taken back and their goods billed again, it still does', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: 1, max: 60 }),
        (steps, amount, ordered) => {
          const { standing } = play(orderLine({ amount, gross: amount * 2, ordered }), steps)
          expect(sum(standing.map((s) => s.quantity))).toBe(ordered)
          expect(sum(standing.map((s) => s.amount))).toBe(amount)
          expect(sum(standing.map((s) => s.gross))).toBe(amount * 2)
        },
      ),
    )
  })

  test('no part has the opposite sign of the whole', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (steps, amount, ordered) => {
          for (const part of play(orderLine({ amount, ordered }), steps).parts) expect(part).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  test('the first invoice of three corrected and billed with the third: a euro, not a euro and a cent', () => {
    const bill = { share: 1, reverse: false, which: 0 }
    const { standing } = play(orderLine(), [bill, bill, { ...bill, reverse: true }])
    expect(standing.map((s) => s.amount)).toEqual([34, 66])
  })
})
