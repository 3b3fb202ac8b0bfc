import type pg from 'pg'
import { run } from './database/connect.ts'
import { statement } from './database/statement.ts'

const LOCK = 7_311_002

const takeLock = statement('kernel.lock-transaction-order', 'select pg_advisory_xact_lock($1)')
const behind = statement<{ offset: number; behind: number }>(
  'kernel.transactions-behind',
  `select kernel.transaction_offset() as offset,
          (greatest((select txid from kernel.journal order by txid desc limit 1), (select txid from kernel.event order by txid desc limit 1), 0) - kernel.this_transaction())::bigint as behind`,
)

/**
 * After a move to another server its transaction numbers are lower than those already written. Then the offset is raised
 * once, so that new journal rows and events come after the old ones and no listener overlooks them.
 */
export async function keepTransactionOrder(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await run(client, takeLock, [LOCK])
    const [found] = await run(client, behind)
    if (found!.behind >= 0) {
      const offset = found!.offset + found!.behind + 1
      await client.query(
        `create or replace function kernel.transaction_offset() returns bigint language sql immutable as 'select ${offset}::bigint'`,
      )
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
