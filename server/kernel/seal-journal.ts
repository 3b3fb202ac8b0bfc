import type pg from 'pg'
import { run } from './database/connect.ts'
import type { Database } from './database/statement.ts'
import { statement } from './database/statement.ts'

const LOCK = 7_311_001
const BATCH = 5_000

const tryLock = statement<{ locked: boolean }>('kernel.try-seal-lock', 'select pg_try_advisory_xact_lock($1) as locked')

/**
 * The hash of a batch: SHA-256 over the hash before and every row of the journal in the order of the chain. Whoever
 * changes, drops or adds a row later, however small, gets another hash.
 */
const rowsAndHash = `
  select count(*)::int as rows, max(txid) as txid,
         sha256($3::bytea || convert_to(string_agg(concat_ws('|', id, extract(epoch from at), actor_kind, actor_id, use_case, subject_id,
           coalesce(before::text, ''), coalesce(after::text, ''), coalesce(request_key, ''), coalesce(encode(input_hash, 'hex'), ''), coalesce(output::text, '')), E'\\n' order by txid, position), 'UTF8')) as hash,
         (array_agg(position order by txid desc, position desc))[1] as position`

const sealNext = statement<{ rows: number; txid: number | null; position: number | null; hash: Buffer | null }>(
  'kernel.hash-next-batch',
  `${rowsAndHash}
    from (select * from kernel.journal where (txid, position) > ($1, $2)
            and txid < kernel.oldest_running_transaction() order by txid, position limit ${BATCH}) batch`,
)
const lastSeal = statement<{ number: number; to_txid: number; to_position: number; hash: Buffer }>(
  'kernel.last-seal',
  'select number, to_txid, to_position, hash from kernel.seal order by number desc limit 1',
)
const writeSeal = statement(
  'kernel.write-seal',
  'insert into kernel.seal (number, to_txid, to_position, rows, hash) values ($1, $2, $3, $4, $5)',
)

const FIRST_HASH = Buffer.alloc(32)

/** Seals what was committed since the last seal. One process at a time; true if there may be more. */
export async function sealJournal(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const [lock] = await run(client, tryLock, [LOCK])
    let more = false
    if (lock?.locked) {
      const [last] = await run(client, lastSeal)
      const [next] = await run(client, sealNext, [last?.to_txid ?? 0, last?.to_position ?? 0, last?.hash ?? FIRST_HASH])
      if (next && next.rows > 0) {
        await run(client, writeSeal, [(last?.number ?? 0) + 1, next.txid, next.position, next.rows, next.hash])
        more = next.rows === BATCH
      }
    }
    await client.query('commit')
    return more
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

const allSeals = statement<{ number: number; to_txid: number; to_position: number; rows: number; hash: Buffer }>(
  'kernel.all-seals',
  'select number, to_txid, to_position, rows, hash from kernel.seal order by number',
)
const hashRange = statement<{ rows: number; hash: Buffer | null }>(
  'kernel.hash-range',
  `${rowsAndHash} from kernel.journal where (txid, position) > ($1, $2) and (txid, position) <= ($4, $5)`,
)

/** Recomputes the whole chain; each broken link by number and what is wrong with it. */
export async function findBrokenSeals(database: Database): Promise<string[]> {
  const problems: string[] = []
  let before = { to_txid: 0, to_position: 0, hash: FIRST_HASH as Buffer, number: 0 }
  for (const seal of await database.query(allSeals)) {
    const [found] = await database.query(hashRange, [
      before.to_txid,
      before.to_position,
      before.hash,
      seal.to_txid,
      seal.to_position,
    ])
    if (seal.number !== before.number + 1) problems.push(`seal ${before.number + 1} is missing`)
    else if (found!.rows !== seal.rows)
      problems.push(`seal ${seal.number} covers ${seal.rows} journal rows, there are ${found!.rows}`)
    else if (!found!.hash?.equals(seal.hash))
      problems.push(`seal ${seal.number}: a journal row was changed after it was sealed`)
    before = seal
  }
  return problems
}
