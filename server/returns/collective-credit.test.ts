import { type ComfortProfile, FacturX } from 'factur-x-kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { fileMakers } from '../app/capabilities.ts'
import { changeCustomer } from '../customers/index.ts'
import { closeRenderer, makeFiles } from '../documents/index.ts'
import { findInvoice } from '../invoicing/find-invoices.ts'
import { recordPayment } from '../payments/index.ts'
import { cancelReturn } from './cancel-return.ts'
import { findReturn } from './find-returns.ts'
import { previewReturn } from './preview-return.ts'
import { takeBack } from './take-back.ts'

vi.setConfig({ testTimeout: 60_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await closeRenderer()
  await tresen.close()
})

const collective = { collectiveCredit: true }
async function billed(number: string, change: Parameters<TestShop['billed']>[0] = {}) {
  const { noteId, invoice, customerId } = await shop.billed({ of: number, ...change })
  const lines = await tresen.sql<{ id: string }>(
    'select id from delivery.note_line where note_id = $1 order by position',
    [noteId],
  )
  return { invoice, customerId, lineId: lines[0]!.id }
}
const wish = (noteLineId: string, pieces: number) => ({
  noteLineId,
  quantity: pieces * ONE,
  reason: 'defective' as const,
  condition: 'used' as const,
  goods: 'restock' as const,
})
const inputOf = (lines: TakeBackInput['lines'], change: Partial<TakeBackInput> = {}): TakeBackInput => ({
  locationId: shop.warehouse,
  money: 'credit',
  lines,
  ...change,
})
const back = (lines: TakeBackInput['lines'], change: Partial<TakeBackInput> = {}) =>
  tresen.play(takeBack, inputOf(lines, change))
const read = (id: string) => findInvoice(tresen.kernel.database, { id })
async function filesOf(documentId: string) {
  await makeFiles(tresen.kernel, fileMakers, documentId)
  const rows = await tresen.sql<{ format: string; text: string }>(
    "select format, convert_from(bytes, 'UTF8') as text from documents.file where document_id = $1 and format <> 'pdf'",
    [documentId],
  )
  return Object.fromEntries(rows.map((r) => [r.format, r.text])) as Record<string, string>
}

test('a return over several invoices gets one credit note that names each, and credits each with its own', async () => {
  const { number } = await shop.customer(collective)
  const [a, b, c] = [await billed(number), await billed(number), await billed(number)]
  const lines = [wish(a.lineId, 2), wish(b.lineId, 10), wish(c.lineId, 1)]
  const preview = await previewReturn(tresen.kernel.database, inputOf(lines))
  expect(preview.corrections.map((p) => [p.document, p.gross])).toEqual([
    [0, 1_190],
    [0, 11_900],
    [0, 2_380],
  ])
  const { id, corrections } = await back(lines)
  expect(corrections).toMatchObject([{ gross: 15_470 }])
  const note = await read(corrections[0]!.id)
  expect(note).toMatchObject({ kind: 'correction', gross: -15_470, corrects: null, returnId: id })
  expect(note.correctsSeveral.map((p) => [p.number, p.amount])).toEqual([
    [c.invoice.number, -1_190],
    [b.invoice.number, -11_900],
    [a.invoice.number, -2_380],
  ])
  const states = await Promise.all([a, b, c].map(({ invoice }) => read(invoice.id)))
  expect(states.map((i) => [i.open, i.payment, i.partlyCorrected])).toEqual([
    [9_520, 'unpaid', true],
    [0, 'corrected', false],
    [10_710, 'unpaid', true],
  ])
  for (const state of states) expect(state.correctedBy).toEqual([{ id: note.id, number: note.number }])
  const chain = (await findReturn(tresen.kernel.database, { id })).chain.filter((l) => l.kind === 'invoice')
  expect(chain.map((l) => l.number).sort()).toEqual([a, b, c].map((x) => x.invoice.number).sort())
})

