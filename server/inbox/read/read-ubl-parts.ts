import type { Buyer, Seller } from '../../invoicing/index.ts'
import { all, first, said, take, text } from './reading.ts'
import { electronicAddress, partsOf, saidAtAll } from './shared-parts.ts'
import type { XmlElement } from './xml-tree.ts'

type Parent = XmlElement | undefined

export const { readAddress, readTax, readAllowances, readTotals } = partsOf({
  address: {
    street: 'StreetName',
    additional: 'AdditionalStreetName',
    city: 'CityName',
    postalCode: 'PostalZone',
    country: 'Country/IdentificationCode',
  },
  tax: { scheme: 'TaxScheme/ID', category: 'ID', rate: 'Percent' },
  allowance: {
    element: 'AllowanceCharge',
    indicator: 'ChargeIndicator',
    amount: 'Amount',
    tax: 'TaxCategory',
    reason: 'AllowanceChargeReason',
    reasonCode: 'AllowanceChargeReasonCode',
  },
  totals: {
    linesNet: 'LineExtensionAmount',
    allowances: 'AllowanceTotalAmount',
    charges: 'ChargeTotalAmount',
    net: 'TaxExclusiveAmount',
    gross: 'TaxInclusiveAmount',
    prepaid: 'PrepaidAmount',
    rounding: 'PayableRoundingAmount',
    amountDue: 'PayableAmount',
  },
})

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
    electronicAddress: electronicAddress(first(party, 'EndpointID')),
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
    electronicAddress: electronicAddress(first(party, 'EndpointID')),
    address: readAddress(first(party, 'PostalAddress')),
    contact: contact(party),
  }) as Buyer
}

/** BT-90 is one of the seller's or the payee's identifications. */
export function readCreditorId(root: XmlElement): string | undefined {
  const identifications = ['AccountingSupplierParty/Party/PartyIdentification/ID', 'PayeeParty/PartyIdentification/ID']
  return take(identifications.flatMap((path) => all(root, path)).find((id) => id.attributes.schemeID === 'SEPA'))
}

function taxNumber(party: Parent, isVat: boolean): string | undefined {
  const scheme = all(party, 'PartyTaxScheme').find((s) => (first(s, 'TaxScheme/ID')?.text === 'VAT') === isVat)
  take(first(scheme, 'TaxScheme/ID'))
  return text(scheme, 'CompanyID')
}

function contact(party: Parent) {
  return saidAtAll({
    name: text(party, 'Contact/Name'),
    phone: text(party, 'Contact/Telephone'),
    email: text(party, 'Contact/ElectronicMail'),
  })
}
