import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OrderState, ShopApi } from '../connector.ts'
import { readRemarks } from '../read-remarks.ts'
import { wooCommerce } from './connector.ts'
import { readProgress } from './read-progress.ts'
import { startStandIn, type WooStandIn } from './stand-in.ts'
import type { OrderDoc } from './stand-in-shop.ts'

let shop: WooStandIn
let api: ShopApi
let id: string
let hammer: string
let rod: string
/** what the shop throws dice with; 0.99 when nothing is said: a good day */
let dice: number[]

beforeEach(async () => {
  dice = []
  shop = await startStandIn({ random: () => dice.shift() ?? 0.99 })
  shop.trouble.calls = 0.5
  api = wooCommerce.open(shop.access)
  shop.addArticle({ sku: 'HAMM', name: 'Hammer & Stiel', grossPrice: 1195, stock: 100 })
  shop.addArticle({ sku: 'GEWI/M8', name: 'M8', grossPrice: 239, stock: 80 })
  order('later')
})
afterEach(() => shop.close())

function order(pay: 'later' | 'now'): void {
  id = shop.buy({
    lines: [
      { sku: 'HAMM', quantity: 10 },
      { sku: 'GEWI/M8', quantity: 4 },
    ],
    pay,
    email: 'a@example.test',
  })
  const [first, second] = doc().line_items.map((item) => String(item.id))
  hammer = first!
  rod = second!
}
const doc = (): OrderDoc => shop.shop.orders.get(Number(id))!
const notes = () => (shop.shop.notes.get(Number(id)) ?? []).map((one) => one.note)
const meta = (key: string) => doc().meta_data.find((one) => one.key === `_tresen_${key}`)?.value
const gross = () => Math.round(Number(doc().total) * 100)

function state(change: Partial<OrderState> = {}): OrderState {
  return {
    externalId: id,
    externalNumber: id,
    number: 'AU-2026-000001',
    shipments: [],
    ordered: { [hammer]: 10_000, [rod]: 4_000 },
    cancelled: { all: false, lines: {}, reason: '' },
    completed: false,
    invoices: [],
    corrections: [],
    payment: { gross: gross(), paid: 0, reference: null, isPaid: false },
    ...change,
  }
}
const shipment = (number: string, lines: Record<string, number>, trackingNumber: string | null = null) => ({
  number,
  on: '2026-11-24',
  lines,
  carrier: trackingNumber === null ? null : 'DHL',
  trackingNumber,
})
const paid = () => ({ gross: gross(), paid: gross(), reference: 'ZA-2026-000001', isPaid: true })
/** The answer to the n-th call from now is lost after the shop has done it. */
const loseAnswer = (n: number) => {
  dice = [...Array<number>(n - 1).fill(0.99), 0.1, 0.9]
}

