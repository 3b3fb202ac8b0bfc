import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { remark } from '../../../common/shops/api.ts'
import type { OrderState, ShopApi, StockWrite } from '../connector.ts'
import { readRemarks } from '../read-remarks.ts'
import { shopify } from './connector.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { type ShopifyStandIn, standInShopify } from './stand-in.ts'
import { verifyHook } from './verify-hook.ts'

let shop: ShopifyStandIn
let api: ShopApi

beforeEach(async () => {
  shop = await standInShopify()
  api = shopify.open(shop.access)
  shop.addArticle({ sku: 'SCHR', name: 'Schrauben', grossPrice: 1290, stock: 50, gtin: '4012345678901' })
  shop.addArticle({ sku: 'HAM', name: 'Hammer', grossPrice: 1999, stock: 8 })
})
afterEach(() => shop.close())

const buy = (pay: 'now' | 'later' = 'later', schr = 10, ham = 4) =>
  shop.buy({
    lines: [
      { sku: 'SCHR', quantity: schr },
      { sku: 'HAM', quantity: ham },
    ],
    pay,
    email: 'paula@example.test',
  })

/** The state of an order nothing happened to yet, with the shop's line ids by SKU. */
async function stateOf(
  id: string,
  change: (state: OrderState, line: Record<string, string>) => Partial<OrderState> = () => ({}),
) {
  const raw = await api.order(id)
  const [found] = readOrders(raw, { channel: 'web', paymentMethods: {} })
  const lines = Object.fromEntries(
    found!.order!.lines.flatMap((one) => (one.article ? [[one.article, one.externalLine!]] : [])),
  )
  const gross = found!.order!.totals!.gross
  const state: OrderState = {
    externalId: id,
    externalNumber: found!.externalNumber!,
    number: 'AU-2026-000001',
    shipments: [],
    cancelled: { all: false, lines: {}, reason: 'nicht lieferbar' },
    completed: false,
    invoices: [],
    corrections: [],
    payment: { gross, paid: 0, reference: null, isPaid: false },
  }
  return { ...state, ...change(state, lines) }
}
const shipment = (number: string, lines: Record<string, number>, trackingNumber: string | null = null) => ({
  number,
  on: '2026-11-20',
  lines,
  carrier: trackingNumber ? 'DHL' : null,
  trackingNumber,
})
async function writesOf(pieces: Record<string, number>): Promise<StockWrite[]> {
  const { rows } = await api.catalogue(undefined)
  return rows.flatMap(({ sku, ids, available }) =>
    sku in pieces ? [{ sku, ids, available: pieces[sku]!, shown: available }] : [],
  )
}

describe('set-up', () => {
  test('says whose shop it is and what is missing', async () => {
    expect(await api.test()).toEqual({ shopName: 'Schaufenster', version: '2026-10', currency: 'EUR', warnings: [] })
  })
  test('keys the shop does not know, and a location it does not have', async () => {
    const wrong = shopify.open({ ...shop.access, secrets: { clientId: 'app-1', clientSecret: 'wrong' } })
    await expect(wrong.test()).rejects.toMatchObject({ trouble: 'unauthorised' })
    const token = shopify.open({ ...shop.access, secrets: { accessToken: 'shpat_old' } })
    await expect(token.test()).rejects.toMatchObject({ trouble: 'unauthorised', status: 401 })
    const elsewhere = shopify.open({ ...shop.access, secrets: { ...shop.access.secrets, location: 'Köln' } })
    await expect(elsewhere.test()).rejects.toMatchObject({
      trouble: 'refused',
      remarks: [{ code: 'location-unknown', facts: { locations: expect.stringContaining('Lager') } }],
    })
  })
  test('the token of a day is asked for once', async () => {
    await Promise.all([api.test(), shopify.open(shop.access).test(), api.readStock([])])
    expect(shop.calls()).toBeLessThanOrEqual(4)
  })
})

