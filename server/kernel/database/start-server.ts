import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseError } from './failure.ts'
import { freePort, lastPort, rememberPort } from './port.ts'
import { chooseRunner, commandLine, handOver, processOptions, type RootMode, type Runner } from './postgres-binaries.ts'
import { disownPostmaster, quitOrphanBackends, readPostmaster, waitUntil } from './postmaster.ts'

export const POSTGRES_MAJOR = '18'
export const USER = 'tresen'

/** Where the parts of a data directory lie. */
export const clusterOf = (directory: string) => join(directory, 'cluster')
export const passwordFileOf = (directory: string) => join(directory, 'password')
const logFileOf = (directory: string) => join(directory, 'postgres.log')

export type Settings = Record<string, string>
export type Step = 'create' | 'start' | 'recover' | 'join'

export type ServerPlan = {
  directory: string
  settings: Settings
  rootMode?: RootMode
  /** Set when others already know the server by this port. */
  fixedPort?: number
  onProgress(step: Step): void
}

export type RunningServer = { pid: number; port: number; how: Runner['how'] | 'joined' }

const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  timezone: 'UTC',
  // Errors of statements reach the application; written here too they would leave customers' data in a file.
  log_min_messages: 'log',
  log_checkpoints: 'off',
}

/** Starts a server on the directory, which has none running, and makes the cluster if it is the first time. */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
  const { directory, onProgress } = plan
  const cluster = clusterOf(directory)
  const runner = chooseRunner(directory, cluster, plan.rootMode)
  if (existsSync(cluster)) refuseUnusable(directory)
  else {
    onProgress('create')
    createCluster(directory, runner)
  }
  handOver(cluster, runner.owner)
  disownPostmaster(cluster)
  onProgress('start')
  // Candidates, since a port can be taken between our look and PostgreSQL's; each is tried with patience for orphans.
  const ports = plan.fixedPort ? [plan.fixedPort] : [lastPort(directory), freePort(), freePort(), freePort()]
  for (const candidate of ports) {
    const port = await candidate
    if (!port) continue
    const outcome = await launchPatiently(plan, runner, port)
    if (typeof outcome === 'number') {
      rememberPort(directory, port)
      return { pid: outcome, port, how: runner.how }
    }
    if (!/could not bind|Address already in use/.test(outcome)) throw explain('PostgreSQL did not start', outcome)
  }
  throw new DatabaseError(
    'start-failed',
    `PostgreSQL found no free port on 127.0.0.1 (tried ${plan.fixedPort ?? 'four'})`,
  )
}

/** A process id, or the log of a start that failed. */
async function launchPatiently(plan: ServerPlan, runner: Runner, port: number): Promise<number | string> {
  const end = performance.now() + 60_000
  for (;;) {
    const outcome = await launch(plan, runner, port)
    const hasOrphans = typeof outcome === 'string' && /pre-existing shared memory block/.test(outcome)
    if (!hasOrphans || performance.now() > end) return outcome
    quitOrphanBackends(clusterOf(plan.directory))
    await waitUntil(() => false, 200)
  }
}

async function launch(plan: ServerPlan, runner: Runner, port: number): Promise<number | string> {
  const { directory } = plan
  const cluster = clusterOf(directory)
  const settings = Object.entries({ ...SETTINGS, ...plan.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const [command, args] = commandLine(runner, 'postgres', ['-D', cluster, '-p', String(port), ...settings])
  // A file, not a pipe: the server may outlive us. Detached: Ctrl-C reaches only the application, which drains first.
  const log = openLog(directory)
  const child = spawn(command, args, {
    ...processOptions(runner, directory),
    stdio: ['ignore', log.descriptor, log.descriptor],
    detached: true,
  })
  closeSync(log.descriptor)
  child.unref() // other processes may need the server after we have gone
  let ended: string | undefined
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended = `exit ${code ?? signal}`
  })
  const isReady = () => {
    const postmaster = readPostmaster(cluster)
    return postmaster?.pid === child.pid && postmaster?.status === 'ready'
  }
  const reached = () => ended !== undefined || isReady()
  if (!(await waitUntil(reached, 2_000))) {
    plan.onProgress('recover')
    await waitUntil(reached, Number.POSITIVE_INFINITY) // recovery takes as long as it takes
  }
  return ended === undefined ? child.pid! : `${ended}\n${logTail(directory, log.size)}`
}

