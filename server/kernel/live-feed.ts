import type { Database } from './database/statement.ts'
import { type AnnouncedEvent, type Cursor, newestCursor, readEvents } from './events.ts'
import type { Log } from './kernel.ts'
import { onEveryRing, type WakeUp } from './wake-up.ts'

const PAGE = 200
const LOOK_EVERY_MS = 1_000

type Receive = (events: readonly AnnouncedEvent[]) => void

export interface LiveFeed {
  /** events after the cursor, then all that come; returns how to leave */
  subscribe(after: Cursor | undefined, receive: Receive): () => void
  stop(): Promise<void>
}

/**
 * The live events of this process. The table is read once for everybody who is up to date; whoever comes with an older
 * cursor catches up by himself first. Nobody misses or doubles an event, whichever process he is connected to.
 */
export function startLiveFeed(database: Database, bell: WakeUp, log: Log): LiveFeed {
  const current = new Set<Receive>()
  let head: Cursor | undefined
  const look = async () => {
    head ??= await newestCursor(database)
    const events = await readEvents(database, head, PAGE)
    const last = events.at(-1)
    if (!last) return false
    head = { txid: last.txid, position: last.position }
    for (const receive of current) receive(events)
    return events.length === PAGE
  }
  const stop = onEveryRing(bell, LOOK_EVERY_MS, log, 'live events', look)
  return {
    subscribe(after, receive) {
      let left = false
      const join = async () => {
        head ??= await newestCursor(database)
        let cursor = after ?? head
        while (!left && isBefore(cursor, head)) {
          const events = await readEvents(database, cursor, PAGE)
          if (events.length === 0) break
          const fresh = events.filter((e) => !isBefore(head!, e))
          if (fresh.length > 0) receive(fresh)
          const last = fresh.at(-1)
          if (!last) break
          cursor = { txid: last.txid, position: last.position }
        }
        // no await between the last look at `head` and joining: nothing can fall in between
        if (!left) current.add(receive)
      }
      join().catch((error) => log.warn({ problem: String(error) }, 'a subscriber could not catch up'))
      return () => {
        left = true
        current.delete(receive)
      }
    },
    stop,
  }
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return a.txid < b.txid || (a.txid === b.txid && a.position < b.position)
}
