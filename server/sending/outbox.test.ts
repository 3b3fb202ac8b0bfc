import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { merchant } from '../../common/branches/api.ts'
import { customerSending } from '../../common/customers/sending.ts'
import { ONE } from '../../common/quantity.ts'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { company } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { saveMerchant } from '../branches/index.ts'
import { changeCustomer } from '../customers/index.ts'
import { correctInvoice } from '../invoicing/index.ts'
import { takeBack } from '../returns/take-back.ts'
import { headerOf, openOutbox } from './test-outbox.ts'
import { openMailServer } from './test-smtp.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let server: TestApp
let client: Client
let smtp: Awaited<ReturnType<typeof openMailServer>>
let outbox: Awaited<ReturnType<typeof openOutbox>>

beforeAll(async () => {
  tresen = await testKernel()
  smtp = await openMailServer()
  outbox = await openOutbox(tresen, smtp.port)
  server = await testApp(tresen)
  client = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
})
beforeEach(() => outbox.restart())
afterEach(async () => {
  await outbox.untilQuiet()
  smtp.taken.length = 0
})
afterAll(async () => {
  await server.app.close()
  expect(server.faults).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
  await smtp.close()
  await tresen.close()
})

const to = (address: string, change: Record<string, unknown> = {}) => outbox.customer([address], change)
const billed = async (number: string) => (await outbox.shop.billed({ of: number })).invoice
const first = async (documentId: string) => (await outbox.messages(documentId))[0]
const ask = async (method: string, path: string, body?: object, key?: string) =>
  client(method, path, { ...(body ? { body } : {}), ...(key ? { key } : {}) })

test('who wants paper leaves nothing in the outbox', async () => {
  const invoice = await billed((await outbox.shop.customer()).number)
  await outbox.untilQuiet()
  expect(await outbox.messages(invoice.documentId)).toEqual([])
})

test('each document in the form its customer wants, with the file that carries it', async () => {
  const wanted = { 'xrechnung-ubl': 'xml', 'xrechnung-cii': 'xml', 'factur-x': 'pdf' } as const
  for (const [invoiceFormat, ending] of Object.entries(wanted)) {
    const customer = await to('buch@quast.example', { invoiceFormat, buyerReference: '04011000-12345-67' })
    const invoice = await billed(customer.number)
    await outbox.untilQuiet()
    expect(await first(invoice.documentId)).toMatchObject({ form: invoiceFormat, state: 'sent' })
    expect(smtp.taken.at(-1)!.content).toMatch(new RegExp(`filename=\\S+\\.${ending}`))
  }
})

test('plain PDF waits for consent; with it the invoice goes out', async () => {
  const customer = await to('buch@quast.example', { invoiceFormat: 'pdf' })
  const invoice = await billed(customer.number)
  await outbox.untilQuiet()
  expect(await first(invoice.documentId)).toMatchObject({ state: 'failed', problem: 'consent-missing', attempts: 0 })
  const refused = await ask('POST', `/api/documents/${invoice.documentId}/send`, {
    recipients: ['a@b.example'],
    form: 'pdf',
  })
  expect([refused.status, refused.body.code]).toEqual([422, 'consent-missing'])
  const sending = customerSending.parse({
    kinds: ['invoice'],
    addresses: ['buch@quast.example'],
    consentOn: '2026-11-01',
  })
  await tresen.play(changeCustomer, { id: customer.id, sending })
  const next = await billed(customer.number)
  await outbox.untilQuiet()
  expect(await first(next.documentId)).toMatchObject({ state: 'sent', form: 'pdf' })
})

test('corrections, delivery notes and return slips go where they are wanted, in the language of the customer', async () => {
  const sending = customerSending.parse({
    kinds: ['correction', 'delivery-note', 'return'],
    addresses: ['office@quast.example'],
    addressesByKind: { 'delivery-note': ['lager@quast.example'] },
  })
  const customer = await outbox.shop.customer({ sending, language: 'en' })
  const { invoice, noteId } = await outbox.shop.billed({ of: customer.number })
  await tresen.play(correctInvoice, { id: invoice.id, reason: 'falsch' })
  const [line] = await tresen.sql<{ id: string }>('select id from delivery.note_line where note_id = $1', [noteId])
  const wish = { reason: 'defective', condition: 'used', goods: 'quarantine' } as const
  const lines = [{ noteLineId: line!.id, quantity: ONE, ...wish }]
  await tresen.play(takeBack, { locationId: outbox.shop.warehouse, money: 'set-off' as const, lines })
  await outbox.untilQuiet()
  const got = smtp.taken.map((m) => [m.to[0], headerOf(m.content, 'Subject')!.split(' ')[0]]).sort()
  expect(got).toEqual([
    ['lager@quast.example', 'Delivery'],
    ['office@quast.example', 'Correction'],
    ['office@quast.example', 'Return'],
  ])
  const correction = smtp.taken.find((m) => headerOf(m.content, 'Subject')!.startsWith('Correction'))
  expect(correction!.content).toContain('our correction')
})