describe.each([true, false])('shipments, fulfilments feature: %s', (fulfilments) => {
  beforeEach(() => {
    shop.settings.fulfilments = fulfilments
  })
  const two = () => [
    shipment('LS-2026-000001', { [hammer]: 6_000, [rod]: 4_000 }, '00340434161094015902'),
    shipment('LS-2026-000012', { [hammer]: 4_000 }),
  ]

  test('are told with their tracking number, and telling twice changes nothing', async () => {
    expect(await api.showOrder(state({ shipments: two() }))).toHaveLength(2)
    expect(shop.seen(id)).toMatchObject({
      shipped: { HAMM: 10, 'GEWI/M8': 4 },
      trackingNumbers: ['00340434161094015902'],
      paid: false,
    })
    const [before, calls] = [structuredClone(doc()), shop.calls()]
    expect(await api.showOrder(state({ shipments: two() }))).toEqual([])
    expect(doc()).toEqual(before)
    expect(shop.calls() - calls).toBe(1)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('are never doubled when the answer to call %i is lost', async (n) => {
    loseAnswer(n)
    await api.showOrder(state({ shipments: two() })).catch(() => undefined)
    dice = []
    await wooCommerce.open(shop.access).showOrder(state({ shipments: two() }))
    expect(shop.seen(id).shipped).toEqual({ HAMM: 10, 'GEWI/M8': 4 })
    expect(meta('shipments')).toBe('LS-2026-000001=00340434161094015902, LS-2026-000012')
    expect(await api.showOrder(state({ shipments: two() }))).toEqual([])
  })

  test('a number that begins or ends another one is not taken for it', async () => {
    await api.showOrder(state({ shipments: [shipment('LS-12', { [hammer]: 1_000 })] }))
    doc().meta_data = []
    const shipments = ['LS-12', 'LS-1', 'S-12'].map((number) => shipment(number, { [hammer]: 1_000 }))
    await api.showOrder(state({ shipments }))
    expect(shop.seen(id).shipped).toEqual({ HAMM: 3 })
  })

  test('a tracking number that comes later is told once', async () => {
    const [first] = two()
    await api.showOrder(state({ shipments: [{ ...first!, trackingNumber: null }] }))
    expect(readRemarks(await api.showOrder(state({ shipments: [first!] })))).toEqual([
      'tracking-told 00340434161094015902',
    ])
    expect(await api.showOrder(state({ shipments: [first!] }))).toEqual([])
    expect(shop.seen(id)).toMatchObject({
      shipped: { HAMM: 6, 'GEWI/M8': 4 },
      trackingNumbers: ['00340434161094015902'],
    })
  })
})

test('pieces the staff sent by hand are not sent again: the shop would take any number', async () => {
  const meta_data = [{ id: 1, key: '_items', value: [{ item_id: Number(hammer), qty: 8 }] }]
  shop.shop.fulfilments.set(Number(id), [{ id: 1, meta_data }])
  await api.showOrder(state({ shipments: [shipment('LS-1', { [hammer]: 6_000, [rod]: 4_000 })] }))
  expect(shop.seen(id).shipped).toEqual({ HAMM: 10, 'GEWI/M8': 4 })
})

test('on the worst of days everything arrives once', async () => {
  let seed = 7
  const worst = await startStandIn({
    random: () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    },
  })
  await shop.close()
  shop = worst
  shop.trouble.calls = 0.4
  shop.addArticle({ sku: 'HAMM', name: 'Hammer', grossPrice: 1195, stock: 1000 })
  shop.addArticle({ sku: 'GEWI/M8', name: 'M8', grossPrice: 239, stock: 1000 })
  for (let round = 0; round < 40; round++) {
    shop.settings.fulfilments = round % 2 === 0
    order('later')
    const shipments = [shipment('LS-1', { [hammer]: 3_000 }, 'T1'), shipment('LS-2', { [hammer]: 7_000, [rod]: 4_000 })]
    const invoices = [{ number: 'RE-1', on: '2026-11-24', gross: gross(), open: 0 }]
    const whole = state({ shipments, invoices, completed: true, payment: paid() })
    const open = wooCommerce.open(shop.access)
    for (let done = false; !done; )
      done = await open.showOrder(whole).then(
        () => true,
        () => false,
      )
    expect(shop.seen(id)).toMatchObject({ shipped: { HAMM: 10, 'GEWI/M8': 4 }, trackingNumbers: ['T1'], paid: true })
    expect(doc().status).toBe('completed')
    expect(notes().filter((note) => note.startsWith('Rechnung'))).toHaveLength(1)
    expect(notes().filter((note) => note.startsWith('Bezahlt'))).toHaveLength(1)
  }
})

describe('status and payment', () => {
  test('an unpaid order on delivery note never looks paid, however much of it left', async () => {
    const shipments = [shipment('LS-1', { [hammer]: 10_000, [rod]: 4_000 })]
    const invoices = [{ number: 'RE-1', on: '2026-11-24', gross: gross(), open: gross() }]
    await api.showOrder(state({ shipments, invoices }))
    expect(doc()).toMatchObject({ status: 'on-hold', date_paid_gmt: null })
    await api.showOrder(state({ shipments, invoices, payment: { ...paid(), paid: 500 } }))
    expect(doc()).toMatchObject({ status: 'on-hold', date_paid_gmt: null })
    await api.showOrder(state({ shipments, invoices, payment: paid(), completed: true }))
    expect(doc()).toMatchObject({ status: 'completed', transaction_id: 'ZA-2026-000001' })
    expect(doc().date_paid_gmt).not.toBeNull()
    expect(meta('payment')).toBe(`${doc().total} of ${doc().total}`)
  })

  test('paid before it leaves: processing, and it stays there while a part is out', async () => {
    expect(readRemarks(await api.showOrder(state({ payment: paid() })))).toEqual([
      'payment-told',
      'paid',
      'in-progress',
    ])
    await api.showOrder(state({ payment: paid(), shipments: [shipment('LS-1', { [hammer]: 1_000 })] }))
    expect(doc().status).toBe('processing')
  })

  test.each(['bacs', 'stripe'])('what we told the shop is paid comes back as nobody’s money: %s', async (method) => {
    Object.assign(doc(), { payment_method: method, payment_method_title: '' })
    await api.showOrder(state({ payment: paid() }))
    expect(doc()).toMatchObject({ status: 'processing', date_paid_gmt: expect.any(String) })
    expect(readProgress(await api.order(id))).toMatchObject({ paid: null })
    expect(await api.showOrder(state({ payment: paid() }))).toEqual([])
    expect([meta('paid'), meta('payment')]).toEqual(['here', expect.stringContaining(' of ')])
  })

  test('an order that needs payment is set paid', async () => {
    Object.assign(doc(), { status: 'pending', needs_payment: true })
    expect(readRemarks(await api.showOrder(state({ payment: paid() })))).toContain('paid')
    expect(doc()).toMatchObject({ status: 'processing', transaction_id: 'ZA-2026-000001' })
  })

  test('money the shop took itself is no news to it', async () => {
    order('now')
    await api.showOrder(state({ payment: paid() }))
    expect([notes(), meta('payment')]).toEqual([[], undefined])
  })

  test('an invoice is told once; what is open of it stands in the meta data', async () => {
    const invoice = (open: number) => [{ number: 'RE-1', on: '2026-11-24', gross: gross(), open }]
    await api.showOrder(state({ invoices: invoice(gross()) }))
    await api.showOrder(state({ invoices: invoice(0) }))
    expect(notes()).toHaveLength(1)
    expect(notes()[0]).toMatch(/^Rechnung RE-1 vom 24\.11\.2026 über \d+,\d\d €/)
    expect(meta('invoices')).toBe(`RE-1=${doc().total} open 0.00`)
  })
})

describe('cancelling', () => {
  const lines = (quantity: number) => ({ all: false, lines: { [hammer]: quantity }, reason: 'nicht lieferbar' })

  test('the whole order', async () => {
    const all = { all: true, lines: { [hammer]: 10_000, [rod]: 4_000 }, reason: 'Kunde <rief> an' }
    expect(readRemarks(await api.showOrder(state({ cancelled: all })))).toEqual(['cancellation-told', 'cancelled'])
    expect(notes()).toEqual(['In Tresen storniert: alles. Grund: Kunde &lt;rief&gt; an'])
    expect(await api.showOrder(state({ cancelled: all }))).toEqual([])
  })

  test('pieces of an unpaid order go off its line, with their share of the money', async () => {
    await api.showOrder(state({ cancelled: lines(3_000) }))
    expect(shop.seen(id).ordered).toEqual({ HAMM: 7, 'GEWI/M8': 4 })
    expect(gross()).toBe(7 * 1195 + 4 * 239 + 702)
    expect(notes()).toEqual(['In Tresen storniert: 3 × Hammer &amp; Stiel (HAMM). Grund: nicht lieferbar'])
    expect(await api.showOrder(state({ cancelled: lines(3_000) }))).toEqual([])
    await api.showOrder(state({ cancelled: lines(10_000) }))
    expect(shop.seen(id).ordered).toEqual({ 'GEWI/M8': 4 })
  })

  test('pieces the shop took off itself are not taken off twice', async () => {
    shop.cancel(id, { sku: 'HAMM', quantity: 3 })
    await api.showOrder(state({ cancelled: lines(3_000) }))
    expect([shop.seen(id).ordered, notes()]).toEqual([{ HAMM: 7, 'GEWI/M8': 4 }, []])
  })

  test('a paid order keeps its lines for the refund and gets a note', async () => {
    order('now')
    await api.showOrder(state({ cancelled: lines(3_000), payment: paid() }))
    await api.showOrder(state({ cancelled: lines(3_000), payment: paid() }))
    expect(shop.seen(id).ordered).toEqual({ HAMM: 10, 'GEWI/M8': 4 })
    expect(notes()).toHaveLength(1)
  })

  test('without knowing what was agreed nothing is taken off', async () => {
    await api.showOrder(state({ cancelled: lines(3_000), ordered: undefined }))
    expect([shop.seen(id).ordered, notes().length]).toEqual([{ HAMM: 10, 'GEWI/M8': 4 }, 1])
  })

  test('once, also when an answer is lost', async () => {
    for (const n of [1, 2, 3, 4]) {
      order('later')
      loseAnswer(n)
      await api.showOrder(state({ cancelled: lines(1_000) })).catch(() => undefined)
      dice = []
      await api.showOrder(state({ cancelled: lines(1_000) }))
      expect([shop.seen(id).ordered.HAMM, notes().length, n]).toEqual([9, 1, n])
    }
  })
})

test('an order in the trash is left alone, one that is gone is refused', async () => {
  doc().status = 'trash'
  expect(await api.showOrder(state({ completed: true, payment: paid() }))).toEqual([])
  await expect(api.showOrder({ ...state(), externalId: '9999' })).rejects.toThrow('order-gone')
})
