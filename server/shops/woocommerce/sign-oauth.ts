import { createHmac } from 'node:crypto'

/** RFC 3986: what encodeURIComponent leaves and OAuth doesn't is encoded too. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Method, address and parameters as one text, the same on both sides (RFC 5849 3.4.1). */
export function signatureBase(method: string, url: string, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters)
    .map(([key, value]) => [encode(key), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
  return [method.toUpperCase(), encode(url), encode(pairs.join('&'))].join('&')
}

/**
 * The parameters of a request with its one-legged OAuth 1.0a signature (HMAC-SHA256): how WooCommerce takes keys over
 * plain http without sending the secret. The body isn't signed, so this is for shops in the merchant's own network.
 */
export function signedParameters(
  request: { method: string; url: string; parameters: Readonly<Record<string, string>> },
  keys: { key: string; secret: string },
  once: { nonce: string; seconds: number },
): Record<string, string> {
  const unsigned = {
    ...request.parameters,
    oauth_consumer_key: keys.key,
    oauth_nonce: once.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(once.seconds),
  }
  const base = signatureBase(request.method, request.url, unsigned)
  return { ...unsigned, oauth_signature: createHmac('sha256', `${keys.secret}&`).update(base).digest('base64') }
}
