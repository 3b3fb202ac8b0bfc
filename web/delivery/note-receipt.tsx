import { IconSignature } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../session/me.tsx'
import { Secondary, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { Note } from './note.ts'
import { ReceiptPanel } from './receipt-panel.tsx'
import { SignatureImage } from './signature-pad.tsx'
import './receipt.css'

/** Who took the goods, and who was named before him by mistake. */
export function NoteReceipt({ note }: { note: Note }) {
  const { w, f } = useWords()
  const words = w.delivery.receipt
  const may = useMay()
  const [open, setOpen] = useState(false)
  return (
    <Section title={words.title}>
      {note.receipts.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <ul className="receipts">
          {note.receipts.map((receipt, i) => (
            <li key={receipt.recordedAt} className={i > 0 ? 'receipt-former' : undefined}>
              <p className={i === 0 ? 'strong' : 'quiet'}>
                {receipt.takenBy}, {f.moment(receipt.takenAt)}
              </p>
              {i > 0 && <p className="quiet small">{words.former}</p>}
              {receipt.reason && <p className="small">{words.because(receipt.reason)}</p>}
              {receipt.signature && (
                <SignatureImage strokes={receipt.signature} name={words.signatureOf(receipt.takenBy)} />
              )}
              <p className="quiet small">{words.recordedBy(receipt.recordedBy)}</p>
            </li>
          ))}
        </ul>
      )}
      {may('delivery.write') && (
        <Secondary size="xs" leftSection={<IconSignature size={15} />} onClick={() => setOpen(true)}>
          {note.receipts.length === 0 ? words.record : words.again}
        </Secondary>
      )}
      {open && <ReceiptPanel note={note} onClose={() => setOpen(false)} />}
    </Section>
  )
}
