import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { sha256 } from '../kernel/index.ts'
import { sendAgain } from './send-document.ts'
import { headerOf, openOutbox, quickPace } from './test-outbox.ts'
import { openMailServer } from './test-smtp.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let smtp: Awaited<ReturnType<typeof openMailServer>>
let outbox: Awaited<ReturnType<typeof openOutbox>>

beforeAll(async () => {
  tresen = await testKernel()
  smtp = await openMailServer()
  outbox = await openOutbox(tresen, smtp.port)
})
afterEach(() => {
  smtp.taken.length = 0
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await smtp.close()
  await tresen.close()
})

/** What failed isn't tried again while the test looks. */
const calmPace = { ...quickPace, retryMs: 60_000 }

async function invoiceFor(addresses: string[], change: Record<string, unknown> = {}) {
  const customer = await outbox.customer(addresses, change)
  const { invoice } = await outbox.shop.billed({ of: customer.number })
  return { customer, invoice }
}

test('an invoice goes out once by itself, with the file that was archived, and the receipt is kept', async () => {
  const { invoice } = await invoiceFor(['einkauf@quast.example', 'buch@quast.example'])
  await outbox.untilQuiet()
  await outbox.untilQuiet()
  expect(smtp.taken.map((m) => m.to)).toEqual([['einkauf@quast.example', 'buch@quast.example']])
  const { content } = smtp.taken[0]!
  const [message] = await outbox.messages(invoice.documentId)
  expect(message).toMatchObject({ state: 'sent', form: 'factur-x', attempts: 1, reached: message!.recipients })
  expect(headerOf(content, 'Message-ID')).toBe(message!.message_id)
  expect(headerOf(content, 'Subject')).toBe(`Rechnung ${invoice.number}`)
  expect(headerOf(content, 'Auto-Submitted')).toBe('auto-generated')
  expect(content).toMatch(/text\/plain[\s\S]*text\/html[\s\S]*application\/pdf/)
  const [file] = await tresen.sql<{ bytes: Buffer }>(
    "select bytes from documents.file where document_id = $1 and format = 'pdf'",
    [invoice.documentId],
  )
  expect(content.replace(/\r\n/g, '')).toContain(file!.bytes.toString('base64'))
  expect(await outbox.attempts(message!.id)).toMatchObject([
    {
      outcome: 'sent',
      code: 250,
      answer: expect.stringContaining('taken as'),
      attached: [{ format: 'pdf', sha256: sha256(file!.bytes).toString('hex') }],
    },
  ])
})

test('one recipient who is refused for good holds up none of the others, and is seen', async () => {
  const { invoice } = await invoiceFor(['unknown@quast.example', 'buch@quast.example'])
  await outbox.untilQuiet()
  expect(smtp.taken.map((m) => m.to)).toEqual([['buch@quast.example']])
  expect((await outbox.messages(invoice.documentId))[0]).toMatchObject({
    state: 'partly',
    reached: ['buch@quast.example'],
    refused: ['unknown@quast.example'],
    problem: expect.stringContaining('5.1.1 no such user'),
  })
})

test('greylisting is waited out, and who has the mail already gets it once', async () => {
  const { invoice } = await invoiceFor(['buch@quast.example', 'later@quast.example'])
  await outbox.untilQuiet()
  expect(smtp.taken.map((m) => m.to)).toEqual([['buch@quast.example'], ['later@quast.example']])
  const ids = smtp.taken.map((m) => headerOf(m.content, 'Message-ID'))
  expect(ids[0]).toBe(ids[1])
  const [message] = await outbox.messages(invoice.documentId)
  expect(message).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a mailbox that stays full is tried with longer and longer pauses, then given up', async () => {
  const { invoice } = await invoiceFor(['full@quast.example'])
  await outbox.queue()
  outbox.restart(tresen.kernel, calmPace)
  await outbox.look()
  await outbox.look()
  const [waiting] = await outbox.messages(invoice.documentId)
  expect(waiting).toMatchObject({ state: 'waiting', tries: 1, problem: expect.stringContaining('4.2.2') })
  for (let i = 0; i < 20; i++) {
    await tresen.sql("update sending.message set not_before = null where state = 'waiting'")
    await outbox.look()
  }
  outbox.restart()
  const [message] = await outbox.messages(invoice.documentId)
  expect(message).toMatchObject({ state: 'failed', attempts: 16, problem: expect.stringContaining('mailbox full') })
  expect(smtp.taken).toEqual([])
})

