/** Why the database cannot serve; the message says what the operator can do about it. */
export type DatabaseFailure =
  | 'no-binaries'
  | 'permission-denied'
  | 'disk-full'
  | 'in-use-elsewhere'
  | 'incompatible-version'
  | 'damaged-directory'
  | 'start-failed'
  | 'newer-schema'
  | 'changed-migration'
  | 'unusable-migration'
  | 'migration-failed'
  | 'target-not-empty'
  | 'backup-incomplete'
  | 'tool-missing'
  | 'tool-failed'

export class DatabaseError extends Error {
  readonly code: DatabaseFailure

  constructor(code: DatabaseFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/** The part of a pino logger that the database needs. */
export type DatabaseLog = { info(message: string): void; warn(message: string): void }

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const errorCode = (error: unknown) => (error as { code?: string } | null)?.code
