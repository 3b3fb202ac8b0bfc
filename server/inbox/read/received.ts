import type { Cents } from '../../../common/money.ts'
import type { En16931Invoice, En16931Line } from '../../invoicing/index.ts'

/** How much an invoice of others says: the profiles of Factur-X, and the two specifications built on the core. */
export type ReceivedProfile =
  | 'minimum'
  | 'basic-wl'
  | 'basic'
  | 'en16931'
  | 'extended'
  | 'xrechnung'
  | 'peppol'
  | 'unknown'

/** BG-25 of others: what our own lines don't need. */
export interface ReceivedLine extends En16931Line {
  /** BG-28, positive */
  charges: { amount: Cents; reason: string }[]
  /** BT-149: the net price is for that many units */
  priceBase: number
  /** BT-128 */
  invoicedObject?: string
  /** EXTENDED: a line that only groups or informs is in no sum */
  inSums: boolean
}

/** An invoice in our model. An amount that isn't there or no number is NaN; what a profile doesn't carry is empty. */
export interface ReceivedInvoice extends Omit<En16931Invoice, 'lines'> {
  lines: ReceivedLine[]
}

/** BG-24: named, and how large it is; what is in it stays in the file. */
export interface ReceivedAttachment {
  name: string
  description?: string
  mediaType?: string
  link?: string
  bytes?: number
}

/** BT-24, as written. */
export function profileOf(specification: string): ReceivedProfile {
  const id = specification.toLowerCase()
  if (id.includes(':xrechnung')) return 'xrechnung'
  if (id.includes('peppol.eu:2017:poacc:billing')) return 'peppol'
  const facturX = /:(?:factur-x\.eu:1p0|zugferd\.de:2p\d):(minimum|basicwl|basic|extended)$/.exec(id)?.[1]
  if (facturX) return facturX === 'basicwl' ? 'basic-wl' : (facturX as ReceivedProfile)
  return id === 'urn:cen.eu:en16931:2017' ? 'en16931' : 'unknown'
}
