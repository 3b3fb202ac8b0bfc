import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { apiKey, type TestApp, testApp } from '../../tools/test-app.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let server: TestApp
let authorization: string

beforeAll(async () => {
  tresen = await testKernel()
  server = await testApp(tresen)
  authorization = (await apiKey(tresen, ['inbox.read', 'inbox.write'])).authorization
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  expect(server.faults).toEqual([])
  await server.app.close()
  await tresen.close()
})

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${server.address}${path}`, { ...init, headers: { authorization, ...init.headers } })
async function putIn(bytes: Uint8Array, fileName = '', type = 'application/octet-stream') {
  const response = await ask(`/api/inbox?fileName=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    body: bytes as BodyInit,
    headers: { 'content-type': type },
  })
  return { status: response.status, body: await response.json() }
}

test('a file comes in, is listed, shown beside its findings, and given back as it came', async () => {
  const bytes = fixture('zugferd-corpus/valid/EN16931_Einfach.pdf')
  const { status, body } = await putIn(bytes, 'Rechnung "März"\r\nx.pdf', 'application/pdf')
  expect([status, body.fresh]).toEqual([200, true])
  const list = await (await ask('/api/inbox?q=471102')).json()
  expect(list.rows).toMatchObject([
    {
      id: body.id,
      number: '471102',
      profile: 'en16931',
      currency: 'EUR',
      gross: 52_987,
      fatal: 0,
      issuedOn: '2018-03-05',
    },
  ])
  const shown = await (await ask(`/api/inbox/${body.id}`)).json()
  expect(shown).toMatchObject({
    container: 'pdf',
    syntax: 'cii',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    invoice: { totals: { gross: 52_987 }, seller: { name: 'Lieferant GmbH' } },
    findings: [],
  })
  const file = await ask(`/api/inbox/${body.id}/file`)
  expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
  expect(file.headers.get('content-disposition')).toBe(
    `attachment; filename="Rechnung__M_rz___x.pdf"; filename*=UTF-8''Rechnung%20%22M%C3%A4rz%22%20%20x.pdf`,
  )
  expect(file.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
})

test('the same file again is known, under whatever name', async () => {
  const bytes = fixture('xrechnung-testsuite/01.01a-INVOICE_ubl.xml')
  const first = await putIn(bytes, 'a.xml', 'application/xml')
  const again = await putIn(bytes, 'b.xml', 'application/json')
  expect(again).toEqual({ status: 200, body: { id: first.body.id, fresh: false } })
  expect(await tresen.sql('select file_name from inbox.received where id = $1', [first.body.id])).toEqual([
    { file_name: 'a.xml' },
  ])
})

test('an invoice with mistakes is kept, with what is wrong in both languages', async () => {
  const text = fixture('xrechnung-testsuite/01.05a-INVOICE_ubl.xml').toString()
  const { body } = await putIn(Buffer.from(text.replace(/<cbc:TaxExclusiveAmount.*?<\/cbc:TaxExclusiveAmount>/, '')))
  const shown = await (await ask(`/api/inbox/${body.id}`)).json()
  expect([shown.fatal, shown.invoice.totals.net]).toEqual([1, null])
  expect(shown.findings).toEqual([
    {
      rule: 'BR-13',
      term: 'BT-109',
      severity: 'fatal',
      message: { de: 'Die Nettosumme fehlt.', en: 'The net total is missing.' },
      facts: {},
    },
  ])
})

test('what is no e-invoice or not safe is refused in words, and nothing of it is kept', async () => {
  const count = async () => (await tresen.sql<{ n: number }>('select count(*)::int as n from inbox.received'))[0]!.n
  const before = await count()
  const stream = deflateSync(Buffer.alloc(200 * 1024 * 1024))
  const head = `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 3 0 obj<</F(factur-x.xml)/EF<</F 4 0 R>>>>endobj 4 0 obj<</Filter/FlateDecode/Length ${stream.length}>>stream\n`
  const bomb = Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream')])
  expect(await putIn(bomb)).toMatchObject({ status: 422, body: { code: 'unsafe-file' } })
  expect(await putIn(Buffer.from('<html></html>'))).toMatchObject({ status: 422, body: { code: 'not-an-e-invoice' } })
  expect(await putIn(Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'not-an-e-invoice' } })
  expect(await putIn(Buffer.alloc(21 * 1024 * 1024))).toMatchObject({ status: 413, body: { code: 'too-large' } })
  expect(await count()).toBe(before)
})

test('what came in never changes', async () => {
  await expect(tresen.sql("update inbox.received set number = 'x'")).rejects.toThrow()
  await expect(tresen.sql('delete from inbox.received')).rejects.toThrow()
})
