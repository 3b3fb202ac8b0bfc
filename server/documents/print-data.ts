import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import type { Quantity } from '../../common/quantity.ts'
import type { VatCategory, VatRate } from '../../common/tax/vat.ts'
import type { FacturXLevel } from './factur-x.ts'
import type { Contact, PostalAddress } from './parties.ts'

/*
 * What a page needs to know. The shapes of delivery note and invoice are the printed part of `DeliveryNoteSnapshot` and
 * `En16931Invoice`: those are handed in as they are, without this folder knowing the capabilities that stand above it.
 */

export type PrintLanguage = 'de' | 'en'

/** One document to draw. */
export type PrintRequest =
  | { template: 'delivery-note'; data: DeliveryNotePrint }
  | { template: 'pick-list'; data: PickListPrint }
  | { template: 'return-note'; data: ReturnPrint }
  | { template: 'invoice'; data: InvoicePrint; attachment?: PrintAttachment }

/** The structured invoice inside the printed one (hybrid e-invoice). */
export interface PrintAttachment {
  /** the name that Factur-X asks for: `factur-x.xml`, with the profile XRECHNUNG `xrechnung.xml` */
  name: string
  xml: string
  profile: FacturXLevel
}

/** The merchant's paper: what stands on every page whatever is printed on it. */
export interface Letterhead {
  name: string
  /** one small line in the address window, for the post to send it back: name, street, town */
  senderLine: string
  address: PostalAddress
  phone?: string
  email?: string
  web?: string
  logoSvg?: string
  /** what the law wants on business letters (§ 35a GmbHG, § 125a HGB), how to reach us, where to pay */
  footer: { legal: string[]; contact: string[]; bank: string[] }
  /** #RRGGBB; the logo's colour, used for one rule only */
  accent?: string
}

export interface DeliveryNotePrint {
  letterhead: Letterhead
  language: PrintLanguage
  note: PrintedDeliveryNote
  showPrices?: false
  texts: { intro?: string; retentionOfTitle?: string; closing?: string }
  /** not issued yet: marked across every page, so that nobody signs it */
  draft?: boolean
  contact?: Contact
}

export interface PrintedParty {
  name: string
  address: PostalAddress
  contact?: Contact
}

export interface PrintedDeliveryNote {
  number: string
  issuedOn: Day
  deliveredOn: Day
  recipient: PrintedParty & { customerNumber: string }
  buyer?: PrintedParty
  despatchedFrom?: { name: string; address: PostalAddress }
  orders: { number: string; externalNumber?: string; buyerOrderNumber?: string; orderedOn: Day }[]
  parcels?: number
  /** grams */
  grossWeight?: number
  carrier?: string
  trackingNumber?: string
  lines: PrintedNoteLine[]
}

export interface PrintedNoteLine {
  position: number
  orderNumber: string
  articleNumber: string
  gtin?: string
  name: string
  description?: string
  /** UN/ECE Rec 20 */
  unit: string
  ordered: Quantity
  delivered: Quantity
  open: Quantity
}

export interface PickListPrint {
  letterhead: Letterhead
  language: PrintLanguage
  /** the delivery note to pick for, or what a draft is called on the screen; drawn as a bar code too */
  number: string
  printedOn: Day
  /** stock location to pick in */
  location: string
  /** for whom, as the picker says it: name and town */
  recipient?: string
  /** the day the goods are to leave */
  dueOn?: Day
  orders: { number: string; buyerOrderNumber?: string }[]
  /** in the order to walk */
  lines: PickListLine[]
  remark?: string
}

export interface PickListLine {
  position: number
  /** shelf and bin */
  shelf?: string
  articleNumber: string
  gtin?: string
  name: string
  unit: string
  toPick: Quantity
  onHand?: Quantity
}

