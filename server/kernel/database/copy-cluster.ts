import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { type BackedUpFile, type BackupManifest, type CopyProgress, copyHashed, hashFile } from './backup-manifest.ts'
import { DatabaseError, errorCode } from './failure.ts'
import { clusterOf } from './start-server.ts'

/** Part of the running server, or made anew by it: https://www.postgresql.org/docs/18/continuous-archiving.html */
const OMITTED = /^(postmaster\.(pid|opts)|(backup_label|tablespace_map)(\.old)?|.*\/pg_internal\.init.*)$/
const EMPTIED = /^(pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)|(.*\/)?pgsql_tmp[^/]*)$/
const SEGMENT = /^[0-9A-F]{24}$/

type Contents = Pick<BackupManifest, 'kind' | 'directories' | 'files'>
type BackupEnd = { labelfile: string; firstSegment: string; lastSegment: string; segments: number }

/**
 * The online backup of PostgreSQL without its tools: copied files are a blur of the time of copying, and the log (WAL)
 * written meanwhile makes them sharp at the first start. All that was committed before the end is in it.
 */
export async function copyCluster(
  client: Client,
  directory: string,
  target: string,
  onProgress: CopyProgress = () => {},
): Promise<Contents> {
  const cluster = clusterOf(directory)
  await refuseForeignCluster(client, cluster)
  const bytesTotal = await estimateBytes(client)
  // A temporary slot keeps the log of this time from being recycled; it goes with the connection.
  const slot = `tresen_backup_${process.pid}_${Date.now()}`
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot])
  await client.query("select pg_backup_start('tresen', true)")
  const paths = listCluster(cluster)
  const directories = ['cluster', ...paths.directories.map((path) => `cluster/${path}`)]
  for (const path of directories) mkdirSync(join(target, path), { recursive: true, mode: 0o700 })
  const files: BackedUpFile[] = []
  let bytesDone = 0
  const copy = async (from: string, path: string) => {
    const copied = await copyIfPresent(from, join(target, path))
    if (!copied) return
    files.push({ path, ...copied })
    bytesDone += copied.size
    onProgress({ bytesDone, bytesTotal: Math.max(bytesTotal, bytesDone) })
  }
  for (const path of paths.files) await copy(join(cluster, path), `cluster/${path}`)
  const end = await stopBackup(client)
  const segments = readdirSync(join(cluster, 'pg_wal'))
    .filter((name) => SEGMENT.test(name) && name >= end.firstSegment && name <= end.lastSegment)
    .sort()
  for (const name of segments) await copy(join(cluster, 'pg_wal', name), `cluster/pg_wal/${name}`)
  if (segments.length !== end.segments) {
    throw new DatabaseError(
      'backup-incomplete',
      `The log ${end.firstSegment} to ${end.lastSegment} has gaps; try again`,
    )
  }
  // The label tells the first start from where the log has to be read; without it the copy would look sound and not be.
  const label = join(target, 'cluster', 'backup_label')
  writeFileSync(label, end.labelfile, { mode: 0o600, flush: true })
  files.push({ path: 'cluster/backup_label', ...(await hashFile(label)) })
  await copy(join(directory, 'password'), 'password')
  return { kind: 'cluster', directories, files }
}

async function refuseForeignCluster(client: Client, cluster: string) {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory')
  if (rows[0]!.data_directory === cluster) return
  throw new DatabaseError(
    'damaged-directory',
    `The server keeps its data in ${rows[0]!.data_directory}, not in ${cluster}`,
  )
}

async function estimateBytes(client: Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>('select sum(pg_database_size(oid)) as bytes from pg_database')
  return Number(rows[0]!.bytes)
}

/** Ends the backup and tells which part of the log belongs to it; PostgreSQL has it on the disk when this returns. */
async function stopBackup(client: Client): Promise<BackupEnd> {
  const stopped = await client.query<{ lsn: string; labelfile: string }>(
    'select lsn, labelfile from pg_backup_stop(false)',
  )
  const { lsn, labelfile } = stopped.rows[0]!
  const firstSegment = /\(file ([0-9A-F]{24})\)/.exec(labelfile)![1]!
  const startLsn = /START WAL LOCATION: ([0-9A-F/]+)/.exec(labelfile)![1]!
  const { rows } = await client.query<{ last: string; segments: number }>(
    `select pg_walfile_name(stop_lsn) as last,
            (div(stop_lsn - '0/0', size) - div(start_lsn - '0/0', size))::int + 1 as segments
       from (select $1::pg_lsn - 1 as stop_lsn, -- the last byte, as the next one may lie in the next segment
                    $2::pg_lsn as start_lsn,
                    pg_size_bytes(current_setting('wal_segment_size'))::numeric as size) as backup`,
    [lsn, startLsn],
  )
  return { labelfile, firstSegment, lastSegment: rows[0]!.last, segments: rows[0]!.segments }
}

type Listing = { directories: string[]; files: string[] }

function listCluster(cluster: string): Listing {
  const listing: Listing = { directories: ['pg_wal/archive_status'], files: [] }
  collect(cluster, '', listing)
  return listing
}

function collect(cluster: string, folder: string, listing: Listing) {
  for (const entry of entriesOf(join(cluster, folder))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isSymbolicLink()) {
      throw new DatabaseError('damaged-directory', `${path} is a link to another place, which is not backed up`)
    }
    if (entry.isDirectory()) listing.directories.push(path)
    if (entry.isDirectory() && !EMPTIED.test(path)) collect(cluster, path, listing)
    if (entry.isFile() && !OMITTED.test(path)) listing.files.push(path)
  }
}

/** A database that is dropped meanwhile takes its directory along. */
function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Tables are dropped while we copy; the log knows about it, so a file that is gone does not matter. */
async function copyIfPresent(from: string, to: string) {
  try {
    return await copyHashed(from, to)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    rmSync(to, { force: true })
    return undefined
  }
}
