import type { Day } from '../../../common/dates.ts'
import { type Cents, decimalOfCents } from '../../../common/money.ts'
import { decimalOfQuantity } from '../../../common/quantity.ts'
import type { VatCategory } from '../../../common/tax/vat.ts'
import { element, elements, textElement, type Xml } from '../../documents/index.ts'
import type { DocumentAllowance, En16931Line } from './en16931.ts'
import { DELIVERY_NOTE_SCHEME, INVOICED_OBJECT } from './profiles.ts'
import { decimalOfRate, invoicedObjectOf } from './term-texts.ts'

/** UNTDID 2379: 102 is a day as YYYYMMDD, the only form EN 16931 allows */
const DAY = { format: '102' }

export function amount(name: string, cents: Cents): Xml {
  return textElement(name, decimalOfCents(cents))
}

export function dateTime(name: string, day: Day | undefined): Xml {
  return element(name, textElement('udt:DateTimeString', day?.replaceAll('-', ''), DAY))
}

/** Issue date of a referenced document: the one date whose string is a qualified data type. */
export function formattedDate(day: Day | undefined): Xml {
  return element('ram:FormattedIssueDateTime', textElement('qdt:DateTimeString', day?.replaceAll('-', ''), DAY))
}

/** BG-14, BG-26 */
export function writePeriod(period: { from: Day; to: Day } | undefined): Xml {
  return element(
    'ram:BillingSpecifiedPeriod',
    dateTime('ram:StartDateTime', period?.from),
    dateTime('ram:EndDateTime', period?.to),
  )
}

/** BG-20, BG-21 */
export function writeAllowanceCharge(allowance: DocumentAllowance, isCharge: boolean): Xml {
  return element(
    'ram:SpecifiedTradeAllowanceCharge',
    element('ram:ChargeIndicator', textElement('udt:Indicator', String(isCharge))),
    amount('ram:ActualAmount', allowance.amount),
    textElement('ram:ReasonCode', allowance.reasonCode),
    textElement('ram:Reason', allowance.reason),
    tradeTax('ram:CategoryTradeTax', allowance.vatCategory, allowance.vatRate),
  )
}

/** BG-25 */
export function writeLine(line: En16931Line, withDeliveryNote: boolean): Xml {
  return element(
    'ram:IncludedSupplyChainTradeLineItem',
    element(
      'ram:AssociatedDocumentLineDocument',
      textElement('ram:LineID', line.id),
      element('ram:IncludedNote', textElement('ram:Content', line.note)),
    ),
    element(
      'ram:SpecifiedTradeProduct',
      textElement('ram:GlobalID', line.gtin, { schemeID: '0160' }),
      textElement('ram:SellerAssignedID', line.articleNumber),
      textElement('ram:Name', line.name),
      textElement('ram:Description', line.description),
    ),
    element(
      'ram:SpecifiedLineTradeAgreement',
      element('ram:BuyerOrderReferencedDocument', textElement('ram:LineID', line.buyerOrderLine)),
      element('ram:NetPriceProductTradePrice', textElement('ram:ChargeAmount', line.netPrice)),
    ),
    element(
      'ram:SpecifiedLineTradeDelivery',
      textElement('ram:BilledQuantity', decimalOfQuantity(line.quantity), { unitCode: line.unit }),
      withDeliveryNote ? writeDeliveryNote(line) : elements(),
    ),
    writeLineSettlement(line),
  )
}

/** A group of Factur-X EXTENDED only: the core profile's schema refuses it here */
function writeDeliveryNote({ deliveryNote }: En16931Line): Xml {
  if (!deliveryNote) return elements()
  return element(
    'ram:DeliveryNoteReferencedDocument',
    textElement('ram:IssuerAssignedID', deliveryNote.number),
    textElement('ram:LineID', String(deliveryNote.line)),
    formattedDate(deliveryNote.issuedOn),
  )
}

function writeLineSettlement(line: En16931Line): Xml {
  return element(
    'ram:SpecifiedLineTradeSettlement',
    tradeTax('ram:ApplicableTradeTax', line.vatCategory, line.vatRate),
    writePeriod(line.period),
    ...line.allowances.map((allowance) =>
      element(
        'ram:SpecifiedTradeAllowanceCharge',
        element('ram:ChargeIndicator', textElement('udt:Indicator', 'false')),
        amount('ram:ActualAmount', allowance.amount),
        textElement('ram:Reason', allowance.reason),
      ),
    ),
    element('ram:SpecifiedTradeSettlementLineMonetarySummation', amount('ram:LineTotalAmount', line.net)),
    writeInvoicedObject(line),
  )
}

/** BT-128 */
function writeInvoicedObject(line: En16931Line): Xml {
  const id = textElement('ram:IssuerAssignedID', invoicedObjectOf(line))
  return (
    id &&
    element(
      'ram:AdditionalReferencedDocument',
      id,
      textElement('ram:TypeCode', INVOICED_OBJECT),
      textElement('ram:ReferenceTypeCode', DELIVERY_NOTE_SCHEME),
    )
  )
}

function tradeTax(name: string, category: VatCategory, rate: number): Xml {
  return element(
    name,
    textElement('ram:TypeCode', 'VAT'),
    textElement('ram:CategoryCode', category),
    // BR-O-5 to BR-O-7: what is not subject to VAT has no rate
    category === 'O' ? elements() : textElement('ram:RateApplicablePercent', decimalOfRate(rate)),
  )
}
