import type { En16931Invoice } from '../en16931.ts'
import type { InvoiceProfile } from '../profiles.ts'

/** What was found wrong: the numbers and names to show beside the message. */
export type Facts = Readonly<Record<string, string | number>>

/** One business rule. Its id is the standard's; ids beginning with TRESEN are our own. */
export interface Rule {
  id: string
  /** the business term or group that is wrong */
  term: string
  de: string
  en: string
  /** fatal unless the standard has it as a warning or an information */
  severity?: 'warning'
  /** every profile unless said otherwise */
  applies?: (invoice: En16931Invoice, profile: InvoiceProfile) => boolean
  /** the facts of each violation; none when the rule holds */
  check: (invoice: En16931Invoice) => readonly Facts[]
}

const HOLDS: readonly Facts[] = []

/** One violation with these facts unless it's so. */
export function must(isSo: boolean, facts: Facts = {}): readonly Facts[] {
  return isSo ? HOLDS : [facts]
}

/** One violation for each item for which it isn't so. */
export function mustEach<T>(
  items: readonly T[],
  isSo: (item: T) => boolean,
  facts: (item: T) => Facts,
): readonly Facts[] {
  const broken = items.filter((item) => !isSo(item))
  return broken.length === 0 ? HOLDS : broken.map(facts)
}

/** A text that says something. */
export function present(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== ''
}

/** Both parties are German organisations: Peppol then asks for what XRechnung asks for (DE-R-...). */
export function bothGerman({ seller, buyer }: En16931Invoice): boolean {
  return seller.address.country === 'DE' && buyer.address.country === 'DE'
}