test('what is refused after it was handed over failed; it can be sent again as a message of its own', async () => {
  await outbox.setUp({ texts: { de: { invoice: { subject: 'spam {number}', body: 'Anbei.' } } } })
  const { invoice } = await invoiceFor(['buch@quast.example'])
  await outbox.untilQuiet()
  const [failed] = await outbox.messages(invoice.documentId)
  expect(failed).toMatchObject({ state: 'failed', attempts: 1, problem: expect.stringContaining('spam') })
  await outbox.setUp()
  const { id } = await tresen.play(sendAgain, { id: failed!.id, recipients: ['neu@quast.example'] })
  await outbox.untilQuiet()
  const [, again] = await outbox.messages(invoice.documentId)
  expect(again).toMatchObject({ id, state: 'sent', repeats: failed!.id, recipients: ['neu@quast.example'] })
  expect(again!.message_id).not.toBe(failed!.message_id)
})

test('a connection cut after the mail was handed over is unsure; it goes out again as the same mail', async () => {
  smtp.wishes.cutAfterData = 1
  const { invoice } = await invoiceFor(['buch@quast.example'])
  await outbox.untilQuiet()
  expect(smtp.taken).toHaveLength(2)
  expect(smtp.taken[0]!.content).toBe(smtp.taken[1]!.content)
  const [message] = await outbox.messages(invoice.documentId)
  expect(message).toMatchObject({ state: 'sent', attempts: 2 })
  expect((await outbox.attempts(message!.id)).map((a) => a.outcome)).toEqual(['unsure', 'sent'])
})

test('a process that dies between the receipt and its commit: another one sends the same mail again and says unsure', async () => {
  const { invoice } = await invoiceFor(['buch@quast.example'])
  await outbox.queue()
  const pool = {
    connect: () => {
      if (smtp.taken.length > 0) return new Promise<never>(() => undefined) // it stops existing
      return tresen.kernel.pool.connect()
    },
  }
  outbox.restart({ ...tresen.kernel, pool: pool as never })
  outbox.sender().look()
  await vi.waitUntil(() => smtp.taken.length === 1)
  outbox.restart()
  await outbox.look()
  expect(smtp.taken).toHaveLength(1) // the lease of the dead one still runs
  await outbox.untilQuiet()
  expect(smtp.taken).toHaveLength(2)
  expect(smtp.taken[0]!.content).toBe(smtp.taken[1]!.content)
  const [message] = await outbox.messages(invoice.documentId)
  expect(message!.state).toBe('sent')
  expect((await outbox.attempts(message!.id)).map((a) => [a.outcome, a.attached.length])).toEqual([
    ['unsure', 1],
    ['sent', 1],
  ])
})

test('a database that is away for a moment after the receipt doesn’t make the mail go out twice', async () => {
  await invoiceFor(['buch@quast.example'])
  await outbox.queue()
  let lost = 0
  const pool = {
    connect: () => {
      if (smtp.taken.length > 0 && lost++ < 2) return Promise.reject(new Error('Connection terminated unexpectedly'))
      return tresen.kernel.pool.connect()
    },
  }
  outbox.restart({ ...tresen.kernel, pool: pool as never })
  await outbox.look()
  outbox.restart()
  await outbox.untilQuiet()
  expect([smtp.taken.length, lost]).toEqual([1, 3])
})

test('a slow server is left after a while, holds up no other message, and is asked by a few at a time', async () => {
  smtp.wishes.slowMs = 100
  for (let i = 0; i < 6; i++) await invoiceFor([`k${i}@quast.example`])
  await outbox.queue()
  const from = performance.now()
  await outbox.untilQuiet()
  expect(smtp.taken).toHaveLength(6)
  expect(performance.now() - from).toBeLessThan(6 * 100 + 400)
  expect(smtp.most()).toBeLessThanOrEqual(3)
  smtp.wishes.slowMs = 900
  outbox.restart(tresen.kernel, calmPace)
  const { invoice } = await invoiceFor(['buch@quast.example'])
  await outbox.queue()
  await outbox.look()
  const [message] = await outbox.messages(invoice.documentId)
  expect(message).toMatchObject({ state: 'waiting', tries: 1 })
  expect(await outbox.attempts(message!.id)).toMatchObject([{ outcome: 'unsure' }])
  smtp.wishes.slowMs = 0
  outbox.restart()
  await tresen.sql("update sending.message set not_before = null where state = 'waiting'")
  await outbox.untilQuiet()
  await vi.waitUntil(() => smtp.taken.length === 8) // the slow one took it after all
})

