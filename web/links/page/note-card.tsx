import { IconAlertTriangle } from '@tabler/icons-react'
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH, signaturePath } from '../../../common/delivery/signature-path.ts'
import type { LinkContent } from '../../../common/links/content.ts'
import { Files } from './files.tsx'
import { mostOf } from './report-draft.ts'
import { useSaid } from './words.ts'

type Note = LinkContent['notes'][number]

interface NoteCardProps {
  token: string
  note: Note
  mayReport: boolean
  onReport: (note: Note) => void
}

/** What was delivered, who took it, and the way to say that something is wrong with it. */
export function NoteCard({ token, note, mayReport, onReport }: NoteCardProps) {
  const { w, f } = useSaid()
  const goods = note.lines.filter((l) => l.kind === 'goods')
  const reportable = goods.some((l) => mostOf(l) > 0)
  return (
    <article className="card" aria-labelledby={`note-${note.id}`}>
      <div className="card-head">
        <h2 id={`note-${note.id}`}>
          {w.kinds['delivery-note']} <span className="number">{note.number}</span>
        </h2>
        <p className="quiet">{w.deliveredOn(f.day(note.deliveredOn))}</p>
      </div>
      <ul className="lines">
        {goods.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <NoteFacts note={note} />
      <Files token={token} files={note.files} name={note.number} />
      {reportable && mayReport && (
        <button type="button" className="wide-button" onClick={() => onReport(note)}>
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
          {w.shortage}
        </button>
      )}
      {reportable && !mayReport && <p className="quiet no-print">{w.noReports}</p>}
    </article>
  )
}

function Line({ line }: { line: Note['lines'][number] }) {
  const { w, amount, language } = useSaid()
  const name = (language === 'en' ? line.nameEn : null) ?? line.name
  return (
    <li className="line">
      <span className="line-words">
        <span>{name}</span>
        <span className="quiet small">
          {line.articleNumber}
          {line.returned > 0 && <span className="warn"> · {w.returned(amount(line.returned, line.unit))}</span>}
        </span>
      </span>
      <span className="line-quantity">{amount(line.delivered, line.unit)}</span>
    </li>
  )
}

function NoteFacts({ note }: { note: Note }) {
  const { w, f } = useSaid()
  const { deliverTo: to, receipt } = note
  const sent = [note.carrier, note.trackingNumber, note.parcels !== null && w.parcels(note.parcels)].filter(Boolean)
  return (
    <dl className="facts">
      {note.orders.map((order) => (
        <div key={order.number}>
          <dt>{w.order}</dt>
          <dd>
            {[order.number, order.buyerOrderNumber && w.yourOrder(order.buyerOrderNumber)].filter(Boolean).join(', ')}
          </dd>
        </div>
      ))}
      <div>
        <dt>{w.deliveredTo}</dt>
        <dd>{[to.name, to.street, `${to.postalCode} ${to.city}`].filter(Boolean).join(', ')}</dd>
      </div>
      {sent.length > 0 && (
        <div>
          <dt>{w.sentWith}</dt>
          <dd>{sent.join(', ')}</dd>
        </div>
      )}
      {receipt && (
        <div>
          <dt>{w.received}</dt>
          <dd>
            {w.receivedBy(receipt.takenBy, f.moment(receipt.takenAt))}
            {receipt.signature && (
              <svg
                className="signature"
                viewBox={`0 0 ${SIGNATURE_WIDTH} ${SIGNATURE_HEIGHT}`}
                role="img"
                aria-label={w.signatureOf(receipt.takenBy)}
              >
                <path d={signaturePath(receipt.signature)} />
              </svg>
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}
