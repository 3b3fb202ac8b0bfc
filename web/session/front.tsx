import type { ReactNode } from 'react'
import { LanguageSwitch } from '../ui/appearance.tsx'
import sign from '../ui/tresen.svg'
import './front.css'

/** What is seen before log-in: a quiet page with one form. */
export function Front({ wide, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div className="front">
      <main className={wide ? 'front-card front-wide' : 'front-card'}>
        <div className="spread front-brand">
          <span className="brand">
            <img src={sign} width="26" height="26" alt="" />
            Tresen
          </span>
          <LanguageSwitch />
        </div>
        {children}
      </main>
    </div>
  )
}
