import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../common/quantity.ts'
import { readTotals } from '../server/invoicing/e-invoice/read-totals.ts'
import { createUser } from '../server/kernel/identity/users.ts'
import { type Ask, apiKey, httpClient, type Json, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop, type TestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let server: TestApp

beforeAll(async () => {
  tresen = await testKernel()
  tresen.setDay('2026-11-24')
  shop = await openTestShop(tresen)
  server = await testApp(tresen, { jobs: true, now: () => new Date('2026-11-24T10:00:00Z') })
})
afterAll(async () => {
  await server.app.close()
  await tresen.close()
})

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../server/shops/${name}`, import.meta.url), 'utf8')) as Json

/** Somebody of the shop at his screen: what he asks for works, else the test ends with the problem. */
async function somebody(role: 'clerk' | 'warehouse' | 'accounting' | 'administrator') {
  const password = 'ein langes Kennwort'
  await tresen.play(createUser, { login: role, name: role, role, password })
  const { headers } = await httpClient(server.address)('POST', '/api/session', { body: { login: role, password } })
  const client = httpClient(server.address, { cookie: headers.get('set-cookie')!.split(';')[0]! })
  return async (method: string, path: string, ask: Ask = {}): Promise<Json> => {
    const { status, body } = await client(method, path, ask)
    if (status !== 200) throw new Error(`${role}: ${method} ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
}

