import { ShopError } from '../shop-error.ts'
import type { AdminApi } from './api.ts'
import { findShopFacts } from './shop-facts.ts'

/** Any one of a group lets the shop be used; without it the words say what will not work. */
const NEEDED: readonly (readonly [readonly string[], string])[] = [
  [['ReadOrder'], 'Bestellungen lesen (ReadOrder)'],
  [['UpdateOrder'], 'Lieferung, Zahlung und Storno melden (UpdateOrder)'],
  [['ReadProduct', 'ReadCatalog'], 'Artikel lesen (ReadCatalog)'],
  [['UpdateProduct', 'UpdateCatalog'], 'Bestand und Preise schreiben (UpdateCatalog)'],
  [['CreateProduct', 'CreateCatalog'], 'Artikel anlegen (CreateCatalog)'],
  [['ReadCustomer'], 'Kunden lesen (ReadCustomer)'],
]

/** Whether address and keys work and may do what is needed, and what about the shop's settings will cause trouble. */
export async function checkAccess(api: AdminApi) {
  const may = await findPermissions(api)
  const missing = may ? NEEDED.filter(([any]) => !any.some((one) => may.has(one))).map(([, what]) => what) : []
  const facts = await findShopFacts(api)
  const warnings = missing.map((what) => `Dem Benutzer im Shop fehlt das Recht: ${what}`)
  if (facts.currency !== 'EUR') warnings.push(`Der Kanal rechnet in ${facts.currency}, nicht in Euro`)
  if (!facts.tracksInventory) warnings.push('Der Shop zählt keine Bestände; Tresen schaltet das je Artikel ein')
  if (!facts.stockLocationId) warnings.push('Der Kanal hat keinen Lagerort: Bestände können nicht geschrieben werden')
  if (!(facts.orderStates.PaymentAuthorized ?? []).includes('Shipped'))
    warnings.push('Das Tresen-Plugin fehlt im Shop: kein Kauf auf Lieferschein, keine Hooks, nur Abfrage jede Minute')
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
