import pg from 'pg'
import { type Answer, Batch } from './batch.ts'
import type { Database, Statement } from './statement.ts'

const types = new pg.TypeOverrides()
types.setTypeParser(20, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} is beyond the safe integers`)
  return value
})
types.setTypeParser(1082, (text) => text) // a date stays a day
types.setTypeParser(1184, (text) => new Date(text).toISOString())

interface Connections {
  max?: number
  onError?: (error: Error) => void
  name?: string
  /** for use cases: a statement is planned once a connection. Lists with optional filters need a plan for each question */
  planOnce?: boolean
}

/**
 * The pool every request works on. Statements of one use case are sent without waiting for each other (pipeline);
 * limits keep one stuck client from holding locks for the rest of the day.
 */
export function connect(url: string, options: Connections = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 8_000,
    application_name: options.name ?? 'tresen',
    types,
    pipeline: true,
    keepAlive: true,
    options: [
      '-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC',
      ...(options.planOnce ? ['-c plan_cache_mode=force_generic_plan'] : []),
    ].join(' '),
  } as pg.PoolConfig)
  pool.on('error', (error) => options.onError?.(error))
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const gathering = new WeakMap<pg.ClientBase, Batch>()

/**
 * Runs a statement of a transaction together with all others that are given to its connection in the same turn: they
 * leave in one packet and are answered in one. A third of the server's time went into these small writes and reads. Begin
 * and commit go the same way, or they would overtake; before a rollback, what was not sent yet is dropped.
 */
export function runTogether(
  client: pg.ClientBase,
  { name, text }: Statement<unknown>,
  values: readonly unknown[] = [],
): Promise<Answer> {
  let batch = gathering.get(client)
  if (batch === undefined) {
    batch = new Batch(types)
    gathering.set(client, batch)
    process.nextTick(send, client, batch)
  }
  return batch.add(name, text, values)
}

function send(client: pg.ClientBase, batch: Batch): void {
  if (gathering.get(client) !== batch) return
  gathering.delete(client)
  client.query(batch)
}

export function dropUnsent(client: pg.ClientBase): void {
  gathering.get(client)?.drop()
  gathering.delete(client)
}

/** Runs a statement on a client or on the pool. */
export async function run<Row>(
  on: pg.ClientBase | pg.Pool,
  statement: Statement<Row>,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const result = await on.query({ name: statement.name, text: statement.text, values: values as unknown[] })
  return result.rows as Row[]
}

/** The pool, or one client of it, as something that answers statements. */
export function databaseOf(on: pg.ClientBase | pg.Pool): Database {
  return { query: (statement, values) => run(on, statement, values) }
}
