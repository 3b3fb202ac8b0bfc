import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cumulativeShare,
  decimalOf,
  decimalOfCents,
  decimalOfUnitPrice,
  distribute,
  mulDiv,
  parseDecimal,
  roundHalfUp,
} from './money.ts'

const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
const safe = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

describe('rounding', () => {
  test.each([
    [5, 10, 1],
    [4, 10, 0],
    [-5, 10, -1],
    [-4, 10, 0],
    [15, 10, 2],
    [5, -10, -1],
    [0, 7, 0],
  ])('%i / %i is %i: a half goes away from zero', (numerator, denominator, rounded) => {
    expect(roundHalfUp(numerator, denominator)).toBe(rounded)
  })

  test('small and large numbers are rounded by the same rule', () => {
    const divisor = fc.integer({ min: -1_000_000, max: 1_000_000 }).filter((d) => d !== 0)
    fc.assert(
      fc.property(safe, divisor, (n, d) => {
        const rounded = roundHalfUp(n, d)
        expect(rounded).toBe(roundHalfUp(BigInt(n), BigInt(d)))
        const missed = BigInt(n) - BigInt(rounded) * BigInt(d)
        const [twice, absolute] = [missed * 2n, BigInt(Math.abs(d))]
        expect((twice < 0n ? -twice : twice) <= absolute).toBe(true)
      }),
    )
  })

  test('a product beyond the safe integers loses no digit', () => {
    expect(mulDiv(9_007_199_254_740_991, 1900, 10_000)).toBe(1_711_367_858_400_788)
  })
})

describe('sharing out', () => {
  test('parts in proportion to weights add up to the total to the cent, none further than a cent from its share', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(cents, weights, (total, parts) => {
        const shares = distribute(total, parts)
        expect(sum(shares)).toBe(total)
        const whole = sum(parts)
        if (whole === 0) return
        shares.forEach((share, i) => {
          expect(Math.abs(share - (total * parts[i]!) / whole)).toBeLessThan(1)
        })
      }),
    )
  })

  test('nothing is shared out among nobody, and without weights the first takes all', () => {
    expect(distribute(100, [])).toEqual([])
    expect(distribute(100, [0, 0])).toEqual([100, 0])
  })

  test('of equal remainders the first gets the cent', () => {
    expect(distribute(100, [1, 1, 1])).toEqual([34, 33, 33])
  })

  test('consecutive shares of a line add up to it, whatever the cuts', () => {
    fc.assert(
      fc.property(
        cents,
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 }),
        (total, cuts) => {
          const whole = sum(cuts)
          let reached = 0
          const parts = cuts.map((cut) => {
            const before = cumulativeShare(total, reached, whole)
            reached += cut
            return cumulativeShare(total, reached, whole) - before
          })
          expect(sum(parts)).toBe(total)
        },
      ),
    )
  })
})

describe('decimals', () => {
  test.each([
    [1999, '19.99'],
    [5, '0.05'],
    [-5, '-0.05'],
    [0, '0.00'],
  ])('%i cents are %s', (value, text) => {
    expect(decimalOfCents(value)).toBe(text)
  })

  test('a unit price shows two decimals at least and four at most', () => {
    expect([199_900, 425, 12_340, 10_000].map(decimalOfUnitPrice)).toEqual(['19.99', '0.0425', '1.234', '1.00'])
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.integer({ min: 0, max: 6 }), (value, digits) => {
        expect(parseDecimal(decimalOf(value, digits), digits)).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  test.each(['', '1,5', '1.', '.5', '1e3', '0x10', '1 000', '1.2345', '99999999999999999'])(
    '"%s" is no amount of two decimals',
    (text) => {
      expect(parseDecimal(text, 2)).toBeUndefined()
    },
  )

  test('zeros behind the last decimal that counts do no harm', () => {
    expect(parseDecimal('1.50000', 2)).toBe(150)
  })
})
