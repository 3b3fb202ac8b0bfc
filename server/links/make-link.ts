import { randomBytes } from 'node:crypto'
import { findMerchant } from '../branches/index.ts'
import { findCustomerRow } from '../customers/index.ts'
import { newId, orNotFound, refuseNow, sha256, type Work } from '../kernel/index.ts'
import { findDocumentOwner, insertLink } from './store.ts'

const TOKEN_BYTES = 24
const DAY_MS = 86_400_000

export interface LinkWish {
  customerId: string
  /** in documents.document: of a note, an invoice, a correction or a return; left out: what is open of the customer */
  documentId?: string | undefined
  /** left out: as the merchant set it */
  days?: number | undefined
}

export interface MadeLink {
  id: string
  /** begins with a slash; comes after the merchant's public address and is told this once */
  path: string
  /** the whole address, where the merchant told his public one */
  address: string | null
  expiresAt: string
}

/**
 * A customer gets a link to look at a document of his and its neighbours, without an account. The token in it has 192
 * random bits and only its hash is kept, so that each mail gets a link of its own and none can be told again. Refuses
 * 'not-found' for a customer that isn't there and for a document of somebody else.
 */
export async function makeLink(work: Work, { customerId, documentId, days }: LinkWish): Promise<MadeLink> {
  const [merchant, customer, owner] = await Promise.all([
    findMerchant(work),
    findCustomerRow(work, customerId),
    documentId === undefined ? customerId : findDocumentOwner(work, documentId),
  ])
  orNotFound(customer, 'customer')
  if (owner !== customerId) refuseNow('not-found', { what: 'document' })
  const [id, token] = [newId(), randomBytes(TOKEN_BYTES).toString('base64url')]
  const expiresAt = new Date(work.now.getTime() + (days ?? merchant.linkDays) * DAY_MS)
  insertLink(work, { id, tokenHash: sha256(token), customerId, documentId: documentId ?? null, expiresAt })
  work.announce('link.made', { linkId: id, customerId, documentId: documentId ?? null })
  work.record({ subjectId: id, after: { customerId, documentId: documentId ?? null, expiresAt } })
  const path = `/k/${token}`
  const address = merchant.publicAddress ? `${merchant.publicAddress}${path}` : null
  return { id, path, address, expiresAt: expiresAt.toISOString() }
}
