import type { VatCategory } from '../../../common/tax/vat.ts'
import type { Buyer, DocumentAllowance, Seller } from '../../invoicing/index.ts'
import { all, amount, first, type Reading, rate, said, skip, take, text } from './reading.ts'
import type { XmlElement } from './xml-tree.ts'

type Parent = XmlElement | undefined

/** BG-4 */
export function readSeller(party: Parent): Seller {
  const tradingName = text(party, 'SpecifiedLegalOrganization/TradingBusinessName')
  return said({
    name: text(party, 'Name') ?? tradingName ?? '',
    tradingName,
    identifier: text(party, 'ID') ?? text(party, 'GlobalID'),
    registrationId: text(party, 'SpecifiedLegalOrganization/ID'),
    vatId: registration(party, 'VA'),
    taxNumber: registration(party, 'FC'),
    legalInformation: text(party, 'Description'),
    electronicAddress: electronicAddress(party),
    address: readAddress(first(party, 'PostalTradeAddress')),
    contact: contact(party),
  }) as Seller
}

/** BG-7 */
export function readBuyer(party: Parent): Buyer {
  return said({
    name: text(party, 'Name') ?? '',
    customerNumber: text(party, 'ID') ?? text(party, 'GlobalID'),
    vatId: registration(party, 'VA'),
    electronicAddress: electronicAddress(party),
    address: readAddress(first(party, 'PostalTradeAddress')),
    contact: contact(party),
  }) as Buyer
}

export function readAddress(address: Parent) {
  return said({
    street: text(address, 'LineOne'),
    additional: text(address, 'LineTwo'),
    city: text(address, 'CityName') ?? '',
    postalCode: text(address, 'PostcodeCode') ?? '',
    country: text(address, 'CountryID') ?? '',
  })
}

/** BG-20 and BG-21 of the document; of a line (BG-27, BG-28) without VAT. */
export function readAllowances(reading: Reading, parent: Parent, isCharge: boolean): DocumentAllowance[] {
  const wanted = all(parent, 'SpecifiedTradeAllowanceCharge').filter(
    (a) => (first(a, 'ChargeIndicator/Indicator')?.text === 'true') === isCharge,
  )
  return wanted.map((element) => {
    take(first(element, 'ChargeIndicator/Indicator'))
    return said({
      amount: amount(reading, element, 'ActualAmount', isCharge ? 'BT-99' : 'BT-92'),
      ...readTax(reading, first(element, 'CategoryTradeTax'), isCharge ? 'BT-103' : 'BT-96'),
      reason: text(element, 'Reason') ?? '',
      reasonCode: text(element, 'ReasonCode'),
    }) as DocumentAllowance
  })
}

/** EXTENDED: freight as a group of its own; it is in the sum of the charges. */
export function readLogisticsCharges(reading: Reading, settlement: Parent): DocumentAllowance[] {
  return all(settlement, 'SpecifiedLogisticsServiceCharge').map((element) => ({
    amount: amount(reading, element, 'AppliedAmount', 'BT-99'),
    ...readTax(reading, first(element, 'AppliedTradeTax'), 'BT-103'),
    reason: text(element, 'Description') ?? '',
  }))
}

export function readTax(reading: Reading, tax: Parent, term: string) {
  skip(tax, 'TypeCode', 'VAT')
  return {
    vatCategory: (text(tax, 'CategoryCode') ?? '') as VatCategory,
    vatRate: rate(reading, tax, 'RateApplicablePercent', term),
  }
}

function registration(party: Parent, scheme: string): string | undefined {
  return take(all(party, 'SpecifiedTaxRegistration/ID').find((id) => id.attributes.schemeID === scheme))
}

function electronicAddress(party: Parent) {
  const element = first(party, 'URIUniversalCommunication/URIID')
  const value = take(element)
  return value === undefined ? undefined : { scheme: element!.attributes.schemeID ?? '', value }
}

function contact(party: Parent) {
  const element = first(party, 'DefinedTradeContact')
  const found = said({
    name: text(element, 'PersonName') ?? text(element, 'DepartmentName'),
    phone: text(element, 'TelephoneUniversalCommunication/CompleteNumber'),
    email: text(element, 'EmailURIUniversalCommunication/URIID'),
  })
  return Object.keys(found).length > 0 ? found : undefined
}
