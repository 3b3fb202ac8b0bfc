import type { ShopKind } from '../../common/shops/api.ts'
import type { ReadOptions, ReadOrders, ShopOrder } from './shop-order.ts'
import { readOrders as readShopify } from './shopify/read-order.ts'
import { readOrders as readShopware } from './shopware/read-order.ts'
import { readOrders as readVendure } from './vendure/read-order.ts'
import { readOrders as readWooCommerce } from './woocommerce/read-order.ts'

/** The shops whose orders can be read from a file; those we can speak with are the same (shopKind). */
export type ShopFormat = ShopKind

const readers: Record<ShopFormat, ReadOrders> = {
  woocommerce: readWooCommerce,
  vendure: readVendure,
  shopify: readShopify,
  shopware: readShopware,
}

/** The orders in a document exactly as the shop's API answers it; what can't be taken says why. Never throws. */
export function readShopOrders(format: ShopFormat, document: unknown, options: ReadOptions): ShopOrder[] {
  return readers[format](document, options)
}
