import { resolve } from 'node:path'

/** What the environment says. The only file that reads it. */
export interface Configuration {
  /** set: this PostgreSQL is used and none is started */
  databaseUrl: string | undefined
  /** where the embedded database, backups and the lock lie */
  dataDirectory: string
  host: string
  port: number
  /** background jobs in this process: documents, webhooks, sealing */
  jobs: boolean
  logLevel: string
  /** what secrets in the database are sealed with; left out: a file in the data directory */
  secretKey?: string
}

/** Reads the configuration; a value that makes no sense is named. */
export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const port = Number(environment.PORT ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is no port: ${environment.PORT}`)
  const secretKey = environment.TRESEN_SECRET_KEY
  if (secretKey !== undefined && secretKey.length < 24)
    throw new Error('TRESEN_SECRET_KEY needs at least 24 characters')
  return {
    databaseUrl: environment.DATABASE_URL || undefined,
    dataDirectory: resolve(environment.TRESEN_DATA ?? 'data'),
    host: environment.HOST ?? '127.0.0.1',
    port,
    jobs: environment.TRESEN_JOBS !== 'off',
    logLevel: environment.TRESEN_LOG ?? 'warn',
    ...(secretKey === undefined ? {} : { secretKey }),
  }
}
