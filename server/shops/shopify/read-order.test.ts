import { describe, expect, test } from 'vitest'
import { amountsOf, type Captured, fixturesOf, noOptions, readerOf } from '../fixture-orders.ts'
import { readShopOrders } from '../read-shop-orders.ts'
import { readProgress } from './read-progress.ts'

const { load, orders } = fixturesOf('shopify')
const readFile = readerOf('shopify')
/** as readerOf, with the order itself to change */
const read = (start: string, change: (order: Captured) => void = () => {}, options = noOptions) =>
  readFile(start, (document) => change(document.data.order), options)
const progress = (start: string, change: (order: Captured) => void = () => {}) => {
  const document = load(orders.find((name) => name.startsWith(start))!)
  change(document.data.order)
  return readProgress(document)
}
const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } })
const LEFT_OUT = ['13', '14', '15', '11']

describe('totals', () => {
  const expected: Record<string, { gross: number; taxes: Record<string, number> }> = load('expected.json')
  test.each(orders.filter((name) => !LEFT_OUT.some((start) => name.startsWith(start))))(
    '%s: the lines make what the shop states',
    (name) => {
      const [found] = readShopOrders('shopify', load(name), noOptions)
      expect(found!.problems.filter((problem) => !problem.code.endsWith('-in-shop'))).toEqual([])
      const { totals, priceMode } = found!.order!
      const { gross, taxes } = expected[name]!
      expect(totals!.gross).toBe(gross)
      const vat = totals!.perRate!.filter((row) => row.vat !== 0).map((row) => [String(row.rate / 100), row.vat])
      const stated = Object.entries(taxes).filter(([, amount]) => amount !== 0)
      expect(Object.fromEntries(vat)).toEqual(Object.fromEntries(stated))
      const ours = amountsOf(found!)
      if (priceMode === 'gross') expect(ours.payable).toBe(gross)
      else expect(ours.net).toBe(totals!.net)
    },
  )
  test('a total that the lines are not is parked', () => {
    const found = read('01', (order) => {
      order.currentTotalPriceSet = money('999.99')
    })
    expect(found.codes).toEqual(['totals-differ'])
  })
  test('discounts of line and order are allocations of the line, counted once, with their names', () => {
    expect(read('05').order!.lines).toMatchObject([
      { discount: 387 + 174, amount: 3870 - 561, discountReason: 'MINUS10, Mengenrabatt' },
      { discount: 200, amount: 3798, discountReason: 'MINUS10' },
    ])
  })
  test('shipping given away is no line', () => {
    expect(read('05').order!.lines.map((line) => line.kind)).toEqual(['goods', 'goods'])
  })
  test('shipping taxed in proportion to the goods becomes a line a rate', () => {
    expect(read('04').order!.lines.slice(2)).toMatchObject([
      { kind: 'shipping', amount: 428, vatRate: 700 },
      { kind: 'shipping', amount: 226, vatRate: 1900 },
    ])
  })
  test('two taxes on one article have no rate', () => {
    const found = read('01', (order) => {
      order.lineItems.nodes[0].taxLines.push({ title: 'Sonderabgabe', ratePercentage: 2, priceSet: money('1.00') })
    })
    expect(found.codes).toEqual(['no-vat-rate'])
  })
  test('prices without VAT for a business stay without', () => {
    const { order } = read('02')
    expect(order).toMatchObject({ priceMode: 'net', totals: { net: 25 * 1084 + 3 * 1680 + 496 } })
    expect(order!.lines[0]).toMatchObject({ unitPrice: 108_400, quantity: 25_000, amount: 27_100 })
  })
  test('goods for Switzerland without tax are an export, for Austria its own rates', () => {
    expect(read('07').order!.lines).toMatchObject([{ vatCategory: 'G', vatRate: 0 }, { vatCategory: 'G' }])
    expect(read('06').order!.lines.map((line) => line.vatRate)).toEqual([2000, 1000, 2000])
  })
})