describe('limits', () => {
  test('without points left it waits as long as the shop says', async () => {
    await api.test()
    Object.assign(shop.points, { size: 30, perSecond: 10, query: 20 })
    await api.changedOrders(null, undefined)
    await expect(api.changedOrders(null, undefined)).rejects.toMatchObject({
      trouble: 'throttled',
      retryAfterMs: expect.toSatisfy((wait: number) => wait > 500 && wait <= 1_000),
    })
  })
  test('a shop that is down is unreachable', async () => {
    shop.trouble.down = true
    await expect(api.test()).rejects.toMatchObject({ trouble: 'unreachable' })
  })
})

describe('orders', () => {
  test('changed ones come oldest first, page by page, from a moment on', async () => {
    const ids = Array.from({ length: 120 }, () =>
      shop.buy({ lines: [{ sku: 'SCHR', quantity: 0 }], pay: 'later', email: 'a@example.test' }),
    )
    const first = await api.changedOrders('2020-01-01T00:00:00.000Z', undefined)
    const second = await api.changedOrders('2020-01-01T00:00:00.000Z', first.next)
    expect([first.rows.length, second.rows.length, second.next]).toEqual([100, 20, undefined])
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids)
    expect((await api.changedOrders('2100-01-01T00:00:00.000Z', undefined)).rows).toEqual([])
  })
  test('one with more lines than a page has all of them, and no problem', async () => {
    const lines = Array.from({ length: 75 }, (_, i) => {
      shop.addArticle({ sku: `ART-${i}`, name: `Artikel ${i}`, grossPrice: 101 + i, stock: 5 })
      return { sku: `ART-${i}`, quantity: 1 + (i % 3) }
    })
    const raw = await api.order(shop.buy({ lines, pay: 'now', email: 'a@example.test' }))
    const [found] = readOrders(raw, { channel: 'web', paymentMethods: {} })
    expect(found!.problems).toEqual([])
    expect(found!.order!.lines).toHaveLength(76)
  })
  test('one that is not there is null', async () => {
    expect(await api.order('gid://shopify/Order/1')).toBeNull()
  })
  test('pieces taken out in the shop are seen, and the money given back', async () => {
    const id = buy('now')
    shop.cancel(id, { sku: 'HAM', quantity: 3 })
    const raw = await api.order(id)
    expect(readOrders(raw, { channel: 'web', paymentMethods: {} })[0]).toMatchObject({
      problems: [],
      order: { totals: { gross: 12_900 + 1_999 + 490 } },
    })
    expect(readProgress(raw)).toMatchObject({ cancelled: false, paid: { amount: 15_389 } })
  })
})

describe('stock', () => {
  test('is set where the shop shows what we think, and told where not', async () => {
    const writes = await writesOf({ SCHR: 40, HAM: 3 })
    buy('later', 0, 1)
    expect(await api.writeStock(writes)).toEqual([
      { sku: 'SCHR', outcome: 'written', shown: 40 },
      { sku: 'HAM', outcome: 'stale', shown: 7 },
    ])
    expect([shop.available('SCHR'), shop.available('HAM')]).toEqual([40, 7])
  })
  test('an unknown number is read first; one impossible article holds up no other', async () => {
    const writes = (await writesOf({ SCHR: 41, HAM: 2_000_000_000 })).map((write) => ({ ...write, shown: null }))
    expect(await api.writeStock(writes)).toMatchObject([
      { sku: 'SCHR', outcome: 'written', shown: 41 },
      { sku: 'HAM', outcome: 'refused', problem: 'The quantity is too high.' },
    ])
  })
  test('a lost answer does no harm: the number is stale, read, and ours', async () => {
    const writes = await writesOf({ SCHR: 44 })
    await api.writeStock(writes)
    expect(await api.writeStock(writes)).toEqual([{ sku: 'SCHR', outcome: 'stale', shown: 44 }])
  })
  test('the same change may come twice: it is done twice', async () => {
    const there = await writesOf({ HAM: 5 })
    await api.writeStock(there)
    await api.writeStock([{ ...there[0]!, available: 8, shown: 5 }])
    expect(await api.writeStock(there)).toEqual([{ sku: 'HAM', outcome: 'written', shown: 5 }])
  })
  test('buyers and we at the same time: nothing is sold twice', async () => {
    shop.trouble.calls = 0.2
    let ours = 8
    for (let round = 0; round < 40; round++) {
      if (round % 3 === 0 && shop.available('HAM') > 0) {
        buy('later', 0, 1)
        ours--
      }
      const writes = await writesOf({ HAM: ours }).catch(() => [])
      if (round % 4 === 0 && shop.available('HAM') > 0) {
        buy('later', 0, 1)
        ours--
      }
      await api.writeStock(writes).catch(() => [])
      expect(shop.available('HAM')).toBeGreaterThanOrEqual(0)
    }
    shop.trouble.calls = 0
    await api.writeStock(await writesOf({ HAM: ours }))
    expect(shop.available('HAM')).toBe(ours)
    expect(ours).toBeGreaterThanOrEqual(0)
  })
})

