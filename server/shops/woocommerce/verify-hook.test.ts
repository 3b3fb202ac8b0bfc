import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fixture } from './stand-in-shop.ts'
import { verifyHook } from './verify-hook.ts'

interface Recorded {
  headers: Record<string, string>
  secret: string
  body_base64: string
}

const names = readdirSync(`${import.meta.dirname}/fixtures/hooks`).map((name) => name.replace('.json', ''))
const recorded = (name: string) => fixture<Recorded>(`hooks/${name}`)
const hookOf = ({ headers, body_base64 }: Recorded) => ({
  headers,
  body: Buffer.from(body_base64, 'base64'),
  now: new Date('2026-11-24T09:00:00Z'),
})
const access = (webhookSecret: string) => ({ address: 'https://shop.example', secrets: { webhookSecret } })
const signed = names.filter((name) => !name.includes('ping'))

describe('hooks a real shop sent', () => {
  test.each(signed)('%s is from the shop, and from no other', (name) => {
    const hook = recorded(name)
    const verified = verifyHook(hookOf(hook), access(hook.secret))
    expect(verified).toMatchObject({
      topic: hook.headers['x-wc-webhook-topic'],
      about: [{ kind: name.includes('product') ? 'article' : 'order' }],
    })
    expect(verifyHook(hookOf(hook), access('another'))).toBeUndefined()
    expect(verifyHook(hookOf(hook), access(''))).toBeUndefined()
  })

  test('orders of one second come under one id of the shop and are three deliveries', () => {
    const hooks = ['052', '056', '058'].map((number) => recorded(`${number}-order.created`))
    expect(new Set(hooks.map(({ headers }) => headers['x-wc-webhook-delivery-id'])).size).toBe(1)
    const verified = hooks.map((hook) => verifyHook(hookOf(hook), access(hook.secret))!)
    expect(verified.flatMap(({ about }) => about.map(({ id }) => id))).toEqual(['42', '44', '45'])
    expect(new Set(verified.map(({ deliveryId }) => deliveryId)).size).toBe(3)
  })

  test('the same delivery again is one, and said again later is another', () => {
    const hook = recorded('074-order.deleted')
    const named = (id: string) =>
      verifyHook(
        { ...hookOf(hook), headers: { ...hook.headers, 'x-wc-webhook-delivery-id': id } },
        access(hook.secret),
      )!.deliveryId
    expect(named('a')).toBe(named('a'))
    expect(named('a')).not.toBe(named('b'))
    // what is kept of it is cut at 200 characters
    expect(named('a'.repeat(300)).slice(0, 44)).toBe(hook.headers['x-wc-webhook-signature'])
  })

  test.each(signed)('%s with one byte changed is refused', (name) => {
    const hook = hookOf(recorded(name))
    hook.body[hook.body.length - 2]! ^= 1
    expect(verifyHook(hook, access(recorded(name).secret))).toBeUndefined()
  })

  test('a deleted order is named although nothing else is said of it', () => {
    const hook = recorded('074-order.deleted')
    expect(verifyHook(hookOf(hook), access(hook.secret))!.about).toEqual([{ kind: 'order', id: '54' }])
  })

  test('a ping is understood and leads to nothing', () => {
    const hook = recorded('001-ping')
    expect(verifyHook(hookOf(hook), access(hook.secret))).toEqual({ deliveryId: 'ping', topic: 'ping', about: [] })
  })

  test('without a signature nothing but a ping is taken', () => {
    const hook = recorded('011-order.created')
    const { 'x-wc-webhook-signature': _, ...headers } = hook.headers
    expect(verifyHook({ ...hookOf(hook), headers }, access(hook.secret))).toBeUndefined()
    const body = Buffer.from('webhook_id=1&order=2')
    expect(verifyHook({ headers: {}, body, now: new Date() }, access(hook.secret))).toBeUndefined()
  })

  test('a signature that is none, or too short, is refused without a fault', () => {
    const hook = recorded('011-order.created')
    for (const signature of ['', '???', hook.headers['x-wc-webhook-signature']!.slice(0, 20)])
      expect(
        verifyHook(
          { ...hookOf(hook), headers: { ...hook.headers, 'x-wc-webhook-signature': signature } },
          access(hook.secret),
        ),
      ).toBeUndefined()
  })
})
