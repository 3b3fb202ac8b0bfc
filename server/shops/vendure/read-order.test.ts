import { describe, expect, test } from 'vitest'
import { amountsOf, type Captured, fixturesOf, noOptions, readerOf } from '../fixture-orders.ts'
import { readShopOrders } from '../read-shop-orders.ts'

const { load } = fixturesOf('vendure')
const readFile = readerOf('vendure')
/** as readerOf, with the order itself to change */
const read = (start: string, change: (order: Captured) => void = () => {}, options = noOptions) =>
  readFile(start, (document) => change(document.data.order), options)
const readAll = (document: unknown) => readShopOrders('vendure', document, noOptions)

describe('documents', () => {
  test('a recorded page, an answer, a bare list and a bare order give the same orders', () => {
    const recorded = load('orders-updatedAfter-page1.json')
    const { items } = recorded.response.data.orders
    expect(readAll(recorded)).toHaveLength(10)
    expect(readAll(recorded.response)).toEqual(readAll(recorded))
    expect(readAll(items)).toEqual(readAll(recorded))
    expect(readAll(items[3])).toEqual([readAll(recorded)[3]])
  })
  test('an answer without an order says so', () => {
    expect(readAll({ data: { order: null } })).toMatchObject([
      { order: null, problems: [{ code: 'unreadable-order' }] },
    ])
    expect(read('01', (order) => delete order.lines[1].unitPrice).problems).toEqual([
      { code: 'unreadable-order', facts: { path: 'lines.1.unitPrice' } },
    ])
  })
  test('a cart is no order yet', () => {
    expect(read('01', (order) => Object.assign(order, { state: 'ArrangingPayment' })).codes).toEqual([
      'unreadable-order',
    ])
  })
})

describe('which side was agreed', () => {
  test.each([
    ['01', 'gross'],
    ['15', 'gross'],
    ['33', 'gross'],
    ['28', 'net'],
    ['29', 'net'],
    ['31', 'net'],
    ['35', 'net'],
  ])('%s has %s prices', (start, mode) => {
    expect(read(start).order!.priceMode).toBe(mode)
  })
  test('net prices are never multiplied from the rounded gross piece', () => {
    expect(read('28').order!.lines[3]).toMatchObject({ quantity: 333000, unitPrice: 400, amount: 1332, discount: 0 })
  })
  test('an order that nothing tells apart is gross: the customer pays the same', () => {
    expect(read('12').order).toMatchObject({ priceMode: 'gross', totals: { gross: 4 } })
  })
  test('a gross shop that puts its tax on the order agreed the nets', () => {
    const found = read('29', (order) => {
      // as it comes from gross list prices: pieces x gross make the line, the total is the nets and their VAT
      for (const row of order.lines)
        Object.assign(row, { linePriceWithTax: row.unitPriceWithTax * row.quantity, linePrice: row.linePrice + 1 })
      order.totalWithTax += 7
      order.taxSummary[0].taxTotal += 1
      order.total += 6
      order.taxSummary[0].taxBase += 6
      order.lines[0].proratedLinePrice += 6
    })
    expect(found).toMatchObject({ codes: [], order: { priceMode: 'net', totals: { gross: 20521, net: 18262 } } })
  })
  test('order-level tax with a coupon may be a cent away from the sum of the lines', () => {
    const found = read('29', (order) => {
      order.totalWithTax -= 1
      order.taxSummary[0].taxTotal -= 1
    })
    expect(found).toMatchObject({ codes: [], order: { totals: { gross: 20513, net: 18256 } } })
    expect(amountsOf(found).net).toBe(18256)
  })
  test('a net total that the lines are not is parked', () => {
    expect(
      read('28', (order) => {
        order.total += 100
        order.totalWithTax += 100
      }).codes,
    ).toEqual(['totals-differ'])
    expect(
      read('01', (order) => {
        order.totalWithTax += 1
      }).codes,
    ).toEqual(['totals-differ'])
  })
})

describe('discounts, shipping, surcharges', () => {
  test('a discount on the order is in the lines once, with its words', () => {
    expect(read('09').order!.lines).toMatchObject([
      { discount: 2344, amount: 6026, discountReason: '20 % auf Sägeblatt, 10 % auf alles' },
      { discount: 398, amount: 3582, discountReason: '10 % auf alles' },
      { kind: 'shipping', amount: 590 },
    ])
  })
  test('free shipping is no line, neither as a method nor by a promotion', () => {
    for (const start of ['10', '11']) expect(read(start).order!.lines.map((line) => line.kind)).toEqual(['goods'])
  })
  test('shipping half off keeps its price and its discount', () => {
    const { order, codes } = read('11', (one) => {
      Object.assign(one.shippingLines[0], { discountedPrice: 248, discountedPriceWithTax: 295 })
      Object.assign(one, { shipping: 248, shippingWithTax: 295, total: 1928, totalWithTax: 2294 })
      Object.assign(one.taxSummary[1], { taxBase: 248, taxTotal: 47 })
    })
    expect(codes).toEqual([])
    expect(order!.lines[1]).toMatchObject({
      kind: 'shipping',
      unitPrice: 59000,
      discount: 295,
      amount: 295,
      discountReason: 'Frachtfrei',
      vatRate: 1900,
    })
  })
  test('shipping keeps the rate of its calculator, to Austria and with books alone', () => {
    expect(read('15').order!.lines.map((line) => line.vatRate)).toEqual([2000, 1000, 1900])
    expect(read('06').order!.lines.map((line) => line.vatRate)).toEqual([700, 1900])
  })
  test('a surcharge is one of either sign', () => {
    expect(read('20-surcharge.json').order!.lines.at(-1)).toMatchObject({
      kind: 'surcharge',
      name: 'Mindermengenzuschlag',
      amount: 298,
      vatRate: 1900,
    })
    const { order, codes } = read('20-surcharge.json', (one) => {
      Object.assign(one.surcharges[0], { price: -250, priceWithTax: -298 })
      Object.assign(one, { total: one.total - 500, totalWithTax: one.totalWithTax - 596 })
      Object.assign(one.taxSummary[0], { taxBase: 289, taxTotal: 55 })
    })
    expect(codes).toEqual([])
    expect(order!.lines.at(-1)).toMatchObject({ amount: -298, discount: 0 })
    expect(order!.lines.at(-1)).not.toHaveProperty('unitPrice')
  })
  test('goods for Switzerland are an export, its shipping stays as the shop taxed it', () => {
    const { order, codes } = read('06', (one) => {
      one.shippingAddress.countryCode = 'CH'
      Object.assign(one.lines[0], { taxRate: 0, taxLines: [{ description: 'CH', taxRate: 0 }] })
      for (const key of Object.keys(one.lines[0]).filter((name) => name.endsWith('WithTax'))) one.lines[0][key] = 3720
      one.taxSummary = [{ description: 'CH', taxRate: 0, taxBase: 3720, taxTotal: 0 }, one.taxSummary[1]]
      Object.assign(one, { subTotalWithTax: 3720, totalWithTax: 4310 })
    })
    expect(codes).toEqual([])
    expect(order!.lines).toMatchObject([
      { vatCategory: 'G', vatRate: 0, amount: 3720 },
      { vatCategory: 'S', vatRate: 1900, amount: 590 },
    ])
  })
})
