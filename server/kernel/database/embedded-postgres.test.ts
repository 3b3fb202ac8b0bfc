import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts'
import { livingPostmaster, processLives, waitUntil } from './postmaster.ts'
import { clusterOf } from './start-server.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }) // each test makes a cluster; busy machines take their time

const isRoot = process.getuid?.() === 0
const isLinux = process.platform === 'linux'
const hasNamespaces =
  isRoot && spawnSync('unshare', ['-U', '--map-user=65534', '--map-group=65534', 'true']).status === 0

let home: string
let directory: string
let logged: string[]
let servers: EmbeddedPostgres[]
let children: ChildProcess[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tresen-postgres-'))
  chmodSync(home, 0o755)
  directory = join(home, 'postgres')
  logged = []
  servers = []
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const server of servers) await server.stop()
  const orphan = existsSync(directory) && livingPostmaster(clusterOf(directory))
  if (orphan) process.kill(orphan.pid, 'SIGQUIT')
  if (orphan) await waitUntil(() => !processLives(orphan.pid), 5_000)
  rmSync(home, { recursive: true, force: true })
})

async function start(options: Partial<EmbeddedPostgresOptions> = {}) {
  const log = { info: (line: string) => logged.push(line), warn: (line: string) => logged.push(line) }
  const server = await startEmbeddedPostgres({ directory, log, ...options })
  servers.push(server)
  return server
}

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

const countNotes = async (url: string) =>
  (await query<{ count: number }>(url, 'select count(*)::int as count from note'))[0]!.count

async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + 15_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

const MODULE = fileURLToPath(new URL('embedded-postgres.ts', import.meta.url))

/** Another Tresen process on the same directory; resolves with what it says once the server is ready. */
function startInChild(as: { uid: number; gid: number } | undefined = undefined) {
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)}
    const log = { info: console.error, warn: console.error }
    const server = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, log })
    console.log(JSON.stringify({ url: server.url, pid: server.pid, how: server.how }))
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))`
  const node = process.execPath
  const child = spawn(node, ['--input-type=module', '-e', program], { ...as, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const ready = new Promise<{ url: string; pid: number; how: string }>((resolve, reject) => {
    let complaint = ''
    child.stdout.on('data', (line) => resolve(JSON.parse(String(line))))
    child.stderr.on('data', (part) => {
      complaint += part
    })
    child.once('exit', (code) => reject(new Error(`child ended (${code}): ${complaint}`)))
  })
  const end = (signal: NodeJS.Signals) => new Promise((resolve) => child.once('exit', resolve).kill(signal))
  return { ready, end }
}

describe('start and stop', () => {
  test('the data of yesterday is there today, on the same port', async () => {
    const steps: string[] = []
    const first = await start({ onProgress: (step) => steps.push(step) })
    await query(first.url, "create table note (text text); insert into note values ('Schrauben')")
    await first.stop()
    expect(processLives(first.pid)).toBe(false)

    const second = await start({ onProgress: (step) => steps.push(step) })
    expect(await countNotes(second.url)).toBe(1)
    expect(second.port).toBe(first.port)
    expect(steps).toEqual(['create', 'start', 'start'])
  })

  test('the cluster is durable, checked, German and for this machine only', async () => {
    const { url } = await start()
    const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'server_encoding', 'jit']
    const rows = await query<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings where name in (${names.map((name) => `'${name}'`)}, 'listen_addresses', 'unix_socket_directories')`,
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      jit: 'off',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    })
    const sorted = await query<{ word: string }>(
      url,
      "select word from unnest(array['Zebra', 'Öl', 'ofen', 'Äpfel', 'apfel']) as word order by word",
    )
    expect(sorted.map(({ word }) => word)).toEqual(['apfel', 'Äpfel', 'ofen', 'Öl', 'Zebra'])
    await query(url, 'create extension pg_trgm')
    const likeness = await query<{ same: boolean }>(url, "select similarity('Öl', 'l') < 1 as same")
    expect(likeness[0]!.same).toBe(true)
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600)
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password')
  })

  test('a database whose creation was cut short is created anew', async () => {
    mkdirSync(join(directory, 'cluster.new', 'base'), { recursive: true })
    writeFileSync(join(directory, 'cluster.new', 'PG_VERSION'), '18\n')
    const { url } = await start()
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(join(directory, 'cluster.new'))).toBe(false)
  })

  test('a directory of another major version, or with parts missing, is left alone', async () => {
    await (await start()).stop()
    writeFileSync(join(directory, 'cluster', 'PG_VERSION'), '17\n')
    await expect(start()).rejects.toMatchObject({ code: 'incompatible-version' })
    rmSync(join(directory, 'cluster', 'PG_VERSION'))
    await expect(start()).rejects.toMatchObject({ code: 'damaged-directory' })
  })

  test('a port that somebody else took meanwhile is given up', async () => {
    const first = await start()
    await first.stop()
    const { createServer } = await import('node:net')
    const squatter = createServer().listen(first.port, '127.0.0.1')
    const second = await start()
    expect(second.port).not.toBe(first.port)
    squatter.close()
  })
})

