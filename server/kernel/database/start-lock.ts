import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError, errorCode } from './failure.ts'
import { processBirth, processLives } from './postmaster.ts'

const HEARTBEAT_MS = 2_000
const SILENT_AFTER_MS = 10_000
const PATIENCE_MS = 10 * 60_000

/**
 * One process at a time looks for the server of a directory and starts it if there is none. Held only for that moment;
 * the lock of a killed process is taken over.
 */
export async function withStartLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const path = join(directory, 'start.lock')
  const mine = [process.pid, processBirth(process.pid), hostname()].join('\n')
  const end = performance.now() + PATIENCE_MS
  while (!tryLock(path, mine)) {
    const holder = readOrEmpty(path)
    if (isStale(directory, holder)) breakLock(path, holder)
    else if (performance.now() > end) {
      const pid = holder.split('\n')[0]
      throw new DatabaseError('start-failed', `Process ${pid} has held ${path} for ten minutes; end it and start again`)
    } else await sleep(30)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function tryLock(path: string, mine: string): boolean {
  try {
    writeFileSync(path, mine, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function isStale(directory: string, holder: string): boolean {
  const [pid, birth, host] = holder.split('\n')
  if (host === undefined) return false // just being written, or just released
  if (host !== hostname()) return !otherHosts(directory).includes(host)
  return !processLives(Number(pid)) || processBirth(Number(pid)) !== birth
}

/** Renaming decides between two who break the same lock: only one gets the file, and sees whose it was. */
function breakLock(path: string, holder: string) {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const taken = readOrEmpty(aside)
  rmSync(aside, { force: true })
  if (taken !== holder) tryLock(path, taken)
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Two containers that share a volume do not see each other's processes, and two servers on one cluster destroy it. So
 * whoever uses a directory shows a sign of life in it, and nobody starts a server beside a living sign of another host.
 */
export function showPresence(directory: string): { end(isLast: boolean): void } {
  const path = join(directory, `used-by.${hostname()}`)
  const beat = () => {
    try {
      writeFileSync(path, String(process.pid), { mode: 0o600 })
    } catch {
      // a full disk shows itself elsewhere
    }
  }
  beat()
  const timer = setInterval(beat, HEARTBEAT_MS)
  timer.unref()
  return {
    end: (isLast) => {
      clearInterval(timer)
      if (isLast) rmSync(path, { force: true })
    },
  }
}

export async function refuseOtherHosts(directory: string) {
  const end = performance.now() + SILENT_AFTER_MS + HEARTBEAT_MS // the container before us may have been killed a second ago
  while (otherHosts(directory).length > 0) {
    if (performance.now() > end) {
      throw new DatabaseError(
        'in-use-elsewhere',
        `${directory} is in use by ${otherHosts(directory).join(', ')}. ` +
          'Stop Tresen there, or give all of them the same DATABASE_URL: several machines share a server, not a directory.',
      )
    }
    await sleep(250)
  }
}

function otherHosts(directory: string): string[] {
  const own = `used-by.${hostname()}`
  const now = statSync(join(directory, own)).mtimeMs // the file system's clock, which the others' signs carry too
  return readdirSync(directory)
    .filter((name) => name.startsWith('used-by.') && name !== own)
    .filter(
      (name) => now - (statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) < SILENT_AFTER_MS,
    )
    .map((name) => name.slice('used-by.'.length))
}
