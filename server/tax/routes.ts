import { listVatRates, saveVatRate as saveVatRateRoute } from '../../common/branches/api.ts'
import { read, statement, type Work, write } from '../kernel/index.ts'
import { type VatRateRow, vatRates } from './vat-rates.ts'

const upsertRate = statement(
  'tax.save-vat-rate',
  'insert into tax.vat_rate (vat_class, country, valid_from, rate) values ($1, $2, $3, $4) on conflict (country, vat_class, valid_from) do update set rate = excluded.rate',
)

/** The legislator changes a rate: it gets a new row with the day it begins; what was agreed before keeps its own. */
async function saveVatRate(work: Work, input: VatRateRow): Promise<Record<string, never>> {
  work.save(upsertRate, [input.vatClass, input.country, input.validFrom, input.rate])
  work.record({ after: input })
  return {}
}

export const taxRoutes = [
  read(listVatRates, async (database) => ({ rates: await vatRates(database) })),
  write(saveVatRateRoute, saveVatRate),
]
