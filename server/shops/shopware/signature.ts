import { createHmac, timingSafeEqual } from 'node:crypto'

/** How Shopware signs everything: hexadecimal HMAC-SHA256 of the bytes as they are sent. */
export function sign(content: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('hex')
}

/** Takes as long for a signature that is nearly right as for one that is wrong all over. No secret: nothing fits. */
export function signatureFits(
  given: string | undefined,
  content: string | Buffer,
  secret: string | undefined,
): boolean {
  if (!secret || !given || !/^[0-9a-f]{64}$/i.test(given)) return false
  return timingSafeEqual(Buffer.from(sign(content, secret), 'hex'), Buffer.from(given, 'hex'))
}
