import type { z } from 'zod'
import type { receivedRow } from '../../common/inbox/api.ts'
import { type Database, statement, type Work } from '../kernel/index.ts'

export interface NewReceived extends Omit<z.input<typeof receivedRow>, 'receivedAt' | 'gross'> {
  mediaType: string
  bytes: Buffer
  sha256: Buffer
  gross: number | null
}

const insertReceived = statement<{ id: string }>(
  'inbox.insert-received',
  `insert into inbox.received (id, received_at, received_by, file_name, media_type, bytes, sha256, profile, number, issued_on, due_on, seller_name, currency, gross, fatal, warnings)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (sha256) do nothing returning id`,
)
const bySha256 = statement<{ id: string }>('inbox.by-sha256', 'select id from inbox.received where sha256 = $1')
const columns = `id, received_at as "receivedAt", file_name as "fileName", profile, number, issued_on as "issuedOn", due_on as "dueOn", seller_name as "sellerName", currency, gross, fatal, warnings`
const rows = statement<z.input<typeof receivedRow>>(
  'inbox.find-received',
  `select ${columns} from inbox.received
    where ($1::uuid is null or id < $1) and ($2::text is null or number ilike '%' || $2 || '%' or seller_name ilike '%' || $2 || '%' or file_name ilike '%' || $2 || '%')
    order by id desc limit $3 + 1`,
)
const withFile = statement<z.input<typeof receivedRow> & { mediaType: string; bytes: Buffer; sha256: Buffer }>(
  'inbox.received-with-file',
  `select ${columns}, media_type as "mediaType", bytes, sha256 from inbox.received where id = $1`,
)

/** Keeps the file; the id of the one that is there already where it came before. */
export async function insertOrFind(work: Work, received: NewReceived): Promise<{ id: string; fresh: boolean }> {
  const r = received
  const [inserted] = await work.query(insertReceived, [
    ...[r.id, work.now, work.actor.id, r.fileName, r.mediaType, r.bytes, r.sha256, r.profile, r.number],
    ...[r.issuedOn, r.dueOn, r.sellerName, r.currency, r.gross, r.fatal, r.warnings],
  ])
  if (inserted) return { id: inserted.id, fresh: true }
  const [known] = await work.query(bySha256, [r.sha256])
  return { id: known!.id, fresh: false }
}

export function findRows(database: Database, after: string | undefined, q: string | undefined, limit: number) {
  return database.query(rows, [after ?? null, q?.replace(/[\\%_]/g, '\\$&') ?? null, limit])
}

export async function findWithFile(database: Database, id: string) {
  const [row] = await database.query(withFile, [id])
  return row
}
