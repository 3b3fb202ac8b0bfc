import { type Database, statement, type Work } from '../kernel/index.ts'

export interface LinkRow {
  id: string
  customerId: string
  documentId: string | null
  expiresAt: string
  revokedAt: string | null
}
const linkColumns =
  'id, customer_id as "customerId", document_id as "documentId", expires_at as "expiresAt", revoked_at as "revokedAt"'

const ownerOfDocument = statement<{ customerId: string | null }>(
  'links.owner-of-document',
  `select coalesce((select customer_id from delivery.note where id = d.subject_id), (select customer_id from invoicing.invoice where id = d.subject_id), (select customer_id from returns.goods_return where id = d.subject_id)) as "customerId"
     from documents.document d where d.id = $1 and d.kind <> 'pick-list'`,
)
/** Whose document it is; a pick list is nobody's. */
export async function findDocumentOwner(database: Database, documentId: string): Promise<string | undefined> {
  return (await database.query(ownerOfDocument, [documentId]))[0]?.customerId ?? undefined
}

const insertLinkRow = statement(
  'links.insert-link',
  'insert into links.link (id, token_hash, customer_id, document_id, made_at, made_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
)
export function insertLink(
  work: Work,
  link: { id: string; tokenHash: Buffer; customerId: string; documentId: string | null; expiresAt: Date },
): void {
  const { id, tokenHash, customerId, documentId, expiresAt } = link
  work.save(insertLinkRow, [id, tokenHash, customerId, documentId, work.now, work.actor.id, expiresAt])
}

const lockLinkRow = statement<LinkRow>(
  'links.lock-link',
  `select ${linkColumns} from links.link where id = $1 for update`,
)
export async function lockLink(work: Work, id: string): Promise<LinkRow | undefined> {
  return (await work.query(lockLinkRow, [id]))[0]
}

const revokeLinkRow = statement('links.revoke-link', 'update links.link set revoked_at = $2 where id = $1')
export function setRevoked(work: Work, id: string): void {
  work.save(revokeLinkRow, [id, work.now])
}
