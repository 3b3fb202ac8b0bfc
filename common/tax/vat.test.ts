import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentAmounts, netOfGross, type TaxedAmount, type VatCategory, vatOf } from './vat.ts'

const rates: [VatCategory, number][] = [
  ['S', 1900],
  ['S', 700],
  ['S', 1600],
  ['Z', 0],
  ['E', 0],
]
const amount = (least: number): fc.Arbitrary<TaxedAmount> =>
  fc
    .record({ amount: fc.integer({ min: least, max: 5_000_000 }), of: fc.constantFrom(...rates) })
    .map(({ amount, of: [category, rate] }) => ({ amount, category, rate }))
const amounts = (least: number) => fc.array(amount(least), { minLength: 1, maxLength: 30 })
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

describe('a document in net prices', () => {
  test('pays its nets and the VAT of each rate on their sum (BR-CO-17)', () => {
    fc.assert(
      fc.property(amounts(-5_000_000), (lines) => {
        const document = documentAmounts(lines, 'net')
        expect(document.nets).toEqual(lines.map((l) => l.amount))
        for (const r of document.perRate) {
          const members = lines.filter((l) => l.category === r.category && l.rate === r.rate)
          expect(r.net).toBe(sum(members.map((l) => l.amount)))
          expect(r.vat).toBe(vatOf(r.net, r.rate))
        }
        expect(document.rounding).toBe(0)
        expect(document.payable).toBe(document.net + document.vat)
      }),
    )
  })
})

describe('a document in gross prices', () => {
  test('is paid exactly as agreed; what VAT to the cent misses is a rounding of at most a cent a rate', () => {
    fc.assert(
      fc.property(amounts(0), (lines) => {
        const document = documentAmounts(lines, 'gross')
        expect(document.payable).toBe(sum(lines.map((l) => l.amount)))
        expect(Math.abs(document.rounding)).toBeLessThanOrEqual(document.perRate.length)
      }),
    )
  })

  test('keeps every EN 16931 sum: nets to the rate, rates to the document, VAT of each rate on its net (BR-CO-17)', () => {
    fc.assert(
      fc.property(amounts(0), (lines) => {
        const document = documentAmounts(lines, 'gross')
        for (const r of document.perRate) {
          const members = document.nets.filter((_, i) => lines[i]!.category === r.category && lines[i]!.rate === r.rate)
          expect(sum(members)).toBe(r.net)
          expect(r.vat).toBe(vatOf(r.net, r.rate))
        }
        expect(document.net).toBe(sum(document.perRate.map((r) => r.net)))
        expect(document.vat).toBe(sum(document.perRate.map((r) => r.vat)))
        expect(document.gross).toBe(document.net + document.vat)
      }),
    )
  })

  test('no line costs less than nothing because of the others', () => {
    fc.assert(
      fc.property(amounts(0), (lines) => {
        for (const net of documentAmounts(lines, 'gross').nets) expect(net).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('with a reduction as a line of its own it still adds up', () => {
    fc.assert(
      fc.property(amounts(-5_000_000), (lines) => {
        const document = documentAmounts(lines, 'gross')
        expect(document.payable).toBe(sum(lines.map((l) => l.amount)))
        expect(sum(document.nets)).toBe(document.net)
      }),
    )
  })

  test('two cents with 19 % are two cents net without VAT', () => {
    expect(netOfGross(2, 1900)).toEqual({ net: 2, vat: 0, rounding: 0 })
  })

  test('a gross that no whole net makes is missed by one cent, as one in six at 19 %', () => {
    const missed = Array.from({ length: 1190 }, (_, gross) => netOfGross(gross, 1900)).filter((n) => n.rounding !== 0)
    expect(missed.length).toBe(190)
    expect(missed.every((n) => Math.abs(n.rounding) === 1)).toBe(true)
  })
})

test('the highest rate stands first', () => {
  const document = documentAmounts(
    [
      { amount: 100, category: 'S', rate: 700 },
      { amount: 100, category: 'Z', rate: 0 },
      { amount: 100, category: 'S', rate: 1900 },
    ],
    'net',
  )
  expect(document.perRate.map((r) => r.rate)).toEqual([1900, 700, 0])
})
