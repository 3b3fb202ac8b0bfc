import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { verifyHook } from './verify-hook.ts'

const access = { address: 'https://schaufenster.myshopify.com', secrets: { clientSecret: 'hook-secret' } }
const now = new Date('2026-11-20T10:00:00Z')
const fixture = readFileSync(`${import.meta.dirname}/fixtures/hook-orders-updated.json`, 'utf8')

function hook(text: string, headers: Record<string, string> = {}, secret = 'hook-secret') {
  const body = Buffer.from(text)
  return {
    body,
    now,
    headers: {
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      'x-shopify-topic': 'orders/updated',
      'x-shopify-shop-domain': 'schaufenster.myshopify.com',
      'x-shopify-triggered-at': '2026-11-20T09:59:58.123456789Z',
      ...headers,
    },
  }
}

describe('a hook of Shopify', () => {
  test('says which order to look at, by its number of this delivery', () => {
    expect(verifyHook(hook(fixture), access)).toEqual({
      deliveryId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      topic: 'orders/updated',
      about: [{ kind: 'order', id: 'gid://shopify/Order/820982911946154508' }],
    })
  })
  test('is nobody else’s: wrong key, changed body, another shop of the same app', () => {
    expect(verifyHook(hook(fixture, {}, 'another'), access)).toBeUndefined()
    const changed = hook(fixture)
    expect(verifyHook({ ...changed, body: Buffer.concat([changed.body, Buffer.from(' ')]) }, access)).toBeUndefined()
    expect(verifyHook(hook(fixture, { 'x-shopify-shop-domain': 'fremd.myshopify.com' }), access)).toBeUndefined()
    expect(verifyHook(hook(fixture, { 'x-shopify-hmac-sha256': '' }), access)).toBeUndefined()
    expect(verifyHook(hook(fixture), { ...access, secrets: {} })).toBeUndefined()
  })
  test('may be a day late, but not three, whichever of its moments says so', () => {
    const late = (days: number, header: string | undefined) => {
      const moment = new Date(now.getTime() - days * 86_400_000).toISOString()
      const body = JSON.stringify({ ...JSON.parse(fixture), updated_at: moment })
      return verifyHook(hook(body, { 'x-shopify-triggered-at': header ?? moment }), access)
    }
    expect(late(1, undefined)).toBeDefined()
    expect(late(3, undefined)).toBeUndefined()
    // the header is not signed, the body is
    expect(late(3, now.toISOString())).toBeUndefined()
    expect(late(0, '2026-11-17T00:00:00Z')).toBeUndefined()
    expect(late(-1, undefined)).toBeUndefined()
  })
  test.each([
    ['refunds/create', { id: 1, order_id: 2 }, [{ kind: 'order', id: 'gid://shopify/Order/2' }]],
    ['fulfillments/create', { id: 1, order_id: 2 }, [{ kind: 'order', id: 'gid://shopify/Order/2' }]],
    ['orders/edited', { order_edit: { id: 1, order_id: 3 } }, [{ kind: 'order', id: 'gid://shopify/Order/3' }]],
    ['customers/update', { id: 4 }, [{ kind: 'customer', id: 'gid://shopify/Customer/4' }]],
    ['inventory_levels/update', { inventory_item_id: 5 }, [{ kind: 'article', id: 'gid://shopify/InventoryItem/5' }]],
    ['customers/redact', { shop_id: 1, customer: { id: 4 } }, []],
    ['app/uninstalled', { id: 1 }, []],
  ])('%s is about what it is about', (topic, payload, about) => {
    expect(verifyHook(hook(JSON.stringify(payload), { 'x-shopify-topic': topic }), access)!.about).toEqual(about)
  })
  test('without the number of a delivery, or with what is no JSON, is none', () => {
    expect(verifyHook(hook(fixture, { 'x-shopify-webhook-id': '' }), access)).toBeUndefined()
    expect(verifyHook(hook('no'), access)).toBeUndefined()
  })
})
