import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LinkContent } from '../../common/links/content.ts'
import { ONE } from '../../common/quantity.ts'
import { type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { fileMakers } from '../app/capabilities.ts'
import { makeFiles } from '../documents/index.ts'
import { takeBack } from '../returns/take-back.ts'
import { makeLink } from './make-link.ts'
import { revokeLink } from './revoke-link.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let server: TestApp
let anybody: Client
beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  server = await testApp(tresen, { now: () => tresen.kernel.now() })
  anybody = httpClient(server.address)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  expect(server.faults).toEqual([])
  await server.app.close()
  await tresen.close()
})

/** A link as the customer has it: the address under which its content is asked for. */
async function linkTo(customerId: string, documentId?: string, days?: number) {
  const { id, path } = await tresen.play(makeLink, { customerId, documentId, days })
  const token = path.slice('/k/'.length)
  return { id, token, api: `/api/link/${token}` }
}
const look = async (api: string): Promise<LinkContent> => (await anybody('GET', api)).body
const numbers = (papers: readonly { number: string }[]) => papers.map((p) => p.number).sort()

async function soldTo(of: string) {
  const article = await shop.article()
  const sold = await shop.billed({ of, lines: [{ article: article.number, quantity: 10 * ONE }] })
  const [note] = await tresen.sql<{ number: string; documentId: string }>(
    'select number, document_id as "documentId" from delivery.note where id = $1',
    [sold.noteId],
  )
  const [line] = await tresen.sql<{ id: string }>('select id from delivery.note_line where note_id = $1', [sold.noteId])
  return { ...sold, note: note!, lineId: line!.id }
}

test('a customer sees his note, what it became, and how to pay it', async () => {
  const customer = await shop.customer()
  const sold = await soldTo(customer.number)
  const { api } = await linkTo(customer.id, sold.note.documentId)
  const content = await look(api)
  expect(content).toMatchObject({
    about: { kind: 'delivery-note', number: sold.note.number },
    customer: { name: 'Malerbetrieb Quast' },
    merchant: { name: 'Sperling Eisenwaren GmbH', phone: '+49 3581 23125-0' },
    open: 11_900,
    mayReport: true,
  })
  expect(content.notes).toMatchObject([{ number: sold.note.number, lines: [{ delivered: 10 * ONE }] }])
  const [invoice] = content.invoices
  expect(invoice).toMatchObject({ number: sold.invoice.number, gross: 11_900, open: 11_900, state: 'open' })
  expect(invoice!.pay.map((p) => [p.amount, p.until])).toEqual([
    [11_662, '2026-12-04'],
    [11_900, null],
  ])
  expect(invoice!.pay[0]!.code).toContain('<svg')
})

test('from any paper of a chain the link shows all of it, and nothing of the same customer beside it', async () => {
  const customer = await shop.customer()
  const sold = await soldTo(customer.number)
  const other = await soldTo(customer.number)
  const back = await tresen.play(takeBack, {
    locationId: shop.warehouse,
    money: 'set-off',
    lines: [{ noteLineId: sold.lineId, quantity: ONE, reason: 'defective', condition: 'damaged', goods: 'scrap' }],
  })
  const [correction] = await tresen.sql<{ documentId: string }>(
    'select document_id as "documentId" from invoicing.invoice where id = $1',
    [back.corrections[0]!.id],
  )
  for (const documentId of [sold.note.documentId, sold.invoice.documentId, correction!.documentId, back.documentId]) {
    const content = await look((await linkTo(customer.id, documentId)).api)
    expect(numbers(content.notes)).toEqual([sold.note.number])
    expect(numbers(content.invoices)).toEqual(numbers([sold.invoice, ...back.corrections]))
    expect(numbers(content.returns)).toEqual([back.number])
    expect(content.open).toBe(10_710)
  }
  const open = await look((await linkTo(customer.id)).api)
  expect(numbers(open.invoices)).toEqual(numbers([sold.invoice, ...back.corrections, other.invoice]))
})

