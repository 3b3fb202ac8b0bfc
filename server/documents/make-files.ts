import {
  type Database,
  type Kernel,
  type Listener,
  perform,
  queueJobs,
  sha256,
  statement,
  systemActor,
} from '../kernel/index.ts'
import { type DocumentKind, type FileFormat, findDocument } from './issue-document.ts'

export interface MadeFile {
  fileName: string
  mediaType: string
  bytes: Uint8Array
}

/** How the files of one kind of document are made from its snapshot; the capability that issues the kind gives it. */
export type FileMaker = (snapshot: never, format: FileFormat, database: Database) => Promise<MadeFile>
export type FileMakers = Record<DocumentKind, FileMaker>

const madeFormats = statement<{ format: string }>(
  'documents.made-formats',
  'select format from documents.file where document_id = $1',
)
const insertFile = statement(
  'documents.insert-file',
  `insert into documents.file (document_id, format, file_name, media_type, bytes, sha256, made_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
)
const rememberFailure = statement(
  'documents.remember-failure',
  `insert into documents.failure (document_id, format, attempts, error, at) values ($1, $2, 1, $3, now())
   on conflict (document_id, format) do update set attempts = documents.failure.attempts + 1, error = excluded.error, at = excluded.at`,
)
const forgetFailure = statement(
  'documents.forget-failure',
  'delete from documents.failure where document_id = $1 and format = $2',
)

/** data: the e-invoice, quick and what counts; pages: what is printed */
export type WhichFiles = 'all' | 'data' | 'pages'
const isWanted = (which: WhichFiles, format: FileFormat) =>
  which === 'all' || (format === 'pdf') === (which === 'pages')

/**
 * Makes the files of a document that aren't made yet and archives them with their hash. May run twice: what is archived
 * stays as it is. What fails is written down for the screen and thrown in the end, so that the job tries again later; a
 * page that can't be set holds up no e-invoice.
 */
export async function makeFiles(
  kernel: Kernel,
  makers: FileMakers,
  documentId: string,
  which: WhichFiles = 'all',
): Promise<number> {
  const document = await findDocument(kernel.database, documentId)
  if (!document) throw new Error(`document ${documentId} does not exist`)
  if (!sha256(document.snapshot).equals(document.snapshotSha256))
    throw new Error(`snapshot of ${document.number} was changed`)
  const made = new Set((await kernel.database.query(madeFormats, [documentId])).map((f) => f.format))
  const missing = document.formats.filter((f) => !made.has(f) && isWanted(which, f))
  const failures: unknown[] = []
  for (const format of missing) {
    try {
      const file = await makers[document.kind](JSON.parse(document.snapshot) as never, format, kernel.database)
      await archive(kernel, documentId, format, file)
    } catch (error) {
      await kernel.database.query(rememberFailure, [
        documentId,
        format,
        error instanceof Error ? error.message.slice(0, 2000) : String(error),
      ])
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return missing.length
}

async function archive(kernel: Kernel, documentId: string, format: FileFormat, file: MadeFile): Promise<void> {
  await perform(kernel, { name: 'archive-file', actor: systemActor, input: { documentId, format } }, async (work) => {
    const hash = sha256(file.bytes)
    work.save(insertFile, [documentId, format, file.fileName, file.mediaType, Buffer.from(file.bytes), hash, work.now])
    work.save(forgetFailure, [documentId, format])
    work.record({ subjectId: documentId, after: { format, bytes: file.bytes.length, sha256: hash.toString('hex') } })
    work.announce('document.ready', { documentId, format })
  })
}

/** Each issued document becomes two jobs that make its files: of ten thousand at once every e-invoice goes before any page. */
export const documentListener: Listener = {
  name: 'documents',
  types: ['document.issued'],
  queue: (database, events) =>
    queueJobs(
      database,
      events.flatMap(({ data: { documentId } }) =>
        (['data', 'pages'] as const).map((which) => ({
          task: 'make-files',
          payload: { documentId, which },
          key: `files-${which}-${documentId}`,
          canWait: which === 'pages',
        })),
      ),
    ),
}
