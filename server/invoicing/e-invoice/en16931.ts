import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { VatCategory } from '../../../common/tax/vat.ts'
import type { Contact, ElectronicAddress, PostalAddress } from '../../documents/index.ts'

/**
 * The semantic model of EN 16931: what an invoice says, before any syntax. UBL and CII are both written from it, the
 * printed page too, so the three can't differ. Names follow the glossary; each field names its business term (BT).
 * Amounts are whole cents, quantities whole thousandths, rates hundredths of a percent (1900 = 19 %).
 */
export interface En16931Invoice {
  /** BT-1, from a gapless series (§ 14 (4) no. 4 UStG) */
  number: string
  /** BT-2 */
  issuedOn: Day
  /** BT-3, UNTDID 1001 */
  typeCode: '326' | '380' | '381' | '384' | '389'
  /** BT-9 */
  dueOn?: Day
  /** BT-10: Leitweg-ID of an authority, or what the buyer asked for */
  buyerReference?: string
  /** BT-13 */
  buyerOrderNumber?: string
  /** BT-14 */
  orderNumber?: string
  /** BT-16: holds one number only; a collective invoice names its delivery notes per line and in a note */
  deliveryNoteNumber?: string
  /** BT-22 */
  notes: string[]
  /** BG-3 */
  precedingInvoices: { number: string; issuedOn?: Day }[]
  seller: Seller
  buyer: Buyer
  /** BG-13/BG-15 */
  deliverTo?: { name?: string; address: PostalAddress }
  /** BT-72; for one delivery day */
  deliveredOn?: Day
  /** BG-14 (BT-73/74): the first and last delivery of a collective invoice */
  period?: { from: Day; to: Day }
  /** BG-16 */
  payment: PaymentInstructions
  /** BT-20: free words after the structured Skonto lines */
  paymentTermsText?: string
  /** BT-20 in the form of BR-DE-18: #SKONTO#TAGE=..#PROZENT=..#; percent in hundredths, 200 is 2.00 % */
  skonto: { days: number; percent: number; base?: Cents }[]
  /** BG-20 */
  allowances: DocumentAllowance[]
  /** BG-21 */
  charges: DocumentAllowance[]
  /** BG-25 */
  lines: En16931Line[]
  /** BG-23 */
  vatBreakdown: VatBreakdown[]
  totals: DocumentTotals
}

/** BG-24: BT-122, BT-123, BT-125; a document that goes with the invoice */
export interface SupportingDocument {
  number: string
  description: string
  fileName: string
  mediaType: 'application/pdf'
  bytes: Uint8Array
}

/** BG-4 */
export interface Seller {
  /** BT-27 */
  name: string
  /** BT-28 */
  tradingName?: string
  /** BT-29: an identifier of the seller, for who has neither register entry nor VAT id (BR-CO-26): his tax number */
  identifier?: string
  /** BT-30: register entry (HRB ...) */
  registrationId?: string
  /** BT-31 */
  vatId?: string
  /** BT-32 */
  taxNumber?: string
  /** BT-33: legal form, directors, small-business hint */
  legalInformation?: string
  electronicAddress?: ElectronicAddress
  address: PostalAddress
  contact?: Contact
}

/** BG-7 */
export interface Buyer {
  /** BT-44 */
  name: string
  /** BT-46: our customer number */
  customerNumber?: string
  /** BT-48 */
  vatId?: string
  electronicAddress?: ElectronicAddress
  address: PostalAddress
  contact?: Contact
}

/** BG-16, BG-17, BG-18, BG-19 */
export interface PaymentInstructions {
  /** BT-81, UNTDID 4461: 58 SEPA transfer, 59 SEPA direct debit, 10 cash, 48 card, 68 online service, 1 not defined */
  meansCode: '1' | '10' | '30' | '48' | '58' | '59' | '68'
  /** BT-82 */
  meansText?: string
  /** BT-83 */
  remittance?: string
  /** BG-17: BT-84, BT-85, BT-86 */
  account?: { iban: string; holder?: string; bic?: string }
  /** BG-18: the last 4 to 6 digits of the card (BT-87), its holder (BT-88); BR-DE-24 asks for it with code 48 */
  card?: { lastDigits: string; network?: string; holder?: string }
  /** BG-19: BT-89, BT-90, BT-91 */
  directDebit?: { mandateReference: string; creditorId: string; debtorIban: string }
}

/** BG-20 and BG-21: allowance or charge on the whole document (shipping cost, a shop's coupon that names no line) */
export interface DocumentAllowance {
  /** BT-92, BT-99 */
  amount: Cents
  /** BT-95, BT-102 */
  vatCategory: VatCategory
  /** BT-96, BT-103: hundredths of a percent */
  vatRate: number
  /** BT-97, BT-104 */
  reason: string
  /** BT-98 (UNTDID 5189), BT-105 (UNTDID 7161, FC = freight) */
  reasonCode?: string
}

/** BG-25 */
export interface En16931Line {
  /** BT-126 */
  id: string
  /** BT-127: names the delivery note and its line, so that every receiver can read it */
  note?: string
  /** Delivery note behind the line: BT-128 with scheme 130, and true references where a format has them */
  deliveryNote?: { number: string; issuedOn: Day; line: number }
  /** BT-129; negative in a correction that takes a delivery back */
  quantity: Quantity
  /** BT-130, UN/ECE Rec 20 */
  unit: string
  /** BT-131 */
  net: Cents
  /** BT-132: line of the buyer's order */
  buyerOrderLine?: string
  /** BG-26 */
  period?: { from: Day; to: Day }
  /** BG-27: agreed reductions on this line, positive */
  allowances: { amount: Cents; reason: string }[]
  /** BT-146 as a plain decimal with as many decimals as the line net needs: quantity x price - allowances = net */
  netPrice: string
  vatCategory: VatCategory
  /** BT-152, hundredths of a percent */
  vatRate: number
  /** BT-153 */
  name: string
  /** BT-154 */
  description?: string
  /** BT-155 */
  articleNumber?: string
  /** BT-157, scheme 0160 */
  gtin?: string
  /** of a correction over several invoices: which one the line takes back; BT-127 says it in words */
  invoice?: { number: string; issuedOn: Day }
  /** of a line that deducts a down payment: the page shows it in a table of its own */
  downPayment?: { number: string; issuedOn: Day }
}

/** BG-23 */
export interface VatBreakdown {
  /** BT-116 */
  net: Cents
  /** BT-117 */
  vat: Cents
  category: VatCategory
  /** BT-119, hundredths of a percent */
  rate: number
  /** BT-120, BT-121: for E, AE, K, G, O */
  exemptionReason?: string
  exemptionCode?: string
}

/** BG-22 */
export interface DocumentTotals {
  /** BT-106 */
  linesNet: Cents
  /** BT-107 */
  allowances: Cents
  /** BT-108 */
  charges: Cents
  /** BT-109 */
  net: Cents
  /** BT-110 */
  vat: Cents
  /** BT-112 */
  gross: Cents
  /** BT-113 */
  prepaid: Cents
  /** BT-114: a cent, where an agreed gross price is no net plus VAT of whole cents */
  rounding: Cents
  /** BT-115 */
  amountDue: Cents
}
