import type { Contact, ElectronicAddress, PostalAddress } from './parties.ts'
import { element, textElement, type Xml } from './xml.ts'

/**
 * What the UBL 2.1 documents have in common: the invoice and the despatch advice write addresses and contacts alike.
 * Elements stand in the order of the UBL schema.
 */

/** The namespaces of a UBL document; the root is one of `Invoice`, `CreditNote`, `DespatchAdvice`. */
export function ublNamespaces(root: string): Record<string, string> {
  return {
    xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
    'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
    'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  }
}

export function ublEndpoint(address: ElectronicAddress | undefined): Xml {
  return textElement('cbc:EndpointID', address?.value, { schemeID: address?.scheme })
}

/** Postal address under any of its names: `cac:PostalAddress`, `cac:Address`, `cac:DespatchAddress`. */
export function ublAddress(name: string, address: PostalAddress): Xml {
  return element(
    name,
    textElement('cbc:StreetName', address.street),
    textElement('cbc:AdditionalStreetName', address.additional),
    textElement('cbc:CityName', address.city),
    textElement('cbc:PostalZone', address.postalCode),
    element('cac:Country', textElement('cbc:IdentificationCode', address.country)),
  )
}

export function ublContact(name: string, contact: Contact | undefined): Xml {
  return element(
    name,
    textElement('cbc:Name', contact?.name),
    textElement('cbc:Telephone', contact?.phone),
    textElement('cbc:ElectronicMail', contact?.email),
  )
}
