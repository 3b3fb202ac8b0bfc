import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OrderState, ShopApi, StockWrite } from '../connector.ts'
import { readRemarks } from '../read-remarks.ts'
import { shopware } from './connector.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { type ShopwareStandIn, standInShopware } from './stand-in.ts'

let shop: ShopwareStandIn
let api: ShopApi

beforeEach(async () => {
  shop = await standInShopware()
  api = shopware.open(shop.access)
  shop.addArticle({ sku: 'SCHR', name: 'Schrauben', grossPrice: 1290, stock: 50, gtin: '4012345678901' })
  shop.addArticle({ sku: 'HAM', name: 'Hammer', grossPrice: 1999, stock: 8 })
})
afterEach(() => shop.close())

const buy = (pay: 'now' | 'later' = 'later', schr = 10, ham = 4) =>
  shop.buy({
    lines: [
      { sku: 'SCHR', quantity: schr },
      { sku: 'HAM', quantity: ham },
    ].filter((line) => line.quantity > 0),
    pay,
    email: 'paula@example.test',
  })

const options = { channel: 'web', paymentMethods: {} }

/** The state of an order nothing happened to yet, with the shop's line ids by SKU. */
async function stateOf(
  id: string,
  change: (state: OrderState, line: Record<string, string>) => Partial<OrderState> = () => ({}),
): Promise<OrderState> {
  const [found] = readOrders(await api.order(id), options)
  const lines = found!.order!.lines.flatMap((one) => (one.article ? [[one.article, one.externalLine!] as const] : []))
  const state: OrderState = {
    externalId: id,
    externalNumber: found!.externalNumber!,
    number: 'AU-2026-000001',
    shipments: [],
    cancelled: { all: false, lines: {}, reason: 'nicht lieferbar' },
    completed: false,
    invoices: [],
    corrections: [],
    payment: { gross: found!.order!.totals!.gross, paid: 0, reference: null, isPaid: false },
  }
  return { ...state, ...change(state, Object.fromEntries(lines)) }
}
const shipment = (number: string, lines: Record<string, number>, trackingNumber: string | null = null) => ({
  number,
  on: '2026-11-20',
  lines,
  carrier: null,
  trackingNumber,
})
async function writesOf(pieces: Record<string, number>): Promise<StockWrite[]> {
  const { rows } = await api.catalogue(undefined)
  return rows.flatMap(({ sku, ids, available }) =>
    sku in pieces ? [{ sku, ids, available: pieces[sku]!, shown: available }] : [],
  )
}

describe('set-up and limits', () => {
  test('says whose shop it is', async () => {
    expect(await api.test()).toEqual({ shopName: 'Schaufenster', version: '6.7.10.1', currency: 'EUR', warnings: [] })
  })
  test('without the app hooks are not believed, and that is said', async () => {
    const { shopSecret: _, ...secrets } = shop.access.secrets
    expect((await shopware.open({ ...shop.access, secrets }).test()).warnings).toHaveLength(1)
  })
  test('keys the shop does not know', async () => {
    const wrong = shopware.open({ ...shop.access, secrets: { accessKeyId: 'SWIA1', secretAccessKey: 'wrong' } })
    await expect(wrong.test()).rejects.toMatchObject({ trouble: 'unauthorised', status: 401 })
  })
  test('one token serves all who speak with the shop, also at once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => shopware.open(shop.access).changedOrders(null, undefined)))
    expect(shop.tokens()).toBe(1)
  })
  test('more tokens than it gives: wait as long as it says', async () => {
    const wrong = (i: number) =>
      shopware.open({ ...shop.access, secrets: { accessKeyId: `SWIA${i}`, secretAccessKey: 'wrong' } }).test()
    for (let i = 0; i < 10; i++) await wrong(i).catch(() => undefined)
    await expect(wrong(11)).rejects.toMatchObject({ trouble: 'throttled', retryAfterMs: 10_000 })
  })
})

