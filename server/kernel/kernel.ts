import type pg from 'pg'
import type { Database } from './database/statement.ts'

/** What every part of the server works with: the database, the clock, a place to log. Passed in, never global. */
export interface Kernel {
  pool: pg.Pool
  /** reads outside a use case */
  database: Database
  /** the clock; a test sets its own */
  now(): Date
  log: Log
  /** called after a commit that announced something, so that listeners need not poll fast */
  wake(): void
}

export interface Log {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