describe('what the shop is shown of an order', () => {
  test('two goods issues become two fulfilments with their tracking numbers, then nothing more', async () => {
    const id = buy()
    const first = await stateOf(id, (_, line) => ({ shipments: [shipment('LS-1', { [line.SCHR!]: 6000 }, '00340')] }))
    expect(readRemarks(await api.showOrder(first))).toEqual(['numbers-told AU-2026-000001, LS-1', 'shipment-told LS-1'])
    expect(shop.seen(id)).toMatchObject({ shipped: { SCHR: 6, HAM: 0 }, trackingNumbers: ['00340'] })
    const both = {
      ...first,
      shipments: [...first.shipments, shipment('LS-2', { ...(await restOf(id)) })],
      completed: true,
    }
    expect(readRemarks(await api.showOrder(both))).toEqual(['numbers-told LS-2', 'shipment-told LS-2', 'closed'])
    expect(await api.showOrder(both)).toEqual([])
    expect(shop.seen(id).shipped).toEqual({ SCHR: 10, HAM: 4 })
  })
  const restOf = async (id: string) => {
    const [schr, ham] = Object.keys(readProgress(await api.order(id))!.quantities)
    return { [schr!]: 4000, [ham!]: 4000 }
  }
  test('a tracking number that comes later is put to its fulfilment', async () => {
    const id = buy()
    const state = await stateOf(id, (_, line) => ({ shipments: [shipment('LS-1', { [line.HAM!]: 2000 })] }))
    await api.showOrder(state)
    const later = { ...state, shipments: [{ ...state.shipments[0]!, carrier: 'DPD', trackingNumber: '0815' }] }
    expect(readRemarks(await api.showOrder(later))).toEqual(['tracking-told 0815'])
    expect(shop.seen(id)).toMatchObject({ shipped: { SCHR: 0, HAM: 2 }, trackingNumbers: ['0815'] })
  })
  test('more than the shop has open is said, the rest is fulfilled', async () => {
    const id = buy()
    shop.cancel(id, { sku: 'SCHR', quantity: 8 })
    const state = await stateOf(id, (_, line) => ({
      shipments: [shipment('LS-1', { [line.SCHR!]: 5000, [line.HAM!]: 1000 })],
    }))
    await expect(api.showOrder(state)).rejects.toMatchObject({
      trouble: 'refused',
      remarks: expect.arrayContaining([remark('pieces-not-open', { number: 'LS-1', pieces: 3 })]),
    })
    expect(shop.seen(id).shipped).toEqual({ SCHR: 2, HAM: 1 })
  })
  test('pieces cancelled here are taken out there, and are for sale again', async () => {
    const id = buy()
    const state = await stateOf(id, (s, line) => ({ cancelled: { ...s.cancelled, lines: { [line.HAM!]: 3000 } } }))
    await api.showOrder(state)
    expect(await api.showOrder(state)).toEqual([])
    expect(shop.seen(id).ordered).toEqual({ SCHR: 10, HAM: 1 })
    expect(shop.available('HAM')).toBe(7)
  })
  test('a whole order is cancelled once', async () => {
    const id = buy()
    const state = await stateOf(id, (s) => ({ cancelled: { ...s.cancelled, all: true } }))
    expect(readRemarks(await api.showOrder(state))).toContain('cancelled')
    expect(await api.showOrder(state)).toEqual([])
    expect(shop.seen(id)).toMatchObject({ cancelled: true })
    expect([shop.available('SCHR'), shop.available('HAM')]).toEqual([50, 8])
  })
  test('paid in full is marked as paid once, a part where the plan does not take it is said', async () => {
    const id = buy()
    const part = await stateOf(id, (s) => ({ payment: { ...s.payment, paid: 5000 } }))
    expect(readRemarks(await api.showOrder(part)).at(-1)).toBe('part-payment-untold')
    expect(shop.seen(id).paid).toBe(false)
    const full = { ...part, payment: { ...part.payment, paid: part.payment.gross - 400, isPaid: true } }
    expect(readRemarks(await api.showOrder(full))).toEqual(['paid'])
    expect(await api.showOrder(full)).toEqual([])
    expect(shop.seen(id).paid).toBe(true)
    // our own word comes back as no money of the shop
    expect(readProgress(await api.order(id))!.paid).toBeNull()
  })
  test('however often answers are lost, nothing is fulfilled or cancelled twice', async () => {
    const id = buy()
    const state = await stateOf(id, (s, line) => ({
      shipments: [
        shipment('LS-1', { [line.SCHR!]: 3000 }, 'A'),
        shipment('LS-2', { [line.SCHR!]: 2000, [line.HAM!]: 1000 }, 'B'),
      ],
      cancelled: { ...s.cancelled, lines: { [line.SCHR!]: 1000, [line.HAM!]: 2000 } },
      payment: { ...s.payment, isPaid: true, paid: s.payment.gross },
    }))
    shop.trouble.calls = 0.35
    for (let tries = 0; tries < 200; tries++) {
      const done = await api.showOrder(state).catch(() => undefined)
      if (done?.length === 0) break
    }
    shop.trouble.calls = 0
    expect(await api.showOrder(state)).toEqual([])
    expect(shop.seen(id)).toMatchObject({
      ordered: { SCHR: 9, HAM: 2 },
      shipped: { SCHR: 5, HAM: 1 },
      trackingNumbers: ['A', 'B'],
      paid: true,
    })
  })
})

