import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfiguration } from '../config.ts'
import { backupDatabase } from '../kernel/database/backup.ts'
import { restoreDatabase } from '../kernel/database/restore.ts'
import { silentLog } from '../kernel/index.ts'
import { progressLine } from './console-log.ts'
import { databaseDirectory, openDatabase } from './open-database.ts'

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`

/** Backs up into a new directory while the shop sells. */
export async function backup(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [target] = positionals
  if (!target) return usage('tresen backup DIR')
  const database = await openDatabase(readConfiguration(), silentLog)
  const progress = progressLine()
  try {
    const manifest = await backupDatabase({
      url: database.url,
      dataDirectory: database.directory,
      target: resolve(target),
      onProgress: (p) => progress.show(`gesichert: ${megabytes(p.bytesDone)}`),
    })
    progress.done(
      `Gesichert nach ${resolve(target)} (${manifest.files.length} Dateien, ${megabytes(manifest.files.reduce((sum, f) => sum + f.size, 0))})`,
    )
    return 0
  } finally {
    await database.close()
  }
}

/** Restores a backup. What is there is moved aside, never deleted, and only with --replace. */
export async function restore(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  })
  const [source] = positionals
  if (!source) return usage('tresen restore DIR [--replace]')
  const configuration = readConfiguration()
  const progress = progressLine()
  const onProgress = (p: { bytesDone: number }) => progress.show(`zurückgespielt: ${megabytes(p.bytesDone)}`)
  const restored = configuration.databaseUrl
    ? await restoreDatabase({ source, url: configuration.databaseUrl, onProgress })
    : await restoreDatabase({
        source,
        directory: databaseDirectory(configuration),
        replace: values.replace,
        onProgress,
      })
  progress.done(
    `Zurückgespielt: Stand vom ${restored.manifest.startedAt}${restored.movedAside ? `; der alte liegt in ${restored.movedAside}` : ''}`,
  )
  return 0
}

function usage(text: string): number {
  console.error(text)
  return 2
}
