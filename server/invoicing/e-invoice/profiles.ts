/**
 * The specifications an invoice can be written to. `xrechnung` for authorities and whoever asks, `en16931` is the core
 * (the factur-x.xml in a hybrid PDF), `peppol` is BIS Billing 3 (UBL only), `extended` Factur-X EXTENDED (CII only).
 */
export type InvoiceProfile = 'xrechnung' | 'en16931' | 'peppol' | 'extended'

/** BT-24, specification identifier */
export const SPECIFICATION_IDENTIFIER: Readonly<Record<InvoiceProfile, string>> = {
  xrechnung: 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
  en16931: 'urn:cen.eu:en16931:2017',
  peppol: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  extended: 'urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended',
}

/** BT-23, business process type: XRechnung and Peppol ask for it (PEPPOL-EN16931-R001) */
export const BUSINESS_PROCESS: Readonly<Record<InvoiceProfile, string | undefined>> = {
  xrechnung: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  en16931: undefined,
  peppol: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  extended: undefined,
}

/** BT-128-1, UNTDID 1153: the invoiced object is a delivery note number */
export const DELIVERY_NOTE_SCHEME = 'DQ'

/** UNTDID 1001: the only document type a line's object may have (PEPPOL-EN16931-R101) */
export const INVOICED_OBJECT = '130'