describe('after a kill', () => {
  test('a killed server is started again on the same port, with everything committed', async () => {
    const server = await start()
    const { url, pid } = server
    await query(url, "create table note (text text); insert into note values ('Schrauben')")

    process.kill(pid, 'SIGKILL')

    expect(await eventually(() => countNotes(url))).toBe(1)
    await eventually(async () => expect(server.pid).not.toBe(pid))
    expect(logged.join('\n')).toContain(`PostgreSQL (process ${pid}) is gone; starting it again`)
    await server.stop()
    expect(livingPostmaster(clusterOf(directory))).toBeUndefined()
  })

  test('a backend in the middle of a long query does not hold up the restart', async () => {
    const { url, pid } = await start()
    await query(url, "create table note (text text); insert into note values ('Schrauben')")
    const busy = new Client(url)
    busy.on('error', () => {})
    await busy.connect()
    const report = busy.query('select count(*) from generate_series(1, 10000000000)').catch(() => 'broken off')
    await new Promise((resolve) => setTimeout(resolve, 200))

    process.kill(pid, 'SIGKILL')

    expect(await eventually(() => countNotes(url))).toBe(1)
    expect(await report).toBe('broken off')
  })

  test('a server that dies of a crashed backend is waited for, not started twice', async () => {
    const server = await start()
    const { url, pid } = server
    const [backend] = await query<{ pid: number }>(
      url,
      "select pid from pg_stat_activity where application_name = 'tresen keeper'",
    )
    process.kill(backend!.pid, 'SIGKILL')
    await eventually(async () => expect(logged.join('\n')).toContain('PostgreSQL is back'))
    expect(server.pid).toBe(pid)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a killed Tresen leaves a server that the next one takes over', async () => {
    const killed = startInChild()
    const before = await killed.ready
    await query(before.url, "create table note (text text); insert into note values ('Schrauben')")
    await killed.end('SIGKILL')
    expect(processLives(before.pid)).toBe(true)

    const after = await start()

    expect(await countNotes(after.url)).toBe(1)
    expect(after.pid).not.toBe(before.pid)
    expect(after.port).toBe(Number(new URL(before.url).port))
    expect(processLives(before.pid)).toBe(false)
  })

  test('Tresen and its server killed together start again without a word about a lock file', async () => {
    const killed = startInChild()
    const before = await killed.ready
    await query(before.url, "create table note (text text); insert into note values ('Schrauben')")
    process.kill(before.pid, 'SIGKILL')
    await killed.end('SIGKILL')

    const after = await start()

    expect(await countNotes(after.url)).toBe(1)
    expect(readFileSync(join(directory, 'postgres.log'), 'utf8')).not.toContain('lock file')
  })

  test.runIf(isLinux)('a foreign process that bears the number of the dead server is not mistaken for it', async () => {
    const server = await start()
    await query(server.url, 'create table note (text text)')
    await server.stop()
    const content = [process.ppid, clusterOf(directory), 0, server.port, '', '127.0.0.1', '', 'ready'].join('\n')
    writeFileSync(join(directory, 'cluster', 'postmaster.pid'), content)

    expect(await countNotes((await start()).url)).toBe(0)
  })

  test('the start lock of a killed process is taken over', async () => {
    mkdirSync(directory)
    const { hostname } = await import('node:os')
    writeFileSync(join(directory, 'start.lock'), ['999999', '1', hostname()].join('\n'))
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('several processes on one directory', () => {
  test('the second joins, the first may go, the last one stops the server', async () => {
    const first = startInChild()
    const { url, pid } = await first.ready
    const second = await start()
    expect(second).toMatchObject({ pid, how: 'joined', url })

    await first.end('SIGTERM')
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])

    await second.stop()
    expect(processLives(pid)).toBe(false)
  })

  test('when the process that started the server is killed, those that joined go on undisturbed', async () => {
    const first = startInChild()
    const { url, pid } = await first.ready
    const second = await start()
    await first.end('SIGKILL')
    const third = await start()
    expect([second.pid, third.pid]).toEqual([pid, pid])

    process.kill(pid, 'SIGKILL')
    expect(await eventually(() => query(url, 'select 1 as one'))).toEqual([{ one: 1 }])
    await eventually(async () => expect([second.pid, third.pid]).not.toContain(pid))
    expect(second.pid).toBe(third.pid)
  })

  test('processes that start at the same moment on an empty directory share one server', async () => {
    const started = await Promise.all([start(), start(), startInChild().ready, startInChild().ready])
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1)
    expect(started.filter(({ how }) => how !== 'joined')).toHaveLength(1)
  })

  test('a directory that shows life of another machine is refused', async () => {
    mkdirSync(directory)
    const sign = join(directory, 'used-by.other-container')
    writeFileSync(sign, '1')
    const beat = setInterval(() => writeFileSync(sign, '1'), 500)
    try {
      await expect(start()).rejects.toMatchObject({
        code: 'in-use-elsewhere',
        message: expect.stringContaining('other-container'),
      })
    } finally {
      clearInterval(beat)
    }
  })
})

describe.runIf(isLinux && isRoot)('as root', () => {
  test.runIf(hasNamespaces)('in a user namespace the files stay root’s, also where nobody else may look', async () => {
    chmodSync(home, 0o700)
    const server = await start({ rootMode: 'user-namespace' })
    expect(server.how).toBe('user-namespace')
    expect(statSync(join(directory, 'cluster')).uid).toBe(0)
  })

  test('without namespaces PostgreSQL runs as nobody, and comes back after a kill', async () => {
    const server = await start({ rootMode: 'setuid' })
    const { url, pid } = server
    expect(server.how).toBe('setuid')
    expect(statSync(join(directory, 'cluster')).uid).toBe(65534)
    await query(url, 'create table note (text text)')
    process.kill(pid, 'SIGKILL')
    expect(await eventually(() => countNotes(url))).toBe(0)
  })

  test('a directory that nobody can reach is refused with the barrier and the way out', async () => {
    chmodSync(home, 0o700)
    const message = expect.stringMatching(`${home} is closed to other users.*DATABASE_URL`)
    await expect(start({ rootMode: 'setuid' })).rejects.toMatchObject({ code: 'permission-denied', message })
  })

  test.runIf(hasNamespaces)(
    'data of a namespace is handed over when namespaces are gone, and stays usable',
    async () => {
      const before = await start({ rootMode: 'user-namespace' })
      await query(before.url, 'create table note (text text)')
      await before.stop()
      const after = await start({ rootMode: 'setuid' })
      expect(await countNotes(after.url)).toBe(0)
      await after.stop()
      expect(await countNotes((await start()).url)).toBe(0)
    },
  )

  test('a full disk is named, and the start works again once there is space', async () => {
    const disk = join(home, 'disk')
    mkdirSync(disk)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk]).status !== 0) return
    try {
      await expect(start({ directory: join(disk, 'postgres') })).rejects.toMatchObject({ code: 'disk-full' })
      spawnSync('mount', ['-o', 'remount,size=200m', disk])
      const server = await start({ directory: join(disk, 'postgres') })
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
      await server.stop()
    } finally {
      spawnSync('umount', [disk])
    }
  })
})

