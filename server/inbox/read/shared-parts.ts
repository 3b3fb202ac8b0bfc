import type { VatCategory } from '../../../common/tax/vat.ts'
import type { DocumentAllowance } from '../../invoicing/index.ts'
import {
  all,
  amount,
  first,
  optionalAmount,
  optionalAmountOf,
  type Reading,
  rate,
  said,
  scaled,
  skip,
  take,
  text,
} from './reading.ts'
import type { ReceivedInvoice, ReceivedLine } from './received.ts'
import type { XmlElement } from './xml-tree.ts'

/* What UBL and CII say in the same way and only call by other names. */

type Parent = XmlElement | undefined
type Totals = ReceivedInvoice['totals']

/** How a syntax calls the parts, as paths below the part's own element. */
export interface Names {
  address: Record<'street' | 'additional' | 'city' | 'postalCode' | 'country', string>
  tax: Record<'scheme' | 'category' | 'rate', string>
  allowance: Record<'element' | 'indicator' | 'amount' | 'tax' | 'reason' | 'reasonCode', string>
  /** BG-22 but for the VAT, which each syntax has elsewhere */
  totals: Record<Exclude<keyof Totals, 'vat'>, string>
}

/** The readers of these parts for one syntax. */
export function partsOf(names: Names) {
  return {
    readAddress: (address: Parent) => readAddress(names.address, address),
    readTax: (reading: Reading, tax: Parent, term: string) => readTax(names.tax, reading, tax, term),
    /** BG-20 and BG-21 of the document; of a line (BG-27, BG-28) without VAT. */
    readAllowances: (reading: Reading, parent: Parent, isCharge: boolean) =>
      all(parent, names.allowance.element)
        .filter((a) => (first(a, names.allowance.indicator)?.text === 'true') === isCharge)
        .map((element) => readAllowance(names, reading, element, isCharge)),
    /** BG-22; `vat` is the element of BT-110 in the currency of the document */
    readTotals: (reading: Reading, sums: Parent, vat: Parent) => readTotals(names.totals, reading, sums, vat),
  }
}

function readAddress(names: Names['address'], address: Parent) {
  return said({
    street: text(address, names.street),
    additional: text(address, names.additional),
    city: text(address, names.city) ?? '',
    postalCode: text(address, names.postalCode) ?? '',
    country: text(address, names.country) ?? '',
  })
}

function readTax(names: Names['tax'], reading: Reading, tax: Parent, term: string) {
  skip(tax, names.scheme, 'VAT')
  return {
    vatCategory: (text(tax, names.category) ?? '') as VatCategory,
    vatRate: rate(reading, tax, names.rate, term),
  }
}

function readAllowance(names: Names, reading: Reading, element: XmlElement, isCharge: boolean): DocumentAllowance {
  const { allowance, tax } = names
  take(first(element, allowance.indicator))
  return said({
    amount: amount(reading, element, allowance.amount, isCharge ? 'BT-99' : 'BT-92'),
    ...readTax(tax, reading, first(element, allowance.tax), isCharge ? 'BT-103' : 'BT-96'),
    reason: text(element, allowance.reason) ?? '',
    reasonCode: text(element, allowance.reasonCode),
  }) as DocumentAllowance
}

function readTotals(names: Names['totals'], reading: Reading, sums: Parent, vat: Parent): Totals {
  return {
    linesNet: amount(reading, sums, names.linesNet, 'BT-106'),
    allowances: optionalAmount(reading, sums, names.allowances, 'BT-107'),
    charges: optionalAmount(reading, sums, names.charges, 'BT-108'),
    net: amount(reading, sums, names.net, 'BT-109'),
    vat: optionalAmountOf(reading, vat, 'BT-110'),
    gross: amount(reading, sums, names.gross, 'BT-112'),
    prepaid: optionalAmount(reading, sums, names.prepaid, 'BT-113'),
    rounding: optionalAmount(reading, sums, names.rounding, 'BT-114'),
    amountDue: amount(reading, sums, names.amountDue, 'BT-115'),
  }
}

/** BT-34, BT-49 */
export function electronicAddress(element: Parent) {
  const value = take(element)
  return value === undefined ? undefined : { scheme: element!.attributes.schemeID ?? '', value }
}

/** The group without what says nothing, or nothing where none of it is said. */
export function saidAtAll<T extends object>(object: T) {
  const found = said(object)
  return Object.keys(found).length > 0 ? found : undefined
}

/** BT-129, BT-130 */
export function quantityOf(reading: Reading, element: Parent): Pick<ReceivedLine, 'quantity' | 'unit'> {
  const value = take(element)
  return {
    quantity: value === undefined ? Number.NaN : scaled(reading, value, 3, 'BT-129'),
    unit: element?.attributes.unitCode ?? '',
  }
}

/** BT-157, if it is one: other schemes are left for what we don't carry. */
export function gtinOf(standard: Parent): string | undefined {
  return standard?.attributes.schemeID === '0160' ? take(standard) : undefined
}

/** BG-27, BG-28 */
export function ofLine(allowances: readonly DocumentAllowance[]): { amount: number; reason: string }[] {
  return allowances.map(({ amount, reason }) => ({ amount, reason }))
}
