import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { DatabaseError, type DatabaseLog, errorCode, messageOf } from './failure.ts'
import type { RootMode } from './postgres-binaries.ts'
import { livingPostmaster, readPostmaster, shutDown, waitUntil } from './postmaster.ts'
import { refuseOtherHosts, showPresence, withStartLock } from './start-lock.ts'
import {
  clusterOf,
  explain,
  logTail,
  passwordFileOf,
  type RunningServer,
  type Settings,
  type Step,
  startServer,
  USER,
} from './start-server.ts'

export type EmbeddedPostgres = {
  /** Stays the same while we run, also when the server had to be started again. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** How the server was started, or that it was found running. */
  readonly how: RunningServer['how']
  stop(): Promise<void>
}

export type EmbeddedPostgresOptions = {
  directory: string
  log: DatabaseLog
  onProgress?: (step: Step) => void
  /** Settings of PostgreSQL that differ from ours. */
  settings?: Settings
  /** Forces one of the two ways to run as root; without it the better one that works is taken. */
  rootMode?: RootMode
}

/** Each process that uses the server holds this lock shared; whoever gets it alone is the only one. */
const USERS_LOCK = [0x74726573, 1]
const LONG_LIFE_MS = 60_000
const LONGEST_PAUSE_MS = 3_000

/**
 * The PostgreSQL that Tresen brings along. Any number of Tresen processes may use one directory: whoever finds no
 * server starts it, the others join, the last to stop shuts it down. Who uses it is known by PostgreSQL itself, from a
 * shared lock held on one connection ("the keeper"), so a killed process needs no cleaning up after. The same
 * connection tells at once when the server dies, whoever started it; then one of its users starts it again.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = prepareDirectory(options.directory)
  const presence = showPresence(directory)
  const { log, settings = {}, rootMode, onProgress = () => {} } = options
  const plan = { directory, settings, rootMode, onProgress }
  let kept: Kept
  let startedAt = 0
  let stopping = false
  let recovery: Promise<void> | undefined
  try {
    kept = await withStartLock(directory, () => findOrStart(plan, log))
  } catch (error) {
    presence.end(false)
    throw error instanceof DatabaseError ? error : explain('PostgreSQL did not start', messageOf(error))
  }
  const { port } = kept.server
  watch()

  function watch() {
    startedAt = performance.now()
    kept.keeper.once('end', () => {
      if (!stopping) recovery = recover()
    })
  }

  /** A server that dies again and again is started ever more slowly, one that had lived long at once. */
  let failures = 0
  async function recover() {
    log.warn(`PostgreSQL (process ${kept.server.pid}) is gone; starting it again. Its log:\n${logTail(directory)}`)
    if (performance.now() - startedAt > LONG_LIFE_MS) failures = 0
    while (!stopping) {
      if (failures > 0) await sleep(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures))
      failures++
      try {
        kept = await withStartLock(directory, () => findOrStart({ ...plan, fixedPort: port }, log))
        if (kept.server.port === port) log.info(`PostgreSQL is back (process ${kept.server.pid}, port ${port})`)
        else log.warn(`PostgreSQL is back on another port (${kept.server.port}); start this process again to find it`)
        return watch()
      } catch (error) {
        log.warn(`PostgreSQL does not come back: ${messageOf(error)}`)
      }
    }
  }

  async function stop() {
    if (stopping) return
    stopping = true
    await recovery
    const isLast = await isOnlyUser(kept.keeper)
    if (isLast) await shutDown(clusterOf(directory), log)
    else log.info('PostgreSQL keeps running for the other processes that use it')
    await kept.keeper.end().catch(() => {})
    presence.end(isLast)
  }

  return {
    url: kept.url,
    port,
    stop,
    get pid() {
      return kept.server.pid
    },
    get how() {
      return kept.server.how
    },
  }
}

type Kept = { server: RunningServer; keeper: Client; url: string }
type Plan = Parameters<typeof startServer>[0]