test('the e-mail of the customer is taken where no other address is named; without any it is shown', async () => {
  const sending = customerSending.parse({ kinds: ['invoice'] })
  const with_ = await billed((await outbox.shop.customer({ sending, email: 'post@quast.example' })).number)
  const without = await billed((await outbox.shop.customer({ sending, email: undefined })).number)
  await outbox.untilQuiet()
  expect(await first(with_.documentId)).toMatchObject({ recipients: ['post@quast.example'], state: 'sent' })
  expect(await first(without.documentId)).toMatchObject({ state: 'failed', problem: 'no-recipient' })
})

test('by hand: the proposal, another address, once per key, and nobody else’s form', async () => {
  const invoice = await billed((await outbox.shop.customer({ email: 'post@quast.example' })).number)
  await outbox.queue()
  const path = `/api/documents/${invoice.documentId}`
  expect((await ask('GET', `${path}/sending`)).body).toMatchObject({
    setUp: true,
    byEmail: false,
    form: 'factur-x',
    forms: [
      { form: 'xrechnung-ubl', consentMissing: false },
      { form: 'xrechnung-cii', consentMissing: false },
      { form: 'factur-x', consentMissing: false },
    ],
    recipients: ['post@quast.example'],
    messages: [],
  })
  const body = { recipients: ['chef@quast.example', 'chef@quast.example'], form: 'factur-x' }
  const [one, two] = [
    await ask('POST', `${path}/send`, body, 'send-1'),
    await ask('POST', `${path}/send`, body, 'send-1'),
  ]
  expect(one.body).toEqual(two.body)
  await outbox.untilQuiet()
  expect(smtp.taken.map((m) => m.to)).toEqual([['chef@quast.example']])
  expect(headerOf(smtp.taken[0]!.content, 'Auto-Submitted')).toBeUndefined()
  const other = await ask('POST', `${path}/send`, { ...body, form: 'pdf' })
  expect(other.body.code).toBe('not-sendable')
  for (const address of ['x', 'a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example', '<a@b.example>'])
    expect((await ask('POST', `${path}/send`, { recipients: [address], form: 'factur-x' })).status).toBe(400)
})

test('what came back is marked on the customer, warns the next time, and is forgiven', async () => {
  const customer = await to('Alt@quast.example')
  const invoice = await billed(customer.number)
  await outbox.untilQuiet()
  const { id } = (await first(invoice.documentId))!
  const path = `/api/sending/messages/${id}`
  const bounce = { addresses: ['Alt@quast.example'], reason: '550 unbekannt', on: '2026-11-24' }
  expect((await ask('POST', `${path}/returned`, { ...bounce, addresses: ['nie@quast.example'] })).body.code).toBe(
    'not-a-recipient',
  )
  expect((await ask('POST', `${path}/returned`, bounce)).status).toBe(200)
  expect((await ask('GET', path)).body).toMatchObject({ returnedOn: '2026-11-24', bounced: ['Alt@quast.example'] })
  expect((await ask('GET', '/api/sending/messages?show=returned')).body.rows.map((r: { id: string }) => r.id)).toEqual([
    id,
  ])
  expect((await ask('GET', `/api/documents/${invoice.documentId}/sending`)).body.bounced).toEqual(['alt@quast.example'])
  expect((await ask('GET', `/api/customers/${customer.id}`)).body.bounced).toMatchObject([
    { address: 'alt@quast.example' },
  ])
  await ask('PATCH', `/api/customers/${customer.id}`, { forgiveAddresses: ['ALT@quast.example'] })
  expect((await ask('GET', `/api/customers/${customer.id}`)).body.bounced).toEqual([])
  const journal = JSON.stringify(await tresen.sql('select before, after, output from kernel.journal'))
  expect(journal).not.toContain('quast.example')
  expect(JSON.stringify(await tresen.sql('select data from kernel.event'))).not.toContain('quast.example')
})