test('its files: UBL names all, CII one (its schema) and all in words; each line says which; a stranger reads the same', async () => {
  const { number } = await shop.customer({ ...collective, language: 'de' })
  const [a, b] = [await billed(number), await billed(number)]
  const { corrections } = await back([wish(a.lineId, 3), wish(b.lineId, 4)])
  const { documentId } = await read(corrections[0]!.id)
  const files = await filesOf(documentId)
  const numbers = [a.invoice.number, b.invoice.number]
  const ubl = files['xrechnung-ubl']!
  const referred = [...ubl.matchAll(/<cac:InvoiceDocumentReference><cbc:ID>(.*?)<\/cbc:ID><cbc:IssueDate>/g)]
  expect(referred.map((m) => m[1]).sort()).toEqual(numbers)
  const lineNotes = [...ubl.matchAll(/<cac:CreditNoteLine>.*?<cbc:Note>(.*?)<\/cbc:Note>/gs)].map((m) => m[1])
  expect(lineNotes.map((n) => numbers.find((x) => n!.includes(`zur Rechnung ${x}`))).sort()).toEqual(numbers)
  const cii = files['xrechnung-cii']!
  expect(cii.match(/<ram:InvoiceReferencedDocument>/g)).toHaveLength(1)
  for (const one of numbers) expect(cii).toMatch(new RegExp(`<ram:Content>Korrektur der Rechnungen[^<]*${one}`))
  const facturX = await FacturX.fromXML(cii.replace(/urn:cen\.eu:en16931:2017#[^<]*/, 'urn:cen.eu:en16931:2017'))
  const { document, totals } = facturX.object as ComfortProfile
  expect(document.type).toBe('381')
  expect(Math.round((totals.openAmount ?? 0) * 100)).toBe(8_330)
})

test('where the VAT of the sum differs from that of the parts, each invoice is still credited to the cent', async () => {
  const { number } = await shop.customer(collective)
  const article = await shop.article({ listPrice: 300 })
  const lines = [{ article: article.number, quantity: ONE }]
  // 0.03 € net each: VAT of each 0.01, of ten 0.06
  const parts = []
  for (let i = 0; i < 10; i++) parts.push(await billed(number, { lines }))
  const { corrections } = await back(parts.map((p) => wish(p.lineId, 1)))
  const note = await read(corrections[0]!.id)
  const billedTogether = parts.reduce((sum, p) => sum + p.invoice.gross, 0)
  expect(note).toMatchObject({ net: -30, vat: -6, gross: -billedTogether, rounding: -(billedTogether - 36) })
  expect(billedTogether).not.toBe(36)
  for (const p of parts) expect(await read(p.invoice.id)).toMatchObject({ open: 0, payment: 'corrected' })
})

test('it first closes what is open of each of its invoices, the rest is one credit', async () => {
  const { number } = await shop.customer(collective)
  const [paid, open] = [await billed(number), await billed(number)]
  await tresen.play(recordPayment, {
    customerId: paid.customerId,
    amount: 11_900,
    receivedOn: '2026-11-24',
    method: 'transfer',
    allocations: [{ invoiceId: paid.invoice.id, amount: 11_900, skonto: 0 }],
  })
  const { corrections, credit } = await back([wish(paid.lineId, 5), wish(open.lineId, 10)])
  expect([corrections.length, credit]).toEqual([1, 5_950])
  expect((await read(open.invoice.id)).open).toBe(0)
})

test('cancelled, one document takes it back; what was credited is owed again', async () => {
  const { number } = await shop.customer(collective)
  const [a, b] = [await billed(number), await billed(number)]
  const { id, corrections } = await back([wish(a.lineId, 10), wish(b.lineId, 2)])
  const undone = await tresen.play(cancelReturn, { id, reason: 'doch nicht' })
  expect(undone.corrections).toHaveLength(1)
  const again = await read(undone.corrections[0]!.id)
  expect(again).toMatchObject({ gross: 14_280, open: 14_280, corrects: { id: corrections[0]!.id } })
  // what came back once can come back again, and goes off the document that is owed
  const third = await back([wish(a.lineId, 1), wish(b.lineId, 1)])
  expect(third.corrections.reduce((sum, c) => sum + c.gross, 0)).toBe(2_380)
})

test('not what differs: prices, taxes, addresses and e-invoices that can name one only get one each', async () => {
  const gross = { channel: 'web' }
  const { id, number } = await shop.customer(collective)
  const [net, web] = [await billed(number), await billed(number, gross)]
  expect((await back([wish(net.lineId, 1), wish(web.lineId, 1)])).corrections).toHaveLength(2)
  const before = await billed(number)
  await tresen.play(changeCustomer, { id, billTo: { ...testAddress, street: 'Neue Gasse 1', country: 'DE' } })
  const after = await billed(number)
  expect((await back([wish(before.lineId, 1), wish(after.lineId, 1)])).corrections).toHaveLength(2)
  for (const change of [
    { creditDocument: 'correction' },
    { invoiceFormat: 'xrechnung-cii', buyerReference: '04011000-12345-35' },
  ] as const) {
    const other = await shop.customer({ ...collective, ...change })
    const [a, b] = [await billed(other.number), await billed(other.number)]
    expect((await back([wish(a.lineId, 1), wish(b.lineId, 1)])).corrections).toHaveLength(2)
  }
})

test('the desk may say otherwise than the customer’s rule', async () => {
  const { number } = await shop.customer()
  const [a, b] = [await billed(number), await billed(number)]
  expect((await back([wish(a.lineId, 1), wish(b.lineId, 1)])).corrections).toHaveLength(2)
  expect((await back([wish(a.lineId, 1), wish(b.lineId, 1)], { collective: true })).corrections).toHaveLength(1)
  const wants = await shop.customer(collective)
  const [c, d] = [await billed(wants.number), await billed(wants.number)]
  expect((await back([wish(c.lineId, 1), wish(d.lineId, 1)], { collective: false })).corrections).toHaveLength(2)
})
