import { afterAll, beforeAll, expect, test } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { remark } from '../../common/shops/api.ts'
import type { OrderState, ShopApi } from '../../server/shops/connector.ts'
import { readRemarks } from '../../server/shops/read-remarks.ts'
import { vendure } from '../../server/shops/vendure/connector.ts'
import { buyerOf } from './buyer.ts'
import { addArticles, addCustomer, setUpShop } from './set-up-shop.ts'
import { type Shop, startShop } from './start-shop.ts'
import { carpenter } from './test-shop.ts'

/* A Vendure as it comes: without our plugin, with its own order process, sessions in cookies only, on SQLite. */

let shop: Shop
let api: ShopApi

beforeAll(async () => {
  shop = await startShop({ tokenMethod: ['cookie'] })
  await setUpShop(shop)
  api = vendure.open({ address: `${shop.address}/admin-api/`, secrets: { ...shop.admin, hookSecret: 'whsec_' } })
})
afterAll(() => shop?.stop())

test('without the plugin Tresen says so, and delivery and payment are shown all the same', async () => {
  expect((await api.test()).warnings).toEqual([remark('plugin-missing')])
  const ids = await addArticles(shop, [{ sku: 'SCHR', name: 'Schrauben', price: 1199, stock: 10 }])
  await addCustomer(shop, carpenter)
  const buyer = buyerOf(shop, carpenter)
  await buyer.signIn()
  const { id, code } = await buyer.buy({ [ids.SCHR!]: 4 }, 'lieferschein')
  const seen = async () =>
    (
      await shop.merchant(
        'query ($id: ID!) { order(id: $id) { state lines { id } payments { state } fulfillments { state } } }',
        { id },
      )
    ).order
  const [line] = (await seen()).lines
  const shipment = (number: string) => ({
    number,
    on: '2026-11-24',
    lines: { [line.id]: 2 * ONE },
    carrier: null,
    trackingNumber: null,
  })
  const state: OrderState = {
    externalId: id,
    externalNumber: code,
    number: 'AB-1',
    shipments: [shipment('LS-1')],
    cancelled: { all: false, lines: {}, reason: '' },
    completed: false,
    invoices: [],
    corrections: [],
    payment: { gross: 1, paid: 0, reference: null, isPaid: false },
  }
  await api.showOrder(state)
  // Vendure's own process ships only what is paid
  expect(await seen()).toMatchObject({ state: 'PaymentAuthorized', fulfillments: [{ state: 'Shipped' }] })
  expect(vendure.readOrders(await api.order(id), { channel: 'web', paymentMethods: {} })[0]!.order).toMatchObject({
    paymentMethod: 'on-delivery-note',
  })
  // half shipped and paid would be "paid" only
  const paid = { ...state, payment: { ...state.payment, isPaid: true } }
  expect(readRemarks(await api.showOrder(paid))).toEqual(['paid', 'order-is PartiallyShipped'])
  await api.showOrder({ ...paid, shipments: [...state.shipments, shipment('LS-2')], completed: true })
  expect(await seen()).toMatchObject({ state: 'Delivered', payments: [{ state: 'Settled' }] })
})
test('delivered first and paid later, the order is delivered and not merely paid', async () => {
  const [listing] = (await api.catalogue(undefined)).rows
  const buyer = buyerOf(shop, carpenter)
  await buyer.signIn()
  const { id, code } = await buyer.buy({ [listing!.ids.variantId!]: 1 }, 'lieferschein')
  const { order } = await shop.merchant('query ($id: ID!) { order(id: $id) { lines { id } } }', { id })
  const state: OrderState = {
    externalId: id,
    externalNumber: code,
    number: 'AB-2',
    shipments: [
      { number: 'LS-3', on: '2026-11-24', lines: { [order.lines[0].id]: ONE }, carrier: 'DPD', trackingNumber: '7' },
    ],
    cancelled: { all: false, lines: {}, reason: '' },
    completed: true,
    invoices: [],
    corrections: [],
    payment: { gross: 1, paid: 0, reference: null, isPaid: false },
  }
  await api.showOrder(state)
  expect((await buyer.sees(code)).state).toBe('PaymentAuthorized')
  expect(readRemarks(await api.showOrder({ ...state, payment: { ...state.payment, isPaid: true } }))).toEqual([
    'paid',
    'order-is Delivered',
  ])
  expect((await buyer.sees(code)).state).toBe('Delivered')
})
