export { type ImportedOrder, importOrders } from './import-orders.ts'
export type { ShopFormat } from './read-shop-orders.ts'
export { shopRoutes } from './routes.ts'
