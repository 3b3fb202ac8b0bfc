/** 'guest': by the id a shop gave him as a guest */
export type MatchedBy = 'number' | 'shop' | 'guest' | 'vat' | 'email'

/** A customer an order may be of, and how sure that is. */
export interface Match<Customer> {
  customer: Customer
  by: MatchedBy
  /** false: only alike. Anybody can type a VAT id or an e-mail, so a likeness opens no credit. */
  sure: boolean
}

export interface Keys {
  customerNumber?: string | undefined
  shopCustomerId?: string | undefined
  vatId?: string | undefined
  email?: string | undefined
  /** ordered without logging in: shops give guests an id by the e-mail they type */
  guest?: boolean | undefined
}

/**
 * Who an order's party is: by our number, then by the account in the shop, then by VAT id, then by e-mail; the last two
 * only if exactly one customer has it. Sure is our number and a linked account, not of a guest: who didn't log in only
 * typed what led here.
 */
export function judgeMatch<Customer extends { matchedBy: MatchedBy }>(
  found: readonly Customer[],
  { customerNumber, guest = false }: Keys,
): Match<Customer> | undefined {
  const by = (key: MatchedBy) => found.filter((one) => one.matchedBy === key)
  if (customerNumber !== undefined) return match(by('number')[0], 'number', !guest)
  const account = match(by('shop')[0], 'shop', !guest) ?? match(by('guest')[0], 'guest', false)
  if (account) return account
  for (const key of ['vat', 'email'] as const) {
    const hits = by(key)
    if (hits.length === 1) return match(hits[0], key, false)
  }
  return undefined
}

function match<Customer>(customer: Customer | undefined, by: MatchedBy, sure: boolean): Match<Customer> | undefined {
  return customer && { customer, by, sure }
}
