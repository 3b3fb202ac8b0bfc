import { describe, expect, test } from 'vitest'
import { amountsOf, type Captured, fixturesOf, noOptions, readerOf } from '../fixture-orders.ts'
import { readShopOrders } from '../read-shop-orders.ts'

const { load } = fixturesOf('woocommerce')
const read = readerOf('woocommerce')
const readAll = (document: unknown) => readShopOrders('woocommerce', document, noOptions)

describe('documents', () => {
  test('a recorded page, a list and one order give the same orders', () => {
    const page = load('orders-modified_after-page1.json')
    expect(readAll(page)).toHaveLength(10)
    expect(readAll(page.body)).toEqual(readAll(page))
    expect(readAll(page.body[0])).toEqual([readAll(page)[0]])
    expect(readAll([])).toEqual([])
  })
  test('what is no order says where it stopped being one', () => {
    expect(readAll({ id: 54 })).toMatchObject([
      { order: null, externalNumber: '54', problems: [{ code: 'unreadable-order', facts: { path: 'status' } }] },
    ])
    expect(
      read('01', (order) => {
        order.line_items[1].total = '12,50'
      }).problems,
    ).toEqual([{ code: 'unreadable-order', facts: { path: 'line_items.1.total' } }])
    expect(
      read('01', (order) => {
        order.billing.country = 'Deutschland'
      }).problems,
    ).toMatchObject([{ code: 'unreadable-order', facts: { path: 'billTo.country' } }])
  })
  test('six decimals are the same order as two', () => {
    expect({ ...read('26-net-fractional-cents.dp6'), raw: 0 }).toEqual({
      ...read('26-net-fractional-cents.json'),
      raw: 0,
    })
  })
})

describe('prices', () => {
  test('a net price with four decimals comes without the noise of the float', () => {
    expect(read('26').order!.lines.map((line) => line.unitPrice)).toEqual([425, 104950, 293725, 59000])
  })
  test('gross prices are whole cents where pieces times price is the line', () => {
    expect(read('04').order!.lines[0]).toMatchObject({ quantity: 12000, unitPrice: 349500, discount: 0, amount: 41940 })
  })
  test('a quantity edited without its money keeps the money', () => {
    expect(read('18-edited-qty-only.json').order!.lines[0]).toMatchObject({
      quantity: 10000,
      unitPrice: 35960,
      discount: 0,
      amount: 3596,
    })
  })
  test('a price no four decimals can say is rounded up, the cents over are a discount', () => {
    const { order, codes } = read('18-edited-qty-only.json', (one) => {
      one.line_items[0].quantity = 999
    })
    expect(codes).toEqual([])
    expect(order!.lines[0]).toMatchObject({ quantity: 999000, unitPrice: 360, discount: 0, amount: 3596 })
    const odd = read('18-edited-qty-only.json', (one) => {
      one.line_items[0].quantity = 7919
    }).order!.lines[0]!
    expect(odd).toMatchObject({ amount: 3596, discount: 47, unitPrice: 46 })
  })
  test('half a piece is half a piece, a ten-thousandth of one is unreadable', () => {
    expect(
      read('09', (order) => {
        order.line_items[0].quantity = 2.5
      }).order!.lines[0],
    ).toMatchObject({ quantity: 2500 })
    expect(
      read('09', (order) => {
        order.line_items[0].quantity = 2.50005
      }).codes,
    ).toEqual(['unreadable-order'])
  })
  test('a coupon is the difference of each line before and after, once, with its code', () => {
    const lines = read('08').order!.lines
    expect(lines.map((line) => line.discount)).toEqual([166, 167, 167, 0])
    expect(lines[0]).toMatchObject({ unitPrice: 89900, amount: 733, discountReason: 'minus5' })
  })
  test('a shop that rounds at the subtotal is met to the cent, with no line moved by a whole one', () => {
    const raw = load('orders-modified_after-page1.json').body.find((order: { number: string }) => order.number === '59')
    const [found] = readAll(raw)
    expect(found!.problems).toEqual([])
    expect(amountsOf(found!).payable).toBe(226754)
    raw.line_items.forEach((item: { total: string }, i: number) => {
      expect(Math.abs(found!.order!.lines[i]!.amount! - Math.round(Number(item.total) * 100))).toBeLessThanOrEqual(1)
    })
  })
  test('a total that the lines are not is parked with both sums', () => {
    expect(
      read('01', (order) => {
        order.total = '117.44'
      }).problems,
    ).toEqual([{ code: 'totals-differ', facts: { stated: 11744, computed: 11734 } }])
    expect(
      read('27', (order) => {
        order.total = '215.12'
      }).codes,
    ).toEqual(['totals-differ'])
  })
  test('an order for nothing is an order', () => {
    const { order, codes } = read('38')
    expect(codes).toEqual([])
    expect(order!.lines.map((line) => [line.amount, line.discount])).toEqual([
      [0, 1999],
      [0, 3980],
    ])
  })
})

