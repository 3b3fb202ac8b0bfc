import { describe, expect, test } from 'vitest'
import { amountOf } from '../../../common/quantity.ts'
import { amountsOf, type Captured, fixturesOf, noOptions, readerOf } from '../fixture-orders.ts'
import { readShopOrders } from '../read-shop-orders.ts'
import { readProgress } from './read-progress.ts'

const { load, orders } = fixturesOf('shopware')
const readFile = readerOf('shopware')
/** as readerOf, with the order itself to change */
const read = (start: string, change: (order: Captured) => void = () => {}, options = noOptions) =>
  readFile(start, (document) => change(document.data[0]), options)
const progress = (start: string, change: (order: Captured) => void = () => {}) => {
  const document = load(orders.find((name) => name.startsWith(start))!)
  change(document.data[0])
  return readProgress(document)
}

describe('totals', () => {
  const expected: Record<string, { gross: number; taxes: Record<string, number> }> = load('expected.json')
  test.each(orders.filter((name) => !/^22/.test(name)))('%s: the lines make what the shop states', (name) => {
    const [found] = readShopOrders('shopware', load(name), noOptions)
    expect(found!.problems.filter(({ code }) => !code.endsWith('-in-shop') && code !== 'unknown-article')).toEqual([])
    const { totals, priceMode, lines } = found!.order!
    const { gross, taxes } = expected[name]!
    expect(totals!.gross).toBe(gross)
    const vat = totals!.perRate!.filter((row) => row.vat !== 0).map((row) => [String(row.rate / 100), row.vat])
    expect(Object.fromEntries(vat)).toEqual(taxes)
    const ours = amountsOf(found!)
    if (priceMode === 'gross') expect(ours.payable).toBe(gross)
    else expect(ours.net).toBe(totals!.net)
    for (const line of lines.filter((one) => one.amount! >= 0))
      expect(amountOf(line.quantity, line.unitPrice!) - line.discount!).toBe(line.amount)
  })
  test('a total that the lines are not is parked', () => {
    const found = read('01', (order) => {
      order.price.totalPrice += 1
    })
    expect(found.codes).toEqual(['totals-differ'])
  })
  test('a promotion is a line a rate, as the shop spread it', () => {
    expect(read('05').order!.lines).toMatchObject([
      { kind: 'goods' },
      { kind: 'goods' },
      { kind: 'surcharge', name: 'Herbst 10 %', amount: -398, vatRate: 700 },
      { kind: 'surcharge', amount: -387, vatRate: 1900 },
      { kind: 'shipping' },
    ])
  })
  test('a cent that the shares of a promotion miss goes to the largest, more is not explained', () => {
    const off = (cents: number) => (order: Captured) => {
      const promotion = order.lineItems[2]
      promotion.price.totalPrice -= cents / 100
      order.price.totalPrice -= cents / 100
      order.price.calculatedTaxes[0].price -= cents / 100
    }
    expect(read('05', off(1))).toMatchObject({ codes: [], order: { lines: [{}, {}, { amount: -399 }, {}, {}] } })
    expect(read('05', off(9)).codes).toEqual(['totals-differ'])
  })
  test('shipping given away by a promotion is no line, half of it a discount', () => {
    expect(read('06').order!.lines.map((line) => line.kind)).toEqual(['goods'])
    const half = read('06', (order) => {
      const given = order.deliveries[1].shippingCosts
      Object.assign(given, { unitPrice: -2.45, totalPrice: -2.45 })
      given.calculatedTaxes = [{ tax: -0.39, taxRate: 19, price: -2.45 }]
      order.price.totalPrice += 2.45
      order.price.netPrice += 2.06
      Object.assign(order.price.calculatedTaxes[0], { tax: 6.57, price: 41.15 })
    })
    expect(half).toMatchObject({ codes: [], order: { lines: [{}, { kind: 'shipping', amount: 245, discount: 245 }] } })
  })
  test('shipping taxed in proportion to the goods becomes a line a rate', () => {
    expect(read('04').order!.lines.slice(2)).toMatchObject([
      { kind: 'shipping', amount: 397, vatRate: 700 },
      { kind: 'shipping', amount: 257, vatRate: 1900 },
    ])
  })
  test('a price of four decimals comes without the noise of the float', () => {
    expect(read('02').order!.lines[2]).toMatchObject({ quantity: 333_000, unitPrice: 425, discount: 0, amount: 1415 })
  })
  test('without tax: export to Switzerland, intra-community to a firm in Austria', () => {
    expect(read('08').order!.lines).toMatchObject([{ vatCategory: 'G', vatRate: 0 }, { vatCategory: 'G' }])
    expect(read('09').order!.lines).toMatchObject([{ vatCategory: 'K', vatRate: 0 }, { vatCategory: 'K' }])
  })
  test('two rates on one article have no rate', () => {
    const found = read('01', (order) => {
      order.lineItems[0].price.calculatedTaxes.push({ tax: 0, taxRate: 7, price: 0 })
    })
    expect(found.codes).toEqual(['no-vat-rate'])
  })
})

