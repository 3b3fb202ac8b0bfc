import type { VatCategory } from '../../../common/tax/vat.ts'
import type { Buyer, DocumentAllowance, Seller } from '../../invoicing/index.ts'
import { all, amount, first, type Reading, rate, said, skip, take, text } from './reading.ts'
import type { XmlElement } from './xml-tree.ts'

type Parent = XmlElement | undefined

/** BG-4 */
export function readSupplier(party: Parent): Seller {
  const legal = first(party, 'PartyLegalEntity')
  const tradingName = text(party, 'PartyName/Name')
  return said({
    // where nobody gave a legal name, the other one is all we have
    name: text(legal, 'RegistrationName') ?? tradingName ?? '',
    tradingName,
    identifier: take(all(party, 'PartyIdentification/ID').find((id) => id.attributes.schemeID !== 'SEPA')),
    registrationId: text(legal, 'CompanyID'),
    vatId: taxNumber(party, true),
    taxNumber: taxNumber(party, false),
    legalInformation: text(legal, 'CompanyLegalForm'),
    electronicAddress: endpoint(party),
    address: readAddress(first(party, 'PostalAddress')),
    contact: contact(party),
  }) as Seller
}

/** BG-7 */
export function readCustomer(party: Parent): Buyer {
  return said({
    name: text(party, 'PartyLegalEntity/RegistrationName') ?? text(party, 'PartyName/Name') ?? '',
    customerNumber: text(party, 'PartyIdentification/ID'),
    vatId: taxNumber(party, true),
    electronicAddress: endpoint(party),
    address: readAddress(first(party, 'PostalAddress')),
    contact: contact(party),
  }) as Buyer
}

/** BT-90 is one of the seller's or the payee's identifications. */
export function readCreditorId(root: XmlElement): string | undefined {
  const identifications = ['AccountingSupplierParty/Party/PartyIdentification/ID', 'PayeeParty/PartyIdentification/ID']
  return take(identifications.flatMap((path) => all(root, path)).find((id) => id.attributes.schemeID === 'SEPA'))
}

export function readAddress(address: Parent) {
  return said({
    street: text(address, 'StreetName'),
    additional: text(address, 'AdditionalStreetName'),
    city: text(address, 'CityName') ?? '',
    postalCode: text(address, 'PostalZone') ?? '',
    country: text(address, 'Country/IdentificationCode') ?? '',
  })
}

/** BG-20, BG-21, or with `withVat` false BG-27, BG-28 */
export function readAllowances(reading: Reading, parent: Parent, isCharge: boolean): DocumentAllowance[] {
  const wanted = all(parent, 'AllowanceCharge').filter(
    (a) => (first(a, 'ChargeIndicator')?.text === 'true') === isCharge,
  )
  return wanted.map((element) => {
    take(first(element, 'ChargeIndicator'))
    return said({
      amount: amount(reading, element, 'Amount', isCharge ? 'BT-99' : 'BT-92'),
      ...readCategory(reading, first(element, 'TaxCategory'), isCharge ? 'BT-103' : 'BT-96'),
      reason: text(element, 'AllowanceChargeReason') ?? '',
      reasonCode: text(element, 'AllowanceChargeReasonCode'),
    }) as DocumentAllowance
  })
}

export function readCategory(reading: Reading, category: Parent, term: string) {
  skip(category, 'TaxScheme/ID', 'VAT')
  return {
    vatCategory: (text(category, 'ID') ?? '') as VatCategory,
    vatRate: rate(reading, category, 'Percent', term),
  }
}

function taxNumber(party: Parent, isVat: boolean): string | undefined {
  const scheme = all(party, 'PartyTaxScheme').find((s) => (first(s, 'TaxScheme/ID')?.text === 'VAT') === isVat)
  take(first(scheme, 'TaxScheme/ID'))
  return text(scheme, 'CompanyID')
}

function endpoint(party: Parent) {
  const element = first(party, 'EndpointID')
  const value = take(element)
  return value === undefined ? undefined : { scheme: element!.attributes.schemeID ?? '', value }
}

function contact(party: Parent) {
  const found = said({
    name: text(party, 'Contact/Name'),
    phone: text(party, 'Contact/Telephone'),
    email: text(party, 'Contact/ElectronicMail'),
  })
  return Object.keys(found).length > 0 ? found : undefined
}