async function findOrStart(plan: Plan, log: DatabaseLog): Promise<Kept> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const found = await findServer(plan)
    if (!found) await refuseOtherHosts(plan.directory)
    const server = found ?? (await startServer(plan))
    const url = urlOf(plan.directory, server.port)
    const keeper = await connectKeeper(url)
    if (!keeper) continue // it was shutting down when we came
    const isOrphan = found && !plan.fixedPort && (await isOrphaned(keeper))
    if (!isOrphan) {
      await keeper.query('select pg_advisory_lock_shared($1, $2)', USERS_LOCK)
      return { server, keeper, url }
    }
    // Its process was killed, perhaps that of an older release: start it anew, with our settings and programs.
    log.warn(`Found PostgreSQL (process ${server.pid}) left over from a killed process; starting it anew`)
    await shutDown(clusterOf(plan.directory), log)
    await keeper.end().catch(() => {})
  }
  throw explain('PostgreSQL starts, but does not take connections', logTail(plan.directory))
}

/** The server that already runs on this directory, once it is ready. */
async function findServer({ directory, onProgress }: Plan): Promise<RunningServer | undefined> {
  const cluster = clusterOf(directory)
  if (!livingPostmaster(cluster)) return undefined
  onProgress('join')
  const isDecided = () => readPostmaster(cluster)?.status === 'ready' || !livingPostmaster(cluster)
  const decided = await waitUntil(isDecided, 10 * 60_000)
  const living = livingPostmaster(cluster)
  if (living && !decided) {
    throw new DatabaseError(
      'start-failed',
      `PostgreSQL process ${living.pid} has been starting or stopping for ten minutes`,
    )
  }
  return living && { pid: living.pid, port: living.port, how: 'joined' }
}

async function connectKeeper(url: string): Promise<Client | undefined> {
  const keeper = new Client({ connectionString: url, application_name: 'tresen keeper' })
  keeper.on('error', () => {}) // the end is what counts, and it follows
  try {
    await keeper.connect()
    await keeper.query('set idle_session_timeout = 0')
    return keeper
  } catch (error) {
    await keeper.end().catch(() => {})
    if (errorCode(error)?.startsWith('28')) {
      throw new DatabaseError('damaged-directory', `PostgreSQL does not accept its password: ${messageOf(error)}`)
    }
    await sleep(50)
    return undefined
  }
}

/** True when nobody holds the lock of the users, and then nobody gets it before this connection ends. */
async function isUnused(keeper: Client): Promise<boolean> {
  const { rows } = await keeper.query<{ alone: boolean }>('select pg_try_advisory_lock($1, $2) as alone', USERS_LOCK)
  return rows[0]!.alone
}

/** The lock of a process killed a moment ago stays until its backend has noticed. */
async function isOrphaned(keeper: Client): Promise<boolean> {
  for (let look = 0; look < 5; look++) {
    if (await isUnused(keeper)) return true
    await sleep(50)
  }
  return false
}

async function isOnlyUser(keeper: Client): Promise<boolean> {
  try {
    await keeper.query('select pg_advisory_unlock_shared($1, $2)', USERS_LOCK)
    return await isUnused(keeper)
  } catch {
    return true // the server is gone, or going
  }
}

function prepareDirectory(path: string): string {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true })
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
    const directory = realpathSync(path)
    if (existsSync(passwordFileOf(directory))) readFileSync(passwordFileOf(directory))
    return directory
  } catch (cause) {
    if (errorCode(cause) === 'ENOSPC') throw explain(`${path} cannot be made`, 'No space left on device')
    throw new DatabaseError(
      'permission-denied',
      `${path} cannot be used (${messageOf(cause)}). Start Tresen as the user who owns it, or choose another directory.`,
      { cause },
    )
  }
}

const urlOf = (directory: string, port: number) =>
  `postgres://${USER}:${readFileSync(passwordFileOf(directory), 'utf8').trim()}@127.0.0.1:${port}/postgres`

/** True while a server runs on the directory: its files are then not to be moved. */
export const isServed = (directory: string) =>
  existsSync(directory) && livingPostmaster(clusterOf(realpathSync(directory))) !== undefined
