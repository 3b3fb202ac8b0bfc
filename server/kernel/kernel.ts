import type pg from 'pg'
import type { Database } from './database/statement.ts'
import type { SecretBox } from './secret-box.ts'

/** What every part of the server works with: the database, the clock, a place to log. Passed in, never global. */
export interface Kernel {
  /** use cases, and what else needs a transaction */
  pool: pg.Pool
  /** questions outside a use case; in a server on connections of their own, where each is planned for what is asked */
  database: Database
  /** the clock; a test sets its own */
  now(): Date
  log: Log
  /** for secrets that are used again and must not be readable in the database */
  secrets: SecretBox
  /** called after a commit that announced something, so that listeners need not poll fast */
  wake(): void
}

export interface Log {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
