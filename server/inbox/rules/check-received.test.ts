import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../common/refusal.ts'
import { type ReceivedFile, readReceived } from '../read/read-received.ts'
import { checkReceived } from './check-received.ts'
import { receivedRules } from './received-rules.ts'

const xml = readFileSync(join(import.meta.dirname, '../fixtures/xrechnung-testsuite/01.05a-INVOICE_ubl.xml'), 'utf8')

function rulesOf(text: string): string[] {
  const file = readReceived(Buffer.from(text))
  if (isRefusal(file)) throw new Error(file.code)
  return checkReceived(file).map((f) => f.rule)
}

/** Takes an element out, wherever it stands first behind `after`. */
const without = (name: string) => (text: string) =>
  text.replace(new RegExp(`<cbc:${name}\\b[^>]*>[^<]*</cbc:${name}>`), '')
const replaced = (from: string | RegExp, to: string) => (text: string) => {
  expect(text).toMatch(from)
  return text.replace(from, to)
}

const CASES: readonly (readonly [rule: string, change: (text: string) => string])[] = [
  ['BR-01', without('CustomizationID')],
  ['BR-04', without('InvoiceTypeCode')],
  ['BR-05', replaced(/(<cbc:DocumentCurrencyCode>)EUR/, '$1EURO')],
  ['BR-12', replaced(/(<cac:LegalMonetaryTotal>\s*)<cbc:LineExtensionAmount[^<]*<\/cbc:LineExtensionAmount>/, '$1')],
  ['BR-13', without('TaxExclusiveAmount')],
  ['BR-14', without('TaxInclusiveAmount')],
  ['BR-15', without('PayableAmount')],
  ['BR-22', without('InvoicedQuantity')],
  ['BR-24', replaced(/(<cac:InvoiceLine>[\s\S]*?)<cbc:LineExtensionAmount[^<]*<\/cbc:LineExtensionAmount>/, '$1')],
  ['BR-45', without('TaxableAmount')],
  ['BR-46', replaced(/(<cac:TaxSubtotal>[\s\S]*?)<cbc:TaxAmount[^<]*<\/cbc:TaxAmount>/, '$1')],
  ['BR-CL-01', replaced(/(<cbc:InvoiceTypeCode>)\d+/, '$1999')],
  ['BR-CL-16', replaced(/(<cbc:PaymentMeansCode[^>]*>)\d+/, '$1299')],
  ['BR-CL-17', replaced(/(<cac:TaxSubtotal>[\s\S]*?<cbc:ID[^>]*>)S/, '$1X')],
  ['BR-CL-18', replaced(/(<cac:ClassifiedTaxCategory>\s*<cbc:ID[^>]*>)S/, '$1X')],
  [
    'BR-CL-22',
    replaced(
      /(<cac:TaxSubtotal>[\s\S]*?<\/cbc:Percent>)/,
      '$1<cbc:TaxExemptionReasonCode>WHY</cbc:TaxExemptionReasonCode>',
    ),
  ],
  ['BR-DE-1', replaced(/<cac:PaymentMeans>[\s\S]*<\/cac:PaymentMeans>/, '')],
  ['PEPPOL-EN16931-R120', replaced(/(<cbc:PriceAmount[^>]*>)/, '$19')],
  ['TRESEN-UNREADABLE', replaced(/(<cbc:PayableAmount[^>]*>)/, '$1ca. ')],
  ['TRESEN-ENCODING', replaced(/encoding="[^"]*"/, 'encoding="UTF-99"')],
  ['TRESEN-CREDIT', replaced(/(<cbc:TaxInclusiveAmount[^>]*>)/, '$1-')],
  ['TRESEN-PROFILE', replaced(/(<cbc:CustomizationID>)[^<]*/, '$1urn:factur-x.eu:1p0:basicwl')],
  ['TRESEN-SPECIFICATION', replaced(/(<cbc:CustomizationID>)[^<]*/, '$1urn:example:own')],
]

describe('rules for what others send', () => {
  test.each(CASES)('%s is found, and was not before', (rule, change) => {
    expect(rulesOf(xml)).not.toContain(rule)
    expect(rulesOf(change(xml))).toContain(rule)
  })

  test('every rule is shown broken here, those of the decimals by one of them', () => {
    const own = receivedRules.map((r) => r.id).filter((id) => !id.startsWith('BR-DEC-'))
    expect(own.filter((id) => !CASES.some(([rule]) => rule === id))).toEqual([])
  })

  test('rules of our own invoices are asked too, with the field and the figures', () => {
    const file = readReceived(
      Buffer.from(xml.replace(/(<cbc:TaxInclusiveAmount[^>]*>)10555\.3</, '$110555.31<')),
    ) as ReceivedFile
    expect(checkReceived(file).map(({ rule, term, facts }) => [rule, term, facts])).toEqual([
      ['BR-CO-15', 'BT-112', { stated: 1_055_531, computed: 1_055_530 }],
      ['BR-CO-16', 'BT-115', { stated: 1_055_530, computed: 1_055_531 }],
    ])
  })

  test('a missing amount is said once, not again by each sum', () => {
    expect(rulesOf(without('TaxExclusiveAmount')(xml))).toEqual(['BR-13'])
  })

  test('a fraction of a cent is found', () => {
    expect(rulesOf(xml.replace(/(<cbc:TaxInclusiveAmount[^>]*>)10555\.3</, '$110555.301<'))).toContain('BR-DEC-14')
  })

  test('VAT that is off by less than a euro is remarked, by more is wrong', () => {
    const off = (vat: string) => {
      const text = xml.replaceAll('1685.3<', `${vat}<`)
      const file = readReceived(Buffer.from(text)) as ReceivedFile
      return checkReceived(file).find((f) => f.rule === 'BR-CO-17')?.severity
    }
    expect([off('1685.31'), off('1690.3')]).toEqual(['warning', 'fatal'])
  })
})
