import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tools/test-database.ts'
import { backupDatabase } from './backup.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { restoreDatabase } from './restore.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }) // whole clusters are copied; busy machines take their time

const log = { info: () => {}, warn: () => {} }
let home: string
let directory: string
let server: EmbeddedPostgres
let names = 0
const place = (name: string) => join(home, `${name}-${names++}`)

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tresen-backup-'))
  chmodSync(home, 0o755)
  directory = join(home, 'postgres')
  server = await startEmbeddedPostgres({ directory, log })
  await query(
    server.url,
    `create table sale (id int primary key);
     create table line (sale int references sale, position int, filler text);`,
  )
})

afterEach(() => vi.unstubAllEnvs())

afterAll(async () => {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Sells until told to stop, five lines a sale in one transaction; tells how many sales are committed. */
function sellUntilStopped(url: string) {
  const state = { committed: 0, stopped: false }
  const done = (async () => {
    const client = new Client(url)
    await client.connect()
    for (let id = 1; !state.stopped; id++) {
      await client.query('begin')
      await client.query('insert into sale values ($1)', [id])
      await client.query("insert into line select $1, n, repeat('x', 300) from generate_series(1, 5) n", [id])
      if (id % 50 === 0) await client.query('create table if not exists passing (n int); drop table passing')
      await client.query('commit')
      state.committed = id
    }
    await client.end()
  })()
  const stop = () => {
    state.stopped = true
    return done
  }
  return { state, stop }
}

async function soldIn(path: string) {
  const restored = await startEmbeddedPostgres({ directory: path, log })
  try {
    const [row] = await query<{ sales: number; torn: number }>(
      restored.url,
      `select count(*)::int as sales,
              count(*) filter (where (select count(*) from line where sale = id) <> 5)::int as torn from sale`,
    )
    return row!
  } finally {
    await restored.stop()
  }
}

test('a backup taken while the shop sells holds every sale made before it, each whole', {
  timeout: 60_000,
}, async () => {
  const shop = sellUntilStopped(server.url)
  await vi.waitUntil(() => shop.state.committed > 100, 20_000)
  const soldBefore = shop.state.committed
  const target = place('backup')
  const progress: number[] = []

  const manifest = await backupDatabase({
    url: server.url,
    dataDirectory: directory,
    target,
    onProgress: ({ bytesDone, bytesTotal }) => progress.push(bytesDone / bytesTotal),
  })
  const soldAtEnd = shop.state.committed
  await query(server.url, 'checkpoint') // and the log of the backup is no longer needed by the server itself
  await shop.stop()

  expect(soldAtEnd).toBeGreaterThan(soldBefore)
  expect(manifest).toMatchObject({ kind: 'cluster', format: 1 })
  expect(progress.at(-1)).toBeGreaterThan(0.5)
  expect(existsSync(`${target}.partial`)).toBe(false)

  const restored = place('restored')
  await restoreDatabase({ source: target, directory: restored })
  const { sales, torn } = await soldIn(restored)
  expect(sales).toBeGreaterThanOrEqual(soldBefore)
  expect(sales).toBeLessThanOrEqual(shop.state.committed)
  expect(torn).toBe(0)
})

test('an existing target is refused, and a failed backup leaves nothing', async () => {
  const target = place('backup')
  await backupDatabase({ url: server.url, dataDirectory: directory, target })
  const again = backupDatabase({ url: server.url, dataDirectory: directory, target })
  await expect(again).rejects.toMatchObject({ code: 'target-not-empty' })

  const wrong = place('backup')
  const foreign = backupDatabase({ url: server.url, dataDirectory: home, target: wrong })
  await expect(foreign).rejects.toMatchObject({ code: 'damaged-directory' })
  expect(readdirSync(home).filter((name) => wrong.endsWith(name) || name.endsWith('.partial'))).toEqual([])
})

test('a backup with a changed or missing file is not restored', async () => {
  const target = place('backup')
  await backupDatabase({ url: server.url, dataDirectory: directory, target })
  const restored = place('restored')

  appendFileSync(join(target, 'cluster', 'global', 'pg_control'), 'x')
  const changed = restoreDatabase({ source: target, directory: restored })
  await expect(changed).rejects.toMatchObject({
    code: 'backup-incomplete',
    message: expect.stringContaining('pg_control'),
  })
  rmSync(join(target, 'cluster', 'backup_label'))
  rmSync(join(target, 'cluster', 'global', 'pg_control'))
  await expect(restoreDatabase({ source: target, directory: restored })).rejects.toThrow('is missing')
  rmSync(join(target, 'manifest.json'))
  await expect(restoreDatabase({ source: target, directory: restored })).rejects.toThrow('no complete backup')
  expect(existsSync(restored) || existsSync(`${restored}.partial`)).toBe(false)
})

test('restoring over data needs to be asked for, and moves the old data aside', async () => {
  const target = place('backup')
  await backupDatabase({ url: server.url, dataDirectory: directory, target })
  const live = restoreDatabase({ source: target, directory, replace: true })
  await expect(live).rejects.toMatchObject({ code: 'in-use-elsewhere' })

  const other = place('other')
  const old = await startEmbeddedPostgres({ directory: other, log })
  await query(old.url, 'create table sale (id int); create table line (sale int); insert into sale values (1)')
  await old.stop()
  const unasked = restoreDatabase({ source: target, directory: other })
  await expect(unasked).rejects.toMatchObject({ code: 'target-not-empty' })

  const { movedAside } = await restoreDatabase({ source: target, directory: other, replace: true })
  expect((await soldIn(other)).torn).toBe(0)
  expect(await soldIn(movedAside!)).toEqual({ sales: 1, torn: 1 })
  expect(statSync(join(other, 'cluster')).mode & 0o777).toBe(0o700)
})

async function toolsFit(url: string) {
  const [row] = await query<{ major: number }>(
    url,
    "select current_setting('server_version_num')::int / 10000 as major",
  )
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' })
  const tool = Number(/ (\d+)/.exec(stdout ?? '')?.[1] ?? 0)
  return { tool, server: row!.major, fit: tool >= row!.major }
}

test('a server that is not ours is backed up only with a pg_dump that knows it', async () => {
  const { url, drop } = await testDatabase()
  vi.stubEnv('PATH', home)
  const without = backupDatabase({ url, target: place('dump') })
  await expect(without).rejects.toMatchObject({ code: 'tool-missing', message: expect.stringContaining('Install') })
  vi.unstubAllEnvs()
  const { tool, server: major, fit } = await toolsFit(url)
  if (tool > 0 && !fit) {
    const older = backupDatabase({ url, target: place('dump') })
    await expect(older).rejects.toThrow(`pg_dump has version ${tool}, the server ${major}`)
  }
  await drop()
})

/** The template is migrated; a dump goes into a database as `create database` leaves it. */
const EMPTY = `do $$
  declare name text;
  begin
    for name in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public)' loop
      execute format('drop schema %I cascade', name);
    end loop;
  end $$`

test('a dump of another server is restored into an empty database, and only there', async ({ skip }) => {
  const from = await testDatabase()
  const to = await testDatabase()
  try {
    skip(!(await toolsFit(from.url)).fit, 'needs a pg_dump as new as the server: set TRESEN_TEST_DATABASE_URL')
    await query(from.url, 'create schema shop; create table shop.sale (id int); insert into shop.sale values (1), (2)')
    const source = place('dump')
    expect(await backupDatabase({ url: from.url, target: source })).toMatchObject({ kind: 'dump' })

    const filled = restoreDatabase({ source, url: from.url })
    await expect(filled).rejects.toMatchObject({ code: 'target-not-empty' })
    await query(to.url, EMPTY)
    await restoreDatabase({ source, url: to.url })
    expect(await query(to.url, 'select sum(id)::int as sum from shop.sale')).toEqual([{ sum: 3 }])

    appendFileSync(join(source, 'database.dump'), 'x')
    const damaged = restoreDatabase({ source, url: to.url })
    await expect(damaged).rejects.toMatchObject({ code: 'backup-incomplete' })
  } finally {
    await from.drop()
    await to.drop()
  }
})
