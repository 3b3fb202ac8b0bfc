import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { merchant } from '../../common/branches/api.ts'
import type { NewOrderInput } from '../../common/orders/api.ts'
import { ONE } from '../../common/quantity.ts'
import { refusalText } from '../../common/refusal.ts'
import { company, openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { saveMerchant } from '../branches/index.ts'
import { textOfPdf } from '../documents/test-pdf.ts'
import { findOrder } from '../orders/find-order.ts'
import { correctInvoice } from './correct-invoice.ts'
import { findInvoice } from './find-invoices.ts'
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

const beSmall = (smallBusiness: boolean) => tresen.play(saveMerchant, merchant.parse({ ...company, smallBusiness }))
const snapshotOf = async (invoiceId: string) =>
  (
    await tresen.sql<{ snapshot: InvoiceSnapshot }>(
      'select d.snapshot from documents.document d join invoicing.invoice i on i.document_id = d.id where i.id = $1',
      [invoiceId],
    )
  )[0]!.snapshot
const fileOf = async (invoiceId: string, format: 'pdf' | 'xrechnung-ubl' | 'xrechnung-cii') =>
  (await makeInvoiceFile((await snapshotOf(invoiceId)) as never, format, tresen.kernel.database)).bytes
const xmlOf = async (invoiceId: string, format: 'xrechnung-ubl' | 'xrechnung-cii') =>
  new TextDecoder().decode(await fileOf(invoiceId, format)).replace(/>\s+</g, '><')
const pageOf = async (invoiceId: string) => textOfPdf(await fileOf(invoiceId, 'pdf')).replace(/\s+/g, ' ')

describe('a small business (§ 19 UStG)', () => {
  const SENTENCE = 'Kein Ausweis von Umsatzsteuer, da Kleinunternehmer nach § 19 UStG.'

  test('takes, delivers and bills without VAT, and the invoice says why on paper and in the XML', async () => {
    await beSmall(true)
    const { id, invoice, gross } = await shop.billed()
    expect(gross).toBe(10_000)
    const order = await findOrder(tresen.kernel.database, { id })
    expect(order.totals.perRate).toEqual([{ category: 'E', rate: 0, net: 10_000, vat: 0 }])
    expect(await findInvoice(tresen.kernel.database, { id: invoice.id })).toMatchObject({ vat: 0, gross: 10_000 })
    const { invoice: said } = await snapshotOf(invoice.id)
    expect(said.vatBreakdown).toEqual([{ category: 'E', rate: 0, net: 10_000, vat: 0, exemptionReason: SENTENCE }])
    const ubl = await xmlOf(invoice.id, 'xrechnung-ubl')
    expect(ubl).toContain('<cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>')
    expect(ubl).toContain(`<cbc:TaxExemptionReason>${SENTENCE}</cbc:TaxExemptionReason>`)
    expect(ubl).not.toContain('<cbc:ID>S</cbc:ID>')
    const cii = await xmlOf(invoice.id, 'xrechnung-cii')
    expect(cii).toContain(`<ram:ExemptionReason>${SENTENCE}</ram:ExemptionReason>`)
    expect(cii).toContain('<ram:CategoryCode>E</ram:CategoryCode>')
    const page = await pageOf(invoice.id)
    expect(page).toContain(SENTENCE)
    expect(page.split(SENTENCE)).toHaveLength(2)
    expect(page).not.toMatch(/19 %|MwSt|zzgl/)
  })

  test('whose shop still sends VAT keeps the agreed price and shows none of it', async () => {
    await beSmall(true)
    const web = (change: Partial<NewOrderInput>) => shop.order({ channel: 'web', ...change })
    const { number: article } = await shop.article()
    const lines = [{ article, quantity: ONE, unitPrice: 119_000, vatCategory: 'S' as const, vatRate: 1900 }]
    const totals = { gross: 1_190, net: 1_000, perRate: [{ rate: 1900, net: 1_000, vat: 190 }] }
    const order = await web({ lines, totals })
    expect(order.gross).toBe(1_190)
    const { totals: kept } = await findOrder(tresen.kernel.database, { id: order.id })
    expect(kept).toEqual({
      net: 1_190,
      vat: 0,
      gross: 1_190,
      perRate: [{ category: 'E', rate: 0, net: 1_190, vat: 0 }],
    })
    const invoice = await shop.bill([(await shop.deliver([order.id])).id])
    expect(await findInvoice(tresen.kernel.database, { id: invoice.id })).toMatchObject({ vat: 0, gross: 1_190 })
  })

  test('that was none when the order was agreed bills the VAT agreed, and does not say there is none', async () => {
    await beSmall(false)
    const order = await shop.order()
    const note = await shop.deliver([order.id])
    await beSmall(true)
    const invoice = await shop.bill([note.id])
    expect(await findInvoice(tresen.kernel.database, { id: invoice.id })).toMatchObject({ vat: 1_900 })
    expect(await pageOf(invoice.id)).not.toContain('Kleinunternehmer')
  })

  test('corrects without VAT, with the same reason', async () => {
    await beSmall(true)
    const { invoice } = await shop.billed()
    const correction = await tresen.play(correctInvoice, { id: invoice.id, reason: 'falscher Preis' })
    const { invoice: said } = await snapshotOf(correction.id)
    expect(said.vatBreakdown).toMatchObject([{ category: 'E', vat: 0, exemptionReason: SENTENCE }])
    expect(await pageOf(correction.id)).toContain(SENTENCE)
  })
})

describe('an intra-community supply', () => {
  const vienna = { ...testAddress, name: 'Tischlerei Wurm', postalCode: '1070', city: 'Wien', country: 'AT' }
  const abroad = (change = {}) =>
    shop.customer({
      name: 'Tischlerei Wurm',
      vatId: 'ATU12345675',
      vatTreatment: 'intra-community',
      billTo: vienna,
      ...change,
    })

  test('bears no VAT, both VAT ids, the hint and the country the goods went to', async () => {
    await beSmall(false)
    const { number } = await abroad()
    const { id, invoice, gross } = await shop.billed({ of: number })
    expect(gross).toBe(10_000)
    const order = await findOrder(tresen.kernel.database, { id })
    expect(order.totals.perRate).toEqual([{ category: 'K', rate: 0, net: 10_000, vat: 0 }])
    const { invoice: said } = await snapshotOf(invoice.id)
    expect(said).toMatchObject({
      seller: { vatId: 'DE999912349' },
      buyer: { vatId: 'ATU12345675' },
      deliverTo: { address: { country: 'AT', city: 'Wien' } },
      deliveredOn: '2026-11-24',
      vatBreakdown: [{ category: 'K', rate: 0, net: 10_000, vat: 0, exemptionCode: 'VATEX-EU-IC' }],
    })
    const ubl = await xmlOf(invoice.id, 'xrechnung-ubl')
    expect(ubl).toContain('<cbc:ID>K</cbc:ID><cbc:Percent>0</cbc:Percent><cbc:TaxExemptionReasonCode>VATEX-EU-IC<')
    expect(ubl).toMatch(/<cac:DeliveryLocation>.*<cbc:IdentificationCode>AT</)
    const cii = await xmlOf(invoice.id, 'xrechnung-cii')
    expect(cii).toMatch(/<ram:ShipToTradeParty>.*<ram:CountryID>AT</)
    const page = await pageOf(invoice.id)
    for (const fact of ['innergemeinschaftliche Lieferung', 'ATU12345675', 'DE999912349', 'Wien'])
      expect(page).toContain(fact)
    expect(page).not.toMatch(/19 %/)
  })

  test('goes where the delivery address says, not the bill-to address', async () => {
    const { number } = await abroad({
      deliverTo: [{ ...vienna, name: 'Lager Linz', postalCode: '4020', city: 'Linz' }],
    })
    const { invoice } = await shop.billed({ of: number })
    expect((await snapshotOf(invoice.id)).invoice.deliverTo).toMatchObject({
      name: 'Lager Linz',
      address: { country: 'AT' },
    })
  })

  test('to an English reader says it in English', async () => {
    const { number } = await abroad({ language: 'en' })
    const { invoice } = await shop.billed({ of: number })
    expect(await pageOf(invoice.id)).toContain('Intra-Community supply exempt from VAT')
  })

  test('without the buyer’s VAT id is not issued', async () => {
    const order = await shop.order({ of: (await abroad({ vatId: undefined })).number })
    const note = await shop.deliver([order.id])
    await expect(shop.bill([note.id])).rejects.toMatchObject({
      refusal: {
        code: 'invoice-rules',
        facts: { violations: expect.arrayContaining([expect.objectContaining({ rule: 'BR-IC-02' })]) },
      },
    })
  })

  test('that stays in the country is none: it is not issued without VAT', async () => {
    const order = await shop.order({ of: (await abroad()).number, deliverTo: testAddress })
    const note = await shop.deliver([order.id])
    const billing = shop.bill([note.id])
    await expect(billing).rejects.toMatchObject({ refusal: { facts: { violations: [{ rule: 'TRESEN-ABROAD' }] } } })
    const words = async (language: 'de' | 'en') =>
      billing.catch(({ refusal }) => refusalText(refusal.code, refusal.facts, language))
    expect(await words('de')).toContain('TRESEN-ABROAD: Eine steuerfreie Lieferung')
    expect(await words('en')).toContain('TRESEN-ABROAD: A supply abroad without VAT')
  })
})
