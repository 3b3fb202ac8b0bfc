import { remark } from '../../../common/shops/api.ts'
import type { ChangedOrder, Page, ShopAccess, ShopApi, ShopCustomer } from '../connector.ts'
import { isRecord } from '../shop-order.ts'
import { type AskShopify, shopifyAt } from './ask-shopify.ts'
import { API_VERSION, changedOrders, oneCustomer, oneOrder, orderLines, shopFacts } from './documents.ts'
import { ensureHooks } from './ensure-hooks.ts'
import { locationOf, type ShopFacts, stockLocation } from './location.ts'
import { readAddress } from './read-buyer.ts'
import { shopifyAddress } from './shapes.ts'
import { publish, readCatalogue, showArticle } from './show-article.ts'
import { showOrder } from './show-order.ts'
import { readStock, writeStock } from './write-stock.ts'

export function openShopify(access: ShopAccess): ShopApi {
  const ask = shopifyAt(access)
  const location = locationOf(ask, access.secrets.location)
  return {
    test: () => test(ask, access.secrets.location),
    changedOrders: (since, page) => readChanged(ask, since, page),
    order: (id) => readOrder(ask, id),
    customer: (id) => readCustomer(ask, id),
    catalogue: async (page) => readCatalogue(ask, await location(), page),
    readStock: async (listings) => readStock(ask, await location(), listings),
    writeStock: async (writes) => writeStock(ask, await location(), writes),
    showOrder: (state) => showOrder(ask, state),
    ensureHooks: (address) => ensureHooks(ask, address),
    showArticle: (listing, article) => showArticle(ask, listing, article),
    publish: async (article) => publish(ask, await location(), article),
  }
}

const NEEDED = [
  'read_orders',
  'write_orders',
  'write_order_edits',
  'read_products',
  'write_products',
  'read_inventory',
  'write_inventory',
  'read_locations',
  'read_customers',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
]

async function test(ask: AskShopify, wanted: string | undefined): ReturnType<ShopApi['test']> {
  const { data, version } = await ask(shopFacts)
  const facts = data as ShopFacts
  stockLocation(facts, wanted)
  const scopes = new Set(facts.currentAppInstallation.accessScopes.map((scope) => scope.handle))
  // whoever may write may read
  const missing = NEEDED.filter((one) => !scopes.has(one) && !scopes.has(one.replace(/^read_/, 'write_')))
  const warnings = [
    ...(missing.length > 0 ? [remark('right-missing', { right: missing.join(', ') })] : []),
    ...(scopes.has('read_all_orders') ? [] : [remark('only-sixty-days')]),
    ...(facts.shop.currencyCode === 'EUR' ? [] : [remark('other-currency', { currency: facts.shop.currencyCode })]),
    ...(version === null || version === API_VERSION ? [] : [remark('other-version', { version, wanted: API_VERSION })]),
  ]
  return { shopName: facts.shop.name, version, currency: facts.shop.currencyCode, warnings }
}

async function readChanged(
  ask: AskShopify,
  since: string | null,
  page: string | undefined,
): Promise<Page<ChangedOrder>> {
  const query = since === null ? null : `updated_at:>='${since}'`
  const { data } = await ask(changedOrders, { query, after: page ?? null })
  const { nodes, pageInfo } = data.orders
  return {
    rows: nodes.map((one: { id: string; updatedAt: string }) => ({ id: one.id, changedAt: one.updatedAt })),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
  }
}

/** The order as the shop answers it, its lines of all pages together. */
async function readOrder(ask: AskShopify, id: string): Promise<unknown> {
  const { data } = await ask(oneOrder, { id })
  const { order } = data
  if (!isRecord(order)) return null
  const lines = order.lineItems as { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
  while (lines.pageInfo.hasNextPage) {
    const more = await ask(orderLines, { id, after: lines.pageInfo.endCursor })
    // deleted in between: what we have is half an order
    if (!more.data.order) return null
    lines.nodes.push(...more.data.order.lineItems.nodes)
    lines.pageInfo = more.data.order.lineItems.pageInfo
  }
  return { data: { order } }
}

/** A person, or the location of a firm that buys (read-buyer.ts names it by its location). */
async function readCustomer(ask: AskShopify, id: string): Promise<ShopCustomer | null> {
  const { data } = await ask(oneCustomer, { id })
  const { node } = data
  if (node?.__typename === 'CompanyLocation') {
    const { billingAddress: there } = node
    const address = there && {
      ...there,
      company: there.companyName,
      name: there.recipient ?? '',
      countryCodeV2: there.countryCode,
    }
    return {
      id: node.id,
      email: null,
      vatId: node.taxSettings?.taxRegistrationId ?? null,
      company: node.company.name,
      person: null,
      billTo: addressOf(address) ?? null,
    }
  }
  if (node?.__typename !== 'Customer') return null
  return {
    id: node.id,
    email: node.defaultEmailAddress?.emailAddress ?? null,
    vatId: null,
    company: node.defaultAddress?.company || null,
    person: node.displayName,
    billTo: addressOf(node.defaultAddress) ?? null,
  }
}

function addressOf(found: unknown) {
  const parsed = shopifyAddress.safeParse(found)
  return parsed.success ? readAddress(parsed.data, undefined, undefined) : undefined
}
