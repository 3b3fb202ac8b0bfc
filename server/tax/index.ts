export { rateOn, type VatRateRow, vatRates } from './vat-rates.ts'
export { taxRoutes } from './routes.ts'
