import type { VatCategory } from '../../../../common/tax/vat.ts'
import type { En16931Invoice } from '../en16931.ts'
import { present } from './rule.ts'

/**
 * The rules each VAT category has, in the standard's own numbering: 01 breakdown, 02-04 identifiers, 05-07 rates, 08
 * base, 09 VAT, 10 exemption reason. What they check is written once, in `vat-categories.ts`.
 */
export interface VatFamily {
  category: VatCategory
  name: { de: string; en: string }
  ids: readonly [
    breakdown: string,
    identifiers: readonly [line: string, allowance: string, charge: string],
    rates: readonly [line: string, allowance: string, charge: string],
    base: string,
    vat: string,
    reason: string,
  ]
  /** which VAT and tax numbers the category asks for or forbids */
  identifiersAreRight: (invoice: En16931Invoice) => boolean
  identifierTerm: string
  identifiersDe: string
  identifiersEn: string
  reason: 'required' | 'forbidden'
}

const sellerIsKnown = ({ seller }: En16931Invoice) => present(seller.vatId) || present(seller.taxNumber)
const SELLER_KNOWN = {
  identifiersAreRight: sellerIsKnown,
  identifierTerm: 'BT-31',
  identifiersDe: 'braucht USt-IdNr. oder Steuernummer des Verkäufers',
  identifiersEn: 'needs VAT id or tax number of the seller',
}

export const VAT_FAMILIES: readonly VatFamily[] = [
  {
    category: 'S',
    name: { de: 'Normalsatz', en: 'standard rate' },
    ids: [
      'BR-S-01',
      ['BR-S-02', 'BR-S-03', 'BR-S-04'],
      ['BR-S-05', 'BR-S-06', 'BR-S-07'],
      'BR-S-08',
      'BR-S-09',
      'BR-S-10',
    ],
    ...SELLER_KNOWN,
    reason: 'forbidden',
  },
  {
    category: 'Z',
    name: { de: 'Nullsatz', en: 'zero rate' },
    ids: [
      'BR-Z-01',
      ['BR-Z-02', 'BR-Z-03', 'BR-Z-04'],
      ['BR-Z-05', 'BR-Z-06', 'BR-Z-07'],
      'BR-Z-08',
      'BR-Z-09',
      'BR-Z-10',
    ],
    ...SELLER_KNOWN,
    reason: 'forbidden',
  },
  {
    category: 'E',
    name: { de: 'steuerfrei', en: 'exempt' },
    ids: [
      'BR-E-01',
      ['BR-E-02', 'BR-E-03', 'BR-E-04'],
      ['BR-E-05', 'BR-E-06', 'BR-E-07'],
      'BR-E-08',
      'BR-E-09',
      'BR-E-10',
    ],
    ...SELLER_KNOWN,
    reason: 'required',
  },
  {
    category: 'AE',
    name: { de: 'Steuerschuldnerschaft des Leistungsempfängers', en: 'reverse charge' },
    ids: [
      'BR-AE-01',
      ['BR-AE-02', 'BR-AE-03', 'BR-AE-04'],
      ['BR-AE-05', 'BR-AE-06', 'BR-AE-07'],
      'BR-AE-08',
      'BR-AE-09',
      'BR-AE-10',
    ],
    identifiersAreRight: (invoice) => sellerIsKnown(invoice) && present(invoice.buyer.vatId),
    identifierTerm: 'BT-48',
    identifiersDe: 'braucht USt-IdNr. oder Steuernummer des Verkäufers und die USt-IdNr. des Käufers',
    identifiersEn: 'needs VAT id or tax number of the seller and the VAT id of the buyer',
    reason: 'required',
  },
  {
    category: 'K',
    name: { de: 'innergemeinschaftliche Lieferung', en: 'intra-community supply' },
    ids: [
      'BR-IC-01',
      ['BR-IC-02', 'BR-IC-03', 'BR-IC-04'],
      ['BR-IC-05', 'BR-IC-06', 'BR-IC-07'],
      'BR-IC-08',
      'BR-IC-09',
      'BR-IC-10',
    ],
    identifiersAreRight: ({ seller, buyer }) => present(seller.vatId) && present(buyer.vatId),
    identifierTerm: 'BT-48',
    identifiersDe: 'braucht die USt-IdNr. von Verkäufer und Käufer',
    identifiersEn: 'needs the VAT ids of seller and buyer',
    reason: 'required',
  },
  {
    category: 'G',
    name: { de: 'Ausfuhr', en: 'export' },
    ids: [
      'BR-G-01',
      ['BR-G-02', 'BR-G-03', 'BR-G-04'],
      ['BR-G-05', 'BR-G-06', 'BR-G-07'],
      'BR-G-08',
      'BR-G-09',
      'BR-G-10',
    ],
    identifiersAreRight: ({ seller }) => present(seller.vatId),
    identifierTerm: 'BT-31',
    identifiersDe: 'braucht die USt-IdNr. des Verkäufers',
    identifiersEn: 'needs the VAT id of the seller',
    reason: 'required',
  },
  {
    category: 'O',
    name: { de: 'nicht steuerbar', en: 'not subject to VAT' },
    ids: [
      'BR-O-01',
      ['BR-O-02', 'BR-O-03', 'BR-O-04'],
      ['BR-O-05', 'BR-O-06', 'BR-O-07'],
      'BR-O-08',
      'BR-O-09',
      'BR-O-10',
    ],
    identifiersAreRight: ({ seller, buyer }) => !present(seller.vatId) && !present(buyer.vatId),
    identifierTerm: 'BT-31',
    identifiersDe: 'darf keine USt-IdNr. nennen',
    identifiersEn: 'must not name a VAT id',
    reason: 'required',
  },
]
