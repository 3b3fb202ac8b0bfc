export { taxRoutes } from './routes.ts'
export { rateOn, type VatRateRow, vatRates } from './vat-rates.ts'
