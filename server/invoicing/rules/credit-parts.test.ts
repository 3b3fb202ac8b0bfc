import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cumulativeShare } from '../../../common/money.ts'
import { isRefusal } from '../../../common/refusal.ts'
import { documentAmounts, type PriceMode } from '../../../common/tax/vat.ts'
import { creditParts, type StandingLine } from './credit-parts.ts'

const line = (id: string, quantity: number, amount: number, vatRate = 1900): StandingLine => ({
  id,
  quantity,
  amount,
  gross: amount,
  vatCategory: 'S',
  vatRate,
  credited: { quantity: 0, amount: 0, gross: 0 },
})
const documentOf = (lines: StandingLine[], mode: PriceMode) => ({
  number: 'RE-1',
  mode,
  creditedPayable: 0,
  lines,
  payable: documentAmounts(
    lines.map((l) => ({ amount: l.amount, category: l.vatCategory, rate: l.vatRate })),
    mode,
  ).payable,
})

test('a line of ten for 9,99 €: three back are the share of three', () => {
  const plan = creditParts(documentOf([line('a', 10, 999)], 'net'), new Map([['a', 3]]))
  expect(plan).toMatchObject({ amounts: { net: 300, vat: 57, gross: 357 }, all: false, whole: false })
})

describe('refused is', () => {
  test('more than still stands', () => {
    const standing = { ...line('a', 10, 999), credited: { quantity: 8, amount: 799, gross: 799 } }
    expect(creditParts(documentOf([standing], 'net'), new Map([['a', 3]]))).toMatchObject({
      code: 'more-than-billed',
      facts: { requested: 3, billed: 2 },
    })
  })
  test('nothing', () => {
    expect(creditParts(documentOf([line('a', 10, 999)], 'net'), new Map())).toMatchObject({ code: 'nothing-to-credit' })
  })
})

test('however a document is taken back, in net or gross prices, together it is the document to the cent', () => {
  const anyLine = fc.record({
    quantity: fc.integer({ min: 1, max: 20 }),
    amount: fc.nat(5_000),
    rate: fc.constantFrom(1900, 700, 0),
  })
  const anyTakes = fc.array(fc.record({ line: fc.nat(9), quantity: fc.integer({ min: 1, max: 6 }) }), { maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 5 }),
      anyTakes,
      fc.constantFrom<PriceMode>('net', 'gross'),
      (shapes, takes, mode) => {
        const document = documentOf(
          shapes.map((l, i) => line(String(i), l.quantity, l.amount, l.rate)),
          mode,
        )
        const take = (quantities: Map<string, number>) => {
          const plan = creditParts(document, quantities)
          if (isRefusal(plan)) throw new Error(plan.code)
          for (const { line, quantity, amount, gross } of plan.lines) {
            expect(amount).toBeGreaterThanOrEqual(0)
            line.credited = {
              quantity: line.credited.quantity + quantity,
              amount: line.credited.amount + amount,
              gross: line.credited.gross + gross,
            }
            expect(line.credited.amount).toBe(cumulativeShare(line.amount, line.credited.quantity, line.quantity))
          }
          expect(plan.amounts.payable).toBeGreaterThanOrEqual(0)
          expect(plan.amounts.payable).toBe(plan.amounts.gross + plan.amounts.rounding)
          expect(Math.abs(plan.amounts.rounding)).toBeLessThanOrEqual(3)
          document.creditedPayable += plan.amounts.payable
          return plan
        }
        for (const t of takes) {
          const of = document.lines[t.line % document.lines.length]!
          const quantity = Math.min(t.quantity, of.quantity - of.credited.quantity)
          if (quantity > 0) take(new Map([[of.id, quantity]]))
        }
        const rest = new Map(document.lines.map((l) => [l.id, l.quantity - l.credited.quantity]))
        if ([...rest.values()].some((q) => q > 0)) expect(take(rest).all).toBe(true)
        expect(document.creditedPayable).toBe(document.payable)
      },
    ),
    { numRuns: 500 },
  )
})
