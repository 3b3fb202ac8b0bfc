import type { Connector } from '../connector.ts'
import { openAdminApi } from './api.ts'
import { changedOrders } from './changed-orders.ts'
import { checkAccess } from './check-access.ts'
import { fetchCustomer } from './fetch-customer.ts'
import { fetchOrder } from './fetch-order.ts'
import { ARTICLES_A_PAGE, readCatalogue } from './read-articles.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { showOrder } from './show-order.ts'
import { verifyHook } from './verify-hook.ts'
import { publish, showArticle } from './write-article.ts'
import { readStock, writeStock } from './write-stock.ts'

/** Vendure 3.7 by its Admin API, with the hooks of our plugin. */
export const vendure: Connector = {
  kind: 'vendure',
  readOrders,
  readProgress,
  secrets: [
    { name: 'username', label: { de: 'Benutzer der Verwaltung', en: 'Administrator' }, optional: true },
    { name: 'password', label: { de: 'Kennwort', en: 'Password' }, optional: true },
    { name: 'apiKey', label: { de: 'oder: API-Schlüssel', en: 'or: API key' }, optional: true },
    { name: 'channelToken', label: { de: 'Token des Kanals', en: 'Channel token' }, optional: true },
    { name: 'hookSecret', label: { de: 'Geheimnis der Hooks', en: 'Secret of the hooks' } },
  ],
  verifyHook,
  stockBatch: ARTICLES_A_PAGE,
  open(access) {
    const api = openAdminApi(access)
    return {
      test: () => checkAccess(api),
      changedOrders: (since, page) => changedOrders(api, since, page),
      order: (id) => fetchOrder(api, id),
      customer: (id) => fetchCustomer(api, id),
      catalogue: (page) => readCatalogue(api, page),
      readStock: (listings) => readStock(api, listings),
      writeStock: (writes) => writeStock(api, writes),
      showOrder: (state) => showOrder(api, access.address, state),
      showArticle: (listing, article) => showArticle(api, listing, article),
      publish: (article) => publish(api, article),
    }
  },
}
