import type { Connector } from '../connector.ts'
import { openShopware } from './api.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { verifyHook } from './verify-hook.ts'
import { STOCK_BATCH } from './write-stock.ts'

/** Shopware 6, Admin API. */
export const shopware: Connector = {
  kind: 'shopware',
  readOrders,
  readProgress,
  secrets: [
    {
      name: 'accessKeyId',
      label: { de: 'Zugangs-ID der Integration oder App', en: 'Access key ID of the integration or app' },
    },
    { name: 'secretAccessKey', label: { de: 'Sicherheitsschlüssel', en: 'Secret access key' } },
    {
      name: 'shopSecret',
      label: { de: 'Shop-Geheimnis der App (für Webhooks)', en: 'Shop secret of the app (for webhooks)' },
      optional: true,
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
