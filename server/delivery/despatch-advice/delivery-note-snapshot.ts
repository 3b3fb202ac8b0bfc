import type { Day } from '../../../common/dates.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { Contact, ElectronicAddress, PostalAddress } from '../../documents/index.ts'

/**
 * What a delivery note says once it's issued. The paper and the Peppol Despatch Advice are both written from it and it
 * never changes. It has no prices: what the goods cost is said by the invoice.
 */
export interface DeliveryNoteSnapshot {
  /** LS-2026-000123 */
  number: string
  issuedOn: Day
  /** the day the goods left or were handed over */
  deliveredOn: Day
  language: 'de' | 'en'
  supplier: NoteParty & { vatId?: string; registrationId?: string }
  recipient: NoteParty & { customerNumber: string }
  /** who ordered and pays, where it's somebody else or another address */
  buyer?: NoteParty
  /** stock location the goods left from */
  despatchedFrom?: { name: string; address: PostalAddress }
  orders: { number: string; externalNumber?: string; buyerOrderNumber?: string; orderedOn: Day }[]
  parcels?: number
  /** grams */
  grossWeight?: number
  carrier?: string
  trackingNumber?: string
  lines: DeliveryNoteSnapshotLine[]
}

export interface NoteParty {
  name: string
  address: PostalAddress
  electronicAddress?: ElectronicAddress
  contact?: Contact
}

export interface DeliveryNoteSnapshotLine {
  position: number
  /** index into `orders` by number */
  orderNumber: string
  orderLine: number
  articleNumber: string
  gtin?: string
  name: string
  description?: string
  /** UN/ECE Rec 20 */
  unit: string
  ordered: Quantity
  delivered: Quantity
  /** what the order still waits for after this note */
  open: Quantity
}
