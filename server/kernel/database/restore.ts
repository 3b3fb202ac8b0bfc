import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Client } from 'pg'
import {
  type BackedUpFile,
  type BackupManifest,
  type CopyProgress,
  copyHashed,
  finishDirectory,
  hashFile,
  readManifest,
} from './backup-manifest.ts'
import { isServed } from './embedded-postgres.ts'
import { DatabaseError, errorCode } from './failure.ts'
import { DUMP_FILE, runPgRestore } from './pg-tools.ts'
import { POSTGRES_MAJOR } from './start-server.ts'

export type RestoreOptions = {
  source: string
  onProgress?: CopyProgress
} & (
  | {
      /** The directory of the built-in PostgreSQL. */
      directory: string
      /** Moves what is there aside, under a name with the time; nothing is ever deleted. */
      replace?: boolean
      url?: undefined
    }
  | {
      /** An empty database on any server, for a backup made with pg_dump. */
      url: string
      directory?: undefined
    }
)

export type Restored = { manifest: BackupManifest; movedAside?: string }

/** Restores a backup after checking each file of it; a damaged one leaves everything as it was. */
export async function restoreDatabase(options: RestoreOptions): Promise<Restored> {
  const source = resolve(options.source)
  const manifest = readManifest(source)
  if (options.url !== undefined) return restoreDump(source, manifest, options.url)
  if (manifest.kind !== 'cluster') {
    throw new DatabaseError(
      'backup-incomplete',
      `${source} is a dump: name the database (url) it is to be restored into`,
    )
  }
  return restoreCluster(source, manifest, { ...options, directory: realPath(options.directory) })
}

type ClusterTarget = { directory: string; replace?: boolean; onProgress?: CopyProgress }

async function restoreCluster(source: string, manifest: BackupManifest, target: ClusterTarget): Promise<Restored> {
  const { directory, replace } = target
  refuseOtherMajor(manifest)
  refuseInUse(directory)
  const isOccupied = existsSync(directory) && readdirSync(directory).length > 0
  if (isOccupied && !replace) {
    throw new DatabaseError(
      'target-not-empty',
      `${directory} is not empty; ask for it to be replaced, or choose another`,
    )
  }
  const unfinished = `${directory}.partial`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  try {
    await copyChecked(source, unfinished, manifest, target.onProgress)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
  refuseInUse(directory) // copying takes a while
  const movedAside = isOccupied ? moveAside(directory) : undefined
  finishDirectory(unfinished, directory)
  return { manifest, movedAside }
}

async function copyChecked(source: string, target: string, manifest: BackupManifest, onProgress?: CopyProgress) {
  for (const path of manifest.directories) mkdirSync(inside(target, path), { recursive: true, mode: 0o700 })
  const bytesTotal = manifest.files.reduce((sum, { size }) => sum + size, 0)
  let bytesDone = 0
  for (const file of manifest.files) {
    await verified(source, file, () => copyHashed(inside(source, file.path), inside(target, file.path)))
    bytesDone += file.size
    onProgress?.({ bytesDone, bytesTotal })
  }
}

async function restoreDump(source: string, manifest: BackupManifest, url: string): Promise<Restored> {
  const file = manifest.files.find(({ path }) => path === DUMP_FILE)
  if (manifest.kind !== 'dump' || !file) {
    throw new DatabaseError(
      'backup-incomplete',
      `${source} holds the files of a built-in PostgreSQL; restore a directory`,
    )
  }
  const path = join(source, DUMP_FILE)
  await verified(source, file, () => hashFile(path))
  const client = new Client({ connectionString: url, application_name: 'tresen restore' })
  await client.connect()
  try {
    await refuseFilledDatabase(client)
    await runPgRestore(client, url, path)
  } finally {
    await client.end()
  }
  return { manifest }
}

async function verified(source: string, file: BackedUpFile, read: () => Promise<{ size: number; sha256: string }>) {
  const found = await read().catch((error) => {
    if (errorCode(error) !== 'ENOENT') throw error
  })
  if (found?.size === file.size && found.sha256 === file.sha256) return
  const what = found ? 'is not as it was written' : 'is missing'
  throw new DatabaseError('backup-incomplete', `The backup ${source} is damaged: ${file.path} ${what}`)
}

async function refuseFilledDatabase(client: Client) {
  const { rows } = await client.query<{ tables: number }>(
    `select count(*)::int as tables from pg_class
      where relkind in ('r', 'p') and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`,
  )
  if (rows[0]!.tables === 0) return
  throw new DatabaseError(
    'target-not-empty',
    'The database holds tables already; create an empty one and restore into that',
  )
}

function refuseInUse(directory: string) {
  if (!isServed(directory)) return
  throw new DatabaseError('in-use-elsewhere', `A server runs on ${directory}; stop Tresen first`)
}

function refuseOtherMajor({ postgresVersion }: BackupManifest) {
  if (postgresVersion.split('.')[0] === POSTGRES_MAJOR) return
  const message = `The backup is of PostgreSQL ${postgresVersion}, this Tresen brings ${POSTGRES_MAJOR}; use the Tresen that made it`
  throw new DatabaseError('incompatible-version', message)
}

function moveAside(directory: string): string {
  const time = new Date().toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z')
  const aside = `${directory}.before-restore-${time}`
  renameSync(directory, aside)
  return aside
}

/** A manifest is a file like any other: it does not get to write elsewhere. */
function inside(root: string, path: string): string {
  const full = resolve(root, path)
  if (full.startsWith(`${root}/`) || full.startsWith(`${root}\\`)) return full
  throw new DatabaseError('backup-incomplete', `The backup names a file outside of it: ${path}`)
}

/** The renames at the end need the directory itself, not a link to it. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const parent = dirname(resolve(path))
  mkdirSync(parent, { recursive: true })
  return join(realpathSync(parent), basename(path))
}
