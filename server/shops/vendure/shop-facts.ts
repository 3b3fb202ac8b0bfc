import type { AdminApi } from './api.ts'

/** What has to be known of a shop before its orders and articles can be asked for. */
export interface ShopFacts {
  channelId: string
  code: string
  currency: string
  pricesIncludeTax: boolean
  language: string
  /** where our stock is written to; the others, if there are any, are taken into account */
  stockLocationId: string | null
  tracksInventory: boolean
  outOfStockThreshold: number
  /** names of the merchant's own fields that are plain values, by entity */
  customFields: Readonly<Record<string, readonly string[]>>
  orderStates: Readonly<Record<string, readonly string[]>>
}

const FACTS = `{
  activeChannel { id code currencyCode pricesIncludeTax defaultLanguageCode }
  stockLocations(options: { take: 1, sort: { id: ASC } }) { items { id } }
  globalSettings { trackInventory outOfStockThreshold serverConfig {
    orderProcess { name to }
    entityCustomFields { entityName customFields { ... on CustomField { name type list internal } } } } } }`

interface Answer {
  activeChannel: {
    id: string
    code: string
    currencyCode: string
    pricesIncludeTax: boolean
    defaultLanguageCode: string
  }
  stockLocations: { items: { id: string }[] }
  globalSettings: {
    trackInventory: boolean
    outOfStockThreshold: number
    serverConfig: {
      orderProcess: { name: string; to: string[] }[]
      entityCustomFields: {
        entityName: string
        customFields: { name: string; type: string; list: boolean | null; internal: boolean | null }[]
      }[]
    }
  }
}

export function findShopFacts({ ask, remember }: AdminApi): Promise<ShopFacts> {
  return remember('facts', async () => {
    const { activeChannel, stockLocations, globalSettings } = await ask<Answer>(FACTS)
    const { orderProcess, entityCustomFields } = globalSettings.serverConfig
    return {
      channelId: activeChannel.id,
      code: activeChannel.code,
      currency: activeChannel.currencyCode,
      pricesIncludeTax: activeChannel.pricesIncludeTax,
      language: activeChannel.defaultLanguageCode,
      stockLocationId: stockLocations.items[0]?.id ?? null,
      tracksInventory: globalSettings.trackInventory,
      outOfStockThreshold: globalSettings.outOfStockThreshold,
      customFields: Object.fromEntries(
        entityCustomFields.map(({ entityName, customFields }) => [
          entityName,
          customFields.filter(({ type, internal }) => PLAIN.has(type) && !internal).map(({ name }) => name),
        ]),
      ),
      orderStates: Object.fromEntries(orderProcess.map(({ name, to }) => [name, to])),
    }
  })
}
const PLAIN = new Set(['string', 'localeString', 'text', 'int', 'float', 'boolean', 'datetime'])

/** How a query asks for the merchant's own fields of an entity; a shop without any has no such type to select from. */
export function selectCustomFields({ customFields }: ShopFacts, entity: string): string {
  const names = customFields[entity] ?? []
  return names.length > 0 ? `customFields { ${names.join(' ')} }` : ''
}
