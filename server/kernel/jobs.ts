import { setTimeout as sleep } from 'node:timers/promises'
import { type Runner, runMigrations, run as runWorker, type TaskList } from 'graphile-worker'
import pg from 'pg'
import { databaseOf, run } from './database/connect.ts'
import { isLostConnection } from './database/lost-connection.ts'
import { type Database, statement } from './database/statement.ts'
import { type AnnouncedEvent, readEvents } from './events.ts'
import { keepTransactionOrder } from './keep-transaction-order.ts'
import type { Kernel } from './kernel.ts'

/**
 * A listener turns announced events into background jobs, in the transaction that moves its cursor on: no event is left
 * out and none waits twice.
 */
export interface Listener {
  name: string
  /** event types it wants; empty: all */
  types: readonly string[]
  queue(database: Database, events: readonly AnnouncedEvent[]): Promise<void>
}

export interface Job {
  task: string
  payload: Record<string, unknown>
  /** the same key while it still waits is the same job */
  key: string
  /** jobs of one queue run one after the other */
  queue?: string
  attempts?: number
  /** done when nothing else is to do */
  canWait?: boolean
}

const takeCursor = statement<{ txid: number; position: number }>(
  'kernel.take-cursor',
  'select txid, position from kernel.subscription where name = $1 for update skip locked',
)
const openSubscription = statement(
  'kernel.open-subscription',
  'insert into kernel.subscription (name) values ($1) on conflict do nothing',
)
const moveCursor = statement(
  'kernel.move-cursor',
  'update kernel.subscription set txid = $2, position = $3 where name = $1',
)
const addJobs = statement(
  'kernel.add-jobs',
  `select graphile_worker.add_job(j.task, payload => j.payload, queue_name => j.queue, job_key => j.key, max_attempts => coalesce(j.attempts, 12), priority => case when j."canWait" then 10 else 0 end)
     from jsonb_to_recordset($1) as j(task text, payload json, queue text, key text, attempts int, "canWait" boolean)`,
)

/** Queues jobs; one with the key of a job that still waits takes its place. */
export async function queueJobs(database: Database, jobs: readonly Job[]): Promise<void> {
  if (jobs.length > 0) await database.query(addJobs, [JSON.stringify(jobs)])
}

const PAGE = 200

/** Reads what was announced since the last time and queues the jobs for it; cursor and jobs move in one transaction. */
export async function dispatchEvents(kernel: Kernel, listener: Listener): Promise<boolean> {
  const client = await kernel.pool.connect()
  try {
    await client.query('begin')
    const [cursor] = await run(client, takeCursor, [listener.name])
    let more = false
    if (cursor) {
      const database = databaseOf(client)
      const events = await readEvents(database, cursor, PAGE)
      const last = events.at(-1)
      if (last) {
        const wanted = events.filter((e) => listener.types.length === 0 || listener.types.includes(e.type))
        if (wanted.length > 0) await listener.queue(database, wanted)
        await run(client, moveCursor, [listener.name, last.txid, last.position])
        more = events.length === PAGE
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

/** Once at start: the tables of the job queue, the cursors of the listeners, the order of transactions after a move. */
export async function prepareJobs(kernel: Kernel, url: string, listeners: readonly Listener[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool: pool, logger: quietLogger })
  } finally {
    await pool.end()
  }
  await keepTransactionOrder(kernel.pool)
  for (const listener of listeners) await kernel.database.query(openSubscription, [listener.name])
}

const RESTART_MS = 1_000
const FREE_EVERY_MS = 60_000

// The longest job (a page of thousands of lines, a receiver that doesn't answer) is far shorter.
const freeAbandoned = statement(
  'kernel.free-abandoned-jobs',
  `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_at < now() - interval '5 minutes'))`,
)

/**
 * Starts the workers of this process. Any number of processes share the queue. Workers that gave up while the database
 * was away are started again, and what a killed process had begun is taken over by the others.
 */
export async function startJobs(kernel: Kernel, url: string, taskList: TaskList): Promise<{ stop(): Promise<void> }> {
  const pool = patientPool(url, kernel)
  let stopping = false
  const startWorkers = () =>
    runWorker({
      pgPool: pool,
      concurrency: 3,
      noHandleSignals: true,
      pollInterval: 1_000,
      parsedCronItems: [],
      taskList,
      logger: quietLogger,
    })
  let runner: Runner = await startWorkers()
  const keepRunning = async () => {
    while (!stopping) {
      await runner.promise.catch(() => undefined)
      if (stopping) return
      kernel.log.warn({}, 'the job workers gave up, starting them again')
      await sleep(RESTART_MS, undefined, { ref: false })
      runner = await startWorkers().catch(() => runner)
    }
  }
  const free = () => kernel.database.query(freeAbandoned).catch(() => undefined)
  const running = keepRunning()
  const freeing = setInterval(free, FREE_EVERY_MS)
  freeing.unref()
  await free()
  return {
    async stop() {
      stopping = true
      clearInterval(freeing)
      await runner.stop().catch(() => undefined)
      await running
      await pool.end().catch(() => undefined)
    },
  }
}

/**
 * The connections of the workers. The job queue tries again only after errors it knows by their code, and an unknown one
 * in the wrong moment ends the process; so whatever a restart of PostgreSQL looks like, it's told as a time-out.
 */
function patientPool(url: string, kernel: Kernel): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'tresen-jobs' })
  pool.on('error', (error) => kernel.log.warn({ problem: error.message }, 'a job connection was lost'))
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const patient = (...args: unknown[]) => {
      const answer = query(...args)
      return answer instanceof Promise ? answer.catch(asTimeOut) : answer
    }
    Object.assign(client, { query: patient })
  })
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => Promise<pg.PoolClient> | undefined
  // its listener asks with a callback and tries again by itself
  return Object.assign(pool, { connect: (...args: unknown[]) => connect(...args)?.catch(asTimeOut) })
}

function asTimeOut(error: unknown): never {
  throw isLostConnection(error) ? Object.assign(error as Error, { code: 'ETIMEDOUT' }) : error
}

const quietLogger = new (await import('graphile-worker')).Logger(() => () => undefined)
