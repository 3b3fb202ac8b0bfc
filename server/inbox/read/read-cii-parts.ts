import type { Buyer, DocumentAllowance, Seller } from '../../invoicing/index.ts'
import { all, amount, first, type Reading, said, take, text } from './reading.ts'
import { electronicAddress, partsOf, saidAtAll } from './shared-parts.ts'
import type { XmlElement } from './xml-tree.ts'

type Parent = XmlElement | undefined

export const { readAddress, readTax, readAllowances, readTotals } = partsOf({
  address: {
    street: 'LineOne',
    additional: 'LineTwo',
    city: 'CityName',
    postalCode: 'PostcodeCode',
    country: 'CountryID',
  },
  tax: { scheme: 'TypeCode', category: 'CategoryCode', rate: 'RateApplicablePercent' },
  allowance: {
    element: 'SpecifiedTradeAllowanceCharge',
    indicator: 'ChargeIndicator/Indicator',
    amount: 'ActualAmount',
    tax: 'CategoryTradeTax',
    reason: 'Reason',
    reasonCode: 'ReasonCode',
  },
  totals: {
    linesNet: 'LineTotalAmount',
    allowances: 'AllowanceTotalAmount',
    charges: 'ChargeTotalAmount',
    net: 'TaxBasisTotalAmount',
    gross: 'GrandTotalAmount',
    prepaid: 'TotalPrepaidAmount',
    rounding: 'RoundingAmount',
    amountDue: 'DuePayableAmount',
  },
})

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
    electronicAddress: electronicAddress(first(party, 'URIUniversalCommunication/URIID')),
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
    electronicAddress: electronicAddress(first(party, 'URIUniversalCommunication/URIID')),
    address: readAddress(first(party, 'PostalTradeAddress')),
    contact: contact(party),
  }) as Buyer
}

/** EXTENDED: freight as a group of its own; it is in the sum of the charges. */
export function readLogisticsCharges(reading: Reading, settlement: Parent): DocumentAllowance[] {
  return all(settlement, 'SpecifiedLogisticsServiceCharge').map((element) => ({
    amount: amount(reading, element, 'AppliedAmount', 'BT-99'),
    ...readTax(reading, first(element, 'AppliedTradeTax'), 'BT-103'),
    reason: text(element, 'Description') ?? '',
  }))
}

function registration(party: Parent, scheme: string): string | undefined {
  return take(all(party, 'SpecifiedTaxRegistration/ID').find((id) => id.attributes.schemeID === scheme))
}

function contact(party: Parent) {
  const element = first(party, 'DefinedTradeContact')
  return saidAtAll({
    name: text(element, 'PersonName') ?? text(element, 'DepartmentName'),
    phone: text(element, 'TelephoneUniversalCommunication/CompleteNumber'),
    email: text(element, 'EmailURIUniversalCommunication/URIID'),
  })
}
