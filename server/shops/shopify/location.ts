import { remark } from '../../../common/shops/api.ts'
import { ShopError } from '../shop-error.ts'
import type { AskShopify } from './ask-shopify.ts'
import { shopFacts } from './documents.ts'

interface Location {
  id: string
  name: string
  isActive: boolean
  fulfillsOnlineOrders: boolean
  isFulfillmentService: boolean
}

export interface ShopFacts {
  shop: { name: string; currencyCode: string; taxesIncluded: boolean }
  currentAppInstallation: { accessScopes: { handle: string }[] }
  locations: { nodes: Location[] }
}

/**
 * The location of the shop our stock is shown at: the one the merchant named (by name or id), else the only one that
 * delivers online orders. Stock at other locations of the shop is somebody else's and stays as it is.
 */
export function stockLocation(facts: ShopFacts, wanted: string | undefined): string {
  const own = facts.locations.nodes.filter((one) => one.isActive && !one.isFulfillmentService)
  if (wanted) {
    const named = own.find((one) => one.id === wanted || one.id.endsWith(`/${wanted}`) || one.name === wanted)
    if (named) return named.id
    throw new ShopError('refused', remark('location-unknown', { location: wanted, locations: namesOf(own) }))
  }
  const online = own.filter((one) => one.fulfillsOnlineOrders)
  if (online.length === 1) return online[0]!.id
  throw new ShopError('refused', remark('location-wanted', { locations: namesOf(online) }))
}

function namesOf(locations: readonly Location[]): string {
  return locations.map((one) => one.name).join(', ') || '–'
}

/** Asks once for each connection that is opened; a refusal is asked again. */
export function locationOf(ask: AskShopify, wanted: string | undefined): () => Promise<string> {
  let found: Promise<string> | undefined
  return () => {
    found ??= ask(shopFacts).then(({ data }) => stockLocation(data as ShopFacts, wanted))
    found.catch(() => {
      found = undefined
    })
    return found
  }
}
