import { fileAddress } from '../ui/files.tsx'
import { useWords } from '../words/words.ts'
import type { Invoice } from './show-invoice.tsx'

/** The archived PDF itself, in the size of a page. */
export function InvoicePdf({ invoice }: { invoice: Invoice }) {
  const { w } = useWords()
  const ready = invoice.files.some((file) => file.format === 'pdf' && file.ready)
  if (!ready) {
    return (
      <div className="pdf pdf-waits" role="status">
        {w.billing.pdfWaits}
      </div>
    )
  }
  return (
    <iframe
      className="pdf"
      title={invoice.number}
      src={`${fileAddress(invoice.documentId, 'pdf')}#view=FitH&toolbar=0&navpanes=0`}
    />
  )
}
