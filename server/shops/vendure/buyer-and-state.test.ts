import { describe, expect, test } from 'vitest'
import { type Captured, fixturesOf, noOptions, readerOf } from '../fixture-orders.ts'
import { readShopOrders } from '../read-shop-orders.ts'

const { load } = fixturesOf('vendure')
const readFile = readerOf('vendure')
/** as readerOf, with the order itself to change */
const read = (start: string, change: (order: Captured) => void = () => {}, options = noOptions) =>
  readFile(start, (document) => change(document.data.order), options)
const readAll = (document: unknown) => readShopOrders('vendure', document, noOptions)
const page = (code: string) =>
  readAll(load('orders-updatedAfter-page1.json')).find((one) => one.externalNumber === code)!

describe('payment', () => {
  test('settled is a prepayment with its reference and day', () => {
    expect(read('03').order).toMatchObject({
      paymentMethod: 'prepayment',
      prepaid: { amount: 3306, reference: 'VK-WKT177W2ST9RCM4T', paidOn: '2026-11-23' },
    })
  })
  test('authorised is not paid, whatever the way', () => {
    expect(read('02').order).toMatchObject({ paymentMethod: 'prepayment' })
    expect(read('02').order!.prepaid).toBeUndefined()
    expect(read('01').order!.paymentMethod).toBe('on-delivery-note')
  })
  test('a payment added by hand on account is no money, one by card is', () => {
    expect(read('18-edited-quantity.json').order!.prepaid).toBeUndefined()
    const card = read('18-edited-quantity.json', (order) => {
      order.payments[1].method = 'stripe'
    }).order
    expect(card).toMatchObject({ paymentMethod: 'on-delivery-note', prepaid: { amount: 5394 } })
  })
  test('a payment that failed says nothing', () => {
    const { order } = read('03', (one) =>
      one.payments.unshift({ ...one.payments[0], id: '99', method: 'lieferschein', state: 'Declined' }),
    )
    expect(order).toMatchObject({ paymentMethod: 'prepayment', prepaid: { amount: 3306 } })
  })
})

describe('what happened in the shop already', () => {
  test('a cancelled order comes as it was placed, with the placed totals', () => {
    for (const name of ['21-cancelled', '24-fully-refunded']) {
      const [now, placed] = [read(`${name}.json`), read(`${name}.0-placed`)]
      expect(now.codes).toContain('cancelled-in-shop')
      expect(now.order!.lines).toEqual(placed.order!.lines)
      expect(now.order!.totals).toEqual(placed.order!.totals)
    }
    expect(read('24-fully-refunded.json').codes).toEqual(['cancelled-in-shop', 'refunded-in-shop'])
  })
  test('a cancelled order whose payments say something else has no totals', () => {
    expect(
      read('21-cancelled.json', (order) => {
        order.payments[0].amount = 4000
      }).order!.totals,
    ).toBeUndefined()
  })
  test('delivery is read from the fulfilments while the state is still PaymentAuthorized', () => {
    expect(read('26-delivered-not-settled.json').problems).toEqual([
      { code: 'delivered-in-shop', facts: { state: 'PaymentAuthorized', fulfilment: 'Delivered' } },
    ])
    expect(
      read('26-delivered-not-settled.json', (order) =>
        order.fulfillments.forEach((one: Captured) => {
          one.state = 'Cancelled'
        }),
      ).codes,
    ).toEqual([])
  })
  test('a partial refund leaves state and total, and is found', () => {
    expect(read('23-partially-refunded.json').codes).toEqual(['refunded-in-shop', 'delivered-in-shop'])
    expect(read('23-partially-refunded.json').order!.prepaid!.amount).toBe(10150)
  })
  test('an order made smaller and paid back for it is just a smaller order', () => {
    expect(page('8CFTG9D5SKYGPBVC')).toMatchObject({
      problems: [],
      order: { totals: { gross: 4778 }, prepaid: { amount: 4778 } },
    })
  })
  test('a partly cancelled order is what is left of it', () => {
    expect(page('AA7A3JGX7KGFDUVX')).toMatchObject({ problems: [], order: { totals: { gross: 5783 } } })
  })
  test('a changed order is what it is now', () => {
    expect(read('18-edited-quantity.json').order).toMatchObject({
      lines: [{ quantity: 10000, amount: 8990 }, {}, {}],
      totals: { gross: 11970 },
    })
  })
})

describe('who ordered', () => {
  test('a firm with VAT id in the address, order number in a field or only in the payment', () => {
    const firm = {
      customer: { guest: true, shopCustomerId: '1', vatId: 'DE999999999', company: true },
      buyerOrderNumber: 'BST-2026/0815',
    }
    expect(read('01').order).toMatchObject(firm)
    expect(
      read('01', (order) => {
        order.customFields = null
      }).order,
    ).toMatchObject(firm)
  })
  test('a consumer has neither', () => {
    const { order } = read('02')
    expect([order!.customer.company, order!.customer.vatId, order!.buyerOrderNumber]).toEqual([
      false,
      undefined,
      undefined,
    ])
    expect(order!.billTo).toMatchObject({
      name: 'Marlies Tannhäuser',
      city: 'Freiburg im Breisgau',
      country: 'DE',
      email: 'marlies.tannhaeuser@example.test',
    })
  })
  test('a missing billing address is the delivery address', () => {
    const { order } = read('01', (one) => {
      one.billingAddress = { fullName: null, countryCode: null }
    })
    expect(order!.billTo).toEqual(order!.deliverTo)
  })
  test('a shop with dollars is parked', () => {
    expect(
      read('01', (order) => {
        order.currencyCode = 'USD'
      }),
    ).toMatchObject({ order: null, codes: ['foreign-currency'] })
  })
})
