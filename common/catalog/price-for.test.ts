import { expect, test } from 'vitest'
import { priceFor } from './price-for.ts'

const article = {
  listPrice: 10_000,
  prices: [
    { priceGroup: 'standard', fromQuantity: 100_000, price: 9_000 },
    { priceGroup: 'trade', fromQuantity: 1_000, price: 8_000 },
    { priceGroup: 'trade', fromQuantity: 100_000, price: 7_000 },
    { priceGroup: 'trade', fromQuantity: 50_000, price: 7_500 },
  ],
}

test.each([
  ['the list price for who has no other', 'standard', 1_000, 10_000],
  ['the standard price from its quantity on', 'standard', 100_000, 9_000],
  ['the group’s price', 'trade', 1_000, 8_000],
  ['the highest quantity reached, to the piece', 'trade', 50_000, 7_500],
  ['the quantity not yet reached gives nothing', 'trade', 99_999, 7_500],
  ['the standard price where the group has none', 'craft', 100_000, 9_000],
  ['the list price where neither reaches', 'craft', 99_999, 10_000],
  ['the list price below the group’s first quantity', 'trade', 999, 10_000],
])('%s', (_, group, quantity, price) => {
  expect(priceFor(article, group, quantity)).toBe(price)
})

test('an article without any price has none', () => {
  expect(priceFor({ listPrice: null, prices: [] }, 'trade', 1_000)).toBeUndefined()
})
