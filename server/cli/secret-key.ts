import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from '../config.ts'

/**
 * The key that secrets in the database are sealed with: of TRESEN_SECRET_KEY where it is set (servers on several machines
 * need the same), else of a file beside the embedded database, made at the first start. It is in no backup.
 */
export function secretKey({ secretKey: given, dataDirectory }: Configuration): Buffer {
  if (given !== undefined) return createHash('sha256').update(given).digest()
  const file = join(dataDirectory, 'secret.key')
  mkdirSync(dataDirectory, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file)
}
