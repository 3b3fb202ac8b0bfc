import { findMerchant } from '../branches/index.ts'
import { type Kernel, refuseNow, sha256, statement } from '../kernel/index.ts'
import { addressRange } from './rules/address-range.ts'
import type { LinkRow } from './store.ts'
import { forgetOld, hit, refuseBeyond } from './throttle.ts'

const REQUESTS_OF_ADDRESS = { most: 300, seconds: 60 }
const MISSES_OF_ADDRESS = { most: 30, seconds: 15 * 60 }
const REQUESTS_OF_LINK = { most: 120, seconds: 60 }

const linkByToken = statement<LinkRow>(
  'links.link-by-token',
  `select id, customer_id as "customerId", document_id as "documentId", expires_at as "expiresAt", revoked_at as "revokedAt"
     from links.link where token_hash = $1 and revoked_at is null and expires_at > $2`,
)
const rememberOpening = statement(
  'links.remember-opening',
  'update links.link set opened = opened + 1, first_opened_at = coalesce(first_opened_at, $2), last_opened_at = $2 where id = $1',
)

/**
 * The link somebody has, found by the hash of his token. A wrong one, an expired and a revoked one are answered with the
 * same words. Too many requests of an address or a link are refused, and after thirty misses in a quarter of an hour
 * everything of that address.
 */
export async function openLink(kernel: Kernel, token: string, address: string): Promise<LinkRow> {
  const from = addressRange(address)
  const [[link]] = await Promise.all([
    kernel.database.query(linkByToken, [sha256(token), kernel.now()]),
    hit(kernel, `requests of ${from}`, REQUESTS_OF_ADDRESS),
    refuseBeyond(kernel, `misses of ${from}`, MISSES_OF_ADDRESS),
  ])
  if (link === undefined) {
    await Promise.all([hit(kernel, `misses of ${from}`, MISSES_OF_ADDRESS), forgetOld(kernel.database, kernel.now())])
    return refuseUnknown(kernel)
  }
  await hit(kernel, `link ${link.id}`, REQUESTS_OF_LINK)
  return link
}

/** Who to ask instead stands in the answer; nothing of the link does. */
export async function refuseUnknown({ database }: Pick<Kernel, 'database'>): Promise<never> {
  const { name, phone, email } = await findMerchant(database)
  return refuseNow('link-unknown', { merchant: name, phone, email })
}

/** That somebody looked, how often and when. No use case: a mail scanner that opens links changes nothing else. */
export async function countOpening(kernel: Kernel, linkId: string): Promise<void> {
  await kernel.database.query(rememberOpening, [linkId, kernel.now()])
}
