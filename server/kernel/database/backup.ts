import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Client } from 'pg'
import {
  type BackupManifest,
  type CopyProgress,
  finishDirectory,
  hashFile,
  readManifest,
  syncPath,
  writeManifest,
} from './backup-manifest.ts'
import { copyCluster } from './copy-cluster.ts'
import { DatabaseError } from './failure.ts'
import { DUMP_FILE, runPgDump } from './pg-tools.ts'

export type BackupOptions = {
  url: string
  /** The directory of the built-in PostgreSQL; without it the backup is made with pg_dump. */
  dataDirectory?: string
  /** The new directory that becomes the backup. */
  target: string
  onProgress?: CopyProgress
}

/** Backs the database up while it is in use. The target appears only when it is whole and on the disk. */
export async function backupDatabase(options: BackupOptions): Promise<BackupManifest> {
  const { url, dataDirectory } = options
  const target = resolve(options.target)
  if (existsSync(target))
    throw new DatabaseError('target-not-empty', `${target} exists already; a backup never overwrites`)
  const unfinished = `${target}.partial`
  const client = new Client({ connectionString: url, application_name: 'tresen backup' })
  client.on('error', () => {}) // the statement under way reports it
  await client.connect()
  try {
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(dirname(target), { recursive: true })
    mkdirSync(unfinished, { mode: 0o700 })
    const startedAt = new Date().toISOString()
    const contents = dataDirectory
      ? await copyCluster(client, realpathSync(dataDirectory), unfinished, options.onProgress)
      : await dump(client, url, unfinished)
    const postgresVersion = await readVersion(client)
    writeManifest(unfinished, {
      format: 1,
      postgresVersion,
      startedAt,
      finishedAt: new Date().toISOString(),
      ...contents,
    })
    finishDirectory(unfinished, target)
    return readManifest(target)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

type Contents = Pick<BackupManifest, 'kind' | 'directories' | 'files'>

async function dump(client: Client, url: string, target: string): Promise<Contents> {
  const path = await runPgDump(client, url, target)
  syncPath(path)
  return { kind: 'dump', directories: [], files: [{ path: DUMP_FILE, ...(await hashFile(path)) }] }
}

async function readVersion(client: Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  return rows[0]!.server_version
}
