import * as api from '../../common/documents/api.ts'
import type { Permission } from '../../common/permissions.ts'
import {
  type Asking,
  type Database,
  orNotFound,
  raw,
  read,
  refuseNow,
  statement,
  type Work,
  write,
} from '../kernel/index.ts'
import type { DocumentKind } from './issue-document.ts'

const neededFor: Record<DocumentKind, Permission> = {
  'delivery-note': 'delivery.read',
  'pick-list': 'delivery.read',
  return: 'delivery.read',
  invoice: 'invoicing.read',
  correction: 'invoicing.read',
  // it holds bank accounts
  'payment-file': 'payments.refund',
}

const fileRow = statement<{
  kind: DocumentKind
  fileName: string | null
  mediaType: string | null
  bytes: Buffer | null
  sha256: Buffer | null
  wanted: boolean
}>(
  'documents.file',
  `select d.kind, f.file_name as "fileName", f.media_type as "mediaType", f.bytes, f.sha256, $2 = any(d.formats) as wanted
     from documents.document d left join documents.file f on f.document_id = d.id and f.format = $2 where d.id = $1`,
)
const overview = statement<{ id: string; kind: DocumentKind; number: string; files: never; waiting: never }>(
  'documents.overview',
  `select d.id, d.kind, d.number,
          coalesce((select jsonb_agg(jsonb_build_object('format', f.format, 'fileName', f.file_name, 'mediaType', f.media_type, 'bytes', octet_length(f.bytes), 'sha256', encode(f.sha256, 'hex'))) from documents.file f where f.document_id = d.id), '[]') as files,
          coalesce((select jsonb_agg(jsonb_build_object('format', w.format, 'attempts', coalesce(x.attempts, 0), 'error', x.error)) from unnest(d.formats) as w(format)
                      left join documents.failure x on x.document_id = d.id and x.format = w.format where not exists (select 1 from documents.file f where f.document_id = d.id and f.format = w.format)), '[]') as waiting
     from documents.document d where d.id = $1`,
)

function mayRead(kind: DocumentKind, asking: Asking): void {
  if (!asking.identity?.permissions.has(neededFor[kind])) refuseNow('not-allowed', { permission: neededFor[kind] })
}

async function findOverview(database: Database, input: { id: string }, asking: Asking) {
  const [row] = await database.query(overview, [input.id])
  const found = orNotFound(row, 'document')
  mayRead(found.kind, asking)
  return found
}

/** Files that failed are tried again; the job only makes what is missing. */
async function remakeFile(work: Work, input: { id: string }): Promise<{ queued: number }> {
  const [row] = await work.query(overview, [input.id])
  const found = orNotFound(row, 'document')
  work.announce('document.issued', { documentId: input.id, kind: found.kind })
  work.record({ subjectId: input.id })
  return { queued: (found.waiting as unknown[]).length }
}

export const documentRoutes = [
  raw(api.getFile, async (request, reply, asking) => {
    const { id, format } = request.params as { id: string; format: string }
    const [row] = await asking.kernel.database.query(fileRow, [id, format])
    const file = orNotFound(row?.wanted ? row : undefined, 'file')
    mayRead(file.kind, asking)
    if (file.bytes === null) refuseNow('file-not-ready')
    const disposition = (request.query as { download?: string }).download === 'true' ? 'attachment' : 'inline'
    return reply
      .type(file.mediaType!)
      .header('content-disposition', `${disposition}; filename="${file.fileName}"`)
      .header('etag', `"${file.sha256!.toString('hex')}"`)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(file.bytes)
  }),
  read(api.verifyFile, findOverview),
  write(api.remakeFile, remakeFile),
]
