import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LinkContent } from '../../common/links/content.ts'
import { ONE } from '../../common/quantity.ts'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { type Log, silentLog } from '../kernel/index.ts'
import { takeBack } from '../returns/take-back.ts'
import { closeCase } from './close-case.ts'
import { makeLink } from './make-link.ts'
import { revokeLink } from './revoke-link.ts'
import { MOST_WAITING } from './rules/plan-case.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let server: TestApp
let anybody: Client
let clerk: Client
const logged: string[] = []
beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  const keep = (...said: unknown[]) => void logged.push(JSON.stringify(said))
  const log: Log = { ...silentLog, info: keep, warn: keep, error: keep }
  server = await testApp(tresen, { now: () => tresen.kernel.now(), log })
  anybody = httpClient(server.address)
  const { authorization } = await apiKey(tresen, ['links.read', 'links.write'])
  clerk = httpClient(server.address, { authorization })
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await server.app.close()
  await tresen.close()
})

async function delivered(pieces = 10) {
  const customer = await shop.customer()
  const article = await shop.article()
  const order = await shop.order({ of: customer.number, lines: [{ article: article.number, quantity: pieces * ONE }] })
  const note = await shop.deliver([order.id])
  const { id, path } = await tresen.play(makeLink, { customerId: customer.id, documentId: note.documentId })
  const token = path.slice('/k/'.length)
  return { customer, note, lineId: note.lines[0]!.id, linkId: id, token, api: `/api/link/${token}` }
}
const missing = (noteLineId: string, pieces: number) => ({ noteLineId, problem: 'missing', quantity: pieces * ONE })
const report = (api: string, body: unknown) => anybody('POST', `${api}/cases`, { body })
const look = async (api: string): Promise<LinkContent> => (await anybody('GET', api)).body
const caseOf = async (number: string) => {
  const { rows } = (await clerk('GET', `/api/cases?show=all&q=${number}`)).body
  return (await clerk('GET', `/api/cases/${rows[0].id}`)).body
}

test('a shortage becomes a case with a number, the customer and the clerk see it', async () => {
  const { api, lineId, note } = await delivered()
  const words = 'Ein Karton war offen. <script>alert(1)</script>'
  const { status, body } = await report(api, {
    lines: [missing(lineId, 3)],
    words,
    contact: '0171 23125',
    language: 'en',
  })
  expect([status, body]).toEqual([200, { number: expect.stringMatching(/^ME-2026-\d{6}$/), again: false }])
  const found = await caseOf(body.number)
  expect(found).toMatchObject({ words, contact: '0171 23125', language: 'en', state: 'open' })
  expect(found.caseLines).toMatchObject([{ noteNumber: note.number, problem: 'missing', quantity: 3 * ONE }])
  expect((await look(api)).cases).toMatchObject([{ number: body.number, state: 'open', words, steps: [] }])
})

test('said twice, also at the same moment, it is one case; with other words it is another', async () => {
  const { api, lineId } = await delivered()
  const said = { lines: [missing(lineId, 1)], words: 'fehlt' }
  const twice = await Promise.all([report(api, said), report(api, said), report(api, { ...said, words: ' fehlt ' })])
  expect(new Set(twice.map((a) => a.body.number)).size).toBe(1)
  expect(twice.filter((a) => a.body.again)).toHaveLength(2)
  expect((await report(api, { ...said, words: 'fehlt immer noch' })).body.again).toBe(false)
})

test('lines of other notes, more than was delivered, and text beyond all measure are refused', async () => {
  const { api, lineId } = await delivered()
  const other = await delivered()
  const codeOf = async (body: unknown) => (await report(api, body)).body.code
  expect(await codeOf({ lines: [missing(other.lineId, 1)] })).toBe('not-found')
  expect(await codeOf({ lines: [missing(lineId, 11)] })).toBe('more-than-received')
  expect(await codeOf({ lines: [missing(lineId, 1)], words: 'x'.repeat(2001) })).toBe('invalid-input')
  expect(await codeOf({ lines: [] })).toBe('invalid-input')
  expect((await look(api)).cases).toEqual([])
})

