import type { NewOrderInput, ParkReason } from '../../../common/orders/api.ts'
import { documentAmounts, type PriceMode, type TaxedAmount, type VatTotal } from '../../../common/tax/vat.ts'

export type StatedTotals = NonNullable<NewOrderInput['totals']>

/**
 * Whether the lines are the shop's total. Gross prices: what the customer pays, to the cent. Net prices: the nets of
 * each rate, to the cent; the shop may have rounded its VAT line by line, we round it once a rate (EN 16931 BG-23),
 * so it may differ by half a cent a line and no more. The same bound holds for the VAT in gross prices.
 */
export function checkTotals(lines: readonly TaxedAmount[], mode: PriceMode, stated: StatedTotals): ParkReason[] {
  const ours = documentAmounts(lines, mode)
  const differ = (facts: Record<string, unknown> = {}): ParkReason[] => [
    { code: 'totals-differ', facts: { stated: stated.gross, computed: ours.payable, ...facts } },
  ]
  const rows = stated.perRate ?? []
  if (mode === 'gross' && ours.payable !== stated.gross) return differ()
  if (mode === 'net' && stated.net !== undefined && ours.net !== stated.net)
    return differ({ statedNet: stated.net, computedNet: ours.net })
  if (sum(rows.map((row) => row.net + row.vat)) !== stated.gross) return differ({ perRate: rows })
  for (const rate of new Set([...rows, ...ours.perRate].map((row) => row.rate))) {
    const [theirs, own] = [rowOf(rows, rate), rowOf(ours.perRate, rate)]
    const tolerance = Math.ceil((lines.filter((line) => line.rate === rate).length + 1) / 2)
    const netDiffers = mode === 'net' && theirs.net !== own.net
    if (netDiffers || Math.abs(theirs.vat - own.vat) > tolerance) {
      return differ({ rate, statedNet: theirs.net, computedNet: own.net, statedVat: theirs.vat, computedVat: own.vat })
    }
  }
  return []
}

function rowOf(rows: readonly Pick<VatTotal, 'rate' | 'net' | 'vat'>[], rate: number): { net: number; vat: number } {
  const same = rows.filter((row) => row.rate === rate)
  return { net: sum(same.map((row) => row.net)), vat: sum(same.map((row) => row.vat)) }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