test('a web order on delivery note: parked, taken, delivered in two parts, billed in one invoice, paid with Skonto', async () => {
  const [chief, clerk, warehouse, accounting] = [
    await somebody('administrator'),
    await somebody('clerk'),
    await somebody('warehouse'),
    await somebody('accounting'),
  ]
  const articleIds: Record<string, string> = {}
  for (const [number, pieces] of [
    ['SCHR-4x40-200', 10],
    ['DUEB-8x40-100', 2],
    ['SAEG-190-24Z', 4],
  ] as const) {
    const { id } = await chief('POST', '/api/articles', { body: { number, nameDe: `Artikel ${number}` } })
    articleIds[number] = id
    await warehouse('POST', '/api/stock/goods-receipts', {
      body: { locationId: shop.warehouse, lines: [{ articleId: id, quantity: pieces * ONE }] },
    })
  }

  // the shop's own answer comes in; nobody knows the customer yet
  const file = fixture('woocommerce/fixtures/01-company-vat-lieferschein.json')
  const importing = () => clerk('POST', '/api/orders/import?format=woocommerce&channel=web', { body: file })
  const [parked] = (await importing()).orders
  expect(parked).toMatchObject({ outcome: 'parked', reasons: [{ code: 'unknown-customer' }] })
  const customer = await clerk('POST', '/api/customers', {
    body: {
      kind: 'company',
      name: 'Holzbau Kräher GmbH & Co. KG',
      vatId: 'DE999999999',
      email: 'einkauf@holzbau-kraeher.example.test',
      buyerReference: '04011000-12345-34',
      billTo: {
        name: 'Holzbau Kräher GmbH & Co. KG',
        street: 'Sägewerkstraße 7',
        postalCode: '02826',
        city: 'Görlitz',
      },
      mayBuyOnDeliveryNote: true,
      creditLimit: 500_000,
      paymentTerms: { netDays: 30, skonto: [{ days: 14, percent: 200 }] },
    },
  })
  const taken = await clerk('POST', `/api/parked-orders/${parked.parkedId}/complete`, {
    body: { customerNumber: customer.number },
    key: 'take-it',
  })
  expect(taken).toMatchObject({ outcome: 'accepted', gross: 11_734, backordered: true })
  const order = () => clerk('GET', `/api/orders/${taken.orderId}`)
  expect((await order()).status).toEqual({
    order: 'active',
    delivery: 'waiting-for-goods',
    invoicing: 'not-invoiced',
    payment: 'unpaid',
  })

  // first part: what is there, of which the picker finds one box of dowels only
  const first = await warehouse('POST', '/api/delivery-notes', { body: { orderIds: [taken.orderId] } })
  const note = await warehouse('GET', `/api/delivery-notes/${first.id}`)
  const picked = note.noteLines
    .filter((l: Json) => l.kind === 'goods')
    .map((l: Json) => ({ lineId: l.id, quantity: l.articleNumber === 'DUEB-8x40-100' ? ONE : l.planned }))
  const pickList = await warehouse('POST', `/api/delivery-notes/${first.id}/pick-list`, { body: {} })
  const issued = await warehouse('POST', `/api/delivery-notes/${first.id}/goods-issue`, {
    body: { picked, parcels: 1, carrier: 'DHL', trackingNumber: '00340434161094000000' },
    key: 'issue-it',
  })
  expect(issued).toMatchObject({ number: 'LS-2026-000001', stillOpen: true })
  expect((await order()).status.delivery).toBe('partly-delivered')

  // the rest comes in, is put aside by itself, and goes out
  const receipt = { locationId: shop.branch, lines: [{ articleId: articleIds['DUEB-8x40-100'], quantity: 3 * ONE }] }
  expect(await warehouse('POST', '/api/stock/goods-receipts', { body: receipt })).toMatchObject({
    backordersReserved: 1,
  })
  const rest = []
  for (const locationId of [shop.warehouse, shop.branch]) {
    const { id } = await warehouse('POST', '/api/delivery-notes', { body: { orderIds: [taken.orderId], locationId } })
    await warehouse('POST', `/api/delivery-notes/${id}/goods-issue`, { body: {} })
    rest.push(id)
  }
  expect((await order()).status.delivery).toBe('delivered')

  // one invoice over all three notes, to the cent what the shop said
  const noteIds = [first.id, ...rest]
  expect(await clerk('POST', '/api/invoices/preview', { body: { noteIds } })).toMatchObject({ notes: 3, gross: 11_734 })
  const invoice = await clerk('POST', '/api/invoices', { body: { noteIds }, key: 'bill-it' })
  expect(await clerk('POST', '/api/invoices', { body: { noteIds }, key: 'bill-it' })).toEqual(invoice)
  expect(invoice).toMatchObject({ number: 'RE-2026-000001', gross: 11_734, amountDue: 11_734 })

  // paper and e-invoice are made in the background
  const files: Json = await vi.waitFor(
    async () => {
      const found = await clerk('GET', `/api/documents/${invoice.documentId}`)
      expect(found.waiting).toEqual([])
      return found.files
    },
    { timeout: 30_000, interval: 200 },
  )
  expect(files.map((f: Json) => f.format).sort()).toEqual(['pdf', 'xrechnung-cii', 'xrechnung-ubl'])
  const shown = await clerk('GET', `/api/invoices/${invoice.id}`)
  for (const format of ['xrechnung-cii', 'xrechnung-ubl']) {
    const xml: string = await clerk('GET', `/api/documents/${invoice.documentId}/${format}`)
    const { number, net, vat, amountDue } = readTotals(xml)
    expect({ number, net, vat, amountDue }).toEqual({
      number: invoice.number,
      net: shown.net,
      vat: shown.vat,
      amountDue: 11_734,
    })
    expect(xml).toContain('LS-2026-000001')
  }
  for (const documentId of [invoice.documentId, issued.documentId, pickList.documentId]) {
    const pdf = await vi.waitFor(() => clerk('GET', `/api/documents/${documentId}/pdf`), {
      timeout: 30_000,
      interval: 200,
    })
    expect(pdf.slice(0, 5)).toBe('%PDF-')
  }

  // paid in time: Skonto is taken without anybody saying so
  const [item] = (await accounting('GET', `/api/open-items?customerId=${customer.id}`)).rows
  expect(item).toMatchObject({ open: 11_734, skonto: [{ discount: 235 }] })
  const payment = { customerId: customer.id, amount: 11_734 - 235, receivedOn: '2026-12-01' }
  expect(await accounting('POST', '/api/payments', { body: payment, key: 'book-it' })).toMatchObject({ left: 0 })

  const done = await order()
  expect(done.status).toEqual({ order: 'completed', delivery: 'delivered', invoicing: 'invoiced', payment: 'paid' })
  expect(done.chain.map((c: Json) => c.kind)).toEqual([
    'delivery-note',
    'delivery-note',
    'delivery-note',
    'invoice',
    'payment',
  ])
  expect((await importing()).orders[0]).toMatchObject({ outcome: 'known', orderId: taken.orderId })
  expect(server.faults).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
})

test('a whole page of a shop’s orders: each is taken, parked or known, none holds up another, and again it changes nothing', async () => {
  const chief = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
  for (const [format, page] of [
    ['woocommerce', 'woocommerce/fixtures/orders-modified_after-page1.json'],
    ['vendure', 'vendure/fixtures/orders-updatedAfter-page1.json'],
  ] as const) {
    const importing = async () =>
      (await chief('POST', `/api/orders/import?format=${format}&channel=web`, { body: fixture(page) })).body
        .orders as Json[]
    const first = await importing()
    expect(first.length).toBeGreaterThanOrEqual(10)
    for (const o of first) expect(['accepted', 'on-hold', 'parked', 'known']).toContain(o.outcome)
    const counts = () =>
      tresen.sql(
        'select (select count(*) from orders.sales_order)::int as orders, (select count(*) from orders.parked_order)::int as parked',
      )
    const before = await counts()
    await importing()
    expect(await counts()).toEqual(before)
  }
  expect(await tresen.findBroken()).toEqual([])
})
