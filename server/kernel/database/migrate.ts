import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, type ClientBase } from 'pg'
import { DatabaseError, type DatabaseLog, messageOf } from './failure.ts'

export type Migrated = { from: number; to: number; applied: string[] }

type Migration = { version: number; name: string; sql: string; checksum: string }

const FILE_NAME = /^(\d{4,9})-([a-z0-9-]+)\.sql$/
const OLDEST_SERVER = 15
const MIGRATION_LOCK = [0x74726573, 2]

/** Brings the database to the version of the files: forward only, each file once and whole or not at all. */
export async function migrate(
  database: string | ClientBase,
  options: { directory: string; log?: DatabaseLog },
): Promise<Migrated> {
  if (typeof database !== 'string') return applyMissing(database, options)
  const client = new Client({ connectionString: database, application_name: 'tresen migrate' })
  await client.connect()
  try {
    return await applyMissing(client, options)
  } finally {
    await client.end()
  }
}

/** The version a database has once all files are applied; 0 without files. */
export const latestVersion = (directory: string): number => readMigrations(directory).at(-1)?.version ?? 0

async function applyMissing(client: ClientBase, options: { directory: string; log?: DatabaseLog }): Promise<Migrated> {
  const migrations = readMigrations(options.directory)
  await refuseOldServer(client)
  const from = await inLockedTransaction(client, () => prepareAndCheck(client, migrations))
  const applied: string[] = []
  for (const migration of migrations.filter(({ version }) => version > from)) {
    // Looked at again under the lock: another process may have applied it while we waited.
    const isNew = await inLockedTransaction(client, async () => {
      if ((await prepareAndCheck(client, migrations)) >= migration.version) return false
      await applyMigration(client, migration)
      return true
    })
    if (!isNew) continue
    applied.push(migration.name)
    options.log?.info(`Applied migration ${migration.name}`)
  }
  return { from, to: migrations.at(-1)?.version ?? 0, applied }
}

/** What the statements use is there since PostgreSQL 15; without this an older one fails somewhere in the middle of a day. */
async function refuseOldServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  const version = Number(rows[0]!.server_version_num)
  if (version < OLDEST_SERVER * 10_000)
    throw new DatabaseError(
      'incompatible-version',
      `The server of DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}, Tresen needs ${OLDEST_SERVER} or newer.`,
    )
}

/**
 * The lock belongs to the transaction, not to the session: so it also holds behind a pooler that gives each transaction
 * another connection, and nobody has to release it.
 */
async function inLockedTransaction<Result>(client: ClientBase, work: () => Promise<Result>): Promise<Result> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1, $2)', MIGRATION_LOCK)
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** The version of the database, after making sure that its history is that of the files. */
async function prepareAndCheck(client: ClientBase, migrations: Migration[]): Promise<number> {
  await createVersionTable(client)
  const applied = await readApplied(client)
  const known = new Map(migrations.map((migration) => [migration.version, migration]))
  const current = applied.at(-1)?.version ?? 0
  const newest = migrations.at(-1)?.version ?? 0
  if (current > newest) {
    throw new DatabaseError(
      'newer-schema',
      `The database has version ${current}, this Tresen knows versions up to ${newest}. Start the newer Tresen.`,
    )
  }
  for (const { version, name, checksum } of applied) {
    const file = known.get(version)
    if (file?.checksum === checksum) continue
    const what = file ? 'has changed since' : 'is missing'
    throw new DatabaseError(
      'changed-migration',
      `Migration ${name} was applied to this database, but its file ${what}.`,
    )
  }
  const late = migrations.find(({ version }) => version < current && !applied.some((row) => row.version === version))
  if (late) {
    throw new DatabaseError(
      'unusable-migration',
      `${late.name} comes before version ${current}, which is applied already.`,
    )
  }
  return current
}

async function createVersionTable(client: ClientBase) {
  const { rows } = await client.query<{ missing: boolean }>(
    "select to_regclass('kernel.schema_version') is null as missing",
  )
  if (!rows[0]!.missing) return
  await client.query(`
    create schema if not exists kernel;
    create table kernel.schema_version (
      version    int primary key,
      name       text not null,
      checksum   text not null,
      applied_at timestamptz not null default now()
    )`)
}

async function readApplied(client: ClientBase) {
  const { rows } = await client.query<{ version: number; name: string; checksum: string }>(
    'select version, name, checksum from kernel.schema_version order by version',
  )
  return rows
}

async function applyMigration(client: ClientBase, { version, name, checksum, sql }: Migration) {
  try {
    await client.query(sql)
    await client.query('insert into kernel.schema_version (version, name, checksum) values ($1, $2, $3)', [
      version,
      name,
      checksum,
    ])
  } catch (cause) {
    const line = lineOf(sql, Number((cause as { position?: string }).position))
    throw new DatabaseError('migration-failed', `Migration ${name}${line} failed: ${messageOf(cause)}`, { cause })
  }
}

const lineOf = (sql: string, position: number) =>
  position ? `, line ${sql.slice(0, position).split('\n').length},` : ''

function readMigrations(directory: string): Migration[] {
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.sql')) : []
  const migrations = files.map((file) => readMigration(directory, file)).sort((a, b) => a.version - b.version)
  const twin = migrations.find(({ version }, index) => migrations[index + 1]?.version === version)
  if (twin) throw new DatabaseError('unusable-migration', `Two migrations bear the number of ${twin.name}.`)
  return migrations
}

function readMigration(directory: string, file: string): Migration {
  const version = FILE_NAME.exec(file)?.[1]
  if (!version) {
    throw new DatabaseError('unusable-migration', `${file} is not named like 0007-what-it-does.sql.`)
  }
  // Git on Windows may check files out with other line ends; they are the same migration.
  const sql = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n')
  const checksum = createHash('sha256').update(sql).digest('hex')
  return { version: Number(version), name: file.slice(0, -'.sql'.length), sql, checksum }
}
