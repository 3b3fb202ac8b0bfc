import { createHash } from 'node:crypto'

/** How much of the invoice the embedded XML says, in the words of the Factur-X XMP schema. */
export type FacturXLevel = 'MINIMUM' | 'BASIC WL' | 'BASIC' | 'EN 16931' | 'EXTENDED' | 'XRECHNUNG'

const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#'
const END_OF_SCHEMAS = '</rdf:Bag></pdfaExtension:schemas>'
const END_OF_RDF = '</rdf:RDF>'

/**
 * Says in the metadata of a PDF/A-3 that it carries a Factur-X invoice, so that the receiver's software looks for it.
 * The file is extended (incremental update, ISO 32000-1 7.5.6), never rewritten: the page stays as it was drawn. It
 * relies on what Typst writes (classic cross-reference table, plain catalogue and metadata) and throws on all else.
 */
export function withFacturX(pdf: Uint8Array, level: FacturXLevel, fileName = 'factur-x.xml'): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const trailer = readTrailer(text)
  const catalogue = objectAt(text, trailer, trailer.root)
  const metadata = Number(find(/\/Metadata (\d+) 0 R/, text.slice(...catalogue), 'a catalogue with metadata'))
  const packet = readPacket(text.slice(...objectAt(text, trailer, metadata)))
  const body = Buffer.from(extendPacket(packet, level, fileName), 'utf8')
  return appendObject(pdf, trailer, { number: metadata, body })
}

interface Trailer {
  /** where the cross-reference table begins */
  table: number
  size: string
  root: number
  info?: string
  id: string
}

function readTrailer(text: string): Trailer {
  const table = Number(find(/startxref\s+(\d+)\s+%%EOF\s*$/, text.slice(-64), 'an end of file'))
  if (!text.startsWith('xref', table)) throw unexpected('a classic cross-reference table')
  const trailer = text.slice(text.indexOf('trailer', table))
  return {
    table,
    size: find(/\/Size (\d+)/, trailer, 'a trailer with a size'),
    root: Number(find(/\/Root (\d+) 0 R/, trailer, 'a trailer with a root')),
    info: /\/Info (\d+ \d+ R)/.exec(trailer)?.[1],
    id: find(/\/ID\s*\[\s*(\((?:\\[\s\S]|[^\\)])*\)|<[0-9A-Fa-f]*>)/, trailer, 'a trailer with an id'),
  }
}

/** Where an object begins and ends, looked up in the cross-reference table as a reader would. */
function objectAt(text: string, { table }: Trailer, number: number): [from: number, to: number] {
  const head = /^xref\s+0 \d+\s*?\n/.exec(text.slice(table, table + 64))
  if (!head) throw unexpected('a cross-reference table in one part')
  const entry = text.slice(table + head[0].length + number * 20, table + head[0].length + number * 20 + 18)
  const from = Number(find(/^(\d{10}) \d{5} n/, entry, `object ${number} in use`))
  if (!text.startsWith(`${number} 0 obj`, from)) throw unexpected(`object ${number} at its place`)
  return [from, text.indexOf('endobj', from)]
}

/** The XMP packet inside a metadata object. */
function readPacket(object: string): string {
  const begin = object.indexOf('stream')
  if (object.slice(0, begin).includes('/Filter')) throw unexpected('uncompressed metadata')
  const packet = find(/stream\r?\n([\s\S]*?)\r?\nendstream/, object, 'a metadata stream')
  return Buffer.from(packet, 'latin1').toString('utf8').trimEnd()
}

/** Adds our schema to the one list of extension schemas (a second list would be no valid PDF/A) and our four facts. */
function extendPacket(packet: string, level: FacturXLevel, fileName: string): string {
  if (!packet.includes(END_OF_SCHEMAS) || !packet.includes(END_OF_RDF)) throw unexpected('a list of extension schemas')
  if (packet.includes(NAMESPACE)) throw unexpected('metadata without Factur-X')
  const facts =
    `<rdf:Description rdf:about="" xmlns:fx="${NAMESPACE}"><fx:DocumentType>INVOICE</fx:DocumentType>` +
    `<fx:DocumentFileName>${fileName}</fx:DocumentFileName><fx:Version>1.0</fx:Version>` +
    `<fx:ConformanceLevel>${level}</fx:ConformanceLevel></rdf:Description>`
  return packet.replace(END_OF_SCHEMAS, () => SCHEMA + END_OF_SCHEMAS).replace(END_OF_RDF, () => facts + END_OF_RDF)
}

const SCHEMA =
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>' +
  `<pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>` +
  '<pdfaSchema:property><rdf:Seq>' +
  property('DocumentFileName', 'The name of the embedded XML document') +
  property('DocumentType', 'The type of the hybrid document in capital letters, e.g. INVOICE or ORDER') +
  property('Version', 'The actual version of the standard applying to the embedded XML document') +
  property('ConformanceLevel', 'The conformance level of the embedded XML document') +
  '</rdf:Seq></pdfaSchema:property></rdf:li>'

function property(name: string, description: string): string {
  return (
    `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name>` +
    '<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>' +
    `<pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`
  )
}

/** The file as it was, then the metadata again, a cross-reference table of this one object and a trailer to the old. */
function appendObject(
  pdf: Uint8Array,
  trailer: Trailer,
  { number, body }: { number: number; body: Buffer },
): Uint8Array {
  const newLine = pdf.at(-1) === 0x0a ? '' : '\n'
  const head = latin1(
    `${newLine}${number} 0 obj\n<<\n  /Type /Metadata\n  /Subtype /XML\n  /Length ${body.length}\n>>\nstream\n`,
  )
  const tail = latin1('\nendstream\nendobj\n')
  const objectFrom = pdf.length + newLine.length
  const tableFrom = pdf.length + head.length + body.length + tail.length
  // the second half of the id changes with the content and depends on nothing else: the same invoice, the same bytes
  const changed = createHash('md5').update(pdf).update(body).digest('hex')
  const end = latin1(
    `xref\n${number} 1\n${String(objectFrom).padStart(10, '0')} 00000 n \ntrailer\n<<\n  /Size ${trailer.size}\n` +
      `  /Root ${trailer.root} 0 R\n${trailer.info ? `  /Info ${trailer.info}\n` : ''}  /ID [${trailer.id} <${changed}>]\n` +
      `  /Prev ${trailer.table}\n>>\nstartxref\n${tableFrom}\n%%EOF\n`,
  )
  return Buffer.concat([pdf, head, body, tail, end])
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

function find(pattern: RegExp, text: string, what: string): string {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw unexpected(what)
  return found
}

function unexpected(what: string): Error {
  return new Error(`Factur-X: the PDF is not built as expected, it lacks ${what}`)
}
