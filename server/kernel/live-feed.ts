import type { Database } from './database/statement.ts'
import { type AnnouncedEvent, type Cursor, newestCursor, readEvents } from './events.ts'
import type { Log } from './kernel.ts'
import { onEveryRing, type WakeUp } from './wake-up.ts'

const PAGE = 200
const LOOK_EVERY_MS = 1_000

type Receive = (events: readonly AnnouncedEvent[]) => void

export interface LiveFeed {
  /** events after the cursor, then all that come; `lost` if that can't be kept up. Returns how to leave */
  subscribe(after: Cursor | undefined, receive: Receive, lost: () => void): () => void
  stop(): Promise<void>
}

/**
 * The live events of this process. The table is read once for everybody who is up to date; whoever comes with an older
 * cursor catches up by himself first. Nobody misses or doubles an event, whichever process he is connected to.
 */
export function startLiveFeed(database: Database, bell: WakeUp, log: Log): LiveFeed {
  const current = new Set<Receive>()
  let subscribers = 0
  const head = newHead(database)
  const look = async () => {
    if (subscribers === 0) {
      // nobody to read for: whoever comes next begins at the newest
      head.forget()
      return false
    }
    const events = await readEvents(database, await head.find(), PAGE)
    const last = events.at(-1)
    if (!last) return false
    head.move(last)
    for (const receive of current) receive(events)
    return events.length === PAGE
  }
  const stop = onEveryRing(bell, LOOK_EVERY_MS, log, 'live events', look)
  return {
    subscribe(after, receive, lost) {
      subscribers++
      let left = false
      let cursor = after
      // he may come from a process that was ahead of this one: what he has had already he doesn't get again
      const take: Receive = (events) => {
        const fresh = events.filter((e) => isBefore(cursor!, e))
        const last = fresh.at(-1)
        if (!last) return
        cursor = { txid: last.txid, position: last.position }
        receive(fresh)
      }
      const join = async () => {
        const begin = await head.find()
        cursor ??= begin
        while (!left && isBefore(cursor, head.at!)) {
          const events = await readEvents(database, cursor, PAGE)
          if (events.length === 0) break
          take(events)
        }
        // no await between the last look at the head and joining: nothing can fall in between
        if (!left) current.add(take)
      }
      join().catch((error) => {
        log.warn({ problem: String(error) }, 'a subscriber could not catch up')
        lost()
      })
      return () => {
        if (!left) subscribers--
        left = true
        current.delete(take)
      }
    },
    stop,
  }
}

/** Where this process stands in the events: found out once, by whoever asks first, and forgotten when nobody reads. */
function newHead(database: Database) {
  let at: Cursor | undefined
  let starting: Promise<Cursor> | undefined
  return {
    get at() {
      return at
    },
    async find(): Promise<Cursor> {
      starting ??= newestCursor(database)
      try {
        at ??= await starting
        return at
      } catch (error) {
        starting = undefined
        throw error
      }
    },
    move({ txid, position }: Cursor) {
      at = { txid, position }
    },
    forget() {
      at = starting = undefined
    },
  }
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return a.txid < b.txid || (a.txid === b.txid && a.position < b.position)
}
