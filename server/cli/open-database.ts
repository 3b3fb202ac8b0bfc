import { join } from 'node:path'
import { listeners } from '../app/capabilities.ts'
import type { Configuration } from '../config.ts'
import { connect, databaseOf } from '../kernel/database/connect.ts'
import { startEmbeddedPostgres } from '../kernel/database/embedded-postgres.ts'
import { migrate } from '../kernel/database/migrate.ts'
import { type Kernel, type Log, secretBox, silentLog } from '../kernel/index.ts'
import { prepareJobs } from '../kernel/jobs.ts'
import { secretKey } from './secret-key.ts'

export const migrations = join(import.meta.dirname, '..', 'migrations')

export interface OpenDatabase {
  url: string
  /** undefined for an external server */
  directory: string | undefined
  close(): Promise<void>
}

export function databaseDirectory(configuration: Configuration): string {
  return join(configuration.dataDirectory, 'postgres')
}

const steps = {
  create: 'Datenbank wird angelegt',
  start: 'Datenbank wird gestartet',
  recover: 'Datenbank wird nach einem Absturz wiederhergestellt',
  join: 'laufende Datenbank gefunden',
}

/** The database of the configuration: the external one, or the embedded one started here; migrated in both cases. */
export async function openDatabase(
  configuration: Configuration,
  log: Log,
  onProgress: (what: string) => void = () => undefined,
): Promise<OpenDatabase> {
  const lines = { info: (message: string) => log.info({}, message), warn: (message: string) => log.warn({}, message) }
  if (configuration.databaseUrl) {
    await migrate(configuration.databaseUrl, { directory: migrations, log: lines })
    return { url: configuration.databaseUrl, directory: undefined, close: async () => undefined }
  }
  const directory = databaseDirectory(configuration)
  const postgres = await startEmbeddedPostgres({ directory, log: lines, onProgress: (step) => onProgress(steps[step]) })
  await migrate(postgres.url, { directory: migrations, log: lines }).catch(async (error) => {
    await postgres.stop()
    throw error
  })
  return { url: postgres.url, directory, close: () => postgres.stop() }
}

/** For commands that work on the database and end: a kernel without HTTP or jobs. */
export async function withKernel<T>(
  configuration: Configuration,
  work: (kernel: Kernel, database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(configuration, silentLog)
  const pool = connect(database.url, { max: 4, name: 'tresen-command' })
  const kernel: Kernel = {
    pool,
    database: databaseOf(pool),
    now: () => new Date(),
    log: silentLog,
    secrets: secretBox(secretKey(configuration)),
    wake: () => undefined,
  }
  try {
    await prepareJobs(kernel, database.url, listeners)
    return await work(kernel, database)
  } finally {
    await pool.end()
    await database.close()
  }
}
