import type { VatCategory } from '../../../../common/tax/vat.ts'
import type { En16931Invoice } from '../en16931.ts'
import { testInvoice } from '../test-invoices.ts'
import { allowance, breakdown, buyer, type Change, charge, line, seller } from './broken-invoices.ts'
import { VAT_FAMILIES } from './vat-families.ts'

/** For tests: each rule of a VAT category, and a change that breaks it. */

type CategoryCase = readonly [rule: string, category: VatCategory, change: Change]

const ABROAD = {
  K: { address: { city: 'Wien', postalCode: '1070', country: 'AT' } },
  G: { address: { city: 'Bern', postalCode: '3000', country: 'CH' } },
}

/** An invoice of one category with a line, an allowance and a charge. */
export function ofCategory(category: VatCategory): En16931Invoice {
  const rate = category === 'S' ? 1900 : 0
  const exempt = category !== 'S' && category !== 'Z'
  const sum = { vatCategory: category, vatRate: rate }
  const invoice = testInvoice({
    lines: [{ quantity: 2_000, price: 199_900, category, rate }],
    allowances: [{ ...sum, amount: 300, reason: 'Gutschein', reasonCode: '95' }],
    charges: [{ ...sum, amount: 590, reason: 'Versand', reasonCode: 'FC' }],
    exemption: exempt ? { exemptionReason: 'Grund' } : undefined,
  })
  if (category === 'K' || category === 'G') return { ...invoice, deliverTo: ABROAD[category] }
  return category === 'O'
    ? { ...invoice, ...seller({ vatId: undefined })(invoice), ...buyer({ vatId: undefined })(invoice) }
    : invoice
}

/** Breaks the identifiers with the category left in one place only: 0 lines, 1 allowances, 2 charges. */
function withoutIdentifiers(category: VatCategory, place: number): Change {
  return (i) => ({
    seller: { ...i.seller, identifier: 'X', taxNumber: undefined, vatId: category === 'O' ? 'DE123456789' : undefined },
    lines: place === 0 ? i.lines : [],
    allowances: place === 1 ? i.allowances : [],
    charges: place === 2 ? i.charges : [],
  })
}

export const FAMILY_CASES = VAT_FAMILIES.flatMap(({ category, reason, ids }): CategoryCase[] => {
  const [breakdownId, identifiers, rates, baseId, vatId, reasonId] = ids
  const wrongRate = category === 'S' ? 0 : 1900
  return [
    [breakdownId, category, () => ({ vatBreakdown: [] })],
    [breakdownId, category, (i) => ({ vatBreakdown: [...i.vatBreakdown, ...i.vatBreakdown] })],
    [breakdownId, category, () => ({ lines: [], allowances: [], charges: [] })],
    ...identifiers.map((id, place): CategoryCase => [id, category, withoutIdentifiers(category, place)]),
    [rates[0], category, line({ vatRate: wrongRate })],
    [rates[1], category, allowance({ vatRate: wrongRate })],
    [rates[2], category, charge({ vatRate: wrongRate })],
    [baseId, category, (i) => breakdown({ net: i.vatBreakdown[0]!.net + 1 })(i)],
    [vatId, category, (i) => breakdown({ vat: i.vatBreakdown[0]!.vat + 1 })(i)],
    [reasonId, category, breakdown({ exemptionReason: reason === 'required' ? undefined : 'Grund' })],
  ]
})

export const ONE_CATEGORY_CASES: readonly CategoryCase[] = [
  ['BR-IC-11', 'K', () => ({ deliveredOn: undefined })],
  ['BR-IC-12', 'K', () => ({ deliverTo: undefined })],
  ['TRESEN-ABROAD', 'K', (i) => ({ deliverTo: { address: i.seller.address } })],
  ['TRESEN-ABROAD', 'G', (i) => ({ deliverTo: undefined, buyer: { ...i.buyer, address: i.seller.address } })],
  ['BR-O-11', 'O', (i) => ({ vatBreakdown: [...i.vatBreakdown, { ...i.vatBreakdown[0]!, category: 'Z' }] })],
  ['BR-O-12', 'O', (i) => ({ lines: [...i.lines, { ...i.lines[0]!, vatCategory: 'Z' }] })],
  ['BR-O-13', 'O', (i) => ({ allowances: [...i.allowances, { ...i.allowances[0]!, vatCategory: 'Z' }] })],
  ['BR-O-14', 'O', (i) => ({ charges: [...i.charges, { ...i.charges[0]!, vatCategory: 'Z' }] })],
]
