import type { Connector } from '../connector.ts'
import { wooApi } from './api.ts'
import { ensureHooks } from './ensure-hooks.ts'
import { fetchCustomer } from './fetch-customer.ts'
import { changedOrders, fetchOrder } from './fetch-orders.ts'
import { readCatalogue, readTaxClasses, type TaxClasses } from './read-catalogue.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { publishArticle, showArticle } from './show-article.ts'
import { showOrder } from './show-order.ts'
import type { Features } from './tell-shipments.ts'
import { testConnection } from './test-connection.ts'
import { verifyHook } from './verify-hook.ts'
import { readStock, STOCK_BATCH, writeStock } from './write-stock.ts'

/** WooCommerce, REST v3. What it was held against is said in the README. */
export const wooCommerce: Connector = {
  kind: 'woocommerce',
  readOrders,
  readProgress,
  secrets: [
    { name: 'consumerKey', label: { de: 'Consumer Key (ck_…)', en: 'Consumer key (ck_…)' } },
    { name: 'consumerSecret', label: { de: 'Consumer Secret (cs_…)', en: 'Consumer secret (cs_…)' } },
    { name: 'webhookSecret', label: { de: 'Geheimnis der Webhooks', en: 'Secret of the webhooks' }, generated: true },
  ],
  verifyHook,
  stockBatch: STOCK_BATCH,
  open(access) {
    const api = wooApi(access)
    const features: Features = {}
    let asked: Promise<TaxClasses> | undefined
    const taxClasses = () => {
      asked ??= readTaxClasses(api).catch((error: unknown) => {
        asked = undefined
        throw error
      })
      return asked
    }
    return {
      test: () => testConnection(api),
      changedOrders: (since, page) => changedOrders(api, since, page),
      order: (id) => fetchOrder(api, id),
      customer: (id) => fetchCustomer(api, id),
      catalogue: async (page) => readCatalogue(api, await taxClasses(), page),
      readStock: (listings) => readStock(api, listings),
      writeStock: (writes) => writeStock(api, writes),
      ensureHooks: (address) => ensureHooks(api, address, access.secrets.webhookSecret!),
      showOrder: (state) => showOrder(api, features, state),
      showArticle: (listing, article) => showArticle(api, listing, article),
      publish: async (article) => publishArticle(api, await taxClasses(), article),
    }
  },
}
