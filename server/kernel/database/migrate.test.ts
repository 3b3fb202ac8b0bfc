import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type ClientBase } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tools/test-database.ts'
import { DatabaseError } from './failure.ts'
import { sayFailure } from './failure-words.ts'
import { latestVersion, migrate } from './migrate.ts'

let database: TestDatabase
let client: Client
let directory: string

beforeEach(async () => {
  database = await testDatabase()
  directory = mkdtempSync(join(tmpdir(), 'tresen-migrations-'))
  client = new Client(database.url)
  await client.connect()
  await client.query('drop schema if exists kernel cascade') // the template is migrated, these tests begin with nothing
})

afterEach(async () => {
  await client.end()
  await database.drop()
  rmSync(directory, { recursive: true, force: true })
})

const file = (name: string, sql: string) => writeFileSync(join(directory, name), sql)
const exists = async (table: string) =>
  (await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [table])).rows[0]!.found

test('files are applied in the order of their numbers, each once', async () => {
  file('0002-add-colour.sql', 'alter table screw add column colour text')
  file('0010-add-length.sql', 'alter table screw add column length int; create index on screw (length)')
  file('0001-screws.sql', 'create table screw (id int)')

  const first = await migrate(database.url, { directory })
  const second = await migrate(client, { directory })

  expect(first).toEqual({ from: 0, to: 10, applied: ['0001-screws', '0002-add-colour', '0010-add-length'] })
  expect(second).toEqual({ from: 10, to: 10, applied: [] })
  expect(latestVersion(directory)).toBe(10)
  const { rows } = await client.query('select version, name from kernel.schema_version order by version')
  expect(rows.map((row) => row.version)).toEqual([1, 2, 10])
})

test('a database without migrations is at version 0', async () => {
  expect(await migrate(client, { directory: join(directory, 'missing') })).toEqual({ from: 0, to: 0, applied: [] })
  expect(latestVersion(directory)).toBe(0)
})

test('a file that fails leaves nothing of itself, and those before it stay', async () => {
  file('0001-screws.sql', 'create table screw (id int)')
  file('0002-nails.sql', 'create table nail (id int);\ninsert into nail values (1);\ninsert into hammer values (1)')

  await expect(migrate(database.url, { directory })).rejects.toMatchObject({
    code: 'migration-failed',
    message: 'Migration 0002-nails, line 3, failed: relation "hammer" does not exist',
  })
  expect(await exists('screw')).toBe(true)
  expect(await exists('nail')).toBe(false)

  file('0002-nails.sql', 'create table nail (id int)')
  expect((await migrate(database.url, { directory })).applied).toEqual(['0002-nails'])
})

test('processes that start together apply each file once', async () => {
  file('0001-screws.sql', 'create table screw (id int); select pg_sleep(0.2)')
  file('0002-nails.sql', 'create table nail (id int); select pg_sleep(0.2)')

  const results = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, { directory })))

  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001-screws', '0002-nails'])
  expect(results.every(({ to }) => to === 2)).toBe(true)
})

test('an older Tresen does not touch the database of a newer one', async () => {
  file('0001-screws.sql', 'create table screw (id int)')
  await migrate(database.url, { directory })
  await client.query("insert into kernel.schema_version (version, name, checksum) values (2, '0002-later', 'x')")

  await expect(migrate(database.url, { directory })).rejects.toMatchObject({ code: 'newer-schema' })
})

test('a file that was applied must not change afterwards, nor go', async () => {
  file('0001-screws.sql', 'create table screw (id int)')
  file('0002-nails.sql', 'create table nail (id int)')
  await migrate(database.url, { directory })

  file('0001-screws.sql', 'create table screw (id bigint)')
  await expect(migrate(database.url, { directory })).rejects.toMatchObject({
    code: 'changed-migration',
    message: expect.stringContaining('0001-screws'),
  })
  rmSync(join(directory, '0001-screws.sql'))
  await expect(migrate(database.url, { directory })).rejects.toMatchObject({ code: 'changed-migration' })
})

test('line ends that Git changed on Windows are no change', async () => {
  file('0001-screws.sql', 'create table screw (\n  id int\n)\n')
  await migrate(database.url, { directory })
  file('0001-screws.sql', 'create table screw (\r\n  id int\r\n)\r\n')

  expect((await migrate(database.url, { directory })).applied).toEqual([])
})

test('a number that is late, taken twice or missing is refused', async () => {
  file('0001-screws.sql', 'select 1')
  file('0003-nails.sql', 'select 1')
  await migrate(database.url, { directory })
  file('0002-late.sql', 'select 1')
  await expect(migrate(database.url, { directory })).rejects.toMatchObject({ code: 'unusable-migration' })

  rmSync(join(directory, '0002-late.sql'))
  file('0003-twin.sql', 'select 1')
  expect(() => latestVersion(directory)).toThrow('Two migrations')

  rmSync(join(directory, '0003-twin.sql'))
  file('nails.sql', 'select 1')
  expect(() => latestVersion(directory)).toThrow('nails.sql is not named')
})

test('a server older than PostgreSQL 15 is refused with a clear word before anything is written', async () => {
  file('0001-screws.sql', 'create table screw (id int)')
  const serverOf = (version: string) =>
    ({
      query: (text: string, values?: unknown[]) =>
        text === 'show server_version_num' ? { rows: [{ server_version_num: version }] } : client.query(text, values),
    }) as unknown as ClientBase
  const refused = await migrate(serverOf('140011'), { directory }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(DatabaseError)
  expect((refused as Error).message).toBe('The server of DATABASE_URL is PostgreSQL 14, Tresen needs 15 or newer.')
  expect(sayFailure(refused as DatabaseError)).toContain('Die Version von PostgreSQL passt nicht.')
  expect(await exists('screw')).toBe(false)
  expect(await migrate(serverOf('150000'), { directory })).toMatchObject({ applied: ['0001-screws'] })
})
