import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Database, Statement } from './statement.ts'

const types = new pg.TypeOverrides()
types.setTypeParser(20, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} is beyond the safe integers`)
  return value
})
types.setTypeParser(1082, (text) => text) // a date stays a day
types.setTypeParser(1184, (text) => new Date(text).toISOString())

/**
 * The pool every request works on. Statements of one use case are sent without waiting for each other (pipeline);
 * limits keep one stuck client from holding locks for the rest of the day.
 */
export function connect(
  url: string,
  options: { max?: number; onError?: (error: Error) => void; name?: string } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 8_000,
    application_name: options.name ?? 'tresen',
    types,
    pipeline: true,
    keepAlive: true,
    options:
      '-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC',
  } as pg.PoolConfig)
  pool.on('error', (error) => options.onError?.(error))
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * What is sent to a connection in one turn leaves in one packet: PostgreSQL is woken once for a whole batch of
 * statements instead of once for each. Half of the server's time went into these small writes.
 */
export function gather(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  if (gathering.has(stream)) return
  gathering.add(stream)
  stream.cork()
  process.nextTick(() => {
    gathering.delete(stream)
    stream.uncork()
  })
}

const gathering = new WeakSet<Duplex>()

/** Runs a statement on a client or on the pool. */
export async function run<Row>(
  on: pg.ClientBase | pg.Pool,
  statement: Statement<Row>,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  if (!(on instanceof pg.Pool)) gather(on)
  const result = await on.query({ name: statement.name, text: statement.text, values: values as unknown[] })
  return result.rows as Row[]
}

/** The pool, or one client of it, as something that answers statements. */
export function databaseOf(on: pg.ClientBase | pg.Pool): Database {
  return { query: (statement, values) => run(on, statement, values) }
}
