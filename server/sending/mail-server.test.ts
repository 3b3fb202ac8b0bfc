import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { saveSendingSettings as saveRoute } from '../../common/sending/api.ts'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { secretBox } from '../kernel/index.ts'
import { saveSendingSettings } from './save-settings.ts'
import { openOutbox, quickPace } from './test-outbox.ts'
import { openMailServer } from './test-smtp.ts'
import { tryMailServer } from './try-mail-server.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let server: TestApp
let client: Client
let outbox: Awaited<ReturnType<typeof openOutbox>>
let smtp: Awaited<ReturnType<typeof openMailServer>>

beforeAll(async () => {
  tresen = await testKernel()
  outbox = await openOutbox(tresen, 1)
  server = await testApp(tresen)
  client = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
})
beforeEach(async () => {
  smtp = await openMailServer()
})
afterEach(async () => {
  await smtp.close()
})
afterAll(async () => {
  await server.app.close()
  expect(server.faults).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

const certificate = (name: string) =>
  readFileSync(join(import.meta.dirname, 'fixtures', `localhost.${name}.pem`), 'utf8')
const encrypted = { key: certificate('key'), cert: certificate('cert') }
const settings = async () => (await tresen.sql<Record<string, never>>('select * from sending.settings'))[0]!
const state = async () => (await client('GET', '/api/sending')).body

async function waiting() {
  const customer = await outbox.customer(['buch@quast.example'])
  const { invoice } = await outbox.shop.billed({ of: customer.number })
  await outbox.queue()
  return invoice.documentId
}
const messageOf = async (documentId: string) => (await outbox.messages(documentId))[0]!
const wake = () => tresen.sql('update sending.settings set not_before = null')

describe('trouble of the server is trouble of no message', () => {
  test('without a set-up nothing is sent, everything waits and the outbox says so', async () => {
    const { sql } = tresen
    await sql('delete from sending.settings')
    const id = await waiting()
    await outbox.look()
    expect(await messageOf(id)).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(await state()).toMatchObject({ setUp: false, active: false, waiting: 1 })
    await outbox.setUp({ port: smtp.port })
    await outbox.untilQuiet()
    expect(await messageOf(id)).toMatchObject({ state: 'sent' })
  })

  test('a refused log-in rests the server and gives nothing up; the right password sends what waits', async () => {
    await outbox.setUp({ port: smtp.port, userName: 'sperling', password: 'falsch-geheim' })
    const id = await waiting()
    outbox.restart(tresen.kernel, { ...quickPace, retryMs: 60_000 })
    for (let i = 0; i < 20; i++) {
      await wake()
      await outbox.look()
    }
    expect(await messageOf(id)).toMatchObject({ state: 'waiting', tries: 0, attempts: 20 })
    expect(smtp.logins).toHaveLength(20)
    expect(await state()).toMatchObject({ active: true, trouble: expect.stringContaining('535'), waiting: 1 })
    expect((await state()).restsUntil).not.toBeNull()
    await outbox.setUp({ port: smtp.port, userName: 'sperling', password: 'richtig' })
    outbox.restart()
    await outbox.untilQuiet()
    expect(await messageOf(id)).toMatchObject({ state: 'sent' })
    expect(await state()).toMatchObject({ trouble: null, waiting: 0 })
  })

  test('nobody listens there: the connection is refused, and it goes on when somebody does', async () => {
    await smtp.close()
    await outbox.setUp({ port: smtp.port })
    const id = await waiting()
    await outbox.untilQuiet(5)
    expect(await messageOf(id)).toMatchObject({ state: 'waiting', tries: 0 })
    expect((await state()).trouble).toContain('ECONNREFUSED')
    smtp = await openMailServer()
    await outbox.setUp({ port: smtp.port })
    await outbox.untilQuiet()
    expect((await messageOf(id)).state).toBe('sent')
  })

  test('a sender the server doesn’t let in is a matter of the settings', async () => {
    smtp.wishes.refuseSender = true
    await outbox.setUp({ port: smtp.port })
    const id = await waiting()
    await outbox.untilQuiet(5)
    expect(await messageOf(id)).toMatchObject({ state: 'waiting', tries: 0 })
    expect((await state()).trouble).toContain('sender not allowed')
    smtp.wishes.refuseSender = false
    await outbox.untilQuiet()
    expect((await messageOf(id)).state).toBe('sent')
  })

  test('while it is in trouble, one message at a time tries it out', async () => {
    smtp.wishes.refuseSender = true
    await outbox.setUp({ port: smtp.port })
    const ids = [await waiting(), await waiting(), await waiting(), await waiting()]
    outbox.restart(tresen.kernel, { ...quickPace, retryMs: 60_000 })
    await outbox.look()
    const attempts = async () => {
      const found = await Promise.all(ids.map(messageOf))
      return found.reduce((sum, m) => sum + m.attempts, 0)
    }
    const before = await attempts()
    expect(before).toBeLessThanOrEqual(3)
    await wake()
    await outbox.look()
    expect(await attempts()).toBe(before + 1)
    smtp.wishes.refuseSender = false
    await wake()
    outbox.restart()
    await outbox.untilQuiet()
    for (const id of ids) expect((await messageOf(id)).state).toBe('sent')
  })
})

describe('encryption', () => {
  test('a certificate nobody vouches for is refused, and neither password nor mail goes out', async () => {
    const odd = await openMailServer({ disabledCommands: [], ...encrypted })
    for (const security of ['starttls', 'tls'] as const) {
      const tlsServer = security === 'tls' ? await openMailServer({ secure: true, ...encrypted }) : odd
      await outbox.setUp({ port: tlsServer.port, security, userName: 'sperling', password: 'richtig' })
      const id = await waiting()
      await outbox.untilQuiet(3)
      expect(await messageOf(id)).toMatchObject({ state: 'waiting', tries: 0 })
      expect((await state()).trouble).toMatch(/self-signed certificate/)
      expect([tlsServer.logins, tlsServer.taken]).toEqual([[], []])
      await tresen.sql("update sending.message set state = 'cancelled', ended_at = now() where state = 'waiting'")
      if (security === 'tls') await tlsServer.close()
    }
    await odd.close()
  })

  test('a server that offers no STARTTLS is not spoken to in the clear', async () => {
    await outbox.setUp({ port: smtp.port, security: 'starttls', userName: 'sperling', password: 'richtig' })
    const id = await waiting()
    await outbox.untilQuiet(3)
    expect(smtp.logins).toEqual([])
    await outbox.setUp({ port: smtp.port })
    await outbox.untilQuiet()
    expect((await messageOf(id)).state).toBe('sent')
  })

  test('with a certificate that is known it goes out encrypted', async () => {
    const known = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...known, encrypted.cert])
    try {
      for (const [security, options] of [
        ['starttls', { disabledCommands: [] }],
        ['tls', { secure: true }],
      ] as const) {
        const safe = await openMailServer({ ...options, disabledCommands: [], ...encrypted, authOptional: false })
        await outbox.setUp({ port: safe.port, security, userName: 'sperling', password: 'richtig' })
        const id = await waiting()
        await outbox.untilQuiet()
        expect((await messageOf(id)).state).toBe('sent')
        expect(safe.logins).toEqual([{ user: 'sperling', password: 'richtig' }])
        await safe.close()
      }
    } finally {
      tls.setDefaultCACertificates(known)
    }
  })
})

