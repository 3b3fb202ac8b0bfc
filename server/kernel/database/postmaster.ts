import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError } from './failure.ts'
import { findBinaries } from './postgres-binaries.ts'

/** What PostgreSQL writes about itself into postmaster.pid. */
export type Postmaster = { pid: number; port: number; status: string }

export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? 'starting' }
  } catch {
    return undefined
  }
}

/** The server of this cluster, if it lives. */
export function livingPostmaster(cluster: string): Postmaster | undefined {
  const postmaster = readPostmaster(cluster)
  return postmaster && isPostmasterOf(cluster, postmaster.pid) ? postmaster : undefined
}

function isPostmasterOf(cluster: string, pid: number): boolean {
  if (!processLives(pid)) return false
  if (process.platform !== 'linux') return true
  // The number may have gone to somebody else since, above all in containers, where they start anew.
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
  } catch {
    return false
  }
}

/** A zombie is dead: where nobody reaps, its number stays taken although nothing runs. */
export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return process.platform !== 'linux' || !['Z', 'X', undefined].includes(processStat(pid)?.[0])
}

/** Tells two processes that bear the same number one after the other apart. Empty where the system does not say. */
export function processBirth(pid: number): string {
  return processStat(pid)?.[19] ?? ''
}

/** The fields of /proc/<pid>/stat from the third (state) on. */
function processStat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return undefined
  }
}

/**
 * PostgreSQL takes the zombie, or the stranger, in postmaster.pid for a running server and refuses to start. The file
 * is not deleted, because its seventh line is how PostgreSQL finds out that backends of the dead server still write.
 * Instead it gets our number: PostgreSQL knows that its own parent is no server.
 */
export function disownPostmaster(cluster: string) {
  const path = join(cluster, 'postmaster.pid')
  if (!existsSync(path)) return
  const [, ...rest] = readFileSync(path, 'utf8').split('\n')
  writeFileSync(path, [process.pid, ...rest].join('\n'))
}

/** After kill -9 of the server an idle backend ends by itself, one in the middle of a long query does not. */
export function quitOrphanBackends(cluster: string) {
  if (process.platform !== 'linux') return
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isOurs = readlinkSync(`/proc/${entry}/cwd`) === cluster
      if (isOurs && readFileSync(`/proc/${entry}/cmdline`, 'utf8').startsWith('postgres:')) {
        process.kill(Number(entry), 'SIGQUIT')
      }
    } catch {
      // ended meanwhile, or belongs to somebody else
    }
  }
}

/** Waits until `reached` holds; false if it does not within the time. */
export async function waitUntil(reached: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!reached()) {
    if (performance.now() > end) return false
    await sleep(15)
  }
  return true
}

const FAST = 'SIGINT' // ends sessions, writes everything, leaves a clean cluster
const IMMEDIATE = 'SIGQUIT' // as if the power failed: nothing committed is lost, the next start recovers

function sendSignal(pid: number, signal: typeof FAST | typeof IMMEDIATE | 'SIGKILL') {
  if (process.platform !== 'win32') process.kill(pid, signal)
  // Windows has no signals; PostgreSQL brings its own.
  else spawnSync(join(findBinaries(), 'bin', 'pg_ctl'), ['kill', signal.slice('SIG'.length), String(pid)])
}

export async function shutDown(cluster: string, log: { warn(message: string): void }, patience = 30_000) {
  const pid = livingPostmaster(cluster)?.pid
  if (!pid) return
  // By its birth, not its command line: that is empty already while an ending process still holds its port.
  const birth = processBirth(pid)
  const gone = () => !processLives(pid) || processBirth(pid) !== birth
  for (const signal of [FAST, IMMEDIATE, 'SIGKILL'] as const) {
    try {
      sendSignal(pid, signal)
    } catch (cause) {
      if (gone()) return
      throw new DatabaseError('permission-denied', `May not stop the PostgreSQL process ${pid}`, { cause })
    }
    if (await waitUntil(gone, patience)) return
    log.warn(`PostgreSQL (process ${pid}) did not stop within ${patience} ms after ${signal}`)
  }
}
