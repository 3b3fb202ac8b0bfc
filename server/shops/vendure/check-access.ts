import { remark } from '../../../common/shops/api.ts'
import { ShopError } from '../shop-error.ts'
import type { AdminApi } from './api.ts'
import { findShopFacts } from './shop-facts.ts'

/** Any one of a group lets the shop be used; the second one is named where none is there. */
const NEEDED: readonly (readonly [readonly string[], string])[] = [
  [['ReadOrder'], 'ReadOrder'],
  [['UpdateOrder'], 'UpdateOrder'],
  [['ReadProduct', 'ReadCatalog'], 'ReadCatalog'],
  [['UpdateProduct', 'UpdateCatalog'], 'UpdateCatalog'],
  [['CreateProduct', 'CreateCatalog'], 'CreateCatalog'],
  [['ReadCustomer'], 'ReadCustomer'],
]

/** Whether address and keys work and may do what is needed, and what about the shop's settings will cause trouble. */
export async function checkAccess(api: AdminApi) {
  const may = await findPermissions(api)
  const missing = may ? NEEDED.filter(([any]) => !any.some((one) => may.has(one))).map(([, right]) => right) : []
  const facts = await findShopFacts(api)
  const warnings = missing.map((right) => remark('right-missing', { right }))
  if (facts.currency !== 'EUR') warnings.push(remark('other-currency', { currency: facts.currency }))
  if (!facts.tracksInventory) warnings.push(remark('counts-nothing'))
  if (!facts.stockLocationId) warnings.push(remark('no-stock-location'))
  if (!(facts.orderStates.PaymentAuthorized ?? []).includes('Shipped')) warnings.push(remark('plugin-missing'))
  const shopName = facts.code === '__default_channel__' ? 'Vendure' : `Vendure, Kanal ${facts.code}`
  return { shopName, version: null, currency: facts.currency, warnings }
}

/** What this user may; null for an API key, of which Vendure doesn't tell: that it may read orders is tried. */
async function findPermissions({ ask }: AdminApi): Promise<Set<string> | null> {
  try {
    const { me } = await ask<{ me: { channels: { permissions: string[] }[] } }>('{ me { channels { permissions } } }')
    return new Set(me.channels.flatMap(({ permissions }) => permissions))
  } catch (error) {
    if (!(error instanceof ShopError) || error.trouble !== 'unauthorised') throw error
    await ask('{ orders(options: { take: 1 }) { totalItems } productVariants(options: { take: 1 }) { totalItems } }')
    return null
  }
}
