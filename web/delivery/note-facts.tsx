import { Link } from '@tanstack/react-router'
import { CustomerLinks } from '../links/customer-links.tsx'
import { DocumentSending } from '../sending/document-sending.tsx'
import { useMay } from '../session/me.tsx'
import { Files } from '../ui/files.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { Note } from './note.ts'

export function NoteFacts({ note }: { note: Note }) {
  const { w, f } = useWords()
  const may = useMay()
  return (
    <>
      <Section title={w.delivery.details}>
        <Facts
          facts={[
            [
              w.delivery.customer,
              may('customers.read') ? (
                <Link key="customer" to="/customers/$id" params={{ id: note.customerId }}>
                  {note.customerName}
                </Link>
              ) : (
                note.customerName
              ),
            ],
            [w.delivery.location, note.locationName],
            [w.delivery.created, f.moment(note.createdAt)],
            [w.delivery.deliveredOn, note.deliveredOn && f.day(note.deliveredOn)],
            [w.delivery.parcels, note.parcels !== null && f.count(note.parcels)],
            [w.delivery.weight, note.grossWeight !== null && f.kilograms(note.grossWeight)],
            [w.delivery.carrier, note.carrier],
            [w.delivery.trackingNumber, note.trackingNumber],
          ]}
        />
      </Section>
      {note.documentId && <DocumentSending documentId={note.documentId} title={w.delivery.note(note.number ?? '')} />}
      {note.documentId && <CustomerLinks customerId={note.customerId} documentId={note.documentId} />}
      {note.documentId && note.files.length > 0 && (
        <Section title={w.files.title}>
          <Files documentId={note.documentId} files={note.files} />
        </Section>
      )}
    </>
  )
}
