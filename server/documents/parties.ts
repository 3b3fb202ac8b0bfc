/** Address in a document, as EN 16931 (BG-5, BG-8, BG-15) and Peppol cut it. */
export interface PostalAddress {
  street?: string
  additional?: string
  city: string
  postalCode: string
  /** ISO 3166-1 alpha-2 */
  country: string
}

/** Where a party receives electronic documents; scheme from the EAS list (EM = e-mail, 9930 = German VAT id, 0204 = Leitweg-ID). */
export interface ElectronicAddress {
  scheme: string
  value: string
}

/** Whom to ask. */
export interface Contact {
  name?: string
  phone?: string
  email?: string
}
