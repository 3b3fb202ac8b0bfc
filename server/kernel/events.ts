import type { Database } from './database/statement.ts'
import { statement } from './database/statement.ts'

/** An announced fact as listeners get it. */
export interface AnnouncedEvent {
  txid: number
  position: number
  id: string
  type: string
  at: string
  data: Record<string, unknown>
}

/** Where a listener stands in the events. */
export interface Cursor {
  txid: number
  position: number
}

export const start: Cursor = { txid: 0, position: 0 }

export function cursorText(cursor: Cursor): string {
  return `${cursor.txid}-${cursor.position}`
}

export function parseCursor(text: string): Cursor {
  const [txid, position] = text.split('-').map(Number)
  return { txid: txid ?? 0, position: position ?? 0 }
}

// Only what is below the oldest running transaction: a later commit can't slip in before it any more.
const eventsAfter = statement<AnnouncedEvent>(
  'kernel.events-after',
  `select txid, position, id, type, at, data from kernel.event
    where (txid, position) > ($1, $2) and txid < kernel.oldest_running_transaction()
    order by txid, position limit $3`,
)

const lastEvent = statement<{ txid: number; position: number }>(
  'kernel.last-event',
  `select txid, position from kernel.event where txid < kernel.oldest_running_transaction()
    order by txid desc, position desc limit 1`,
)

/** The next events after a cursor, in an order that never changes. */
export function readEvents(database: Database, after: Cursor, limit: number): Promise<AnnouncedEvent[]> {
  return database.query(eventsAfter, [after.txid, after.position, limit])
}

/** The newest finished event: where somebody starts who wants only what comes. */
export async function newestCursor(database: Database): Promise<Cursor> {
  const [row] = await database.query(lastEvent, [])
  return row ?? start
}