describe('orders', () => {
  test('come page by page, each once, also when one changes between two pages', async () => {
    const ids = Array.from({ length: 130 }, () => buy('later', 0, 0))
    const first = await api.changedOrders('2020-01-01T00:00:00.000Z', undefined)
    shop.cancel(ids[0]!)
    const second = await api.changedOrders('2020-01-01T00:00:00.000Z', first.next)
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids)
    expect(second.next).toBeUndefined()
  })
  test('a payment or delivery that changed is a changed order, though its own time stays', async () => {
    const id = buy()
    // our numbers change the order itself; that is done before
    const state = await stateOf(id)
    await api.showOrder(state)
    await new Promise((resolve) => setTimeout(resolve, 15))
    const before = new Date().toISOString()
    expect((await api.changedOrders(before, undefined)).rows).toEqual([])
    await api.showOrder({ ...state, payment: { ...state.payment, isPaid: true } })
    const { rows } = await api.changedOrders(before, undefined)
    expect(rows.map((row) => row.id)).toEqual([id])
    expect(readProgress(await api.order(id))).toMatchObject({ changedAt: rows[0]!.changedAt })
  })
  test('is read without a problem, and followed', async () => {
    const id = buy('now')
    const raw = await api.order(id)
    expect(readOrders(raw, options)[0]).toMatchObject({
      problems: [],
      order: { totals: { gross: 12_900 + 7_996 + 490 } },
    })
    expect(readProgress(raw)).toMatchObject({ cancelled: false, paid: { amount: 21_386 } })
    shop.cancel(id, { sku: 'HAM', quantity: 3 })
    const changed = readProgress(await api.order(id)) as { quantities: Record<string, number> }
    expect(Object.values(changed.quantities)).toEqual([10_000, 1_000])
  })
  test.each(['0'.repeat(32), 'nobody', '../product'])('%s is not there', async (id) => {
    expect(await api.order(id)).toBeNull()
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
  test('a buyer right after the write is seen in what is read back', async () => {
    shop.afterNextWrite(() => buy('later', 0, 2))
    expect(await api.writeStock(await writesOf({ HAM: 6 }))).toEqual([{ sku: 'HAM', outcome: 'written', shown: 4 }])
  })
  test('one impossible article holds up no other', async () => {
    const writes = (await writesOf({ SCHR: 41, HAM: 3_000_000_000 })).map((write) => ({ ...write, shown: null }))
    const gone = { sku: 'WEG', ids: { product: '0'.repeat(32) }, available: 1, shown: 1 }
    expect(await api.writeStock([...writes, gone])).toMatchObject([
      { sku: 'SCHR', outcome: 'written', shown: 41 },
      { sku: 'HAM', outcome: 'refused', problem: expect.stringContaining('400') },
      { sku: 'WEG', outcome: 'refused' },
    ])
  })
  test('a lost answer does no harm', async () => {
    const writes = await writesOf({ SCHR: 44 })
    await api.writeStock(writes)
    expect(await api.writeStock(writes)).toEqual([{ sku: 'SCHR', outcome: 'stale', shown: 44 }])
  })
})

describe('what the shop is shown of an order', () => {
  test('goods in two parts: sent in part, then sent, the pieces and numbers in custom fields', async () => {
    const id = buy()
    const first = await stateOf(id, (_, line) => ({ shipments: [shipment('LS-1', { [line.SCHR!]: 6000 }, '00340')] }))
    expect(readRemarks(await api.showOrder(first))).toEqual([
      'fields-told tresen_order, tresen_delivery_notes, tresen_delivered',
      'tracking-told 00340',
      'sent-in-part',
      'in-progress',
    ])
    expect(await api.showOrder(first)).toEqual([])
    const both = await stateOf(id, (_, line) => ({
      shipments: [...first.shipments, shipment('LS-2', { [line.SCHR!]: 4000, [line.HAM!]: 4000 }, '00341')],
      completed: true,
    }))
    expect(readRemarks(await api.showOrder(both)).slice(-3)).toEqual(['tracking-told 00341', 'sent', 'completed'])
    expect(await api.showOrder(both)).toEqual([])
    expect(shop.seen(id)).toMatchObject({ shipped: { SCHR: 10, HAM: 4 }, trackingNumbers: ['00340', '00341'] })
  })
  test('what is left after a part was cancelled here is all there is to send', async () => {
    const id = buy()
    const state = await stateOf(id, (s, line) => ({
      shipments: [shipment('LS-1', { [line.SCHR!]: 10_000, [line.HAM!]: 1000 })],
      cancelled: { ...s.cancelled, lines: { [line.HAM!]: 3000 } },
    }))
    expect(readRemarks(await api.showOrder(state))).toContain('sent')
  })
  test('a payment of a provider is his to collect, also where the money came another way', async () => {
    const id = buy('now')
    shop.leaveUncollected(id)
    const paid = await stateOf(id, (s) => ({ payment: { ...s.payment, paid: s.payment.gross, isPaid: true } }))
    await api.showOrder(paid)
    expect(readProgress(await api.order(id))).toMatchObject({ paid: null })
  })

  test('a whole order is cancelled in three steps, once; what was paid stays paid', async () => {
    const id = buy()
    const all = (s: OrderState) => ({ cancelled: { ...s.cancelled, all: true } })
    const state = await stateOf(id, all)
    expect(readRemarks(await api.showOrder(state)).slice(1)).toEqual([
      'delivery-cancelled',
      'payment-cancelled',
      'cancelled',
    ])
    expect(await api.showOrder(state)).toEqual([])
    expect([shop.available('SCHR'), shop.available('HAM')]).toEqual([50, 8])
    const paid = buy('now')
    expect(readRemarks(await api.showOrder(await stateOf(paid, all))).slice(1)).toEqual([
      'delivery-cancelled',
      'cancelled',
    ])
    expect(shop.seen(paid)).toMatchObject({ cancelled: true, paid: true })
  })
  test('goods that left although the shop cancelled are said', async () => {
    const id = buy()
    const state = await stateOf(id, (_, line) => ({ shipments: [shipment('LS-1', { [line.HAM!]: 1000 })] }))
    shop.cancel(id)
    await expect(api.showOrder(state)).rejects.toMatchObject({ trouble: 'refused' })
  })
  test('money: a part, then all, and none where a provider has it', async () => {
    const id = buy()
    const part = await stateOf(id, (s) => ({ payment: { ...s.payment, paid: 5000 } }))
    expect(readRemarks(await api.showOrder(part)).at(-1)).toBe('paid-in-part')
    const full = { ...part, payment: { ...part.payment, paid: part.payment.gross, isPaid: true } }
    expect(readRemarks(await api.showOrder(full))).toEqual(['paid'])
    expect(await api.showOrder(full)).toEqual([])
    // our own word comes back as no money of the shop
    expect(readProgress(await api.order(id))).toMatchObject({ paid: null })
    const provider = await stateOf(buy('now'), (s) => ({ payment: { ...s.payment, isPaid: true } }))
    expect(readRemarks(await api.showOrder(provider))).toEqual(['fields-told tresen_order'])
  })
  test('however often answers are lost, it ends where it should', async () => {
    const id = buy()
    const state = await stateOf(id, (s, line) => ({
      shipments: [shipment('LS-1', { [line.SCHR!]: 10_000 }, 'A'), shipment('LS-2', { [line.HAM!]: 4000 }, 'B')],
      payment: { ...s.payment, isPaid: true },
      completed: true,
    }))
    shop.trouble.calls = 0.35
    for (let tries = 0; tries < 200; tries++) {
      const done = await api.showOrder(state).catch(() => undefined)
      if (done?.length === 0) break
    }
    shop.trouble.calls = 0
    expect(await api.showOrder(state)).toEqual([])
    expect(shop.seen(id)).toMatchObject({ shipped: { SCHR: 10, HAM: 4 }, trackingNumbers: ['A', 'B'], paid: true })
  })
})

describe('articles', () => {
  test('a new one is made once, also when the answer was lost', async () => {
    const article = { sku: 'ZANGE', gtin: null, name: 'Zange', price: 899, vatRate: 1900, active: true, available: 3 }
    const made = await api.publish(article)
    expect(await api.publish(article)).toEqual(made)
    const { rows } = await api.catalogue(undefined)
    expect(rows.filter((row) => row.sku === 'ZANGE')).toMatchObject([
      { ids: made.ids, price: 899, vatRate: 1900, available: 3, active: true },
    ])
  })
  test('price, name and whether it is sold', async () => {
    const { rows } = await api.catalogue(undefined)
    await api.showArticle(rows[1]!, { name: 'Hammer 500 g', price: 2099, vatRate: 1900, active: false })
    const item = { name: 'Hammer 500 g', price: 2099, active: false }
    expect((await api.catalogue(undefined)).rows[1]).toMatchObject(item)
  })
})

describe('hooks', () => {
  test('are signed, keep their number when tried again, and stop after ten errors', async () => {
    const seen: string[] = []
    let status = 200
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const headers = request.headers as Record<string, string>
      const hook = shopware.verifyHook({ headers, body: Buffer.concat(chunks), now: new Date() }, shop.access)
      seen.push(`${hook?.deliveryId} ${hook?.about[0]?.id}`)
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    shop.hooksTo(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`)
    shop.trouble.hooksDoubled = 1
    const id = buy()
    await shop.sendHooks()
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(1)
    expect(seen[0]).toContain(id)
    shop.trouble.hooksDoubled = 0
    status = 503
    seen.length = 0
    buy('later', 1, 0)
    await shop.sendHooks()
    await shop.sendHooks()
    expect([seen.length, new Set(seen).size]).toEqual([2, 1])
    buy('later', 1, 0)
    for (let i = 0; i < 10; i++) await shop.sendHooks()
    expect(shop.isHookActive()).toBe(false)
    status = 200
    seen.length = 0
    buy('later', 1, 0)
    await shop.sendHooks()
    expect(seen).toEqual([])
    const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`
    expect(readRemarks(await api.ensureHooks!(address))).toEqual(['hook-on-again order.written'])
    expect(await api.ensureHooks!(address)).toEqual([])
    buy('later', 1, 0)
    await shop.sendHooks()
    expect(seen).toHaveLength(1)
    receiver.close()
  })
})
