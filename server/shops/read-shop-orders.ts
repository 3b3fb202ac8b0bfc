import type { ReadOptions, ReadOrders, ShopOrder } from './shop-order.ts'
import { readOrders as readVendure } from './vendure/read-order.ts'
import { readOrders as readWooCommerce } from './woocommerce/read-order.ts'

export type ShopFormat = 'woocommerce' | 'vendure'

const readers: Record<ShopFormat, ReadOrders> = { woocommerce: readWooCommerce, vendure: readVendure }

/** The orders in a document exactly as the shop's API answers it; what can't be taken says why. Never throws. */
export function readShopOrders(format: ShopFormat, document: unknown, options: ReadOptions): ShopOrder[] {
  return readers[format](document, options)
}
