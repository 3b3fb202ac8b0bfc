import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { SAMPLES } from '../../invoicing/e-invoice/sample-invoices.ts'
import { writeUbl } from '../../invoicing/e-invoice/write-ubl.ts'
import { readReceived } from './read-received.ts'

const pdf = readFileSync(join(import.meta.dirname, '../fixtures/zugferd-corpus/valid/EN16931_Einfach.pdf'))
const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'
const invoice = (content: string, head = '') => Buffer.from(`${head}<Invoice xmlns="${UBL}">${content}</Invoice>`)
const MIB = 1024 * 1024

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "lol">${'bcdefghij'
  .split('')
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i]};`.repeat(10)}">`)
  .join('')}]>`

/** A PDF that carries a file, with whatever stands in its objects. */
function pdfWith(stream: Buffer, dictionary: string, more = ''): Buffer {
  const catalog = '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n'
  const specification = '3 0 obj<</Type/Filespec/F(factur-x.xml)/EF<</F 4 0 R>>>>endobj\n'
  const head = `%PDF-1.7\n${catalog}${specification}${more}4 0 obj<<${dictionary}/Length ${stream.length}>>stream\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), stream, Buffer.from('\nendstream endobj\n%%EOF')])
}

const bomb = () => deflateSync(Buffer.alloc(200 * MIB))

const HOSTILE: Readonly<Record<string, readonly [code: string, bytes: () => Buffer]>> = {
  'a billion laughs': ['unsafe-file', () => invoice('<ID>&j;</ID>', LAUGHS)],
  'a billion laughs in UTF-16': [
    'unsafe-file',
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${LAUGHS}<Invoice/>`, 'utf16le')]),
  ],
  'an entity from a file': [
    'unsafe-file',
    () => invoice('&x;', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
  ],
  'XML nested too deep': ['unsafe-file', () => invoice('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
  'XML of a million elements': ['unsafe-file', () => invoice('<a/>'.repeat(1_000_000))],
  'a tag that never ends': ['unsafe-file', () => invoice(`<a ${'b="c" '.repeat(1_000_000)}/>`)],
  'many tags that never end': ['unsafe-file', () => invoice('<a '.repeat(1_000_000))],
  'XML that stops in the midst': [
    'xml-broken',
    () => Buffer.from(writeUbl(SAMPLES.export!, 'en16931')).subarray(0, 2_000),
  ],
  'XML with bytes that are no text': ['xml-broken', () => invoice('.'.repeat(90)).fill(0xff, 90, 95)],
  'a stream that inflates to 200 MB': ['unsafe-file', () => pdfWith(bomb(), '/Filter/FlateDecode')],
  'objects that inflate to 200 MB': [
    'unsafe-file',
    () => pdfWith(bomb(), '/Type/ObjStm/N 1/First 4/Filter/FlateDecode'),
  ],
  'a stream inflated twice': ['pdf-broken', () => pdfWith(deflateSync(bomb()), '/Filter[/FlateDecode/FlateDecode]')],
  'half a PDF': ['pdf-broken', () => pdf.subarray(0, pdf.length / 2)],
  'a PDF that stops in the invoice': [
    'pdf-broken',
    () => pdfWith(deflateSync(invoice('')), '/Filter/FlateDecode').subarray(0, -40),
  ],
  'a PDF of comments without end': ['pdf-broken', () => Buffer.from(`%PDF-1.7 ${'1 0 obj % '.repeat(1_000_000)}`)],
  'a PDF of comments that lead nowhere': [
    'unsafe-file',
    () => Buffer.from(`%PDF-1.7 ${'1 0 obj % '.repeat(50_000)}\n}`),
  ],
  'a PDF of broken objects only': ['unsafe-file', () => Buffer.from(`%PDF-1.7 ${'1 0 obj ['.repeat(1_000_000)}`)],
  'a PDF that ends in a string': ['pdf-broken', () => Buffer.from('%PDF-1.7 1 0 obj (abc')],
  'a PDF of strings without end': ['unsafe-file', () => Buffer.from(`%PDF-1.7 ${'1 0 obj ('.repeat(1_000_000)}`)],
  'a PDF of streams without end': [
    'pdf-broken',
    () => Buffer.from(`%PDF-1.7 ${'1 0 obj<<>>stream\n'.repeat(500_000)}`),
  ],
  'a PDF nested too deep': ['pdf-broken', () => Buffer.from(`%PDF-1.7 1 0 obj ${'['.repeat(5_000_000)}`)],
  'a PDF of ten million values': ['unsafe-file', () => Buffer.from(`%PDF-1.7 1 0 obj [${'0 '.repeat(9_000_000)}]`)],
  'an encrypted PDF': ['pdf-encrypted', () => pdfWith(Buffer.alloc(9), '', '9 0 obj<</Encrypt 8 0 R>>endobj ')],
  'a PDF with another file': [
    'pdf-without-invoice',
    () => Buffer.from(pdfWith(invoice(''), '').toString('latin1').replace('factur-x.xml', 'picture.png'), 'latin1'),
  ],
  'a PDF with two invoices': [
    'pdf-with-several-invoices',
    () =>
      pdfWith(
        invoice('<ID>1</ID>'),
        '',
        '5 0 obj<</F(xrechnung.xml)/EF<</F 6 0 R>>>>endobj 6 0 obj<</Length 4>>stream\n<a/>\nendstream endobj ',
      ),
  ],
  HTML: ['not-an-e-invoice', () => Buffer.from('<!DOCTYPE html><html><script>alert(1)</script></html>')],
  'HTML called an invoice': ['not-an-e-invoice', () => Buffer.from('<Invoice><script>alert(1)</script></Invoice>')],
  'a picture': ['not-an-e-invoice', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  nothing: ['not-an-e-invoice', () => Buffer.alloc(0)],
  'the old ZUGFeRD 1': [
    'zugferd-1',
    () => Buffer.from('<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"/>'),
  ],
  'more than a file may have': ['too-large', () => Buffer.alloc(21 * MIB, '%PDF-')],
}

describe('a hostile file is refused unharmed', () => {
  test.each(Object.entries(HOSTILE))('%s', (_, [code, make]) => {
    const bytes = make()
    const memory = process.memoryUsage()
    const start = performance.now()
    const refusal = readReceived(bytes)
    const milliseconds = performance.now() - start
    const grown = process.memoryUsage()
    expect(refusal).toMatchObject({ refused: true, code })
    expect(milliseconds).toBeLessThan(1_000)
    expect(grown.heapUsed + grown.external - memory.heapUsed - memory.external).toBeLessThan(150 * MIB)
  })

  test('the five entities of XML and characters by number are read, however many', () => {
    const text = 'A &amp; B &#228;&#xE4; '.repeat(3_000)
    const file = readReceived(invoice(`<ID>1</ID><Note>${text}</Note>`))
    expect(file).toMatchObject({ invoice: { notes: ['A & B ää '.repeat(3_000).trim()] } })
  })

  test('an invoice that lies in an object stream is found', () => {
    const objects = '<</Type/Filespec/UF<feff006600610063007400750072002d0078002e0078006d006c>/EF<</F 4 0 R>>>>'
    const packed = deflateSync(Buffer.from(`3 0 ${objects}`))
    const head = `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>stream\n`
    const xml = invoice('<ID>7</ID>')
    const tail = `\nendstream endobj\n4 0 obj<</Length ${xml.length}>>stream\n${xml}\nendstream endobj`
    const file = readReceived(Buffer.concat([Buffer.from(head), packed, Buffer.from(tail)]))
    expect(file).toMatchObject({ container: 'pdf', invoice: { number: '7' } })
  })
})
