import { afterAll, describe, expect, test } from 'vitest'
import { withFacturX } from './factur-x.ts'
import { sampleInvoice } from './print-samples.ts'
import { createRenderer } from './render.ts'
import { embeddedFileOf, plainOf } from './test-pdf.ts'

const renderer = createRenderer()
afterAll(() => renderer.close())

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n<Rechnung>Größe 漢字 🍕 &amp; "Süß"\r\n</Rechnung>\n'

describe('the hybrid invoice', () => {
  test('carries the structured invoice byte for byte, also what the paper cannot show', async () => {
    const pdf = await renderer.render({
      template: 'invoice',
      data: sampleInvoice(2),
      attachment: { name: 'factur-x.xml', xml: XML, profile: 'EN 16931' },
    })
    expect(embeddedFileOf(pdf)).toBe(XML)
    const plain = plainOf(pdf)
    expect(plain).toContain('/AFRelationship /Alternative')
    expect(plain).toMatch(/\/F \(factur-x\.xml\)/)
    expect(plain).toMatch(/\/Subtype \/text#2Fxml/)
  })

  test('says in its metadata which XML it carries, once, beside the mark of PDF/A-3', async () => {
    const pdf = await renderer.render({
      template: 'invoice',
      data: sampleInvoice(2),
      attachment: { name: 'xrechnung.xml', xml: XML, profile: 'XRECHNUNG' },
    })
    const metadata = plainOf(pdf).slice(plainOf(pdf).lastIndexOf('<?xpacket begin'))
    expect(metadata).toContain('<fx:ConformanceLevel>XRECHNUNG</fx:ConformanceLevel>')
    expect(metadata).toContain('<fx:DocumentFileName>xrechnung.xml</fx:DocumentFileName>')
    expect(metadata).toContain('<fx:DocumentType>INVOICE</fx:DocumentType>')
    expect(metadata).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(metadata.match(/<pdfaExtension:schemas>/g)).toHaveLength(1)
    expect(metadata.match(/CrossIndustryDocument:invoice:1p0#<\/pdfaSchema:namespaceURI>/g)).toHaveLength(1)
  })

  test('names an XML without lines mere data', async () => {
    const pdf = await renderer.render({
      template: 'invoice',
      data: sampleInvoice(1),
      attachment: { name: 'factur-x.xml', xml: XML, profile: 'BASIC WL' },
    })
    expect(plainOf(pdf)).toContain('/AFRelationship /Data')
  })

  test('only adds to the file: the page that was drawn stays as it is', async () => {
    const drawn = await renderer.render({ template: 'invoice', data: sampleInvoice(1) })
    const extended = withFacturX(drawn, 'EN 16931')
    expect(Buffer.from(extended.subarray(0, drawn.length)).equals(drawn)).toBe(true)
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(Buffer.from(extended).toString('latin1'))![1])
    expect(Buffer.from(extended).toString('latin1', table, table + 4)).toBe('xref')
  })

  test('is not made from a PDF that is built otherwise, and the error says what is missing', async () => {
    expect(() => withFacturX(Buffer.from('%PDF-1.7\n'), 'EN 16931')).toThrow(/lacks an end of file/)
    const drawn = await renderer.render({ template: 'invoice', data: sampleInvoice(1) })
    const changed = (from: string, to: string) =>
      Buffer.from(Buffer.from(drawn).toString('latin1').replaceAll(from, to), 'latin1')
    expect(() => withFacturX(changed('/Metadata ', '/Metadatum'), 'EN 16931')).toThrow(
      /lacks a catalogue with metadata/,
    )
    expect(() => withFacturX(changed('</pdfaExtension:schemas>', '</pdfaExtension:schemes>'), 'EN 16931')).toThrow(
      /lacks a list of extension schemas/,
    )
    expect(() => withFacturX(withFacturX(drawn, 'EN 16931'), 'EN 16931')).toThrow(/cross-reference table/)
  })
})
