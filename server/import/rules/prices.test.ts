import { expect, test } from 'vitest'
import { pricesOf, readPackageUnit, readPrice, readPriceColumn, twicePriced } from './prices.ts'

test('a price column says its group and from which quantity on', () => {
  expect(readPriceColumn('price:trade', 'Price:Trade')).toEqual({
    value: { column: 'price:trade', priceGroup: 'Trade', fromQuantity: 1000 },
  })
  expect(readPriceColumn('preis:trade:2,5', 'preis:trade:2,5')).toHaveProperty('value.fromQuantity', 2500)
  expect(readPriceColumn('preis:trade:1.000', 'preis:trade:1.000')).toHaveProperty('wrong', 'figure-two-ways')
  expect(readPriceColumn('preis:trade:viel', 'preis:trade:viel')).toHaveProperty('wrong', 'no-figure')
  expect(readPriceColumn('preis:trade:0', 'preis:trade:0')).toHaveProperty('wrong', 'too-small')
})

test('price columns replace the price they name, an empty one takes it away, the others stay', () => {
  const price = (fromQuantity: number, price: number) => ({ priceGroup: 'trade', fromQuantity, price })
  const own = (fromQuantity: number, price: number | undefined) => ({
    column: '',
    priceGroup: 'trade',
    fromQuantity,
    price,
  })
  expect(pricesOf([price(1, 10), price(2, 9), price(3, 8)], [own(2, 7), own(3, undefined), own(4, 6)])).toEqual([
    price(1, 10),
    price(2, 7),
    price(4, 6),
  ])
  expect(twicePriced([price(1, 10), price(1, 9)])).toEqual(price(1, 9))
  expect(twicePriced([price(1, 10), price(2, 10)])).toBeUndefined()
})

test('prices and package units in one cell', () => {
  expect(readPrice('trade 100 0,0335', 'comma')).toEqual({
    value: { priceGroup: 'trade', fromQuantity: 100_000, price: 335 },
  })
  expect(readPrice('trade 100', 'comma')).toHaveProperty('wrong', 'entry-form')
  expect(readPackageUnit('XCT 12 12990000010374 Großer Karton', 'comma')).toEqual({
    value: { unit: 'XCT', quantity: 12_000, gtin: '12990000010374', name: 'Großer Karton' },
  })
  expect(readPackageUnit('XCT 1.000', 'unknown')).toHaveProperty('wrong', 'figure-two-ways')
  expect(readPackageUnit('Karton 12', 'unknown')).toHaveProperty('wrong', 'entry-form')
})