describe.runIf(isLinux && isRoot)('as an ordinary user', () => {
  const nobody = { uid: 65534, gid: 65534 }
  const nameless = { uid: 12345, gid: 12345 }

  beforeEach(() => mkdirSync(directory, { mode: 0o700 }))

  test('it starts directly, survives a kill, and root later runs it as its owner', async () => {
    chownSync(directory, nobody.uid, nobody.gid)
    const killed = startInChild(nobody)
    const before = await killed.ready
    expect(before.how).toBe('direct')
    await query(before.url, 'create table note (text text)')
    process.kill(before.pid, 'SIGKILL')
    await killed.end('SIGKILL')

    const again = startInChild(nobody)
    expect(await countNotes((await again.ready).url)).toBe(0)
    await again.end('SIGTERM')

    const asRoot = await start()
    expect(asRoot.how).toBe('setuid')
    expect(await countNotes(asRoot.url)).toBe(0)
    expect(statSync(join(directory, 'cluster')).uid).toBe(nobody.uid)
  })

  test.runIf(hasNamespaces)('a user id without a name, as containers give it, does not stand in the way', async () => {
    chownSync(directory, nameless.uid, nameless.gid)
    const { ready, end } = startInChild(nameless)
    const { url, how } = await ready
    expect(how).toBe('user-namespace')
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await end('SIGTERM')
  })

  test('the data of another user is refused', async () => {
    await (await start()).stop()
    await expect(startInChild(nobody).ready).rejects.toThrow(/permission-denied/)
  })
})
