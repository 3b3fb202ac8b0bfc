import { z } from 'zod'

/** What is sent to customers by e-mail. */
export const sentKinds = ['invoice', 'correction', 'delivery-note', 'return'] as const
export const sentKind = z.enum(sentKinds)
export type SentKind = z.output<typeof sentKind>

/** An address that can't smuggle anything into the header of a mail. */
export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s<>"(),:;[\]\\@]{1,64}@[^\s<>"(),:;[\]\\@]{1,189}$/, 'no e-mail address')

const addresses = z.array(emailAddress).max(10)
/** What a customer gets by e-mail; everything else goes on paper as before. */
export const customerSending = z
  .object({
    kinds: z.array(sentKind).max(sentKinds.length).default([]),
    addresses: addresses.default([]).describe('to; left empty: the e-mail of the customer'),
    addressesByKind: z
      .partialRecord(sentKind, addresses)
      .default({})
      .describe('where a kind of document goes somewhere else'),
    consentOn: z.iso
      .date()
      .optional()
      .describe('the day he agreed to invoices in an electronic format that the law leaves to agreement'),
  })
  .meta({ id: 'CustomerSending' })
export type CustomerSending = z.output<typeof customerSending>

export const noSending: CustomerSending = { kinds: [], addresses: [], addressesByKind: {} }

export const bouncedAddress = z
  .object({ address: z.string(), bouncedOn: z.iso.date(), reason: z.string() })
  .meta({ id: 'BouncedAddress' })

/** Where a document of this kind goes: its own addresses, else those for everything, else the customer's e-mail. */
export function recipientsFor(
  kind: SentKind,
  sending: CustomerSending,
  email: string | null | undefined,
): readonly string[] {
  const own = sending.addressesByKind[kind] ?? []
  if (own.length > 0) return own
  if (sending.addresses.length > 0) return sending.addresses
  return email ? [email] : []
}

interface Buyer {
  kind: 'company' | 'consumer'
  vatTreatment: 'domestic' | 'intra-community' | 'export' | 'reverse-charge'
}

/**
 * Whether somebody must have agreed before an invoice reaches him in this form (§ 14 (1) and (2) UStG): for plain PDF
 * always; for an e-invoice where he is no business of this country, who needn't be asked.
 */
export function needsConsent(
  kind: SentKind,
  form: 'xrechnung-ubl' | 'xrechnung-cii' | 'factur-x' | 'pdf',
  customer: Buyer,
): boolean {
  if (kind !== 'invoice' && kind !== 'correction') return false
  const isOurBusiness = customer.kind === 'company' && !['intra-community', 'export'].includes(customer.vatTreatment)
  return form === 'pdf' || !isOurBusiness
}
