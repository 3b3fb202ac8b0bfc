import { describe, expect, test } from 'vitest'
import { fixturesOf, noOptions, readerOf } from '../fixture-orders.ts'
import { readShopOrders } from '../read-shop-orders.ts'

const { load } = fixturesOf('woocommerce')
const read = readerOf('woocommerce')
const readAll = (document: unknown) => readShopOrders('woocommerce', document, noOptions)

describe('payment', () => {
  test('a paid order is a prepayment with its reference and day', () => {
    expect(read('03').order).toMatchObject({
      paymentMethod: 'prepayment',
      prepaid: { amount: 3418, reference: 'SEPA-TEST-0001', paidOn: '2026-11-23' },
    })
  })
  test('an order on delivery note is not paid because it is completed', () => {
    const { order } = read('24-completed-lieferschein.json')
    expect([order!.paymentMethod, order!.prepaid]).toEqual(['on-delivery-note', undefined])
  })
  test("the channel's word for a way to pay goes before ours, by its id or its title", () => {
    const told = (name: string) =>
      read('02', () => {}, { channel: 'web', paymentMethods: { [name]: 'on-invoice' } }).order!.paymentMethod
    expect([told('BACS'), told('Vorkasse'), told('cod')]).toEqual(['on-invoice', 'on-invoice', 'prepayment'])
  })
})

describe('what happened in the shop already', () => {
  test.each([
    ['20', ['cancelled-in-shop']],
    ['25', ['cancelled-in-shop']],
    ['22-fully-refunded.json', ['refunded-in-shop']],
    ['24-completed-lieferschein.json', ['delivered-in-shop']],
    ['hook-69', ['refunded-in-shop']],
    ['40-pending-to-on-hold.0', []],
  ])('%s is parked for it, complete', (start, codes) => {
    const found = read(start)
    expect(found.codes).toEqual(codes)
    expect(found.order!.lines.length).toBeGreaterThan(0)
  })
  test('a partial delivery stands in the meta data only', () => {
    const orders = readAll(load('orders-modified_after-page1.json'))
    expect(orders.find((one) => one.externalNumber === '52')!.problems).toEqual([
      { code: 'delivered-in-shop', facts: { state: 'partially_fulfilled' } },
    ])
  })
  test('a refund of some money names the money', () => {
    expect(read('hook-69').problems).toEqual([
      { code: 'refunded-in-shop', facts: { state: 'processing', refunded: 500 } },
    ])
    expect(read('hook-69').order!.prepaid!.amount).toBe(6972)
  })
  test('dollars are parked', () => {
    expect(
      read('01', (order) => {
        order.currency = 'USD'
      }),
    ).toMatchObject({
      order: null,
      externalNumber: '28',
      problems: [{ code: 'foreign-currency', facts: { currency: 'USD' } }],
    })
  })
})

describe('who ordered', () => {
  test('a firm with VAT id and order number in meta data, whichever plugin wrote them', () => {
    expect(read('01').order).toMatchObject({
      customer: { guest: false, shopCustomerId: '2', vatId: 'DE999999999', company: true },
      buyerOrderNumber: 'BST-2026/0815',
    })
    expect(read('32').order).toMatchObject({
      customer: { guest: true, vatId: 'DE999999999', company: true },
      buyerOrderNumber: 'BST-2026/0999',
    })
  })
  test('entities are decoded once, in names and in the block checkout also in addresses', () => {
    expect(read('32').order!.billTo!.name).toBe('Holzbau Kräher GmbH & Co. KG')
    expect(read('12').order!.lines[0]!.name).toBe('Unterlegscheibe M8 verzinkt & gehärtet')
    expect(
      read('12', (order) => {
        order.line_items[0].name = '&amp;amp; &#8211; &#x1F528; &unknown;'
      }).order!.lines[0]!.name,
    ).toBe('&amp; – 🔨 &unknown;')
  })
  test('quotes, angle brackets, emoji and lines of a note come as they were written', () => {
    const { order } = read('hook-41')
    expect(order!.billTo).toMatchObject({
      name: 'Tischlerei "Zum Hobel" & Söhne <GbR>',
      additional: "Zoë-Änne D'Ångström-Öß",
    })
    expect(order!.note).toContain('Uhr liefern.\nFahrer soll')
    expect(order!.note).toContain('🔨')
  })
  test('a delivery to a building site has its own address', () => {
    expect(read('04').order).toMatchObject({
      billTo: { city: 'Görlitz' },
      deliverTo: {
        name: 'Baustelle Körnerplatz',
        additional: 'Polier Grünwäldchen',
        street: 'Körnerplatz 4, Tor 2, "Hinterhof"',
      },
    })
  })
  test('a deleted article is named, the rest of the order is complete', () => {
    expect(read('hook-67')).toMatchObject({
      codes: ['unknown-article'],
      order: { lines: [{ article: undefined, name: 'Auslaufartikel Ölstein' }, { article: 'ZWIN-600' }, {}] },
    })
  })
  test('a variation without its attributes in the name gets them', () => {
    expect(
      read('17', (order) => {
        order.line_items[0].name = 'Gewindestange verzinkt'
      }).order!.lines[0]!.name,
    ).toBe('Gewindestange verzinkt - M8, 1 m')
  })
})
