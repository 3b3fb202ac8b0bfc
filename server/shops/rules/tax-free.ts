import type { VatCategory } from '../../../common/tax/vat.ts'

const EU = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

export interface TaxFree {
  /** where the goods go */
  country: string
  vatId: string | undefined
  /** the shop has a rate of 0 % for it; otherwise it knows no tax on it at all */
  zeroRate: boolean
  /** the shop marks this line alone as not taxable, in an order that is taxed otherwise */
  notTaxable: boolean
}

/**
 * Why a line of a German shop has no VAT. Out of the EU: export (§ 4 Nr. 1a UStG, "G"); to a VAT id of another member
 * state: intra-community ("K"); a rate of 0 % (§ 12 Abs. 3 UStG) is "Z"; all else is exempt ("E": a deposit, § 19 UStG).
 */
export function taxFreeCategory({ country, vatId, zeroRate, notTaxable }: TaxFree): VatCategory {
  if (!EU.has(country)) return 'G'
  if (country !== 'DE' && vatId !== undefined && !vatId.startsWith('DE') && !notTaxable) return 'K'
  return zeroRate ? 'Z' : 'E'
}
