import { remark } from '../../../common/shops/api.ts'
import type { ShopAccess, ShopApi } from '../connector.ts'
import { type AskShopware, search, shopwareAt } from './ask-shopware.ts'
import { ensureHooks } from './ensure-hooks.ts'
import { readChanged, readCustomer, readOrder } from './fetch-orders.ts'
import { OWN_CURRENCY, publish, readCatalogue, showArticle } from './show-article.ts'
import { showOrder } from './show-order.ts'
import { readStock, writeStock } from './write-stock.ts'

export function openShopware(access: ShopAccess): ShopApi {
  const ask = shopwareAt(access)
  const { salesChannel } = access.secrets
  return {
    test: () => test(ask, access.secrets),
    changedOrders: (since, page) => readChanged(ask, since, page, salesChannel),
    order: (id) => readOrder(ask, id),
    customer: (id) => readCustomer(ask, id),
    catalogue: (page) => readCatalogue(ask, page),
    readStock: (listings) => readStock(ask, listings),
    writeStock: (writes) => writeStock(ask, writes),
    showOrder: (state) => showOrder(ask, state),
    ensureHooks: (address) => ensureHooks(ask, address),
    showArticle: (listing, article) => showArticle(ask, listing, article),
    publish: (article) => publish(ask, article, salesChannel),
  }
}

async function test(ask: AskShopware, secrets: ShopAccess['secrets']): ReturnType<ShopApi['test']> {
  const { json } = await ask('GET', '/_info/version')
  const version = typeof json?.version === 'string' ? json.version : null
  const currencies = await search(ask, 'currency', { ids: [OWN_CURRENCY], limit: 1 })
  const currency = String(currencies.rows[0]?.isoCode ?? '')
  const wanted = secrets.salesChannel ? { ids: [secrets.salesChannel] } : {}
  const channels = await search(ask, 'sales-channel', { ...wanted, limit: 100 })
  const active = channels.rows.filter((one) => one.active !== false)
  const warnings = [
    ...(isSince(version, 6, 6) ? [] : [remark('too-old', { version: version ?? '?' })]),
    ...(currency === 'EUR' ? [] : [remark('other-currency', { currency: currency || '?' })]),
    ...(secrets.shopSecret ? [] : [remark('hooks-unsigned')]),
    ...(channels.rows.length === 0 ? [remark('no-sales-channel')] : []),
    ...(active.length > 1 && !secrets.salesChannel ? [remark('several-sales-channels')] : []),
  ]
  const shopName = String(active[0]?.translated?.name ?? active[0]?.name ?? 'Shopware')
  return { shopName, version, currency, warnings }
}

function isSince(version: string | null, major: number, minor: number): boolean {
  const [is, has] = (version ?? '').split('.').map(Number)
  return is !== undefined && has !== undefined && (is > major || (is === major && has >= minor))
}
