import { describe, expect, test } from 'vitest'
import { readTotals } from './read-totals.ts'
import { SAMPLES } from './sample-invoices.ts'
import { fromNote, testInvoice } from './test-invoices.ts'
import { writeCii } from './write-cii.ts'

const domestic = SAMPLES['domestic net invoice with two rates']!
const collective = SAMPLES['collective invoice of three delivery notes']!

describe('invoice as CII', () => {
  test('names the guideline of its profile, and the process where that is asked for', () => {
    const guideline = (profile: Parameters<typeof writeCii>[1]) =>
      /Guideline\w+><ram:ID>([^<]*)/.exec(writeCii(domestic, profile))?.[1]
    expect(guideline('en16931')).toBe('urn:cen.eu:en16931:2017')
    expect(guideline('xrechnung')).toBe('urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0')
    expect(guideline('extended')).toBe('urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended')
    expect(writeCii(domestic, 'xrechnung')).toContain('<ram:ID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</ram:ID>')
    expect(writeCii(domestic, 'en16931')).not.toContain('BusinessProcess')
  })

  test.each(Object.entries(SAMPLES))('%s has no empty element', (_, invoice) => {
    expect(writeCii(invoice, 'extended')).not.toMatch(/<([\w:]+)[^>]*>\s*<\/\1>|\/>/)
  })

  test('a credit note and a correction are told by their type and name the invoice before them', () => {
    const credit = writeCii(SAMPLES['credit note']!, 'en16931')
    expect(credit).toContain('<ram:TypeCode>381</ram:TypeCode>')
    expect(credit).toContain(
      '<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>RE-2026-000123</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>',
    )
    const correction = writeCii(SAMPLES['correction with negative quantities']!, 'en16931')
    expect(correction).toContain('<ram:BilledQuantity unitCode="H87">-2.5</ram:BilledQuantity>')
    expect(correction).toContain(
      '<ram:FormattedIssueDateTime><qdt:DateTimeString format="102">20261124</qdt:DateTimeString></ram:FormattedIssueDateTime>',
    )
  })

  test('one delivery note stands in the header', () => {
    expect(writeCii(domestic, 'en16931')).toContain(
      '<ram:DespatchAdviceReferencedDocument><ram:IssuerAssignedID>LS-2026-000017</ram:IssuerAssignedID>',
    )
  })

  test('of several, each line names its own in a note, a period and as the invoiced object', () => {
    const xml = writeCii(collective, 'en16931')
    expect(xml).toContain(
      '<ram:IncludedNote><ram:Content>Lieferschein LS-2026-000021 vom 10.11.2026, Pos. 2</ram:Content>',
    )
    expect(xml).toContain('<ram:StartDateTime><udt:DateTimeString format="102">20261110</udt:DateTimeString>')
    expect(xml).toContain(
      '<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>LS-2026-000021</ram:IssuerAssignedID>' +
        '<ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>DQ</ram:ReferenceTypeCode>',
    )
    expect(xml).not.toContain('DeliveryNoteReferencedDocument')
  })

  test('EXTENDED refers to the delivery note and its line', () => {
    expect(writeCii(collective, 'extended')).toContain(
      '</ram:BilledQuantity><ram:DeliveryNoteReferencedDocument><ram:IssuerAssignedID>LS-2026-000021</ram:IssuerAssignedID>' +
        '<ram:LineID>2</ram:LineID><ram:FormattedIssueDateTime><qdt:DateTimeString format="102">20261110</qdt:DateTimeString>' +
        '</ram:FormattedIssueDateTime></ram:DeliveryNoteReferencedDocument>',
    )
  })

  test('the delivery group, which the schema demands, says the buyer where nothing else is known', () => {
    expect(writeCii(collective, 'en16931')).toContain(
      '<ram:ApplicableHeaderTradeDelivery><ram:ShipToTradeParty><ram:Name>Bau Maier AG</ram:Name><ram:PostalTradeAddress>',
    )
  })

  test('Skonto lines keep their closing newline', () => {
    expect(writeCii({ ...domestic, paymentTermsText: undefined }, 'xrechnung')).toContain(
      '#SKONTO#TAGE=14#PROZENT=1.00#BASISBETRAG=50.00#\n</ram:Description>',
    )
  })

  test('seller and buyer carry their tax numbers by scheme', () => {
    const xml = writeCii(domestic, 'en16931')
    expect(xml).toContain('<ram:ID schemeID="VA">DE123456789</ram:ID>')
    expect(xml).toContain('<ram:ID schemeID="FC">21/815/08150</ram:ID>')
    expect(xml).toContain('<ram:TradingBusinessName>Müller &lt;Eisenwaren&gt;</ram:TradingBusinessName>')
  })

  test('a collective invoice of 5,000 lines is written whole', () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => ({
      quantity: 1_000 + i,
      price: 12_345 + i,
      more: fromNote(`LS-${Math.floor(i / 20)}`, '2026-11-03', (i % 20) + 1),
    }))
    const invoice = testInvoice({ lines })
    const totals = readTotals(writeCii(invoice, 'extended'))
    expect(totals.lineCount).toBe(5_000)
    expect(totals.linesNet).toBe(invoice.totals.linesNet)
  })
})