/** What came back, which documents credit it, and what became of the money. */
export interface ReturnPrint {
  letterhead: Letterhead
  language: PrintLanguage
  number: string
  issuedOn: Day
  returnedOn: Day
  customerNumber: string
  recipient: PrintedParty
  contact?: Contact
  /** where the goods were taken in */
  location: string
  remark?: string
  lines: {
    position: number
    articleNumber: string
    name: string
    unit: string
    quantity: Quantity
    /** of it never billed: no money for it */
    unbilled: Quantity
    reason: string
    condition: string
    note: { number: string; deliveredOn: Day }
  }[]
  corrections: { number: string; corrects: string; gross: Cents; settled: Cents }[]
  /** other goods that the customer got for these */
  exchange?: {
    orderNumber: string
    noteNumber: string | null
    invoiceNumber: string | null
    lines: { articleNumber: string; name: string; unit: string; quantity: Quantity; gross: Cents }[]
    gross: Cents
    setOff: Cents
    toPay: Cents
  }
  money: { setOff: { number: string; amount: Cents }[]; credit: Cents; refunded: Cents }
}

export interface InvoicePrint {
  letterhead: Letterhead
  language: PrintLanguage
  invoice: PrintedInvoice
  kind: 'invoice' | 'correction'
  customerNumber: string
  contact?: Contact
  texts: { intro?: string; closing?: string; retentionOfTitle?: string; smallBusiness?: string }
  skonto: SkontoOffer[]
  /** content of the GiroCode, from `epcCode` */
  epcText?: string
  /** what a correction corrects and why (§ 31 (5) UStDV: named specifically and unambiguously) */
  corrects?: { number: string; issuedOn: Day; reason: string; others?: { number: string; issuedOn: Day }[] }
  /** of an invoice before delivery: it asks for the whole order */
  wholeOrder?: boolean
  /** of a final invoice: what the delivery came to, and the down payments taken off it (§ 14 (5) UStG) */
  deductions?: {
    delivered: { perRate: PrintedVat[]; net: Cents; vat: Cents; payable: Cents }
    rows: (PrintedVat & { number: string; issuedOn: Day; payable: Cents })[]
  }
}

/** Early payment discount, worked out for this invoice: pay `payable` until `until`, `discount` less than due. */
export interface SkontoOffer {
  /** hundredths of a percent: 2 % is 200 */
  percent: number
  until: Day
  discount: Cents
  payable: Cents
}

export interface PrintedInvoice {
  number: string
  issuedOn: Day
  typeCode: string
  dueOn?: Day
  buyerReference?: string
  buyerOrderNumber?: string
  orderNumber?: string
  deliveryNoteNumber?: string
  notes: string[]
  seller: { name: string; vatId?: string; taxNumber?: string }
  buyer: PrintedParty & { customerNumber?: string; vatId?: string }
  deliverTo?: { name?: string; address: PostalAddress }
  deliveredOn?: Day
  period?: { from: Day; to: Day }
  payment: PrintedPayment
  paymentTermsText?: string
  allowances: PrintedAllowance[]
  charges: PrintedAllowance[]
  lines: PrintedInvoiceLine[]
  vatBreakdown: PrintedVat[]
  totals: PrintedTotals
}

export interface PrintedPayment {
  /** UNTDID 4461 */
  meansCode: string
  meansText?: string
  remittance?: string
  account?: { iban: string; holder?: string; bic?: string }
  directDebit?: { mandateReference: string; creditorId: string; debtorIban: string }
}

export interface PrintedAllowance {
  amount: Cents
  vatCategory: VatCategory
  vatRate: VatRate
  reason: string
}

export interface PrintedInvoiceLine {
  id: string
  note?: string
  deliveryNote?: { number: string; issuedOn: Day; line: number }
  quantity: Quantity
  unit: string
  net: Cents
  buyerOrderLine?: string
  period?: { from: Day; to: Day }
  allowances: { amount: Cents; reason: string }[]
  /** plain decimal */
  netPrice: string
  vatCategory: VatCategory
  vatRate: VatRate
  name: string
  description?: string
  articleNumber?: string
  gtin?: string
  /** of a correction over several invoices */
  invoice?: { number: string; issuedOn: Day }
  downPayment?: { number: string; issuedOn: Day }
}

export interface PrintedVat {
  net: Cents
  vat: Cents
  category: VatCategory
  rate: VatRate
  exemptionReason?: string
}

export interface PrintedTotals {
  linesNet: Cents
  net: Cents
  vat: Cents
  gross: Cents
  prepaid: Cents
  rounding: Cents
  amountDue: Cents
}
