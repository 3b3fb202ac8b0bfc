import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { vendure } from './connector.ts'

interface Recorded {
  headers: Record<string, string>
  secret: string
  body_base64: string
  received_at: string
}

const folder = `${import.meta.dirname}/fixtures/hooks`
const recorded = readdirSync(folder).map((name) => ({
  name,
  hook: JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Recorded,
}))

function verify(hook: Recorded, change: { body?: Buffer; headers?: object; now?: Date; secret?: string } = {}) {
  return vendure.verifyHook(
    {
      headers: { ...hook.headers, ...change.headers },
      body: change.body ?? Buffer.from(hook.body_base64, 'base64'),
      now: change.now ?? new Date(hook.received_at),
    },
    { address: 'http://shop', secrets: { hookSecret: change.secret ?? hook.secret } },
  )
}
const find = (name: string) => recorded.find((one) => one.name.includes(name))!.hook

describe('hooks a real Vendure sent', () => {
  test.each(recorded)('$name is verified and says what it is about', ({ name, hook }) => {
    const found = verify(hook)!
    expect(`${found.deliveryId} ${name}`).toContain(found.topic)
    expect(found.deliveryId).toBe(hook.headers['webhook-id'])
  })
  test('order ids are numbers in hooks and strings here; movements name their variants once', () => {
    expect(verify(find('005'))!.about).toEqual([{ kind: 'order', id: '1' }])
    expect(verify(find('034'))!.about).toEqual([
      { kind: 'article', id: '3' },
      { kind: 'article', id: '6' },
    ])
  })
})

describe('what is not from the shop', () => {
  const hook = find('005')
  const body = Buffer.from(hook.body_base64, 'base64')
  const at = Number(hook.headers['webhook-timestamp']) * 1000
  test('other bytes, another secret, another id, no signature', () => {
    expect(verify(hook, { body: Buffer.concat([body, Buffer.from(' ')]) })).toBeUndefined()
    expect(verify(hook, { secret: 'whsec_YW5kZXJlc2FuZGVyZXNhbmRlcmVz' })).toBeUndefined()
    expect(verify(hook, { secret: '' })).toBeUndefined()
    expect(verify(hook, { headers: { 'webhook-id': 'msg_1' } })).toBeUndefined()
    expect(verify(hook, { headers: { 'webhook-signature': undefined } })).toBeUndefined()
    expect(verify(hook, { headers: { 'webhook-signature': 'v1,' } })).toBeUndefined()
  })
  test('one of several signatures is enough, as when the secret is changed', () => {
    const headers = { 'webhook-signature': `v1,AAAA ${hook.headers['webhook-signature']}` }
    expect(verify(hook, { headers })).toBeDefined()
  })
  test.each([
    [301, undefined],
    [299, 'OrderPlacedEvent'],
    [-299, 'OrderPlacedEvent'],
    [-301, undefined],
  ])('%i seconds after it was sent', (seconds, topic) => {
    expect(verify(hook, { now: new Date(at + seconds * 1000) })?.topic).toBe(topic)
  })
})