test('a name of a customer can’t begin a header, and stands in the page as it is written', async () => {
  await outbox.setUp({
    texts: { de: { invoice: { subject: 'Rechnung an {customer}', body: 'An {customer}: {number}' } } },
  })
  const customer = await outbox.customer(['buch@quast.example'])
  await tresen.sql('update customers.customer set name = $2 where id = $1', [
    customer.id,
    'Quast\r\nBcc: alle@quast.example\r\n\r\n<b onclick="x">&</b>',
  ])
  await outbox.shop.billed({ of: customer.number })
  await outbox.untilQuiet()
  const [mail] = smtp.taken
  expect(mail!.to).toEqual(['buch@quast.example'])
  expect(headerOf(mail!.content, 'Bcc')).toBeUndefined()
  expect(headerOf(mail!.content, 'Subject')).toMatch(/^=\?UTF-8\?Q\?Rechnung_an_Quast_Bcc=3A_alle/)
  const html = mail!.content.slice(mail!.content.indexOf('text/html'))
  expect(html).toContain('&lt;b onclick=')
  expect(html).not.toContain('<b onclick')
  await outbox.setUp()
})

test('a file that is too large is not sent, and the message says why', async () => {
  const { invoice } = await invoiceFor(['buch@quast.example'])
  await outbox.queue()
  await tresen.sql('alter table documents.file disable trigger file_final')
  await tresen.sql(
    "update documents.file set bytes = decode(repeat('41', 1000001), 'hex'), sha256 = sha256(decode(repeat('41', 1000001), 'hex')) where document_id = $1 and format = 'pdf'",
    [invoice.documentId],
  )
  await tresen.sql('alter table documents.file enable trigger file_final')
  await outbox.setUp({ largestMegabytes: 1 })
  await outbox.untilQuiet()
  expect((await outbox.messages(invoice.documentId))[0]).toMatchObject({
    state: 'failed',
    problem: 'attachment-too-large',
  })
  expect(smtp.taken).toEqual([])
  await outbox.setUp()
})

test('a file that was changed after it was archived is not sent', async () => {
  const { invoice } = await invoiceFor(['buch@quast.example'])
  await outbox.queue()
  await tresen.sql('alter table documents.file disable trigger file_final')
  const [file] = await tresen.sql<{ bytes: Buffer }>(
    "select bytes from documents.file where document_id = $1 and format = 'pdf'",
    [invoice.documentId],
  )
  const change = "update documents.file set bytes = $2 where document_id = $1 and format = 'pdf'"
  await tresen.sql(change, [invoice.documentId, Buffer.from('another page')])
  outbox.restart(tresen.kernel, calmPace)
  await outbox.look()
  outbox.restart()
  expect(smtp.taken).toEqual([])
  expect((await outbox.messages(invoice.documentId))[0]).toMatchObject({ state: 'waiting', problem: 'internal fault' })
  await tresen.sql(change, [invoice.documentId, file!.bytes])
  await tresen.sql('alter table documents.file enable trigger file_final')
  await tresen.sql("update sending.message set not_before = null where state = 'waiting'")
  await outbox.untilQuiet()
  expect(smtp.taken).toHaveLength(1)
})

test('the copy for the merchant himself goes along once and stands in no header', async () => {
  await outbox.setUp({ bcc: 'ablage@sperling.example', replyTo: 'buero@sperling.example' })
  const { invoice } = await invoiceFor(['later@anders.example', 'buch@quast.example'])
  await outbox.untilQuiet()
  expect(smtp.taken.map((m) => m.to)).toEqual([
    ['buch@quast.example', 'ablage@sperling.example'],
    ['later@anders.example'],
  ])
  for (const { content } of smtp.taken) expect(content).not.toContain('ablage@')
  expect(headerOf(smtp.taken[0]!.content, 'Reply-To')).toBe('buero@sperling.example')
  expect((await outbox.messages(invoice.documentId))[0]!.state).toBe('sent')
  await outbox.setUp()
})
