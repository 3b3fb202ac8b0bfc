import { shopwareConfirmation } from '../../../common/shops/api.ts'
import { refuseNow, type Work } from '../../kernel/index.ts'
import { wishFor } from '../sync/tasks.ts'
import { type Confirmation, confirms, FORMER_SECRET_SECONDS, isSignedConfirmation } from './handshake.ts'
import { findShopware, saveRegistered, takePending } from './registrations.ts'

/**
 * The shop confirms its registration with the keys of its API. From now on its new secret signs its hooks, the one before for
 * a minute more; address and keys are the shop's, and a rest for want of keys is over. Whatever is wrong, and the same
 * once more, is 'bad-signature' (401) and leaves nothing behind. The journal says that keys changed, never what they are.
 */
export async function confirmApp(
  work: Work,
  { channel, headers, body }: { channel: string; headers: Record<string, string | undefined>; body: Buffer },
): Promise<Record<string, never>> {
  const shop = await findShopware(work, { channel })
  if (!shop || !isSignedConfirmation(body, headers, shop)) refuseNow('bad-signature')
  const confirmation = parse(body)
  if (!confirmation || !confirms(confirmation, shop, work.now)) refuseNow('bad-signature')
  const { channelId, pending } = shop
  const { apiKey, secretKey, shopId, shopUrl } = confirmation
  if (!(await takePending(work, channelId, pending!.secret!))) refuseNow('bad-signature')
  const address = shopUrl.replace(/\/+$/, '')
  const secrets = { accessKeyId: apiKey, secretAccessKey: secretKey, shopSecret: pending!.secret!, shopId }
  const formerUntil = new Date(work.now.getTime() + FORMER_SECRET_SECONDS * 1000)
  saveRegistered(work, channelId, { address, secrets, formerUntil })
  await wishFor(work, channelId, 'hooks', ['all'])
  work.announce('shop.connected', { channelId })
  work.record({
    subjectId: channelId,
    before: { address: shop.address, shopId: shop.secrets.shopId ?? null },
    after: { address, shopId, keysChanged: ['accessKeyId', 'secretAccessKey', 'shopSecret'] },
  })
  return {}
}

function parse(body: Buffer): Confirmation | undefined {
  try {
    return shopwareConfirmation.safeParse(JSON.parse(body.toString('utf8'))).data
  } catch {
    return undefined
  }
}
