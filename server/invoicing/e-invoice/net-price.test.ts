import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundHalfUp } from '../../../common/money.ts'
import { amountOf } from '../../../common/quantity.ts'
import { amountAtPrice, netPriceFor } from './net-price.ts'

describe('net price of an invoice line (BT-146)', () => {
  test('is the agreed price where that gives the amount', () => {
    expect(netPriceFor(1415, 0, 333_000, 425)).toBe('0.0425')
    expect(netPriceFor(5997, 0, 3_000, 199_900)).toBe('19.99')
    expect(netPriceFor(2748, 500, 2_500, 129_900)).toBe('12.99')
  })

  test('has four decimals or as many more as the amount needs', () => {
    expect(netPriceFor(1000, 0, 3_000)).toBe('3.3333')
    expect(netPriceFor(1682, 0, 2_000)).toBe('8.4100')
    expect(netPriceFor(100_000, 0, 1_234_567_000)).toBe('0.00081')
  })

  test('ignores an agreed price that does not give the amount, as with gross prices', () => {
    expect(netPriceFor(1680, 0, 2_000, 100_000)).toBe('8.4000')
  })

  test('stays above zero when a correction takes goods back: the quantity is negative', () => {
    expect(netPriceFor(-3998, 0, -2_000, 199_900)).toBe('19.99')
    expect(netPriceFor(-1000, 0, -3_000)).toBe('3.3333')
  })

  test('of goods given away is zero', () => {
    expect(netPriceFor(0, 0, 1_000)).toBe('0.0000')
    expect(netPriceFor(-500, 500, 1_000)).toBe('0.0000')
  })

  test('a positive amount of a negative quantity, or of nothing, is a fault', () => {
    expect(() => netPriceFor(100, 0, -1_000)).toThrow(RangeError)
    expect(() => netPriceFor(100, 0, 0)).toThrow(RangeError)
  })

  test('an agreed price always comes back when the line was computed from it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9_999_999, max: 9_999_999 }),
        fc.nat(99_999_999),
        fc.nat(9_999),
        (q, price, off) => {
          const text = netPriceFor(amountOf(q, price) - off, off, q, price)
          expect(Number(text.replace('.', '').padEnd(text.indexOf('.') + 4, '0'))).toBe(price)
        },
      ),
    )
  })

  test('any amount comes back to the cent, with the fewest decimals that do', () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 50_000_000_000 }),
      amount: fc.nat(99_999_999_999),
      allowances: fc.nat(100_000),
      sign: fc.constantFrom(1, -1),
    })
    fc.assert(
      fc.property(line, ({ quantity, amount, allowances, sign }) => {
        const price = netPriceFor(sign * amount - allowances, allowances, sign * quantity)
        expect(price).toMatch(/^\d+\.\d{4,10}$/)
        expect(amountAtPrice(sign * quantity, price) - allowances).toBe(sign * amount - allowances)
        const decimals = price.split('.')[1]!.length
        if (decimals > 4 && amount > 0) expect(fitsWith(decimals - 1, amount, quantity)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })
})

/** Brute force: does any price of so many decimals around amount / quantity give the amount? */
function fitsWith(decimals: number, amount: number, quantity: number): boolean {
  const scale = 10n ** BigInt(decimals + 1)
  const near = (BigInt(amount) * scale) / BigInt(quantity)
  return [-2n, -1n, 0n, 1n, 2n].some((step) => roundHalfUp((near + step) * BigInt(quantity), scale) === amount)
}