describe('lines in lines', () => {
  test('a custom product is its article and its options, where they make its price', () => {
    expect(read('10').order!.lines).toMatchObject([
      { kind: 'goods', article: 'SCHILD-ALU', amount: 4990 },
      { kind: 'surcharge', name: 'Gravur', amount: 990 },
      { kind: 'goods', article: 'HAM-500' },
      { kind: 'shipping' },
    ])
  })
  test('a container with a price of its own is one line, named by the first article in it', () => {
    expect(read('11').order!.lines).toMatchObject([
      { kind: 'goods', name: 'Set Werkzeug', article: 'HAM-500', amount: 4000 },
      { kind: 'shipping' },
    ])
  })
  test('a variant says what was chosen', () => {
    expect(read('12').order!.lines[0]!.name).toBe('Gewindestange M8 1 m')
  })
  test('an article that is gone and has no number is named', () => {
    expect(read('16').problems).toEqual([
      { code: 'unknown-article', facts: { line: expect.any(String), name: 'Auslaufartikel' } },
    ])
  })
  test('credits and fees are surcharges of either sign', () => {
    expect(read('17').order!.lines.slice(1)).toMatchObject([
      { kind: 'surcharge', amount: -500 },
      { kind: 'surcharge', amount: 298 },
      { kind: 'shipping' },
    ])
  })
})

describe('payment and state', () => {
  test.each([
    ['01', 'on-delivery-note'],
    ['02', 'on-invoice'],
    ['03', 'prepayment'],
    ['04', 'prepayment'],
    ['18', 'cash-on-delivery'],
    ['21', 'on-invoice'],
  ])('%s is %s', (start, method) => {
    expect(read(start).order!.paymentMethod).toBe(method)
  })
  test('the channel says what the invoice handler means, by its technical name or the name of the way', () => {
    const told = (name: string) =>
      read('02', () => {}, { channel: 'web', paymentMethods: { [name]: 'on-delivery-note' } }).order!.paymentMethod
    expect([told('payment_invoicepayment'), told('Rechnung'), told('payment_prepayment')]).toEqual([
      'on-delivery-note',
      'on-delivery-note',
      'on-invoice',
    ])
  })
  test('what a provider collected is a prepayment with its reference and day', () => {
    expect(read('03').order!.prepaid).toEqual({ amount: 2489, reference: '5O190127TN364715T', paidOn: '2026-11-21' })
  })
  test.each([
    ['13', ['cancelled-in-shop']],
    ['14', ['delivered-in-shop']],
    ['15', ['refunded-in-shop']],
    ['22', ['foreign-currency']],
  ])('%s is parked for it', (start, codes) => {
    expect(read(start).codes).toEqual(codes)
  })
  test('a firm, its VAT id, its order number, and the building site', () => {
    expect(read('01').order).toMatchObject({
      customer: { guest: false, vatId: 'DE999999999', company: true },
      buyerOrderNumber: 'BST-2026/0815',
      billTo: { name: 'Holzbau Kräher GmbH & Co. KG', street: 'Sägewerk 3, Einkauf, Tor 2' },
      deliverTo: { name: 'Baustelle Körnerplatz', city: 'Görlitz' },
      note: 'Bitte bis 10 Uhr liefern.\nTor 2 🔨',
    })
    expect(read('03').order!.customer.guest).toBe(true)
  })
})

describe('progress', () => {
  test('pieces by line, and the latest of all moments', () => {
    const found = progress('03')
    expect(found).toMatchObject({
      externalNumber: '10003',
      changedAt: '2026-11-21T10:00:00.000+00:00',
      cancelled: false,
      paid: { amount: 2489, reference: '5O190127TN364715T' },
    })
    expect(Object.values((progress('10') as { quantities: object }).quantities)).toEqual([1000, 1000])
  })
  test('an invoice or prepayment marked as paid is no money of the shop', () => {
    const paid = (order: Captured) => {
      order.transactions[0].stateMachineState.technicalName = 'paid'
    }
    for (const start of ['01', '02', '04', '18']) expect(progress(start, paid)).toMatchObject({ paid: null })
  })
  test('a version somebody is editing is not placed', () => {
    expect(
      progress('01', (order) => {
        order.versionId = 'a'.repeat(32)
      }),
    ).toBe('not-placed')
  })
  test('cancelled', () => {
    expect(progress('13')).toMatchObject({ cancelled: true })
  })
  test.each([null, 5, {}, { data: [] }, []])('%o is no order', (answer) => {
    expect(readProgress(answer)).toBeNull()
  })
})
