import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Database, orNotFound, refuseNow, type Work } from '../../kernel/index.ts'
import { findShopware, renewAppSecret } from './registrations.ts'

const template = new URL('../../../plugins/shopware-app/manifest.xml', import.meta.url)

/**
 * The manifest of the app as the merchant puts it into his shop: our address, his channel, his secret. Refuses 'not-found'
 * and 'secret-missing' where the connection has no address of ours or was saved before there was a secret.
 */
export async function showManifest(database: Database, { channelId }: { channelId: string }): Promise<string> {
  const shop = orNotFound(await findShopware(database, { channelId }), 'shop')
  const { channel, publicAddress, secrets } = shop
  if (!publicAddress) refuseNow('secret-missing', { secrets: 'publicAddress' })
  if (!secrets.appSecret) refuseNow('secret-missing', { secrets: 'appSecret' })
  return fillManifest(await readFile(template, 'utf8'), { channel, publicAddress, appSecret: secrets.appSecret })
}

export function fillManifest(
  manifest: string,
  { channel, publicAddress, appSecret }: { channel: string; publicAddress: string; appSecret: string },
): string {
  return manifest
    .replace(/ *<!--[\s\S]*?-->\n/g, '')
    .replaceAll('https://TRESEN', () => escapeXml(publicAddress))
    .replaceAll('/CHANNEL/', () => `/${escapeXml(encodeURIComponent(channel))}/`)
    .replace('<secret>SECRET</secret>', () => `<secret>${escapeXml(appSecret)}</secret>`)
}

/**
 * A new secret for the manifest; the old manifest registers nobody any more. The registration is forgotten: the next shop that
 * comes with the new manifest is taken without knowing the secret of the one before, whose hooks count until then. For a shop that was
 * set up anew, has a new id, or signs a second registration not yet with its old secret.
 */
export async function renewShopwareManifest(
  work: Work,
  { channelId }: { channelId: string },
): Promise<Record<string, never>> {
  const shop = orNotFound(await findShopware(work, { channelId }), 'shop')
  renewAppSecret(work, channelId, randomBytes(48).toString('base64url'))
  work.record({ subjectId: channelId, before: { shopId: shop.secrets.shopId ?? null }, after: { shopId: null } })
  return {}
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
  return text.replace(/[&<>"']/g, (one) => entities[one]!)
}
