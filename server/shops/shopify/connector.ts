import type { Connector } from '../connector.ts'
import { openShopify } from './api.ts'
import { readOrders } from './read-order.ts'
import { readProgress } from './read-progress.ts'
import { verifyHook } from './verify-hook.ts'
import { STOCK_BATCH } from './write-stock.ts'

/** Shopify, Admin GraphQL 2026-10. */
export const shopify: Connector = {
  kind: 'shopify',
  readOrders,
  readProgress,
  secrets: [
    { name: 'clientId', label: { de: 'Client-ID der App', en: 'Client ID of the app' }, optional: true },
    {
      name: 'clientSecret',
      label: { de: 'Client-Geheimnis der App (auch für Webhooks)', en: 'Client secret of the app (also for webhooks)' },
    },
    {
      name: 'accessToken',
      label: { de: 'Zugriffstoken (nur ältere Apps aus der Verwaltung)', en: 'Access token (only older apps)' },
      optional: true,
    },
    {
      name: 'location',
      label: { de: 'Standort für den Bestand (Name), falls mehrere', en: 'Location of the stock (name), if several' },
      optional: true,
    },
  ],
  verifyHook,
  stockBatch: STOCK_BATCH,
  open: openShopify,
}