test('when ten wait a further one is not taken, and the page knows', async () => {
  const { api, lineId, linkId } = await delivered()
  for (let i = 0; i < MOST_WAITING; i++) await report(api, { lines: [missing(lineId, 1)], words: `Nr. ${i}` })
  expect((await report(api, { lines: [missing(lineId, 1)], words: 'noch eine' })).body.code).toBe('too-many-cases')
  expect((await look(api)).mayReport).toBe(false)
  const [first] = await tresen.sql<{ id: string }>('select id from links.case where link_id = $1 order by id limit 1', [
    linkId,
  ])
  await tresen.play(closeCase, { id: first!.id, outcome: 'rejected', words: 'doppelt' })
  expect((await report(api, { lines: [missing(lineId, 1)], words: 'noch eine' })).status).toBe(200)
})

test('over a revoked link nothing is reported', async () => {
  const { api, lineId, linkId } = await delivered()
  await tresen.play(revokeLink, { id: linkId })
  expect((await report(api, { lines: [missing(lineId, 1)] })).body.code).toBe('link-unknown')
})

test('the clerk answers, then takes the goods off the note, and the customer reads both', async () => {
  const { api, lineId } = await delivered()
  const { number } = (await report(api, { lines: [missing(lineId, 2)] })).body
  const { id } = await caseOf(number)
  await clerk('POST', `/api/cases/${id}/answer`, { body: { words: 'Wir prüfen das.' } })
  expect((await look(api)).cases).toMatchObject([{ state: 'answered', steps: [{ words: 'Wir prüfen das.' }] }])
  const lines = [
    { noteLineId: lineId, quantity: 2 * ONE, reason: 'shortage', condition: 'not-received', goods: 'none' } as const,
  ]
  const back = await tresen.play(takeBack, { locationId: shop.warehouse, money: 'set-off', lines })
  expect(
    (await clerk('POST', `/api/cases/${id}/close`, { body: { outcome: 'returned', returnId: back.id } })).status,
  ).toBe(200)
  const [shown] = (await look(api)).cases
  expect(shown).toMatchObject({ state: 'done', steps: [{}, { kind: 'returned', returnNumber: back.number }] })
  const again = await clerk('POST', `/api/cases/${id}/close`, { body: { outcome: 'settled', words: 'x' } })
  expect(again.body.code).toBe('case-done')
  expect((await clerk('POST', `/api/cases/${id}/answer`, { body: { words: 'x' } })).body.code).toBe('case-done')
})

test('a return of other goods settles no case, and a rejection needs a reason', async () => {
  const [mine, other] = [await delivered(), await delivered()]
  const { number } = (await report(mine.api, { lines: [missing(mine.lineId, 2)] })).body
  const { id } = await caseOf(number)
  const lines = [
    { noteLineId: other.lineId, quantity: ONE, reason: 'shortage', condition: 'not-received', goods: 'none' } as const,
  ]
  const back = await tresen.play(takeBack, { locationId: shop.warehouse, money: 'set-off', lines })
  const closing = tresen.play(closeCase, { id, outcome: 'returned', returnId: back.id })
  expect(await refusalOf(closing)).toBe('return-of-other-goods')
  const close = (body: unknown) => clerk('POST', `/api/cases/${id}/close`, { body })
  expect((await close({ outcome: 'rejected', words: ' ' })).status).toBe(400)
  expect((await close({ outcome: 'rejected', words: 'Laut Waage war alles dabei.' })).status).toBe(200)
})

test('neither journal nor events nor log know a token, a word of a report, or how to reach who wrote it', async () => {
  const { api, lineId, token } = await delivered()
  await report(api, { lines: [missing(lineId, 1)], words: 'Geheimnis', contact: 'quast@example.org' })
  await anybody('POST', `${api}/cases`, { body: '{"lines": [}' })
  await tresen.sql('alter table links.throttle rename to broken')
  for (const [method, path] of [
    ['GET', api],
    ['GET', `${api}/logo`],
    ['POST', `${api}/cases`],
  ] as const)
    await anybody(method, path, method === 'POST' ? { body: { lines: [missing(lineId, 1)] } } : {})
  await tresen.sql('alter table links.broken rename to throttle')
  expect(logged.length).toBeGreaterThan(2)
  const [kept] = await tresen.sql<{ all: string }>(
    `select (select string_agg(j::text, ' ') from kernel.journal j) || (select string_agg(e::text, ' ') from kernel.event e) || (select string_agg(l::text, ' ') from links.link l) as all`,
  )
  for (const secret of [token, 'Geheimnis', 'quast@example.org'])
    expect(kept!.all + logged.join('\n'), secret).not.toContain(secret)
})
