import { type StoredLetterhead, withLogo } from '../branches/index.ts'
import { type FileMaker, findFile, type InvoicePrint, type MadeFile, renderPdf } from '../documents/index.ts'
import type { Database } from '../kernel/index.ts'
import type { En16931Invoice, SupportingDocument } from './e-invoice/en16931.ts'
import { writeCii } from './e-invoice/write-cii.ts'
import { writeUbl } from './e-invoice/write-ubl.ts'

/** An invoice as it is archived: what it says (EN 16931) and the paper it is printed on. */
export interface InvoiceSnapshot extends Omit<InvoicePrint, 'letterhead' | 'invoice'> {
  invoice: En16931Invoice
  letterhead: StoredLetterhead
  /** Factur-X inside the PDF; not for a customer who wants plain PDF */
  hybrid: boolean
  /** each line refers to its delivery note, where the format has a place for it beyond the core */
  noteReferences?: boolean
  /** the delivery notes whose PDF goes inside the XRechnung */
  attachNotes?: { number: string; documentId: string }[]
}

/** The files of an invoice or correction: PDF/A-3 with Factur-X inside, XRechnung as UBL and as CII. */
export const makeInvoiceFile: FileMaker = async (
  snapshot: InvoiceSnapshot,
  format,
  database: Database,
): Promise<MadeFile> => {
  const { invoice, hybrid, noteReferences = false, attachNotes = [], ...print } = snapshot
  const xml = (name: string, text: string): MadeFile => ({
    fileName: `${invoice.number}-${name}.xml`,
    mediaType: 'application/xml',
    bytes: new TextEncoder().encode(text),
  })
  if (format === 'xrechnung-ubl' || format === 'xrechnung-cii') {
    const supporting = await notesOf(database, attachNotes, print.language)
    return format === 'xrechnung-cii'
      ? xml(format, writeCii(invoice, 'xrechnung', { supporting }))
      : xml(format, writeUbl(invoice, 'xrechnung', { supporting, despatchLineReference: noteReferences }))
  }
  if (format === 'factur-x') return xml('factur-x', writeCii(invoice, 'en16931'))
  const attachment = hybrid ? { attachment: facturX(invoice, noteReferences) } : {}
  const letterhead = await withLogo(database, snapshot.letterhead)
  // the page says the terms and what is corrected in its own words, with the Skonto worked out
  const printed = { ...invoice, paymentTermsText: undefined, notes: invoice.notes.slice(print.corrects ? 1 : 0) }
  return {
    fileName: `${invoice.number}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderPdf({ template: 'invoice', data: { ...print, letterhead, invoice: printed }, ...attachment }),
  }
}

function facturX(invoice: En16931Invoice, extended: boolean) {
  const [syntax, profile] = extended ? (['extended', 'EXTENDED'] as const) : (['en16931', 'EN 16931'] as const)
  return { name: 'factur-x.xml', xml: writeCii(invoice, syntax), profile }
}

const words = { de: 'Lieferschein', en: 'Delivery note' }

/** Throws while a page is not made yet: the job tries again. */
async function notesOf(
  database: Database,
  notes: readonly { number: string; documentId: string }[],
  language: 'de' | 'en',
): Promise<SupportingDocument[]> {
  return Promise.all(
    notes.map(async ({ number, documentId }) => {
      const file = await findFile(database, documentId, 'pdf')
      if (!file) throw new Error(`the page of delivery note ${number} is not made yet`)
      const { fileName, bytes } = file
      return { number, description: `${words[language]} ${number}`, fileName, mediaType: 'application/pdf', bytes }
    }),
  )
}
