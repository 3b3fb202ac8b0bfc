import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { sha256 } from '../kernel/index.ts'
import { headerOf, openOutbox } from './test-outbox.ts'
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
