import type { z } from 'zod'
import type { linkRow } from '../../common/links/api.ts'
import { type Database, pageRows, statement } from '../kernel/index.ts'

const linkRows = statement<z.input<typeof linkRow>>(
  'links.find-links',
  `select l.id, l.customer_id as "customerId", c.name as "customerName", l.document_id as "documentId", d.number as "documentNumber", l.made_at as "madeAt", coalesce(u.name, k.name, 'Tresen') as "madeBy", l.expires_at as "expiresAt", l.revoked_at as "revokedAt",
          case when l.revoked_at is not null then 'revoked' when l.expires_at <= now() then 'expired' else 'valid' end as state, l.opened, l.first_opened_at as "firstOpenedAt", l.last_opened_at as "lastOpenedAt"
     from links.link l join customers.customer c on c.id = l.customer_id left join documents.document d on d.id = l.document_id
     left join kernel.app_user u on u.id = l.made_by left join kernel.api_key k on k.id = l.made_by
    where ($1::uuid is null or l.id < $1) and ($2::uuid is null or l.customer_id = $2) and ($3::uuid is null or l.document_id = $3)
    order by l.id desc limit $4 + 1`,
)

/** Links made for customers, newest first. */
export async function findLinks(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    customerId?: string | undefined
    documentId?: string | undefined
  },
) {
  const { after = null, customerId = null, documentId = null, limit } = input
  return pageRows(await database.query(linkRows, [after, customerId, documentId, limit]), input, (r) => r.id)
}
