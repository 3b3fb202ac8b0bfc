import { type ComfortProfile, FacturX } from 'factur-x-kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { merchant } from '../../common/branches/api.ts'
import { ONE } from '../../common/quantity.ts'
import { company, openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { saveMerchant } from '../branches/index.ts'
import { textOfPdf } from '../documents/test-pdf.ts'
import { recordPayment } from '../payments/record-payment.ts'
import { correctInvoice } from './correct-invoice.ts'
import { checkRules } from './e-invoice/check-rules.ts'
import { readTotals } from './e-invoice/read-totals.ts'
import { findInvoice } from './find-invoices.ts'
import { type DownPaymentInput, issueDownPayment } from './issue-down-payment.ts'
import { type InvoiceSnapshot, makeInvoiceFile } from './make-invoice-files.ts'

vi.setConfig({ testTimeout: 60_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

const down = (input: DownPaymentInput) => tresen.play(issueDownPayment, input)
const pay = (customerId: string, amount: number) =>
  tresen.play(recordPayment, { customerId, amount, receivedOn: '2026-11-23', method: 'transfer', allocations: [] })
const correct = (id: string) => tresen.play(correctInvoice, { id, reason: 'falsch' })
const read = (id: string) => findInvoice(tresen.kernel.database, { id })
async function snapshotOf(id: string): Promise<InvoiceSnapshot> {
  const text =
    'select d.snapshot from documents.document d join invoicing.invoice i on i.document_id = d.id where i.id = $1'
  return (await tresen.sql<{ snapshot: InvoiceSnapshot }>(text, [id]))[0]!.snapshot
}
const fileOf = async (id: string, format: 'pdf' | 'xrechnung-ubl' | 'xrechnung-cii' | 'factur-x') =>
  (await makeInvoiceFile((await snapshotOf(id)) as never, format, tresen.kernel.database)).bytes
const xmlOf = async (id: string, format: 'xrechnung-ubl' | 'xrechnung-cii' | 'factur-x') =>
  new TextDecoder().decode(await fileOf(id, format)).replace(/>\s+</g, '><')
const pageOf = async (id: string) => textOfPdf(await fileOf(id, 'pdf')).replace(/\s+/g, ' ')

/** No rule is broken, three XMLs and the ledger say the same to the cent, and a foreign reader finds the same in it. */
async function proven(id: string): Promise<InvoiceSnapshot> {
  const [snapshot, row] = [await snapshotOf(id), await read(id)]
  const { invoice } = snapshot
  expect(checkRules(invoice, 'en16931')).toEqual([])
  // where the day of delivery is not fixed, the invoice says so in words; only a warning asks for it
  const noDay = invoice.deliveredOn || invoice.period ? [] : ['BR-DE-TMP-32']
  expect(checkRules(invoice, 'xrechnung').map((v) => v.rule)).toEqual(noDay)
  const sums = { number: row.number, net: row.net, vat: row.vat, amountDue: row.amountDue, typeCode: invoice.typeCode }
  for (const format of ['xrechnung-ubl', 'xrechnung-cii', 'factur-x'] as const) {
    const totals = readTotals(await xmlOf(id, format))
    expect(totals).toMatchObject({ ...sums, linesNet: invoice.totals.linesNet, gross: row.net + row.vat })
    expect(totals.perRate.map((r) => [r.rate, r.net, r.vat])).toEqual(row.perRate.map((r) => [r.rate, r.net, r.vat]))
  }
  const theirs = await FacturX.fromXML(new TextDecoder().decode(await fileOf(id, 'factur-x')))
  expect(theirs.validate()).toEqual({ valid: true })
  const { document, totals } = theirs.object as ComfortProfile
  const cents = (euros: number | undefined) => Math.round((euros ?? 0) * 100)
  expect([document.id, document.type]).toEqual([row.number, invoice.typeCode])
  expect([cents(totals.netTotal), cents(totals.grossTotal), cents(totals.openAmount)]).toEqual([
    row.net,
    row.net + row.vat,
    row.amountDue,
  ])
  return snapshot
}

/** Two rates and freight, 147,27 € with VAT. */
async function mixedOrder(change: Parameters<TestShop['order']>[0] = {}) {
  const [goods, books] = [await shop.article(), await shop.article({ vatClass: 'reduced', listPrice: 83_300 })]
  return shop.order({
    lines: [
      { article: goods.number, quantity: 7 * ONE },
      { article: books.number, quantity: 3 * ONE },
      { kind: 'shipping', name: 'Fracht', quantity: ONE, unitPrice: 49_900 },
    ],
    ...change,
  })
}

describe('files of a down payment', () => {
  test('the invoice before delivery is of type 326, names the order, the goods, and that delivery is to come', async () => {
    const placed = await mixedOrder()
    const { id } = await down({ orderId: placed.id, percent: 3_333, expectedOn: '2026-12-10' })
    const { invoice } = await proven(id)
    expect(invoice).toMatchObject({ typeCode: '326', orderNumber: placed.number, deliveredOn: '2026-12-10' })
    expect(invoice.lines.map((l) => l.description)).toEqual([
      expect.stringContaining('7 × Artikel'),
      expect.stringContaining('3 × '),
    ])
    const page = await pageOf(id)
    expect(page).toContain('Anzahlungsrechnung RE-')
    expect(page).toContain('Anzahlung von 33.33 %'.replace('.', ','))
    expect(page).toContain('Voraussichtliche Lieferung: 10.12.2026')
  })

  test('the invoice over the goods deducts each by rate and names it, on paper and in the XML', async () => {
    const placed = await mixedOrder()
    const first = await down({ orderId: placed.id, percent: 2_500 })
    await pay(placed.customerId, first.gross)
    const second = await down({ orderId: placed.id, amount: 3_001 })
    await pay(placed.customerId, 3_001)
    const final = await shop.bill([(await shop.deliver([placed.id])).id])
    expect(final.gross).toBe(placed.gross - first.gross - 3_001)
    const { invoice } = await proven(final.id)
    expect(invoice.precedingInvoices.map((p) => p.number)).toEqual([first.number, second.number])
    expect(invoice.lines.filter((l) => l.downPayment)).toHaveLength(4)
    const ubl = await xmlOf(final.id, 'xrechnung-ubl')
    expect(ubl.match(/<cac:BillingReference>/g)).toHaveLength(2)
    // the schema of CII takes one preceding invoice; both are named by their lines
    const cii = await xmlOf(final.id, 'xrechnung-cii')
    expect(cii.match(/<ram:InvoiceReferencedDocument>/g)).toHaveLength(1)
    expect(cii).toContain(`Abzüglich Anzahlung laut Rechnung ${second.number}`)
    const page = await pageOf(final.id)
    for (const part of ['Abzüglich geleisteter Anzahlungen', first.number, second.number, 'Lieferung insgesamt'])
      expect(page).toContain(part)
    await proven((await correct(final.id)).id)
  })

  test('an unpaid rest that is taken back, and what is left of a paid one', async () => {
    const placed = await mixedOrder()
    const first = await down({ orderId: placed.id, amount: 5_000 })
    await pay(placed.customerId, 1_111)
    await shop.bill([(await shop.deliver([placed.id])).id])
    const [closing] = (await read(first.id)).correctedBy
    const { invoice } = await proven(closing!.id)
    expect(invoice).toMatchObject({ typeCode: '384', precedingInvoices: [{ number: first.number }] })
    expect(invoice.totals.amountDue).toBe(-3_889)
  })

  test('a payment in advance says when the money came, asks for nothing, and the invoice over the goods is over nothing', async () => {
    const article = await shop.article()
    const placed = await shop.order({
      channel: 'web',
      paymentMethod: 'prepayment',
      lines: [{ article: article.number, quantity: 3 * ONE, unitPrice: 33_400 }],
      prepaid: { amount: 1_002, reference: 'PayPal', paidOn: '2026-11-20' },
    })
    const before = await down({ orderId: placed.id, percent: 10_000 })
    await proven(before.id)
    const page = await pageOf(before.id)
    for (const part of ['Rechnung über Vorauszahlung', 'Betrag erhalten am 20.11.2026', 'Der Betrag ist bezahlt'])
      expect(page).toContain(part)
    const final = await shop.bill([(await shop.deliver([placed.id])).id])
    expect((await proven(final.id)).invoice.totals).toMatchObject({ net: 0, vat: 0, gross: 0, amountDue: 0 })
  })
})

describe('without VAT', () => {
  const abroad = (country: string, vatTreatment: 'intra-community' | 'export' | 'reverse-charge', vatId?: string) =>
    shop.customer({ billTo: { ...testAddress, country }, vatTreatment, ...(vatId ? { vatId } : {}) })

  test('an intra-community down payment needs the expected day (BR-IC-11), says where to, and no tax arises', async () => {
    const { number, id: customerId } = await abroad('AT', 'intra-community', 'ATU12345675')
    const placed = await shop.order({ of: number })
    expect(await refusalOf(down({ orderId: placed.id, percent: 5_000 }))).toBe('invoice-rules')
    const first = await down({ orderId: placed.id, percent: 5_000, expectedOn: '2026-12-01' })
    expect((await proven(first.id)).invoice).toMatchObject({
      deliveredOn: '2026-12-01',
      totals: { vat: 0, gross: 5_000 },
    })
    await pay(customerId, 5_000)
    const final = await shop.bill([(await shop.deliver([placed.id])).id])
    expect((await proven(final.id)).invoice.vatBreakdown).toMatchObject([{ category: 'K', net: 5_000, vat: 0 }])
  })

  test.each([
    ['export', 'CH', 'G', undefined],
    ['reverse-charge', 'DE', 'AE', 'DE999912349'],
  ] as const)('%s', async (vatTreatment, country, category, vatId) => {
    const { number, id: customerId } = await abroad(country, vatTreatment, vatId)
    const placed = await shop.order({ of: number })
    const first = await down({ orderId: placed.id, percent: 3_000 })
    expect((await proven(first.id)).invoice.vatBreakdown).toMatchObject([{ category, net: 3_000, vat: 0 }])
    await pay(customerId, 3_000)
    const final = await shop.bill([(await shop.deliver([placed.id])).id])
    expect((await proven(final.id)).invoice.totals.amountDue).toBe(7_000)
  })

  test('a small business shows none either (§ 19 UStG)', async () => {
    await tresen.play(saveMerchant, merchant.parse({ ...company, smallBusiness: true }))
    const placed = await shop.order()
    const first = await down({ orderId: placed.id, percent: 3_000 })
    expect((await proven(first.id)).invoice.vatBreakdown).toMatchObject([{ category: 'E', net: 3_000, vat: 0 }])
    expect(await pageOf(first.id)).toContain('Kleinunternehmer nach § 19 UStG')
    await tresen.play(saveMerchant, merchant.parse(company))
  })
})
