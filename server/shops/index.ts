export { type ImportedOrder, importOrders } from './import-orders.ts'
export { readShopOrders, type ShopFormat } from './read-shop-orders.ts'
export { shopRoutes } from './routes.ts'
export type { PaymentMethod, ReadOptions, ReadOrders, ShopOrder } from './shop-order.ts'
