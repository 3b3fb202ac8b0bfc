import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type InvoiceTotals, readTotals } from './read-totals.ts'
import { SAMPLES } from './sample-invoices.ts'
import { writeCii } from './write-cii.ts'
import { writeUbl } from './write-ubl.ts'

const fixtures = new URL('./fixtures/', import.meta.url)

function expectToAddUp(totals: InvoiceTotals): void {
  const sum = (amounts: number[]): number => amounts.reduce((a, b) => a + b, 0)
  expect(sum(totals.perRate.map((r) => r.net))).toBe(totals.net)
  expect(sum(totals.perRate.map((r) => r.vat))).toBe(totals.vat)
  expect(totals.net + totals.vat).toBe(totals.gross)
}

describe('totals read from an e-invoice', () => {
  test.each(readdirSync(fixtures).filter((file) => file.endsWith('.xml')))('of another author add up: %s', (file) => {
    const totals = readTotals(readFileSync(new URL(file, fixtures), 'utf8'))
    expect(totals.number).not.toBe('')
    expect(totals.issuedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(totals.lineCount).toBeGreaterThan(0)
    expectToAddUp(totals)
  })

  test('are the same in both syntaxes of one business case', () => {
    for (const name of ['01.17a', '01.21a', '03.03a']) {
      const read = (syntax: string) =>
        readTotals(readFileSync(new URL(`${name}-INVOICE_${syntax}.xml`, fixtures), 'utf8'))
      expect(read('ubl')).toEqual(read('uncefact'))
    }
  })

  test('of 01.17a: a cent is added to the amount due', () => {
    const totals = readTotals(readFileSync(new URL('01.17a-INVOICE_ubl.xml', fixtures), 'utf8'))
    expect(totals).toMatchObject({
      number: '123456XX',
      issuedOn: '2016-04-04',
      net: 31486,
      gross: 33690,
      amountDue: 33691,
    })
  })

  describe.each(Object.entries(SAMPLES))('%s', (_, invoice) => {
    const expected: InvoiceTotals = {
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      typeCode: invoice.typeCode,
      net: invoice.totals.net,
      vat: invoice.totals.vat,
      gross: invoice.totals.gross,
      amountDue: invoice.totals.amountDue,
      perRate: invoice.vatBreakdown.map(({ category, rate, net, vat }) => ({ category, rate, net, vat })),
      lineCount: invoice.lines.length,
      linesNet: invoice.totals.linesNet,
    }
    test('comes back from UBL to the cent', () => expect(readTotals(writeUbl(invoice, 'xrechnung'))).toEqual(expected))
    test('comes back from CII to the cent', () => expect(readTotals(writeCii(invoice, 'en16931'))).toEqual(expected))
  })

  test('takes the VAT in the currency of the invoice when it stands there in two', () => {
    const invoice = SAMPLES['credit note']!
    const other = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">1.00</cbc:TaxAmount></cac:TaxTotal>'
    const xml = writeUbl(invoice, 'xrechnung').replace('<cac:TaxTotal>', `${other}<cac:TaxTotal>`)
    expect(readTotals(xml).vat).toBe(invoice.totals.vat)
  })

  test.each([
    ['what is no invoice', '<a><b>1</b></a>', /neither/],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Invoice/>', /document type/],
    ['an invoice without a number', '<Invoice><DocumentCurrencyCode>EUR</DocumentCurrencyCode></Invoice>', /has no/],
  ])('refuses %s', (_, xml, message) => expect(() => readTotals(xml)).toThrow(message))

  test('refuses an amount that is no whole cents', () => {
    const xml = writeUbl(SAMPLES['credit note']!, 'xrechnung').replace(
      /(?<open><cbc:PayableAmount[^>]*>)[^<]*/,
      '$<open>47.575',
    )
    expect(() => readTotals(xml)).toThrow(/PayableAmount/)
  })
})