describe('the password', () => {
  const secret = 'so-geheim-wie-nichts'
  const input = (change: object = {}) =>
    saveRoute.body!.parse({
      active: true,
      host: '127.0.0.1',
      port: smtp.port,
      security: 'none',
      userName: 'sperling',
      password: secret,
      fromAddress: 'rechnung@sperling.example',
      fromName: 'Sperling',
      ...change,
    })

  test('lies sealed in the database and is told by nothing: no answer, no journal, no event, no attempt', async () => {
    const saved = await client('PUT', '/api/sending/settings', { body: input(), key: 'save-1' })
    expect([saved.status, saved.body]).toEqual([200, {}])
    const id = await waiting()
    await outbox.look()
    const said = JSON.stringify([
      (await client('GET', '/api/sending/settings')).body,
      await state(),
      (await client('GET', `/api/sending/messages/${(await messageOf(id)).id}`)).body,
      await tresen.sql('select * from kernel.journal'),
      await tresen.sql('select * from kernel.event'),
      await tresen.sql('select * from sending.attempt'),
      await settings(),
    ])
    const hidden = [
      secret,
      Buffer.from(secret).toString('base64'),
      Buffer.from(`\0sperling\0${secret}`).toString('base64'),
    ]
    for (const word of hidden) expect(said).not.toContain(word)
    expect(smtp.logins[0]).toEqual({ user: 'sperling', password: secret }) // it was really used, and refused in its own words
    expect((await client('GET', '/api/sending/settings')).body.settings).toMatchObject({
      passwordSet: true,
      passwordReadable: true,
    })
  })

  test('not even a hash of it is in the journal: the same input twice leaves two different ones', async () => {
    const body = input()
    await client('PUT', '/api/sending/settings', { body, key: 'hash-1' })
    await client('PUT', '/api/sending/settings', { body, key: 'hash-2' })
    const rows = await tresen.sql<{ input_hash: Buffer; output: unknown }>(
      "select input_hash, output from kernel.journal where request_key like '%hash-_'",
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]!.input_hash.equals(rows[1]!.input_hash)).toBe(false)
  })

  test('stays when left out, goes when emptied, and is asked for again where it would go to another server', async () => {
    await tresen.play(saveSendingSettings, input())
    const { password: _, ...rest } = input()
    await tresen.play(saveSendingSettings, { ...rest, fromName: 'Anders' })
    expect((await settings()).password).not.toBeNull()
    for (const change of [{ host: 'smtp.other.example' }, { port: smtp.port + 1 }, { security: 'tls' as const }])
      expect(await refusalOf(tresen.play(saveSendingSettings, { ...rest, ...change }))).toBe('password-again')
    await tresen.play(saveSendingSettings, { ...rest, password: '' })
    expect((await settings()).password).toBeNull()
  })

  test('sealed with another key it can’t be read: nothing is sent, and the screen is told', async () => {
    await tresen.play(saveSendingSettings, input())
    const other = { ...tresen.kernel, secrets: secretBox(Buffer.alloc(32, 9)) }
    outbox.restart(other)
    const id = await waiting()
    await outbox.untilQuiet(3)
    expect(smtp.logins).toEqual([])
    expect((await state()).trouble).toContain('password can not be read')
    expect(await tryMailServer(other, { to: 'ich@sperling.example', language: 'de' }, quickPace)).toMatchObject({
      ok: false,
    })
    await outbox.setUp({ port: smtp.port })
    outbox.restart()
    await outbox.untilQuiet()
    expect((await messageOf(id)).state).toBe('sent')
  })
})

test('a test mail says what the server says', async () => {
  const ask = (to: string) => client('POST', '/api/sending/test', { body: { to } })
  await outbox.setUp({ port: smtp.port })
  expect((await ask('ich@sperling.example')).body).toMatchObject({ ok: true, code: 250 })
  expect(smtp.taken[0]!.content).toContain('Testmail')
  expect((await ask('unknown@sperling.example')).body).toMatchObject({ ok: false, code: 550 })
  expect((await ask('a@b.example\r\nBcc: c@d.example')).status).toBe(400)
  await tresen.sql('delete from sending.settings')
  expect(await ask('ich@sperling.example')).toMatchObject({ status: 422, body: { code: 'sending-not-set-up' } })
  await outbox.setUp()
})
