import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseError } from './failure.ts'

export type BackedUpFile = { path: string; size: number; sha256: string }

/** The contents of a backup; written last, so that a directory with a manifest is a whole backup. */
export type BackupManifest = {
  format: 1
  /** `cluster`: the files of the built-in PostgreSQL. `dump`: what pg_dump wrote, for any server. */
  kind: 'cluster' | 'dump'
  postgresVersion: string
  startedAt: string
  finishedAt: string
  /** Named, because archives and cloud drives lose empty directories and PostgreSQL needs them. */
  directories: string[]
  files: BackedUpFile[]
}

export type CopyProgress = (progress: { bytesDone: number; bytesTotal: number }) => void

const MANIFEST = 'manifest.json'

export function writeManifest(directory: string, manifest: BackupManifest) {
  const path = join(directory, MANIFEST)
  writeFileSync(path, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 })
  syncPath(path)
  syncPath(directory)
}

export function readManifest(directory: string): BackupManifest {
  let manifest: BackupManifest
  try {
    manifest = JSON.parse(readFileSync(join(directory, MANIFEST), 'utf8')) as BackupManifest
  } catch (cause) {
    throw new DatabaseError('backup-incomplete', `${directory} is no complete backup: no readable ${MANIFEST}`, {
      cause,
    })
  }
  if (manifest.format !== 1) {
    throw new DatabaseError('backup-incomplete', `${directory} was written by a newer Tresen; restore it with that one`)
  }
  return manifest
}

/** Gives a finished directory its name, and makes sure that the name is on the disk too. */
export function finishDirectory(unfinished: string, name: string) {
  renameSync(unfinished, name)
  syncPath(dirname(name))
}

export function syncPath(path: string) {
  if (process.platform === 'win32') return // cannot open directories there
  const descriptor = openSync(path, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Copies one file as it is at this moment, onto the disk, and tells its size and hash. */
export async function copyHashed(from: string, to: string): Promise<{ size: number; sha256: string }> {
  const source = await open(from, 'r')
  try {
    const target = await open(to, 'w', 0o600)
    try {
      const copied = await pump(source, target)
      await target.sync()
      return copied
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

export async function hashFile(path: string): Promise<{ size: number; sha256: string }> {
  const source = await open(path, 'r')
  try {
    return await pump(source)
  } finally {
    await source.close()
  }
}

const CHUNK = 1 << 18

async function pump(source: FileHandle, target?: FileHandle): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK)
  let size = 0
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK, size)
    if (bytesRead === 0) return { size, sha256: hash.digest('hex') }
    const part = buffer.subarray(0, bytesRead)
    hash.update(part)
    if (target) await writeAll(target, part, size)
    size += bytesRead
  }
}

async function writeAll(target: FileHandle, part: Buffer, position: number) {
  let written = 0
  while (written < part.length) {
    const { bytesWritten } = await target.write(part, written, part.length - written, position + written)
    written += bytesWritten
  }
}
