import type { Remark } from '../../common/shops/api.ts'

/** For tests: "shipment-told LS-1", "paid". */
export function readRemarks(remarks: readonly Remark[]): string[] {
  return remarks.map(({ code, facts }) => [code, ...Object.values(facts)].join(' '))
}
