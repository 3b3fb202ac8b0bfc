import { type StoredLetterhead, withLogo } from '../branches/index.ts'
import { type FileMaker, type InvoicePrint, type MadeFile, renderPdf } from '../documents/index.ts'
import type { Database } from '../kernel/index.ts'
import type { En16931Invoice } from './e-invoice/en16931.ts'
import { writeCii } from './e-invoice/write-cii.ts'
import { writeUbl } from './e-invoice/write-ubl.ts'

/** An invoice as it is archived: what it says (EN 16931) and the paper it is printed on. */
export interface InvoiceSnapshot extends Omit<InvoicePrint, 'letterhead' | 'invoice'> {
  invoice: En16931Invoice
  letterhead: StoredLetterhead
  /** Factur-X inside the PDF; not for a customer who wants plain PDF */
  hybrid: boolean
}

/** The files of an invoice or correction: PDF/A-3 with Factur-X inside, XRechnung as UBL and as CII. */
export const makeInvoiceFile: FileMaker = async (
  snapshot: InvoiceSnapshot,
  format,
  database: Database,
): Promise<MadeFile> => {
  const { invoice, hybrid, ...print } = snapshot
  const xml = (name: string, text: string): MadeFile => ({
    fileName: `${invoice.number}-${name}.xml`,
    mediaType: 'application/xml',
    bytes: new TextEncoder().encode(text),
  })
  if (format === 'xrechnung-ubl') return xml('xrechnung-ubl', writeUbl(invoice, 'xrechnung'))
  if (format === 'xrechnung-cii') return xml('xrechnung-cii', writeCii(invoice, 'xrechnung'))
  if (format === 'factur-x') return xml('factur-x', writeCii(invoice, 'en16931'))
  const attachment = hybrid
    ? { attachment: { name: 'factur-x.xml', xml: writeCii(invoice, 'en16931'), profile: 'EN 16931' as const } }
    : {}
  const letterhead = await withLogo(database, snapshot.letterhead)
  // the page says the terms and what is corrected in its own words, with the Skonto worked out
  const printed = { ...invoice, paymentTermsText: undefined, notes: invoice.notes.slice(print.corrects ? 1 : 0) }
  return {
    fileName: `${invoice.number}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderPdf({ template: 'invoice', data: { ...print, letterhead, invoice: printed }, ...attachment }),
  }
}
