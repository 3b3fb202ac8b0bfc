import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { LinkContent } from '../../../common/links/content.ts'
import type { Language } from '../../../common/refusal.ts'
import { logoAddress } from './ask.ts'
import { useSaid } from './words.ts'

interface HeadProps {
  token: string
  content: LinkContent
  onLanguage: (language: Language) => void
}

/** Who writes, about what, and what is open. */
export function Head({ token, content, onLanguage }: HeadProps) {
  const { w, f, language } = useSaid()
  const { merchant, about, customer, open } = content
  return (
    <header className="head">
      <div className="head-bar">
        <Logo token={token} merchant={merchant} />
        <div className="head-tools">
          <fieldset className="switch" aria-label={w.language}>
            {(['de', 'en'] as const).map((l) => (
              <button key={l} type="button" lang={l} aria-pressed={l === language} onClick={() => onLanguage(l)}>
                {l.toUpperCase()}
              </button>
            ))}
          </fieldset>
          <button type="button" className="icon-button" aria-label={w.print} onClick={() => window.print()}>
            <IconPrinter size={20} stroke={1.6} aria-hidden="true" />
          </button>
        </div>
      </div>
      <div className="head-title">
        <div>
          <h1>
            {about ? (
              <>
                {w.kinds[about.kind]} <span className="number">{about.number}</span>
              </>
            ) : (
              w.yourPapers
            )}
          </h1>
          <p className="quiet">{w.for(customer.name)}</p>
        </div>
        {content.invoices.length > 0 && (
          <p className="head-open">
            {open > 0 ? (
              <>
                <span className="quiet">{w.open}</span> <strong>{f.euros(open)}</strong>
              </>
            ) : (
              <span className="mark mark-good">{w.nothingOpen}</span>
            )}
          </p>
        )}
      </div>
    </header>
  )
}

/** The merchant's sign as a picture, so that nothing in it can run; his name where he has none or it does not come. */
function Logo({ token, merchant }: { token: string; merchant: LinkContent['merchant'] }) {
  const [missing, setMissing] = useState(!merchant.hasLogo)
  if (missing) return <span className="merchant-name">{merchant.name}</span>
  return <img className="logo" src={logoAddress(token)} alt={merchant.name} onError={() => setMissing(true)} />
}
