import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../session/me.tsx'
import { useWords } from '../words/words.ts'
import './chain.css'

export type DocumentKind = 'order' | 'delivery-note' | 'return' | 'down-payment' | 'invoice' | 'correction' | 'payment'

export const pageOfDocument = {
  order: { to: '/orders/$id', needs: 'orders.read' },
  'delivery-note': { to: '/delivery-notes/$id', needs: 'delivery.read' },
  return: { to: '/returns/$id', needs: 'delivery.read' },
  'down-payment': { to: '/invoices/$id', needs: 'invoicing.read' },
  invoice: { to: '/invoices/$id', needs: 'invoicing.read' },
  correction: { to: '/invoices/$id', needs: 'invoicing.read' },
  payment: { to: '/payments/$id', needs: 'payments.read' },
} as const

export interface ChainLink {
  kind: DocumentKind
  id: string
  word: string
  detail?: string | undefined
  /** the page one is on */
  here?: boolean
  /** taken back: still part of the story, but struck */
  off?: boolean
}

export interface Station {
  name: string
  /** how far it is, with quantities */
  summary: string
  progress: 'none' | 'half' | 'done' | 'off'
  links: ChainLink[]
}

const SHOWN = 3

/** Order, notes, invoices, payments: every neighbour one click away, with what is still open. */
export function ChainStrip({ stations }: { stations: Station[] }) {
  const { w } = useWords()
  return (
    <ol className="chain" aria-label={w.chain.label}>
      {stations.map((station) => (
        <li key={station.name} className={`station station-${station.progress}`}>
          <p className="station-name">{station.name}</p>
          <StationLinks links={station.links} />
          <p className="station-summary">{station.summary}</p>
        </li>
      ))}
    </ol>
  )
}

function StationLinks({ links }: { links: ChainLink[] }) {
  const { w } = useWords()
  const [all, setAll] = useState(false)
  const may = useMay()
  const shown = all ? links : links.slice(0, SHOWN)
  return (
    <ul className="station-links">
      {shown.map((link) => (
        <li key={link.id} className={link.off ? 'link-off' : undefined}>
          {link.here ? (
            <span className="strong" aria-current="page">
              {link.word}
            </span>
          ) : may(pageOfDocument[link.kind].needs) ? (
            <Link to={pageOfDocument[link.kind].to} params={{ id: link.id }}>
              {link.word}
            </Link>
          ) : (
            <span>{link.word}</span>
          )}
          {link.detail && <span className="station-detail">{link.detail}</span>}
        </li>
      ))}
      {links.length > shown.length && (
        <li>
          <button type="button" className="text-button" onClick={() => setAll(true)}>
            {w.chain.more(links.length - shown.length)}
          </button>
        </li>
      )}
    </ul>
  )
}
