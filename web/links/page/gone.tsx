import type { Refused } from './ask.ts'
import { useSaid } from './words.ts'

/** There is nothing to see: who to ask, or to try again where that may help. */
export function Gone({ refused, again }: { refused: Refused; again: () => void }) {
  const { w } = useSaid()
  const { merchant, code, status, words } = refused
  if (code === 'link-unknown' && merchant)
    return (
      <main className="gone">
        <h1>{w.gone}</h1>
        <p className="quiet">{w.goneHint}</p>
        <p className="strong">{merchant.name}</p>
        <p className="contact">
          <a href={`tel:${merchant.phone.replace(/[^\d+]/g, '')}`}>{merchant.phone}</a>
          <a href={`mailto:${merchant.email}`}>{merchant.email}</a>
        </p>
      </main>
    )
  return (
    <main className="gone">
      <h1>{w.wait}</h1>
      <p className="quiet">{status === 0 ? w.unreachable : words}</p>
      <button type="button" className="main-button" onClick={again}>
        {w.again}
      </button>
    </main>
  )
}
