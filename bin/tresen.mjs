#!/usr/bin/env node
// Starts Tresen on a Node that runs TypeScript: the one that came along as a dependency, or this one if it is new enough.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const main = join(root, 'server', 'main.ts')
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const runsTypeScript = major > 22 || (major === 22 && minor >= 18)
const shipped = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
const node = existsSync(shipped) ? shipped : runsTypeScript ? process.execPath : undefined

if (node === undefined) {
  console.error(
    `Tresen braucht Node.js 22.18 oder neuer; hier läuft ${process.version}, und für ${process.platform}-${process.arch} kam keines mit. / Tresen needs Node.js 22.18 or newer.`,
  )
  process.exit(1)
}
const child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// Ctrl-C reaches the child by itself; a signal sent to us alone is handed on
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => undefined)
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
