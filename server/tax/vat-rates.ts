import type { Day } from '../../common/dates.ts'
import { type Database, statement } from '../kernel/index.ts'

export interface VatRateRow {
  vatClass: string
  country: string
  rate: number
  validFrom: Day
}

export const allRates = statement<VatRateRow>(
  'tax.vat-rates',
  'select vat_class as "vatClass", country, rate, valid_from as "validFrom" from tax.vat_rate order by country, vat_class, valid_from',
)

export function vatRates(database: Database): Promise<VatRateRow[]> {
  return database.query(allRates, [])
}

/** The rate of a class in force on a day: the latest that began before; undefined if none had begun. */
export function rateOn(rates: readonly VatRateRow[], vatClass: string, day: Day, country = 'DE'): number | undefined {
  return rates.filter((r) => r.vatClass === vatClass && r.country === country && r.validFrom <= day).at(-1)?.rate
}
