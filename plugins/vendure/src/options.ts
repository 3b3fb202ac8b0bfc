export interface TresenOptions {
  /** where Tresen answers, for example https://tresen.example.de */
  address: string
  /** code of the sales channel in Tresen that this shop is */
  channel: string
  /** API key of Tresen with the permission "checkout.ask" alone */
  apiKey: string
  /** the secret that hooks are signed with, the same as in Tresen: "whsec_" and base64 */
  hookSecret: string
  /** how long the checkout waits for Tresen's answer; without one in time the payment method is not offered */
  checkoutTimeoutMs?: number
  /** how long an answer holds for the same customer and amount */
  rememberMs?: number
}

export type FullOptions = Required<TresenOptions>

/** Options as they are used; throws at the start of the shop where one is missing, not at the first order. */
export function completeOptions(options: TresenOptions): FullOptions {
  for (const name of ['address', 'channel', 'apiKey', 'hookSecret'] as const)
    if (!options[name]) throw new Error(`TresenPlugin.init: ${name} is missing`)
  if (Buffer.from(options.hookSecret.replace(/^whsec_/, ''), 'base64').length < 16)
    throw new Error('TresenPlugin.init: hookSecret must be "whsec_" and at least 16 bytes in base64')
  return { checkoutTimeoutMs: 2_000, rememberMs: 5_000, ...options, address: options.address.replace(/\/+$/, '') }
}
