import { element, textElement, ublAddress, ublContact, ublEndpoint, type Xml } from '../../documents/index.ts'
import type { Buyer, Seller } from './en16931.ts'

/** BG-4, seller. The creditor id of a direct debit (BT-90) is one of the seller's identifications in UBL. */
export function writeSupplier(seller: Seller, creditorId: string | undefined): Xml {
  return element(
    'cac:AccountingSupplierParty',
    element(
      'cac:Party',
      ublEndpoint(seller.electronicAddress),
      element('cac:PartyIdentification', textElement('cbc:ID', seller.identifier)),
      element('cac:PartyIdentification', textElement('cbc:ID', creditorId, { schemeID: 'SEPA' })),
      element('cac:PartyName', textElement('cbc:Name', seller.tradingName)),
      ublAddress('cac:PostalAddress', seller.address),
      taxScheme(seller.vatId, 'VAT'),
      // BT-32: any scheme but VAT; FC is the tax number in the code list of CII
      taxScheme(seller.taxNumber, 'FC'),
      element(
        'cac:PartyLegalEntity',
        textElement('cbc:RegistrationName', seller.name),
        textElement('cbc:CompanyID', seller.registrationId),
        textElement('cbc:CompanyLegalForm', seller.legalInformation),
      ),
      ublContact('cac:Contact', seller.contact),
    ),
  )
}

/** BG-7, buyer */
export function writeCustomer(buyer: Buyer): Xml {
  return element(
    'cac:AccountingCustomerParty',
    element(
      'cac:Party',
      ublEndpoint(buyer.electronicAddress),
      element('cac:PartyIdentification', textElement('cbc:ID', buyer.customerNumber)),
      ublAddress('cac:PostalAddress', buyer.address),
      taxScheme(buyer.vatId, 'VAT'),
      element('cac:PartyLegalEntity', textElement('cbc:RegistrationName', buyer.name)),
      ublContact('cac:Contact', buyer.contact),
    ),
  )
}

function taxScheme(id: string | undefined, scheme: string): Xml {
  const company = textElement('cbc:CompanyID', id)
  return company && element('cac:PartyTaxScheme', company, element('cac:TaxScheme', textElement('cbc:ID', scheme)))
}