test('a message that waits can be held back, and then isn’t sent', async () => {
  const invoice = await billed((await to('buch@quast.example')).number)
  await outbox.queue()
  const { id } = (await first(invoice.documentId))!
  expect((await ask('POST', `/api/sending/messages/${id}/again`, { recipients: ['a@b.example'] })).body.code).toBe(
    'still-waiting',
  )
  expect((await ask('POST', `/api/sending/messages/${id}/cancel`, {})).status).toBe(200)
  await outbox.untilQuiet()
  expect(smtp.taken).toEqual([])
  expect((await ask('POST', `/api/sending/messages/${id}/cancel`, {})).body.code).toBe('not-waiting')
  expect(
    (
      await ask('POST', `/api/sending/messages/${id}/returned`, {
        addresses: ['buch@quast.example'],
        reason: 'x',
        on: '2026-11-24',
      })
    ).body.code,
  ).toBe('not-sent')
})

test('the outbox is searched by number, customer and address, and filtered by what became of it', async () => {
  const customer = await to('suche@besonders.example', { name: 'Besonderer Kunde' })
  const invoice = await billed(customer.number)
  await outbox.untilQuiet()
  const found = async (query: string) =>
    (await ask('GET', `/api/sending/messages?${query}`)).body.rows.map((r: { documentId: string }) => r.documentId)
  for (const q of [invoice.number, 'Besonderer', 'besonders.ex', customer.number])
    expect(await found(`q=${encodeURIComponent(q)}`), q).toEqual([invoice.documentId])
  expect(await found('q=besonders&show=failed')).toEqual([])
  expect(await found('q=besonders&show=sent')).toEqual([invoice.documentId])
})

test('a link for the customer stands in the mail, and the database alone can’t tell it', async () => {
  await tresen.play(saveMerchant, merchant.parse({ ...company, publicAddress: 'https://belege.sperling.example' }))
  smtp.wishes.cutAfterData = 1
  const invoice = await billed((await to('buch@quast.example')).number)
  await outbox.untilQuiet()
  const plain = smtp.taken.map((m) => m.content.replace(/=\r\n/g, ''))
  const links = plain.map((content) => /https:\/\/belege\.sperling\.example\/k\/[\w-]+/.exec(content)?.[0])
  expect(links).toHaveLength(2)
  expect(links[0]).toMatch(/\/k\/[\w-]{32}$/)
  expect(links[0]).toBe(links[1])
  const message = await first(invoice.documentId)
  expect(message!.body).toContain('{link}')
  expect(JSON.stringify(message)).not.toContain('/k/')
  await tresen.play(saveMerchant, merchant.parse(company))
})

test('an attempt is proof: it can’t be changed or removed, only what names somebody may be emptied', async () => {
  const invoice = await billed((await to('buch@quast.example')).number)
  await outbox.untilQuiet()
  const { id } = (await first(invoice.documentId))!
  for (const change of [
    "update sending.attempt set outcome = 'failed' where message_id = $1",
    "update sending.attempt set attached = '[]' where message_id = $1",
    "update sending.attempt set answer = 'anders' where message_id = $1",
    'update sending.attempt set code = 251 where message_id = $1',
    'delete from sending.attempt where message_id = $1',
  ])
    await expect(tresen.sql(change, [id]), change).rejects.toThrow(/final/)
  await tresen.sql('update sending.attempt set answer = null where message_id = $1', [id])
  await tresen.sql(
    "update sending.message set recipients = '{}', reached = '{}', refused = '{}', subject = null, body = null, link = null where id = $1",
    [id],
  )
  expect(await tresen.findBroken()).toEqual([])
  expect((await ask('GET', `/api/sending/messages/${id}`)).body.log).toMatchObject([{ outcome: 'sent', answer: null }])
})

test('every wanted message is sent exactly once, however many look for it at the same time', async () => {
  const customers = await Promise.all(Array.from({ length: 4 }, (_, i) => to(`k${i}@quast.example`)))
  const paper = await outbox.shop.customer()
  const documents: string[] = []
  const senders = Array.from({ length: 4 }, () => {
    outbox.restart()
    return outbox.sender()
  })
  for (let i = 0; i < 24; i++) {
    const invoice = await billed((i % 5 === 4 ? paper : customers[i % 4]!).number)
    if (i % 5 !== 4) documents.push(invoice.documentId)
    if (i % 3 === 0) {
      await outbox.queue()
      for (const sender of senders) sender.look()
    }
  }
  await tresen.sql("update kernel.subscription set txid = 0, position = 0 where name = 'sending'") // told everything twice
  await outbox.queue()
  for (const sender of senders) sender.look()
  await Promise.all(senders.map((s) => s.settle()))
  await outbox.untilQuiet()
  const sent = (await outbox.messages()).filter((m) => documents.includes(m.document_id))
  expect(sent.map((m) => [m.state, m.attempts])).toEqual(documents.map(() => ['sent', 1]))
  const ids = smtp.taken.map((m) => headerOf(m.content, 'Message-ID'))
  for (const message of sent) expect(ids.filter((id) => id === message.message_id)).toHaveLength(1)
})
