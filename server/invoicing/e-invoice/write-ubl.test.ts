import { describe, expect, test } from 'vitest'
import { readTotals } from './read-totals.ts'
import { SAMPLES } from './sample-invoices.ts'
import { fromNote, testInvoice } from './test-invoices.ts'
import { writeUbl } from './write-ubl.ts'

const domestic = SAMPLES['domestic net invoice with two rates']!
const collective = SAMPLES['collective invoice of three delivery notes']!

describe('invoice as UBL', () => {
  test('names the specification of its profile, and the process where that is asked for', () => {
    const xrechnung = writeUbl(domestic, 'xrechnung')
    expect(xrechnung).toContain(
      '<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>' +
        '<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>',
    )
    expect(writeUbl(domestic, 'en16931')).toContain(
      '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>',
    )
    expect(writeUbl(domestic, 'peppol')).toContain('poacc:billing:3.0</cbc:CustomizationID><cbc:ProfileID>')
  })

  test.each(Object.entries(SAMPLES))('%s has no empty element', (_, invoice) => {
    expect(writeUbl(invoice, 'xrechnung', { despatchLineReference: true })).not.toMatch(/<([\w:]+)[^>]*>\s*<\/\1>|\/>/)
  })

  test('a credit note (381) is a document of its own: positive quantities, its due date in the payment means', () => {
    const xml = writeUbl(SAMPLES['credit note']!, 'xrechnung')
    expect(xml).toMatch(/^<\?xml[^>]*>\n<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"/)
    expect(xml).toContain('<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>')
    expect(xml).toContain('<cac:CreditNoteLine>')
    expect(xml).toContain('<cbc:CreditedQuantity unitCode="H87">2</cbc:CreditedQuantity>')
    expect(xml).toContain('<cbc:PaymentDueDate>2026-12-24</cbc:PaymentDueDate>')
    expect(xml).not.toContain('<cbc:DueDate>')
    expect(xml).toContain(
      '<cac:InvoiceDocumentReference><cbc:ID>RE-2026-000123</cbc:ID></cac:InvoiceDocumentReference>',
    )
  })

  test.each(['326', '380', '384', '389'] as const)('a document of type %s is an Invoice', (typeCode) => {
    expect(writeUbl({ ...domestic, typeCode }, 'xrechnung')).toContain(`<cbc:InvoiceTypeCode>${typeCode}</`)
  })

  test('a correction (384) has negative quantities, prices above zero, and names the invoice it corrects', () => {
    const xml = writeUbl(SAMPLES['correction with negative quantities']!, 'xrechnung')
    expect(xml).toContain('<cbc:InvoicedQuantity unitCode="H87">-2</cbc:InvoicedQuantity>')
    expect(xml).toContain('<cbc:PriceAmount currencyID="EUR">19.99</cbc:PriceAmount>')
    expect(xml).toContain('<cbc:ID>RE-2026-000123</cbc:ID><cbc:IssueDate>2026-11-24</cbc:IssueDate>')
    expect(readTotals(xml).amountDue).toBeLessThan(0)
  })

  test('Skonto lines are written as BR-DE-18 asks, each closed by a newline, the free words after them', () => {
    expect(writeUbl(domestic, 'xrechnung')).toContain(
      '<cac:PaymentTerms><cbc:Note>#SKONTO#TAGE=8#PROZENT=2.00#\n' +
        '#SKONTO#TAGE=14#PROZENT=1.00#BASISBETRAG=50.00#\nZahlbar bis 24.12.2026 ohne Abzug.</cbc:Note></cac:PaymentTerms>',
    )
    expect(writeUbl({ ...domestic, paymentTermsText: undefined }, 'xrechnung')).toContain(
      'BASISBETRAG=50.00#\n</cbc:Note>',
    )
  })

  test('one delivery note stands in the header, of several each line names its own', () => {
    expect(writeUbl(domestic, 'xrechnung')).toContain(
      '<cac:DespatchDocumentReference><cbc:ID>LS-2026-000017</cbc:ID></cac:DespatchDocumentReference>',
    )
    const xml = writeUbl(collective, 'xrechnung')
    expect(xml).not.toContain('<cac:DespatchDocumentReference>')
    expect(xml).toContain(
      '<cac:InvoicePeriod><cbc:StartDate>2026-11-03</cbc:StartDate><cbc:EndDate>2026-11-20</cbc:EndDate>',
    )
    expect(xml).toContain('<cbc:Note>Lieferschein LS-2026-000021 vom 10.11.2026, Pos. 2</cbc:Note>')
    expect(xml).toContain(
      '<cac:DocumentReference><cbc:ID schemeID="DQ">LS-2026-000021</cbc:ID>' +
        '<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>',
    )
    expect(xml).toContain('<cac:OrderLineReference><cbc:LineID>20</cbc:LineID></cac:OrderLineReference>')
    expect(xml).not.toContain('DespatchLineReference')
  })

  test('a partner who asked for it gets a true reference to the line of the delivery note', () => {
    expect(writeUbl(collective, 'xrechnung', { despatchLineReference: true })).toContain(
      '<cac:DespatchLineReference><cbc:LineID>2</cbc:LineID><cac:DocumentReference><cbc:ID>LS-2026-000021</cbc:ID>' +
        '<cbc:IssueDate>2026-11-10</cbc:IssueDate></cac:DocumentReference></cac:DespatchLineReference>',
    )
  })

  test('Peppol takes one note only: ours are joined', () => {
    const xml = writeUbl({ ...domestic, notes: ['Eins', 'Zwei'] }, 'peppol')
    expect(xml).toContain('<cbc:Note>Eins\nZwei</cbc:Note>')
    expect(writeUbl({ ...domestic, notes: ['Eins', 'Zwei'] }, 'xrechnung')).toContain(
      '<cbc:Note>Eins</cbc:Note><cbc:Note>Zwei',
    )
  })

  test('our order number needs an order of the buyer in UBL: NA where there is none', () => {
    const orders = (xml: string) => /<cac:OrderReference>.*?<\/cac:OrderReference>/.exec(xml)?.[0]
    expect(orders(writeUbl({ ...domestic, buyerOrderNumber: undefined }, 'xrechnung'))).toBe(
      '<cac:OrderReference><cbc:ID>NA</cbc:ID><cbc:SalesOrderID>AB-2026-000077</cbc:SalesOrderID></cac:OrderReference>',
    )
    expect(
      orders(writeUbl({ ...domestic, buyerOrderNumber: undefined, orderNumber: undefined }, 'en16931')),
    ).toBeUndefined()
  })

  test('a direct debit names mandate, creditor id and debited account', () => {
    const xml = writeUbl(SAMPLES['direct debit']!, 'xrechnung')
    expect(xml).toContain('<cac:PartyIdentification><cbc:ID schemeID="SEPA">DE98ZZZ09999999999</cbc:ID>')
    expect(xml).toContain(
      '<cac:PaymentMandate><cbc:ID>M-1</cbc:ID><cac:PayerFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID>',
    )
    expect(xml).toContain('<cbc:PrepaidAmount currencyID="EUR">100.00</cbc:PrepaidAmount>')
  })

  test('what is not subject to VAT has no rate, but in the breakdown of an XRechnung', () => {
    const voucher = SAMPLES['voucher, not subject to VAT']!
    expect(writeUbl(voucher, 'en16931')).not.toContain('<cbc:Percent>')
    expect(writeUbl(voucher, 'xrechnung').match(/<cbc:Percent>0<\/cbc:Percent>/g)).toHaveLength(1)
  })

  test('a cent of rounding from gross prices stands in the totals', () => {
    expect(writeUbl(SAMPLES['consumer invoice from gross prices with rounding']!, 'en16931')).toContain(
      '<cbc:TaxInclusiveAmount currencyID="EUR">23.43</cbc:TaxInclusiveAmount>' +
        '<cbc:PayableRoundingAmount currencyID="EUR">0.01</cbc:PayableRoundingAmount>' +
        '<cbc:PayableAmount currencyID="EUR">23.44</cbc:PayableAmount>',
    )
  })

  test('a collective invoice of 5,000 lines is written whole', () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => ({
      quantity: 1_000 + i,
      price: 12_345 + i,
      more: fromNote(`LS-${Math.floor(i / 20)}`, '2026-11-03', (i % 20) + 1),
    }))
    const invoice = testInvoice({ lines })
    const totals = readTotals(writeUbl(invoice, 'xrechnung'))
    expect(totals.lineCount).toBe(5_000)
    expect(totals.linesNet).toBe(invoice.totals.linesNet)
  })
})
