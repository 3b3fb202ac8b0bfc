import { type Refusal, refuse } from '../../../common/refusal.ts'
import { MAX_XML } from '../read/limits.ts'
import { decodeStream, dictionaryOf, type PdfObject, type PdfObjects, readObjects } from './objects.ts'
import { BrokenPdf, type PdfDictionary, type PdfValue, textOf, UnsafePdf } from './values.ts'

/** Names the standards give to the invoice in a hybrid PDF: Factur-X and ZUGFeRD 2.1, ZUGFeRD 2.0, ZUGFeRD 1, XRechnung. */
const INVOICE_NAMES = ['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml']

/**
 * The XML of the invoice that a hybrid PDF carries (Factur-X, ZUGFeRD). Refused: a PDF without one, an encrypted or
 * broken one, one with two that differ, and one that unpacks to more than an invoice can be.
 */
export function findInvoiceInPdf(bytes: Buffer): { name: string; xml: Buffer } | Refusal {
  try {
    if (isEncrypted(bytes)) return refuse('pdf-encrypted')
    const objects = readObjects(bytes)
    if (![...objects.values()].some((o) => dictionaryOf(o)?.has('Pages'))) return refuse('pdf-broken')
    const found = embeddedFiles(objects)
    if (found.length === 0) return refuse('pdf-without-invoice')
    const contents = found.map(({ name, file }) => ({ name, xml: decodeStream(file, MAX_XML) }))
    const [first, ...others] = contents
    return others.every(({ xml }) => xml.equals(first!.xml)) ? first! : refuse('pdf-with-several-invoices')
  } catch (error) {
    if (error instanceof UnsafePdf) return refuse('unsafe-file')
    if (error instanceof BrokenPdf) return refuse('pdf-broken')
    throw error
  }
}

function isEncrypted(bytes: Buffer): boolean {
  return /\/Encrypt[\0\t\n\f\r ]{1,8}(\d{1,10}[\0\t\n\f\r ]{1,8}\d{1,5}[\0\t\n\f\r ]{1,8}R|<<)/.test(
    bytes.toString('latin1'),
  )
}

/** File specifications (7.11.3) that carry a file with the name of an invoice. */
function embeddedFiles(objects: PdfObjects): { name: string; file: PdfObject }[] {
  const specifications = [...objects.values()].flatMap(({ value }) => dictionariesIn(value).filter((d) => d.has('EF')))
  return specifications.flatMap((specification) => {
    const name = textOf(specification.get('UF')) ?? textOf(specification.get('F')) ?? ''
    if (!INVOICE_NAMES.includes(name.toLowerCase())) return []
    const files = resolved(specification.get('EF'), objects)
    const ref = files?.get('F') ?? files?.get('UF')
    const file = ref?.kind === 'ref' ? objects.get(ref.value) : undefined
    if (!file) throw new BrokenPdf('an embedded file that is not there')
    return [{ name, file }]
  })
}

function resolved(value: PdfValue | undefined, objects: PdfObjects): PdfDictionary | undefined {
  if (value?.kind === 'ref') return dictionaryOf(objects.get(value.value))
  return value?.kind === 'dictionary' ? value.value : undefined
}

/** A value's dictionary and those within: a specification may lie in the tree of names itself. */
function dictionariesIn(value: PdfValue): PdfDictionary[] {
  if (value.kind === 'array') return value.value.flatMap(dictionariesIn)
  if (value.kind !== 'dictionary') return []
  return [value.value, ...[...value.value.values()].flatMap(dictionariesIn)]
}
