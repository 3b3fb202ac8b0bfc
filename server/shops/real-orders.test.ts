import { describe, expect, test } from 'vitest'
import { amountOf } from '../../common/quantity.ts'
import { amountsOf, fixturesOf, noOptions } from './fixture-orders.ts'
import { readShopOrders, type ShopFormat } from './read-shop-orders.ts'

interface Expected {
  total_gross: number
  shipping_net: number
  /** WooCommerce says the tax, Vendure the gross */
  shipping_tax?: number
  shipping_gross?: number
  lines: number
  prices_include_tax?: boolean
  rates: Record<string, { net: number; tax: number }>
}

/** Orders of the real shops; what a cancelled one of Vendure was is told by its state before. */
const cases = (['woocommerce', 'vendure'] as ShopFormat[]).flatMap((format) => {
  const { load, orders } = fixturesOf(format)
  const expected: Record<string, Expected> = load('expected.json')
  return orders.map((name) => {
    const shop = expected[`orders/${name.replace('.dp6', '')}`]!
    const placed = expected[`orders/${name.replace('.json', '.0-placed.json')}`]
    return { format, name, document: load(name), shop: format === 'vendure' && shop.total_gross === 0 ? placed! : shop }
  })
})

describe('every order the real shops answered', () => {
  test.each(cases)(
    '$format $name: the totals are what the shop states, the lines make them',
    ({ format, document, shop }) => {
      const [found] = readShopOrders(format, document, noOptions)
      expect(found!.problems.filter((problem) => !problem.code.endsWith('-in-shop'))).toEqual([])
      const order = found!.order!
      const gross = order.priceMode === 'gross'
      if (shop.prices_include_tax !== undefined) expect(gross).toBe(shop.prices_include_tax)
      expect(order.totals!.gross).toBe(shop.total_gross)
      const rates = order.totals!.perRate!.map((row) => [row.rate / 100, { net: row.net, tax: row.vat }])
      expect(Object.fromEntries(rates)).toEqual(shop.rates)
      expect(order.lines.filter((line) => line.kind === 'goods')).toHaveLength(shop.lines)
      const shipping = order.lines
        .filter((line) => line.kind === 'shipping')
        .reduce((sum, line) => sum + line.amount!, 0)
      expect(shipping).toBe(gross ? (shop.shipping_gross ?? shop.shipping_net + shop.shipping_tax!) : shop.shipping_net)
      const ours = amountsOf(found!)
      if (gross) expect(ours.payable).toBe(shop.total_gross)
      else expect(ours.perRate.map((row) => row.net)).toEqual(netsByRate(shop))
    },
  )

  test.each(cases)(
    '$format $name: pieces times price less discount is the amount of every line',
    ({ format, document }) => {
      const [found] = readShopOrders(format, document, noOptions)
      for (const line of found!.order!.lines.filter((one) => one.amount! >= 0)) {
        expect(amountOf(line.quantity, line.unitPrice!) - line.discount!).toBe(line.amount)
      }
    },
  )
})

function netsByRate(shop: Expected): number[] {
  const rows = Object.entries(shop.rates).sort(([a], [b]) => Number(b) - Number(a))
  return rows.map(([, row]) => row.net)
}
