import type { LinkContent } from '../../../common/links/content.ts'
import { useSaid } from './words.ts'

/** Who to ask, who that is by law, and how long the page can be opened. */
export function Foot({ content }: { content: LinkContent }) {
  const { w, f } = useSaid()
  const { merchant, expiresAt } = content
  return (
    <footer className="foot">
      <div className="foot-contact">
        <p className="strong">{w.questions}</p>
        <p>{merchant.contactName}</p>
        <p className="contact">
          <a href={`tel:${merchant.phone.replace(/[^\d+]/g, '')}`}>{merchant.phone}</a>
          <a href={`mailto:${merchant.email}`}>{merchant.email}</a>
        </p>
      </div>
      <div className="small quiet">
        <p>{merchant.legal.join(' · ')}</p>
        <p>
          {merchant.street}, {merchant.postalCode} {merchant.city}
          {merchant.website && ` · ${merchant.website}`}
        </p>
        <p className="no-print">{w.validUntil(f.dayOfMoment(expiresAt))}</p>
      </div>
    </footer>
  )
}
