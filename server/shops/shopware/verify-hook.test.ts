import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { verifyHook } from './verify-hook.ts'

const secret = 'k'.repeat(64)
const access = { address: 'https://schaufenster.example.test', secrets: { shopSecret: secret } }
const fixture = readFileSync(`${import.meta.dirname}/fixtures/hook-order-written.json`, 'utf8')
const now = new Date((JSON.parse(fixture).timestamp + 2) * 1000)
const ORDER = '018f2b7c0000a1b2c3d4e5f607182930'

function hook(text: string, key = secret) {
  const body = Buffer.from(text)
  const signature = createHmac('sha256', key).update(body).digest('hex')
  return { body, now, headers: { 'shopware-shop-signature': signature } }
}
const changed = (change: (message: ReturnType<typeof JSON.parse>) => void) => {
  const message = JSON.parse(fixture)
  change(message)
  return hook(JSON.stringify(message))
}

describe('a hook of Shopware', () => {
  test('says which order to look at, by the number of the event', () => {
    expect(verifyHook(hook(fixture), access)).toEqual({
      deliveryId: '7b04ebe416db4ebc93de4d791325e1d9',
      topic: 'order.written',
      about: [{ kind: 'order', id: ORDER }],
    })
  })
  test('is nobody else’s: wrong key, changed body, none', () => {
    expect(verifyHook(hook(fixture, 'another'), access)).toBeUndefined()
    const other = hook(fixture)
    expect(verifyHook({ ...other, body: Buffer.concat([other.body, Buffer.from('\n')]) }, access)).toBeUndefined()
    expect(verifyHook({ ...other, headers: {} }, access)).toBeUndefined()
    expect(verifyHook(other, { ...access, secrets: {} })).toBeUndefined()
  })
  test('after the shop took a new secret the former counts as long as it was said', () => {
    const turned = (until: Record<string, string>) => ({
      ...access,
      secrets: { shopSecret: 'n'.repeat(64), formerShopSecret: secret, ...until },
    })
    const at = (ms: number) => ({ formerShopSecretUntil: new Date(now.getTime() + ms).toISOString() })
    expect(verifyHook(hook(fixture), turned(at(1)))).toBeDefined()
    expect(verifyHook(hook(fixture), turned(at(0)))).toBeUndefined()
    expect(verifyHook(hook(fixture), turned({}))).toBeUndefined()
  })
  test('may be hours late, but not days, and never from tomorrow', () => {
    const aged = (hours: number) =>
      verifyHook(
        changed((message) => {
          message.timestamp -= hours * 3600
        }),
        access,
      )
    expect(aged(5)).toBeDefined()
    expect(aged(25)).toBeUndefined()
    expect(aged(-1)).toBeUndefined()
    expect(
      verifyHook(
        changed((message) => {
          delete message.timestamp
        }),
        access,
      ),
    ).toBeUndefined()
  })
  test.each([
    ['state_enter.order_transaction.state.paid', { order: { id: ORDER } }, [{ kind: 'order', id: ORDER }]],
    ['customer.written', [{ entity: 'customer', primaryKey: ORDER }], [{ kind: 'customer', id: ORDER }]],
    ['product.written', [{ entity: 'product', primaryKey: ORDER }], [{ kind: 'article', id: ORDER }]],
    [
      'order.written',
      [{ entity: 'order', primaryKey: { id: ORDER, versionId: ORDER } }],
      [{ kind: 'order', id: ORDER }],
    ],
    ['order.written', [{ entity: 'order', primaryKey: '../../x' }], []],
    ['order_delivery.written', [{ entity: 'order_delivery', primaryKey: ORDER }], []],
    ['app.activated', [], []],
  ])('%s %o is about what it is about', (event, payload, about) => {
    const found = verifyHook(
      changed((message) => Object.assign(message.data, { event, payload })),
      access,
    )
    expect(found!.about).toEqual(about)
  })
})
