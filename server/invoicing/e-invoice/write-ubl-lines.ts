import { type Cents, decimalOfCents } from '../../../common/money.ts'
import { decimalOfQuantity } from '../../../common/quantity.ts'
import type { VatCategory } from '../../../common/tax/vat.ts'
import { element, elements, textElement, type Xml } from '../../documents/index.ts'
import type { DocumentAllowance, En16931Line, SupportingDocument } from './en16931.ts'
import { DELIVERY_NOTE_SCHEME, INVOICED_OBJECT } from './profiles.ts'
import { decimalOfRate, invoicedObjectOf } from './term-texts.ts'

export interface UblOptions {
  /**
   * Writes `cac:DespatchLineReference` too. EN 16931 doesn't know it: a validator warns (UBL-CR-529), the invoice stays
   * valid. For partners who asked for it.
   */
  despatchLineReference?: boolean
  supporting?: readonly SupportingDocument[]
}

export function amount(name: string, cents: Cents): Xml {
  return textElement(name, decimalOfCents(cents), { currencyID: 'EUR' })
}

/** BG-20, BG-21 */
export function writeDocumentAllowance(allowance: DocumentAllowance, isCharge: boolean): Xml {
  return element(
    'cac:AllowanceCharge',
    textElement('cbc:ChargeIndicator', String(isCharge)),
    textElement('cbc:AllowanceChargeReasonCode', allowance.reasonCode),
    textElement('cbc:AllowanceChargeReason', allowance.reason),
    amount('cbc:Amount', allowance.amount),
    taxCategory('cac:TaxCategory', allowance.vatCategory, allowance.vatRate),
  )
}

/** BG-25 */
export function writeLine(line: En16931Line, root: 'Invoice' | 'CreditNote', options: UblOptions): Xml {
  return element(
    `cac:${root}Line`,
    textElement('cbc:ID', line.id),
    textElement('cbc:Note', line.note),
    textElement(
      root === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity',
      decimalOfQuantity(line.quantity),
      {
        unitCode: line.unit,
      },
    ),
    amount('cbc:LineExtensionAmount', line.net),
    element(
      'cac:InvoicePeriod',
      textElement('cbc:StartDate', line.period?.from),
      textElement('cbc:EndDate', line.period?.to),
    ),
    element('cac:OrderLineReference', textElement('cbc:LineID', line.buyerOrderLine)),
    options.despatchLineReference ? writeDespatchLineReference(line) : elements(),
    writeInvoicedObject(line),
    ...line.allowances.map((allowance) =>
      element(
        'cac:AllowanceCharge',
        textElement('cbc:ChargeIndicator', 'false'),
        textElement('cbc:AllowanceChargeReason', allowance.reason),
        amount('cbc:Amount', allowance.amount),
      ),
    ),
    writeItem(line),
    element('cac:Price', textElement('cbc:PriceAmount', line.netPrice, { currencyID: 'EUR' })),
  )
}

function writeDespatchLineReference({ deliveryNote }: En16931Line): Xml {
  if (!deliveryNote) return elements()
  return element(
    'cac:DespatchLineReference',
    textElement('cbc:LineID', String(deliveryNote.line)),
    element(
      'cac:DocumentReference',
      textElement('cbc:ID', deliveryNote.number),
      textElement('cbc:IssueDate', deliveryNote.issuedOn),
    ),
  )
}

/** BT-128 */
function writeInvoicedObject(line: En16931Line): Xml {
  const id = textElement('cbc:ID', invoicedObjectOf(line), { schemeID: DELIVERY_NOTE_SCHEME })
  return id && element('cac:DocumentReference', id, textElement('cbc:DocumentTypeCode', INVOICED_OBJECT))
}

/** BG-31, BG-30 */
function writeItem(line: En16931Line): Xml {
  return element(
    'cac:Item',
    textElement('cbc:Description', line.description),
    textElement('cbc:Name', line.name),
    element('cac:SellersItemIdentification', textElement('cbc:ID', line.articleNumber)),
    element('cac:StandardItemIdentification', textElement('cbc:ID', line.gtin, { schemeID: '0160' })),
    taxCategory('cac:ClassifiedTaxCategory', line.vatCategory, line.vatRate),
  )
}

function taxCategory(name: string, category: VatCategory, rate: number): Xml {
  return element(
    name,
    textElement('cbc:ID', category),
    // BR-O-5 to BR-O-7: what is not subject to VAT has no rate
    category === 'O' ? elements() : textElement('cbc:Percent', decimalOfRate(rate)),
    element('cac:TaxScheme', textElement('cbc:ID', 'VAT')),
  )
}
