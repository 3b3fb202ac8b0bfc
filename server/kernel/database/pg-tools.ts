import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Client } from 'pg'
import { DatabaseError, messageOf } from './failure.ts'

export const DUMP_FILE = 'database.dump'

type Tool = 'pg_dump' | 'pg_restore'

/** Writes a dump of the database in PostgreSQL's custom format and returns its path. */
export async function runPgDump(client: Client, url: string, directory: string): Promise<string> {
  await requireTool('pg_dump', await majorOf(client))
  const path = join(directory, DUMP_FILE)
  await run('pg_dump', url, ['--format=custom', '--no-owner', '--no-privileges', `--file=${path}`])
  return path
}

/** Fills an empty database from a dump: all of it or nothing. */
export async function runPgRestore(client: Client, url: string, path: string) {
  await requireTool('pg_restore', await majorOf(client))
  await run('pg_restore', url, ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', path])
}

async function majorOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  return Math.floor(Number(rows[0]!.server_version_num) / 10_000)
}

/** An older pg_dump refuses a newer server, or would leave out what it does not know. */
async function requireTool(tool: Tool, serverMajor: number) {
  const remedy = `Install the client programs of PostgreSQL ${serverMajor} or later (on Debian: postgresql-client-${serverMajor}).`
  let version: string
  try {
    version = await outputOf(tool, ['--version'])
  } catch {
    throw new DatabaseError('tool-missing', `The server is not the built-in one, so this needs ${tool}. ${remedy}`)
  }
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(version)?.[1] ?? 0)
  if (major >= serverMajor) return
  throw new DatabaseError('tool-missing', `${tool} has version ${major}, the server ${serverMajor}. ${remedy}`)
}

async function run(tool: Tool, url: string, args: string[]) {
  const address = new URL(url)
  const password = decodeURIComponent(address.password)
  address.password = ''
  try {
    await outputOf(tool, [`--dbname=${address}`, ...args], password)
  } catch (cause) {
    throw new DatabaseError('tool-failed', `${tool} failed: ${messageOf(cause)}`, { cause })
  }
}

/** The password goes through the environment: arguments are visible to every user of the machine. */
function outputOf(tool: Tool, args: string[], password?: string): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C', ...(password ? { PGPASSWORD: password } : {}) }
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let complaint = ''
    child.stdout.on('data', (part) => {
      output += part
    })
    child.stderr.on('data', (part) => {
      complaint += part
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(complaint.trim() || `exit code ${code}`)),
    )
  })
}