describe('taxes', () => {
  test('fees of both signs are surcharges, one without tax is exempt', () => {
    expect(read('11').order!.lines.slice(2)).toMatchObject([
      { kind: 'surcharge', amount: 297, vatCategory: 'S', vatRate: 1900 },
      { kind: 'surcharge', amount: -116, discount: 0, vatRate: 1900 },
      { kind: 'surcharge', amount: 300, vatCategory: 'E', vatRate: 0 },
    ])
  })
  test('goods for Switzerland without tax are an export, also when a German firm pays', () => {
    for (const start of ['35', 'hook-43']) {
      const { order, codes } = read(start)
      expect(codes).toEqual([])
      expect(new Set(order!.lines.map((line) => `${line.vatCategory} ${line.vatRate}`))).toEqual(new Set(['G 0']))
    }
  })
  test('untaxed goods for a firm in Austria with a VAT id are intra-community, without one exempt', () => {
    const untax = (order: Captured) => {
      order.shipping.country = 'AT'
      order.meta_data = [{ key: 'vat_number', value: 'ATU 123.456.78' }]
    }
    expect(read('35', untax).order).toMatchObject({
      customer: { vatId: 'ATU12345678', company: true },
      lines: [{ vatCategory: 'K' }, {}, {}],
    })
    expect(
      read('35', (order) => {
        order.shipping.country = 'AT'
      }).order!.lines[0],
    ).toMatchObject({ vatCategory: 'E' })
  })
  test('Austria is taxed by its own rates, or by ours where the shop taxes at its base', () => {
    expect(read('15').order!.lines.map((line) => line.vatRate)).toEqual([2000, 1000, 2000])
    expect(read('hook-60')).toMatchObject({
      codes: [],
      order: { deliverTo: { country: 'AT' }, totals: { gross: 12744 } },
    })
  })
  test('the order of the tax lines says nothing', () => {
    const turned = read('05', (order) => {
      order.tax_lines.reverse()
    })
    expect({ ...turned, raw: 0 }).toEqual({ ...read('05'), raw: 0 })
  })
  test('shipping taxed in proportion to the goods becomes a line a rate', () => {
    const { order, codes } = read('05', (one) => {
      const [reduced, standard] = one.tax_lines
      one.shipping_lines[0].taxes = [
        { id: reduced.rate_id, total: '0.28' },
        { id: standard.rate_id, total: '0.36' },
      ]
      one.shipping_lines[0].total_tax = '0.64'
      reduced.shipping_tax_total = '0.28'
      standard.shipping_tax_total = '0.36'
      one.total = '121.58'
      one.total_tax = '11.51'
    })
    expect(codes).toEqual([])
    expect(order!.lines.slice(3)).toMatchObject([
      { kind: 'shipping', amount: 428, vatRate: 700 },
      { kind: 'shipping', amount: 226, vatRate: 1900 },
    ])
  })
  test('a tax that no tax line explains has no rate', () => {
    expect(
      read('01', (order) => {
        order.tax_lines = []
      }).codes,
    ).toContain('no-vat-rate')
  })
  test('an old shop names the rate only in words', () => {
    expect(
      read('01', (order) => {
        delete order.tax_lines[0].rate_percent
      }).order!.lines[0]!.vatRate,
    ).toBe(1900)
  })
})
