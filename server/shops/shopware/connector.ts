import type { Connector } from '../connector.ts'
import { openShopware } from './api.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { verifyHook } from './verify-hook.ts'
import { STOCK_BATCH } from './write-stock.ts'

/** Shopware 6, Admin API. Keys and the secret of the shop come with the app (register-app.ts), or by hand. */
export const shopware: Connector = {
  kind: 'shopware',
  readOrders,
  readProgress,
  secrets: [
    {
      name: 'accessKeyId',
      label: { de: 'Zugangs-ID, bringt die App mit', en: 'Access key ID, comes with the app' },
      optional: true,
    },
    {
      name: 'secretAccessKey',
      label: { de: 'Sicherheitsschlüssel, bringt die App mit', en: 'Secret access key, comes with the app' },
      optional: true,
    },
    {
      name: 'shopSecret',
      label: { de: 'Shop-Geheimnis, bringt die App mit', en: 'Shop secret, comes with the app' },
      optional: true,
    },
    {
      name: 'appSecret',
      label: { de: 'Geheimnis im Manifest der App', en: 'Secret in the manifest of the app' },
      generated: true,
    },
    {
      name: 'salesChannel',
      label: { de: 'ID des Verkaufskanals, falls nicht alle', en: 'ID of the sales channel, if not all' },
      optional: true,
    },
  ],
  verifyHook,
  stockBatch: STOCK_BATCH,
  open: openShopware,
}
