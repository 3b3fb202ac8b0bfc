import { type Database, newId, sha256, statement, type Work } from '../kernel/index.ts'

export type FileFormat = 'pdf' | 'xrechnung-ubl' | 'xrechnung-cii' | 'factur-x' | 'despatch-advice' | 'pain-001'
export type DocumentKind = 'delivery-note' | 'pick-list' | 'invoice' | 'correction' | 'return' | 'payment-file'

const insertDocument = statement(
  'documents.insert-document',
  'insert into documents.document (id, kind, number, subject_id, snapshot, snapshot_sha256, formats, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
)

/**
 * Archives what a document says, in the transaction that makes it final. The files follow from this snapshot alone, in
 * a job after the commit; a template that fails never takes the issue back.
 */
export function issueDocument(
  work: Work,
  document: {
    kind: DocumentKind
    number: string
    subjectId: string
    snapshot: unknown
    formats: readonly FileFormat[]
  },
): string {
  const id = newId()
  const snapshot = JSON.stringify(document.snapshot)
  work.save(insertDocument, [
    id,
    document.kind,
    document.number,
    document.subjectId,
    snapshot,
    sha256(snapshot),
    document.formats,
    work.now,
  ])
  work.announce('document.issued', { documentId: id, kind: document.kind })
  return id
}

export interface DocumentRow {
  id: string
  kind: DocumentKind
  number: string
  snapshot: string
  snapshotSha256: Buffer
  formats: FileFormat[]
}
const documentById = statement<DocumentRow>(
  'documents.document',
  'select id, kind, number, snapshot::text as snapshot, snapshot_sha256 as "snapshotSha256", formats from documents.document where id = $1',
)
export async function findDocument(database: Database, id: string): Promise<DocumentRow | undefined> {
  return (await database.query(documentById, [id]))[0]
}

export interface ArchivedFile {
  fileName: string
  mediaType: string
  bytes: Buffer
  /** what it was when it was archived */
  sha256: Buffer
}
const fileOf = statement<ArchivedFile>(
  'documents.file-of',
  'select file_name as "fileName", media_type as "mediaType", bytes, sha256 from documents.file where document_id = $1 and format = $2',
)
/** One archived file of a document; undefined while it isn't made. */
export async function findFile(
  database: Database,
  documentId: string,
  format: FileFormat,
): Promise<ArchivedFile | undefined> {
  return (await database.query(fileOf, [documentId, format]))[0]
}

const filesOf = statement<{ format: string; fileName: string; mediaType: string; ready: boolean }>(
  'documents.files-of',
  `select w.format, coalesce(f.file_name, '') as "fileName", coalesce(f.media_type, '') as "mediaType", f.document_id is not null as ready
     from documents.document d cross join unnest(d.formats) as w(format) left join documents.file f on f.document_id = d.id and f.format = w.format where d.id = $1`,
)
/** The files a document has or will have. */
export function findFiles(database: Database, documentId: string | null) {
  return documentId === null ? Promise.resolve([]) : database.query(filesOf, [documentId])
}
