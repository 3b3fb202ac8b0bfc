import type { Contact, ElectronicAddress, PostalAddress } from '../../documents/index.ts'
import { element, textElement, type Xml } from '../../documents/index.ts'
import type { Buyer, Seller } from './en16931.ts'

/** BG-4, seller */
export function writeSeller(seller: Seller): Xml {
  return element(
    'ram:SellerTradeParty',
    textElement('ram:ID', seller.identifier),
    textElement('ram:Name', seller.name),
    textElement('ram:Description', seller.legalInformation),
    element(
      'ram:SpecifiedLegalOrganization',
      textElement('ram:ID', seller.registrationId),
      textElement('ram:TradingBusinessName', seller.tradingName),
    ),
    writeContact(seller.contact),
    writeAddress(seller.address),
    writeElectronicAddress(seller.electronicAddress),
    taxRegistration(seller.vatId, 'VA'),
    taxRegistration(seller.taxNumber, 'FC'),
  )
}

/** BG-7, buyer */
export function writeBuyer(buyer: Buyer): Xml {
  return element(
    'ram:BuyerTradeParty',
    textElement('ram:ID', buyer.customerNumber),
    textElement('ram:Name', buyer.name),
    writeContact(buyer.contact),
    writeAddress(buyer.address),
    writeElectronicAddress(buyer.electronicAddress),
    taxRegistration(buyer.vatId, 'VA'),
  )
}

/** BG-5, BG-8, BG-15 */
export function writeAddress(address: PostalAddress): Xml {
  return element(
    'ram:PostalTradeAddress',
    textElement('ram:PostcodeCode', address.postalCode),
    textElement('ram:LineOne', address.street),
    textElement('ram:LineTwo', address.additional),
    textElement('ram:CityName', address.city),
    textElement('ram:CountryID', address.country),
  )
}

/** BG-6, BG-9 */
function writeContact(contact: Contact | undefined): Xml {
  return element(
    'ram:DefinedTradeContact',
    textElement('ram:PersonName', contact?.name),
    element('ram:TelephoneUniversalCommunication', textElement('ram:CompleteNumber', contact?.phone)),
    element('ram:EmailURIUniversalCommunication', textElement('ram:URIID', contact?.email)),
  )
}

/** BT-34, BT-49 */
function writeElectronicAddress(address: ElectronicAddress | undefined): Xml {
  return element(
    'ram:URIUniversalCommunication',
    textElement('ram:URIID', address?.value, { schemeID: address?.scheme }),
  )
}

/** BT-31, BT-32, BT-48 */
function taxRegistration(id: string | undefined, schemeID: 'VA' | 'FC'): Xml {
  return element('ram:SpecifiedTaxRegistration', textElement('ram:ID', id, { schemeID }))
}