function createCluster(directory: string, runner: Runner) {
  const unfinished = `${clusterOf(directory)}.new` // a killed initdb leaves it; only a complete one gets the name
  const password = passwordFileOf(directory)
  writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  // pg_trgm and regular expressions ask the character type which letters exist: with plain C, ä is none.
  const outcomes = ['C.UTF-8', 'en_US.UTF-8', 'C'].map((characterType) => () => {
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { mode: 0o700 })
    handOver(unfinished, runner.owner)
    handOver(password, runner.owner)
    const initdb = ['-D', unfinished, '-U', USER, `--pwfile=${password}`, '-A', 'scram-sha-256', '--encoding=UTF8']
    const locale = ['--locale-provider=icu', '--icu-locale=de-DE', '--locale=C', `--lc-ctype=${characterType}`]
    const [command, args] = commandLine(runner, 'initdb', [...initdb, ...locale, '--data-checksums'])
    const { status, stderr, error } = spawnSync(command, args, {
      ...processOptions(runner, directory),
      encoding: 'utf8',
    })
    return status === 0 ? undefined : (error?.message ?? stderr)
  })
  for (const attempt of outcomes) {
    const complaint = attempt()
    if (complaint === undefined) return renameSync(unfinished, clusterOf(directory))
    if (/invalid locale/.test(complaint)) continue
    rmSync(unfinished, { recursive: true, force: true })
    throw explain('The database could not be created', complaint)
  }
}

function refuseUnusable(directory: string) {
  const cluster = clusterOf(directory)
  const versionFile = join(cluster, 'PG_VERSION')
  try {
    readdirSync(cluster)
  } catch (cause) {
    const message = `${cluster} belongs to another user: start Tresen as that user, or give the files to this one (chown -R)`
    throw new DatabaseError('permission-denied', message, { cause })
  }
  if (!existsSync(versionFile) || !existsSync(passwordFileOf(directory))) {
    const missing = existsSync(versionFile) ? passwordFileOf(directory) : versionFile
    throw new DatabaseError('damaged-directory', `${directory} is no complete database: ${missing} is missing`)
  }
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version !== POSTGRES_MAJOR) {
    throw new DatabaseError(
      'incompatible-version',
      `${cluster} was written by PostgreSQL ${version}, this Tresen brings ${POSTGRES_MAJOR}. ` +
        'Start the Tresen that wrote it, or restore a dump into a new directory.',
    )
  }
}

export function explain(what: string, output: string): DatabaseError {
  const lines = output.trim().split('\n').slice(-15).join('\n')
  if (/No space left on device|Check free disk space|Disk quota exceeded/i.test(output)) {
    return new DatabaseError('disk-full', `${what}: the disk is full. Free some space and start again.\n${lines}`)
  }
  if (/Permission denied|wrong ownership|Operation not permitted/i.test(output)) {
    return new DatabaseError('permission-denied', `${what}: it may not read or write its files.\n${lines}`)
  }
  if (/could not look up effective user ID/.test(output)) {
    const remedy = 'The user id Tresen runs under has no name in /etc/passwd; give it one, or set DATABASE_URL.'
    return new DatabaseError('permission-denied', `${what}: ${remedy}\n${lines}`)
  }
  return new DatabaseError('start-failed', `${what}:\n${lines}`)
}

const LOG_LIMIT = 1_000_000

function openLog(directory: string): { descriptor: number; size: number } {
  const path = logFileOf(directory)
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT) renameSync(path, `${path}.old`)
  return { descriptor: openSync(path, 'a', 0o600), size: size > LOG_LIMIT ? 0 : size }
}

export function logTail(directory: string, from = 0): string {
  try {
    return readFileSync(logFileOf(directory))
      .subarray(from)
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(-15)
      .join('\n')
  } catch {
    return ''
  }
}
