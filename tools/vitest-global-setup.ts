import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../server/kernel/database/embedded-postgres.ts'
import { migrate } from '../server/kernel/database/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: { adminUrl: string; template: string; prefix: string }
  }
}

const MIGRATIONS = fileURLToPath(new URL('../server/migrations', import.meta.url))

/** One PostgreSQL for all test files, with one migrated template from which each file clones its own database. */
export default async function setup(project: TestProject) {
  const server = await startTestServer()
  // A name of its own, since several runs may share the server of TRESEN_TEST_DATABASE_URL.
  const prefix = `tresen_test_${randomUUID().slice(0, 8)}_`
  const template = `${prefix}template`
  try {
    await withAdmin(server.url, (admin) => admin.query(`create database ${template}`))
    const templateUrl = new URL(server.url)
    templateUrl.pathname = `/${template}`
    await migrate(templateUrl.href, { directory: MIGRATIONS })
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('testServer', { adminUrl: server.url, template, prefix })
  return async () => {
    if (!server.isOurs) await withAdmin(server.url, (admin) => dropAll(admin, prefix))
    await server.stop()
  }
}

async function startTestServer() {
  const url = process.env.TRESEN_TEST_DATABASE_URL
  if (url) return { url, isOurs: false, stop: async () => {} }
  const directory = mkdtempSync(join(tmpdir(), 'tresen-test-'))
  chmodSync(directory, 0o711) // root without user namespaces starts PostgreSQL as another user, who must get through
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const server = await startEmbeddedPostgres({
      directory: join(directory, 'postgres'),
      log: { info: () => {}, warn: (message) => console.warn(message) },
      // What these databases hold is thrown away, so nothing needs to reach the disk; the tests of durability start
      // servers of their own, with our real settings.
      settings: { max_connections: '200', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    })
    const stop = () => server.stop().finally(remove)
    return { url: server.url, isOurs: true, stop }
  } catch (error) {
    remove()
    throw error
  }
}

async function withAdmin(url: string, work: (admin: Client) => Promise<unknown>) {
  const admin = new Client({ connectionString: url, application_name: 'tresen tests' })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

async function dropAll(admin: Client, prefix: string) {
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  for (const { datname } of rows) await admin.query(`drop database if exists ${datname} with (force)`)
}
