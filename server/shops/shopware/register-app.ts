import { randomBytes } from 'node:crypto'
import { refuseNow, type Work } from '../../kernel/index.ts'
import { mayRegister, proofFor, type Registering } from './handshake.ts'
import { findShopware, savePending } from './registrations.ts'

/**
 * A shop installs the app, or turns its secret: it asks, signed with the manifest's secret, and is offered a secret of its
 * own, which counts when it confirms. Whatever is wrong is 'bad-signature' (401) and leaves nothing behind. `origin`: our
 * address as the shop reached it, where none was set up.
 */
export async function registerApp(
  work: Work,
  asked: Registering & { channel: string; shopUrl: string; origin: string },
): Promise<{ proof: string; secret: string; confirmation_url: string }> {
  const { shopId, shopUrl, timestamp } = asked
  const shop = await findShopware(work, { channel: asked.channel })
  if (!shop || !mayRegister(asked, shop, work.now)) refuseNow('bad-signature')
  // 86 characters; Shopware asks for 64 to 255
  const secret = randomBytes(64).toString('base64url')
  if (!(await savePending(work, shop.channelId, { timestamp, shopId, shopUrl, secret }))) refuseNow('bad-signature')
  work.record({ subjectId: shop.channelId, after: { shopId, shopUrl } })
  return {
    proof: proofFor(shopId, shopUrl, shop.secrets.appSecret!),
    secret,
    confirmation_url: `${shop.publicAddress ?? asked.origin}/api/shops/${encodeURIComponent(shop.channel)}/shopware/confirm`,
  }
}
