import type { z } from 'zod'
import type { shopwareConfirmation } from '../../../common/shops/api.ts'
import { sign, signatureFits } from './signature.ts'

/* The handshake of Shopware's app registration as pure decisions; who asks is believed by his signatures alone. */

/** as in the manifest */
export const APP_NAME = 'Tresen'
/** How far the shop's clock may be from ours, and how long a registration may stay unconfirmed: the shop confirms at once. */
const WINDOW_SECONDS = 600
/** How long the secret before still signs hooks that are on their way. */
export const FORMER_SECRET_SECONDS = 60

type Headers = Record<string, string | undefined>
export type Confirmation = z.output<typeof shopwareConfirmation>

/** What is kept of the connection: secrets by name, and the shop that registered (`shopId`), if one did. */
export interface Registered {
  secrets: Record<string, string>
  /** the last registration that was asked for; secret null: it was confirmed */
  pending: { askedAt: Date; shopId: string; shopUrl: string; secret: string | null } | null
}

export interface Registering {
  /** as it was sent, without the question mark */
  queryString: string
  headers: Headers
  shopId: string
  timestamp: number
}

/**
 * May this shop register? It has the manifest's secret, its clock is ours; and where a shop is registered, it is that one: its
 * id, signed with the secret it was given. So a manifest somebody found takes over no shop.
 */
export function mayRegister(asked: Registering, { secrets }: Registered, now: Date): boolean {
  const { queryString, headers, shopId, timestamp } = asked
  if (!signatureFits(headers['shopware-app-signature'], queryString, secrets.appSecret)) return false
  if (!isNow(timestamp, now)) return false
  if (secrets.shopId === undefined) return true
  return secrets.shopId === shopId && signatureFits(headers['shopware-shop-signature'], queryString, secrets.shopSecret)
}

/** That we know the manifest's secret too: over what the shop said of itself, and the name of the app. */
export function proofFor(shopId: string, shopUrl: string, appSecret: string): string {
  return sign(`${shopId}${shopUrl}${APP_NAME}`, appSecret)
}

/**
 * Is this the bytes of whoever was offered the secret? And where a shop is registered, of that shop too: signed with the
 * secret that still counts.
 */
export function isSignedConfirmation(body: Buffer, headers: Headers, { secrets, pending }: Registered): boolean {
  if (!pending?.secret || !signatureFits(headers['shopware-shop-signature'], body, pending.secret)) return false
  if (secrets.shopId === undefined) return true
  return signatureFits(headers['shopware-shop-signature-previous'], body, secrets.shopSecret)
}

/** Does the confirmation belong to the registration: the same shop at the same address, soon after? */
export function confirms(confirmation: Confirmation, { pending }: Registered, now: Date): boolean {
  const { shopId, shopUrl, timestamp } = confirmation
  if (pending?.shopId !== shopId || pending.shopUrl !== shopUrl) return false
  return isNow(timestamp, now) && isNow(pending.askedAt.getTime() / 1000, now)
}

function isNow(second: number, now: Date): boolean {
  return Math.abs(now.getTime() / 1000 - second) <= WINDOW_SECONDS
}
