import { type Database, statement } from '../kernel/index.ts'
import { findChain, findDocumentIds } from './find-chain.ts'
import type { LinkRow } from './store.ts'

export interface LinkFile {
  fileName: string
  mediaType: string
  /** null: it will be there, but is not made yet */
  bytes: Buffer | null
}

const fileOfDocument = statement<LinkFile>(
  'links.file',
  `select coalesce(f.file_name, '') as "fileName", coalesce(f.media_type, '') as "mediaType", f.bytes
     from documents.document d left join documents.file f on f.document_id = d.id and f.format = $2 where d.id = $1 and $2 = any(d.formats)`,
)

/** A file of one of the documents the link shows; of any other document there is none, whoever asks. */
export async function findLinkFile(
  database: Database,
  link: LinkRow,
  { documentId, format }: { documentId: string; format: string },
): Promise<LinkFile | undefined> {
  const shown = await findDocumentIds(database, await findChain(database, link))
  return shown.has(documentId) ? (await database.query(fileOfDocument, [documentId, format]))[0] : undefined
}
