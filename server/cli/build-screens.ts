import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
export const screensDirectory = join(root, 'web', 'dist')
const stamp = join(screensDirectory, '.built-from')

/** Builds the screens if they aren't built yet or were changed since: a few seconds, once. */
export async function buildScreens(onProgress: (text: string) => void): Promise<void> {
  const fingerprint = fingerprintOf([join(root, 'web'), join(root, 'common'), join(root, 'vite.config.ts')])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  onProgress('Oberfläche wird gebaut')
  const { build } = await import('vite')
  await build({ root: join(root, 'web'), configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
  writeFileSync(stamp, fingerprint)
}

function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  const visit = (path: string) => {
    if (path === screensDirectory || path.endsWith('node_modules')) return
    const stats = statSync(path)
    if (!stats.isDirectory()) {
      hash.update(path.slice(root.length)).update(readFileSync(path))
      return
    }
    for (const name of readdirSync(path).sort()) visit(join(path, name))
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}
