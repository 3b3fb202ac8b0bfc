import type { Address } from '../../common/customers/api.ts'
import { useWords } from '../words/words.ts'

/** An address the way an envelope shows it. */
export function PostalAddress({ address }: { address: Address }) {
  const { language } = useWords()
  const country =
    address.country === 'DE' ? undefined : new Intl.DisplayNames(language, { type: 'region' }).of(address.country)
  const lines = [
    address.name,
    address.additional,
    address.street,
    `${address.postalCode} ${address.city}`,
    country,
    address.phone,
    address.email,
  ]
  return <address className="postal">{lines.map((line) => line && <span key={line}>{line}</span>)}</address>
}