describe('what happened in the shop already', () => {
  test('an edited order is what is left of it, its discount the share the shop kept', () => {
    const { order, codes } = read('08')
    expect(codes).toEqual([])
    expect(order!.lines).toMatchObject([{ quantity: 7000, amount: 9030 - 904 }, { kind: 'shipping' }])
  })
  test('a share of a discount that is a cent off takes the cent, two cents are not explained', () => {
    const total = (cents: string) => (order: Captured) => {
      order.currentTotalPriceSet = money(cents)
    }
    expect(read('08', total('87.17'))).toMatchObject({ codes: [], order: { totals: { gross: 8717 } } })
    expect(read('08', total('87.18')).codes).toEqual(['totals-differ'])
  })
  test('paid back because it became smaller is no refund, paid back beside it is', () => {
    expect(read('09')).toMatchObject({ codes: [], order: { prepaid: { amount: 4488 } } })
    expect(read('10').problems).toEqual([{ code: 'refunded-in-shop', facts: { state: 'UNFULFILLED', refunded: 500 } }])
  })
  test('a cancelled order comes as it was placed, with the placed totals', () => {
    const found = read('11')
    expect(found.codes).toEqual(['cancelled-in-shop', 'refunded-in-shop'])
    expect(found.order).toMatchObject({ lines: [{ quantity: 4000 }, { kind: 'shipping' }], totals: { gross: 5650 } })
  })
  test('an order with nothing left in it is as good as cancelled', () => {
    const found = read('12', (order) => {
      for (const line of order.lineItems.nodes) line.currentQuantity = 0
      order.shippingLines.nodes = []
    })
    expect(found).toMatchObject({ order: null, codes: ['cancelled-in-shop', 'delivered-in-shop'] })
  })
  test('what the shop fulfilled is found', () => {
    expect(read('12').codes).toEqual(['delivered-in-shop'])
  })
  test.each([
    ['13', { tip: 300 }],
    ['14', { duties: 412 }],
  ])('%s: what no line of goods is, is named', (start, facts) => {
    const found = read(start)
    expect(found.codes).toEqual(['totals-differ'])
    expect(found.problems[0]!.facts).toMatchObject(facts)
  })
  test('a tip that is a line is an article nobody knows', () => {
    const found = read('13', (order) => {
      const tip = { id: 'gid://shopify/LineItem/9', name: 'Tip', sku: null, quantity: 1, currentQuantity: 1 }
      order.lineItems.nodes.push({ ...tip, originalUnitPriceSet: money('3.00'), taxLines: [], variant: null })
    })
    expect(found.problems).toEqual([
      { code: 'unknown-article', facts: { line: 'gid://shopify/LineItem/9', name: 'Tip' } },
    ])
  })
  test('paid in francs is parked, also where the shop counts in euros', () => {
    expect(read('15')).toMatchObject({ order: null, codes: ['foreign-currency'] })
  })
})

describe('payment', () => {
  test.each([
    ['01', 'on-delivery-note'],
    ['02', 'on-delivery-note'],
    ['03', 'prepayment'],
    ['04', 'prepayment'],
  ])('%s is %s', (start, method) => {
    expect(read(start).order!.paymentMethod).toBe(method)
  })
  test('the channel is asked first, by the name of the terms or of the manual way', () => {
    const told = (start: string, name: string) =>
      read(start, () => {}, { channel: 'web', paymentMethods: { [name]: 'on-invoice' } }).order!.paymentMethod
    expect([told('02', 'net 30'), told('02', 'Netto 30 Tage'), told('01', 'Lieferschein')]).toEqual([
      'on-invoice',
      'on-invoice',
      'on-invoice',
    ])
  })
  test('money of a provider is a prepayment with its reference and day', () => {
    expect(read('03').order!.prepaid).toEqual({ amount: 6674, reference: 'rVQ7xLq3k.1', paidOn: '2026-11-20' })
  })
  test('a payment that waits or failed is no money', () => {
    const waits = (order: Captured) => {
      order.transactions[0].status = 'PENDING'
    }
    expect(read('03', waits).order!.prepaid).toBeUndefined()
  })
})

describe('who ordered', () => {
  test('a firm of Shopify B2B is its location, with its tax id', () => {
    expect(read('02').order).toMatchObject({
      customer: {
        guest: false,
        shopCustomerId: 'gid://shopify/CompanyLocation/78',
        vatId: 'DE999999999',
        company: true,
      },
      buyerOrderNumber: 'BST-0999',
      billTo: { name: 'Holzbau Kräher GmbH & Co. KG' },
      deliverTo: { name: 'Baustelle Körnerplatz' },
    })
  })
  test('a firm without B2B says its VAT id in an attribute', () => {
    expect(read('01').order).toMatchObject({
      customer: { vatId: 'DE999999999', company: true },
      note: 'Bitte bis 10 Uhr liefern.\nTor 2 🔨',
      buyerOrderNumber: 'BST-2026/0815',
    })
  })
  test('an article without SKU is known by its barcode', () => {
    expect(read('03').order!.lines[1]!.article).toBe('4012345678901')
  })
})

describe('progress', () => {
  test('pieces left, by line, and money a provider collected', () => {
    expect(progress('09')).toMatchObject({
      externalNumber: '#1009',
      changedAt: '2026-11-20T09:12:33Z',
      cancelled: false,
      paid: { amount: 4488, reference: 'rVQ7xLq3k.1', paidOn: '2026-11-20' },
    })
    expect(Object.values(progress('09')!.quantities)).toEqual([2000])
  })
  test('what was written down by hand, also by us, is no money of the shop', () => {
    const paid = (order: Captured) => {
      order.transactions[0].status = 'SUCCESS'
    }
    expect(progress('01', paid)!.paid).toBeNull()
  })
  test('cancelled has no pieces left', () => {
    expect(progress('11')).toMatchObject({ cancelled: true })
    expect(Object.values(progress('11')!.quantities)).toEqual([0])
  })
  test.each([null, 5, {}, { data: { order: null } }, []])('%o is no order', (answer) => {
    expect(readProgress(answer)).toBeNull()
  })
})
