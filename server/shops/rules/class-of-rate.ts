import type { Day } from '../../../common/dates.ts'

interface Rate {
  vatClass: string
  country: string
  rate: number
  validFrom: Day
}

/** The VAT class whose German rate of today is the shop's; 'standard' for a foreign one. */
export function classOfRate(rates: readonly Rate[], rate: number, today: Day): string {
  const classes = [...new Set(rates.map((row) => row.vatClass))]
  const now = (vatClass: string) =>
    rates.filter((row) => row.vatClass === vatClass && row.country === 'DE' && row.validFrom <= today).at(-1)?.rate
  return classes.find((vatClass) => now(vatClass) === rate) ?? 'standard'
}
