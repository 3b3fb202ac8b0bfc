import type { ShopKind } from '../../common/shops/api.ts'
import type { Connector } from './connector.ts'
import { shopify } from './shopify/connector.ts'
import { shopware } from './shopware/connector.ts'
import { vendure } from './vendure/connector.ts'
import { wooCommerce } from './woocommerce/connector.ts'

export type Connectors = Partial<Record<ShopKind, Connector>>

/** Every shop we can speak with. A new one is a folder and a line here; a test puts its own in. */
export const connectors: Connectors = { vendure, woocommerce: wooCommerce, shopware, shopify }
