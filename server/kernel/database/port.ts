import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const portFileOf = (directory: string) => join(directory, 'port')

export const rememberPort = (directory: string, port: number) =>
  writeFileSync(portFileOf(directory), String(port), { mode: 0o600 })

/** The port of last time, if nobody else has it now: a steady port is kinder to whoever wrote it down. */
export async function lastPort(directory: string): Promise<number | undefined> {
  const file = portFileOf(directory)
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return port && (await isFree(port)) ? port : undefined
}

/** Below the range from which systems take the ports of outgoing connections, so that a restart finds it free again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