test('files of the shown documents are given out, of others not, of another customer neither', async () => {
  const [customer, stranger] = [await shop.customer(), await shop.customer()]
  const sold = await soldTo(customer.number)
  const [other, foreign] = [await soldTo(customer.number), await soldTo(stranger.number)]
  for (const { note, invoice } of [sold, other, foreign])
    for (const id of [note.documentId, invoice.documentId]) await makeFiles(tresen.kernel, fileMakers, id)
  const { api } = await linkTo(customer.id, sold.note.documentId)
  const file = (documentId: string, format: string, query = '') =>
    anybody('GET', `${api}/files/${documentId}/${format}${query}`)
  const pdf = await file(sold.note.documentId, 'pdf')
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(pdf.headers.get('content-disposition')).toMatch(/^inline; /)
  expect((await file(sold.note.documentId, 'pdf', '?download=true')).headers.get('content-disposition')).toMatch(
    /^attachment; filename="LS-/,
  )
  const formats = (await look(api)).invoices[0]!.files.map((f) => f.format)
  expect(formats[0]).toBe('pdf')
  const xml = await file(sold.invoice.documentId, formats[1]!)
  expect([xml.status, xml.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; /)])
  const nobodysFile = await file('01985000-0000-7000-8000-00000000dead', 'pdf')
  for (const { note, invoice } of [other, foreign])
    for (const id of [note.documentId, invoice.documentId])
      expect((await file(id, 'pdf')).body).toEqual(nobodysFile.body)
  expect(nobodysFile.body.code).toBe('link-unknown')
})

test('a wrong, a changed, an expired and a revoked link get the same answer, which says who to ask', async () => {
  const customer = await shop.customer()
  const [ended, revoked, valid] = [
    await linkTo(customer.id, undefined, 1),
    await linkTo(customer.id),
    await linkTo(customer.id),
  ]
  await tresen.play(revokeLink, { id: revoked.id })
  tresen.setDay('2026-11-26')
  const changed = `${valid.token.slice(0, -1)}${valid.token.endsWith('A') ? 'B' : 'A'}`
  const tokens = ['wrong', 'x'.repeat(32), '%C3%A4%00', valid.id, changed, ended.token, revoked.token]
  const answers = await Promise.all(
    tokens.flatMap((t) =>
      ['', '/logo', '/files/01985000-0000-7000-8000-00000000dead/pdf'].map((rest) =>
        anybody('GET', `/api/link/${t}${rest}`),
      ),
    ),
  )
  tresen.setDay('2026-11-24')
  for (const { status, body } of answers) {
    expect(status).toBe(404)
    expect(body).toEqual(answers[0]!.body)
  }
  expect(answers[0]!.body.detail).toContain('+49 3581 23125-0')
  expect((await anybody('GET', valid.api)).status).toBe(200)
})

test('opening a link changes nothing but when it was opened', async () => {
  const customer = await shop.customer()
  const { id, api } = await linkTo(customer.id)
  const entries = () => tresen.sql<{ count: string }>('select count(*) from kernel.journal')
  const before = await entries()
  for (let i = 0; i < 3; i++) await anybody('GET', api)
  expect(await entries()).toEqual(before)
  const [row] = await tresen.sql(
    'select opened, first_opened_at <= last_opened_at as ordered from links.link where id = $1',
    [id],
  )
  expect(row).toEqual({ opened: 3, ordered: true })
})

test('answers are kept nowhere, found by nobody, and tell their address to nobody', async () => {
  const customer = await shop.customer()
  const { api } = await linkTo(customer.id)
  for (const path of [api, '/api/link/wrong']) {
    const { headers } = await anybody('GET', path)
    expect(headers.get('cache-control'), path).toBe('private, no-store')
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    expect(headers.get('x-robots-tag'), path).toContain('noindex')
  }
})

test('thirty wrong links close the door to an address for a while, a hundred and twenty looks in a minute one link', async () => {
  const customer = await shop.customer()
  const { api } = await linkTo(customer.id)
  const guesser = httpClient(server.address, { 'x-forwarded-for': '2001:db8:1:2::1' })
  for (let i = 0; i < 30; i++) expect((await guesser('GET', `/api/link/guess-${i}`)).status).toBe(404)
  const neighbour = httpClient(server.address, { 'x-forwarded-for': '2001:db8:1:2:ffff::9' })
  for (const client of [guesser, neighbour]) {
    const answer = await client('GET', api)
    expect([answer.status, answer.body.code]).toEqual([429, 'too-many-requests'])
  }
  const busy = await Promise.all(
    Array.from({ length: 125 }, (_, i) =>
      httpClient(server.address, { 'x-forwarded-for': `203.0.113.${i}` })('GET', `${api}/logo`),
    ),
  )
  expect(busy.filter((a) => a.status === 429)).toHaveLength(5)
  expect((await anybody('GET', (await linkTo(customer.id)).api)).status).toBe(200)
})
