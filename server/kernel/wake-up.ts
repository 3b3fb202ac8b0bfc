import pg from 'pg'
import { newId } from './ids.ts'
import type { Log } from './kernel.ts'

const CHANNEL = 'tresen'
const COLLECT_MS = 10
const RECONNECT_MS = 500

export interface WakeUp {
  /** something was committed: tell listeners here and in the other processes */
  ring(): void
  onRing(listener: () => void): () => void
  close(): Promise<void>
}

/**
 * "There is something new", across all processes on the database: one listening connection a process. The bell is only
 * a hint and may get lost; what it hints at is read from the event table, and everybody looks there by himself as well.
 * It's rung outside transactions, because NOTIFY inside makes commits wait for each other.
 */
export function startWakeUp(url: string, pool: pg.Pool, log: Log): WakeUp {
  const listeners = new Set<() => void>()
  const self = newId() // our own ring was heard here already
  let collecting: NodeJS.Timeout | undefined
  let client: pg.Client | undefined
  let closed = false
  const tell = () => {
    for (const listener of listeners) listener()
  }

  const listen = async () => {
    if (closed) return
    const fresh = new pg.Client({ connectionString: url, application_name: 'tresen-listen', keepAlive: true })
    const again = () => {
      if (client !== fresh) return
      client = undefined
      fresh.end().catch(() => undefined)
      if (!closed) setTimeout(listen, RECONNECT_MS).unref()
    }
    client = fresh
    fresh.on('error', again)
    fresh.on('end', again)
    fresh.on('notification', ({ payload }) => payload !== self && tell())
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      tell()
    } catch (error) {
      log.warn({ problem: String(error) }, 'listening connection lost, trying again')
      again()
    }
  }
  const listening = listen()

  return {
    ring() {
      collecting ??= setTimeout(() => {
        collecting = undefined
        if (closed) return
        tell()
        pool
          .query({ text: 'select pg_notify($1, $2)', values: [CHANNEL, self], name: 'kernel.ring' })
          .catch(() => undefined)
      }, COLLECT_MS)
    },
    onRing(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(collecting)
      await listening
      await client?.end().catch(() => undefined)
    },
  }
}

/** Calls a function whenever the bell rings, and every `everyMs` in any case; never twice at the same time. */
export function onEveryRing(
  bell: WakeUp,
  everyMs: number,
  log: Log,
  name: string,
  work: () => Promise<boolean>,
): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  const turn = async () => {
    do {
      again = false
      try {
        if (await work()) again = true
      } catch (error) {
        if (!stopped) log.warn({ problem: String(error) }, `${name} failed, trying again`)
        return
      }
    } while (again && !stopped)
  }
  const kick = () => {
    if (stopped) return
    again = true
    running ??= turn().finally(() => {
      running = undefined
    })
  }
  const off = bell.onRing(kick)
  const timer = setInterval(kick, everyMs)
  timer.unref()
  kick()
  return async () => {
    stopped = true
    off()
    clearInterval(timer)
    await running
  }
}
