export { demoArticles } from './articles.ts'
export { demoCustomers } from './customers.ts'
export { type DemoMerchant, demoMerchant } from './merchant.ts'
export { type DemoStock, demoStock } from './stock.ts'
