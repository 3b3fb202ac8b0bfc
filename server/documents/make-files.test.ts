import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { apiKey, type Client, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { documentListener, type FileMakers, makeFiles } from './index.ts'
import { createRenderer } from './render.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let tresen: TestKernel
let shop: TestShop
let server: TestApp
let client: Client

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  server = await testApp(tresen)
  client = httpClient(server.address, { authorization: (await apiKey(tresen)).authorization })
})
afterAll(async () => {
  await server.app.close()
  await tresen.close()
})

const paper = async (_: never, format: string) => ({
  fileName: `x.${format}`,
  mediaType: format === 'pdf' ? 'application/pdf' : 'application/xml',
  bytes: new TextEncoder().encode(`a ${format}`),
})
/** Makers of which the PDF fails until it's mended. */
function brokenMakers(failure: () => Promise<never>) {
  let broken = true
  const make = (snapshot: never, format: string) => (broken && format === 'pdf' ? failure() : paper(snapshot, format))
  const makers: FileMakers = {
    'delivery-note': make,
    'pick-list': make,
    invoice: make,
    correction: make,
    return: make,
    'payment-file': make,
  }
  return { makers, mend: () => (broken = false) }
}
const overview = async (id: string) => (await client('GET', `/api/documents/${id}`)).body

test('a page that cannot be set does not take the invoice back, is shown with its reason, and is made when it works again', async () => {
  const { invoice } = await shop.billed()
  const { makers, mend } = brokenMakers(() => Promise.reject(new Error('invoice.typ:7: unknown variable')))
  for (let i = 0; i < 3; i++)
    await expect(makeFiles(tresen.kernel, makers, invoice.documentId)).rejects.toThrow(/unknown variable/)
  expect(await overview(invoice.documentId)).toMatchObject({
    number: invoice.number,
    waiting: [{ format: 'pdf', attempts: 3, error: 'invoice.typ:7: unknown variable' }],
  })
  const notReady = await client('GET', `/api/documents/${invoice.documentId}/pdf`)
  expect([notReady.status, notReady.body.code]).toEqual([409, 'file-not-ready'])
  mend()
  await makeFiles(tresen.kernel, makers, invoice.documentId)
  expect((await overview(invoice.documentId)).waiting).toEqual([])
  expect((await client('GET', `/api/documents/${invoice.documentId}/pdf`)).body).toBe('a pdf')
})

test('the e-invoice does not wait for the page', async () => {
  const { invoice } = await shop.billed()
  const { makers } = brokenMakers(() => Promise.reject(new Error('no font')))
  await expect(makeFiles(tresen.kernel, makers, invoice.documentId)).rejects.toThrow('no font')
  const { files } = await overview(invoice.documentId)
  expect(files.map((f: { format: string }) => f.format).sort()).toEqual(['xrechnung-cii', 'xrechnung-ubl'])
})

test('data and pages are made apart, and each document wants both', async () => {
  const { invoice } = await shop.billed()
  const { makers, mend } = brokenMakers(() => Promise.reject(new Error('never')))
  mend()
  const formats = async () => (await overview(invoice.documentId)).files.map((f: { format: string }) => f.format).sort()
  await makeFiles(tresen.kernel, makers, invoice.documentId, 'data')
  expect(await formats()).toEqual(['xrechnung-cii', 'xrechnung-ubl'])
  await makeFiles(tresen.kernel, makers, invoice.documentId, 'pages')
  expect(await formats()).toEqual(['pdf', 'xrechnung-cii', 'xrechnung-ubl'])
  await tresen.sql('delete from graphile_worker._private_jobs')
  await documentListener.queue(tresen.kernel.database, [{ data: { documentId: invoice.documentId } } as never])
  expect(
    await tresen.sql(
      "select payload->>'which' as which, priority from graphile_worker._private_jobs order by priority",
    ),
  ).toEqual([
    { which: 'data', priority: 0 },
    { which: 'pages', priority: 10 },
  ])
})

test('a renderer whose template is missing fails this one document with a reason, not the process', async () => {
  const renderer = createRenderer({ templates: '/nowhere' })
  const { sampleDeliveryNote } = await import('./print-samples.ts')
  const failure = () =>
    renderer.render({ template: 'delivery-note', data: sampleDeliveryNote(1, 'de') }) as Promise<never>
  const { noteId } = await shop.billed()
  const [note] = await tresen.sql<{ id: string }>('select document_id as id from delivery.note where id = $1', [noteId])
  await expect(makeFiles(tresen.kernel, brokenMakers(failure).makers, note!.id)).rejects.toThrow(/delivery-note/)
  await renderer.close()
  expect((await overview(note!.id)).waiting).toMatchObject([{ format: 'pdf', attempts: 1 }])
})

test('made twice at the same moment there is one file, and it stays as it was', async () => {
  const { invoice } = await shop.billed()
  const { makers, mend } = brokenMakers(() => Promise.reject(new Error('never')))
  mend()
  await Promise.all([1, 2, 3].map(() => makeFiles(tresen.kernel, makers, invoice.documentId)))
  const other: FileMakers['invoice'] = async () => ({
    fileName: 'y',
    mediaType: 'z',
    bytes: new TextEncoder().encode('other'),
  })
  await makeFiles(tresen.kernel, { ...makers, invoice: other }, invoice.documentId)
  expect((await client('GET', `/api/documents/${invoice.documentId}/pdf`)).body).toBe('a pdf')
})

test('no file is made from a document that was changed by hand', async () => {
  const { invoice } = await shop.billed()
  await tresen.sql('alter table documents.document disable trigger document_final')
  await tresen.sql(
    "update documents.document set snapshot = replace(snapshot::text, '119', '120')::json where id = $1",
    [invoice.documentId],
  )
  await tresen.sql('alter table documents.document enable trigger document_final')
  const { makers } = brokenMakers(() => Promise.reject(new Error('never')))
  await expect(makeFiles(tresen.kernel, makers, invoice.documentId)).rejects.toThrow(/was changed/)
})
