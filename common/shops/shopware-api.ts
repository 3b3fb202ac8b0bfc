import { z } from 'zod'
import { id, nothing, route, word } from '../route.ts'

/* The app of a Shopware shop: its manifest for the merchant, its registration by the shop itself. */

const tag = 'shops'
const byChannel = z.object({ channelId: id })
const byCode = z.object({ channel: word(40) })
const shopId = z.string().min(1).max(120)
const shopUrl = z.url({ protocol: /^https?$/ }).max(300)
const second = z.coerce.number().int().min(0).max(100_000_000_000).describe('seconds since 1970, the shop’s clock')

export const getShopwareManifest = route({
  method: 'GET',
  path: '/api/shops/:channelId/shopware-manifest',
  summary: 'manifest.xml of the Shopware app for this shop, with our address and its secret',
  tag,
  permission: 'settings.write',
  params: byChannel,
  output: z.unknown(),
  refusals: ['not-found', 'secret-missing'],
})
export const renewShopwareManifest = route({
  method: 'POST',
  path: '/api/shops/:channelId/shopware-manifest',
  summary: 'A new secret for the manifest: the next shop that registers with it is taken, whichever was before',
  tag,
  permission: 'settings.write',
  params: byChannel,
  output: nothing,
  refusals: ['not-found'],
})
export const registerShopwareApp = route({
  method: 'GET',
  path: '/api/shops/:channel/shopware/register',
  summary: 'A Shopware shop that installs the app asks for a secret; signed with that of the manifest',
  tag,
  permission: 'public',
  params: byCode,
  query: z.object({ 'shop-id': shopId, 'shop-url': shopUrl, timestamp: second }),
  output: z.object({ proof: z.string(), secret: z.string(), confirmation_url: z.string() }),
  refusals: ['bad-signature'],
})
export const confirmShopwareApp = route({
  method: 'POST',
  path: '/api/shops/:channel/shopware/confirm',
  summary: 'The shop confirms its registration with the keys of its API; signed with the secret it was given',
  tag,
  permission: 'public',
  params: byCode,
  output: nothing,
  refusals: ['bad-signature'],
})
/** Body of the confirmation; it comes as bytes, because the signature is over them. */
export const shopwareConfirmation = z.object({
  apiKey: word(200),
  secretKey: word(4000),
  timestamp: second,
  shopUrl,
  shopId,
})
