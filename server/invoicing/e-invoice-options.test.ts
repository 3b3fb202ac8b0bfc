import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { merchant } from '../../common/branches/api.ts'
import { company, openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { fileMakers } from '../app/capabilities.ts'
import { saveMerchant } from '../branches/index.ts'
import { makeFiles } from '../documents/index.ts'
import { textOfPdf } from '../documents/test-pdf.ts'
import { readReceived } from '../inbox/read/read-received.ts'

vi.setConfig({ testTimeout: 60_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
  await tresen.play(saveMerchant, merchant.parse({ ...company, creditorId: 'DE98ZZZ09999999999' }))
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

const make = (documentId: string, which: 'data' | 'pages') => makeFiles(tresen.kernel, fileMakers, documentId, which)
const fileOf = async (documentId: string, format: string) =>
  (
    await tresen.sql<{ bytes: Buffer }>('select bytes from documents.file where document_id = $1 and format = $2', [
      documentId,
      format,
    ])
  )[0]!.bytes
const xmlOf = async (documentId: string, format: string) =>
  (await fileOf(documentId, format)).toString().replace(/>\s+</g, '><')
const noteOf = async (noteId: string) =>
  (
    await tresen.sql<{ number: string; documentId: string }>(
      'select number, document_id as "documentId" from delivery.note where id = $1',
      [noteId],
    )
  )[0]!
const billed = async (change: Parameters<TestShop['customer']>[0]) => {
  const { number: customerNumber } = await shop.customer(change)
  return shop.billed({ customer: { customerNumber } })
}

test('a customer who wants it reads the delivery note at each line, for machines; others get the core', async () => {
  const plain = await billed({})
  const { invoice, noteId } = await billed({ eInvoice: { noteReferences: true, attachNotes: false } })
  for (const one of [plain.invoice, invoice]) {
    await make(one.documentId, 'data')
    await make(one.documentId, 'pages')
  }
  const { number } = await noteOf(noteId)
  const reference = `<cac:DespatchLineReference><cbc:LineID>1</cbc:LineID><cac:DocumentReference><cbc:ID>${number}</cbc:ID>`
  expect(await xmlOf(invoice.documentId, 'xrechnung-ubl')).toContain(reference)
  expect(await xmlOf(plain.invoice.documentId, 'xrechnung-ubl')).not.toContain('DespatchLineReference')
  const insideOf = async (documentId: string) => readReceived(await fileOf(documentId, 'pdf'))
  expect(await insideOf(invoice.documentId)).toMatchObject({ profile: 'extended' })
  expect(await insideOf(plain.invoice.documentId)).toMatchObject({ profile: 'en16931' })
})

test('the XRechnung has the delivery note inside as it is archived, and waits until that is made', async () => {
  const { invoice, noteId } = await billed({ eInvoice: { noteReferences: false, attachNotes: true } })
  const note = await noteOf(noteId)
  await expect(make(invoice.documentId, 'data')).rejects.toThrow(
    `the page of delivery note ${note.number} is not made yet`,
  )
  await make(note.documentId, 'pages')
  await make(invoice.documentId, 'data')
  const inside = (await fileOf(note.documentId, 'pdf')).toString('base64')
  expect(await xmlOf(invoice.documentId, 'xrechnung-ubl')).toContain(
    `<cac:AdditionalDocumentReference><cbc:ID>${note.number}</cbc:ID><cbc:DocumentDescription>Lieferschein ${note.number}</cbc:DocumentDescription><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="${note.number}.pdf">${inside}<`,
  )
  expect(await xmlOf(invoice.documentId, 'xrechnung-cii')).toContain(
    `<ram:TypeCode>916</ram:TypeCode><ram:Name>Lieferschein ${note.number}</ram:Name><ram:AttachmentBinaryObject mimeCode="application/pdf" filename="${note.number}.pdf">${inside}<`,
  )
})

test('with a SEPA mandate the invoice says that it is collected, in each format; without his account it is paid by transfer', async () => {
  const mandate = { reference: 'M-2026/17', signedOn: '2026-01-15' }
  const bankAccount = { iban: 'DE02120300000000202051' }
  const { invoice } = await billed({ mandate, bankAccount })
  await make(invoice.documentId, 'data')
  await make(invoice.documentId, 'pages')
  const ubl = await xmlOf(invoice.documentId, 'xrechnung-ubl')
  expect(ubl).toContain('<cbc:PaymentMeansCode>59</cbc:PaymentMeansCode>')
  expect(ubl).toContain(
    '<cac:PaymentMandate><cbc:ID>M-2026/17</cbc:ID><cac:PayerFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID>',
  )
  expect(ubl).toContain('DE98ZZZ09999999999')
  expect(await xmlOf(invoice.documentId, 'xrechnung-cii')).toContain(
    '<ram:DirectDebitMandateID>M-2026/17</ram:DirectDebitMandateID>',
  )
  const page = textOfPdf(await fileOf(invoice.documentId, 'pdf')).replace(/\s+/g, ' ')
  expect(page).toContain('M-2026/17')
  expect(page).not.toContain('GiroCode')
  const without = await billed({ mandate })
  await make(without.invoice.documentId, 'data')
  expect(await xmlOf(without.invoice.documentId, 'xrechnung-ubl')).toContain('>58</cbc:PaymentMeansCode>')
})