describe('articles', () => {
  test('a new one is made once, also when the answer was lost', async () => {
    const article = { sku: 'ZANGE', gtin: null, name: 'Zange', price: 899, vatRate: 1900, active: true, available: 3 }
    const made = await api.publish(article)
    expect(await api.publish(article)).toEqual(made)
    const { rows } = await api.catalogue(undefined)
    expect(rows.filter((row) => row.sku === 'ZANGE')).toMatchObject([
      { ids: made.ids, price: 899, available: 3, active: true },
    ])
  })
  test('price, name and whether it is sold', async () => {
    const { rows } = await api.catalogue(undefined)
    await api.showArticle(rows[1]!, { name: 'Hammer 500 g', price: 2099, vatRate: 1900, active: false })
    expect((await api.catalogue(undefined)).rows[1]).toMatchObject({ name: 'Hammer 500 g', price: 2099, active: false })
  })
})

describe('hooks', () => {
  test('are signed, come twice with the same number, and stop after eight failures', async () => {
    const { createServer } = await import('node:http')
    const seen: string[] = []
    let status = 200
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const headers = request.headers as Record<string, string>
      const hook = verifyHook({ headers, body: Buffer.concat(chunks), now: new Date() }, shop.access)
      seen.push(`${hook?.deliveryId} ${hook?.about[0]?.id}`)
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    shop.hooksTo(`http://127.0.0.1:${(receiver.address() as { port: number }).port}/hooks`)
    shop.trouble.hooksDoubled = 1
    const id = buy()
    await shop.sendHooks()
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(1)
    expect(seen[0]).toContain(id)
    status = 500
    buy('later', 1, 0)
    for (let i = 0; i < 10; i++) await shop.sendHooks()
    expect(shop.isSubscribed()).toBe(false)
    seen.length = 0
    buy('later', 1, 0)
    await shop.sendHooks()
    expect(seen).toEqual([])
    status = 200
    const address = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/hooks`
    expect(readRemarks(await api.ensureHooks!(address))).toContain('hook-made ORDERS_CREATE')
    expect(await api.ensureHooks!(address)).toEqual([])
    buy('later', 1, 0)
    await shop.sendHooks()
    expect(seen).toHaveLength(2)
    receiver.close()
  })
})
