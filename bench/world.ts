import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { newArticle } from '../common/catalog/api.ts'
import { newCustomer } from '../common/customers/api.ts'
import { permissions } from '../common/permissions.ts'
import { invariants, listeners } from '../server/app/capabilities.ts'
import { verify } from '../server/app/verify.ts'
import { saveBranch, saveChannel, saveMerchant, saveStockLocation } from '../server/branches/index.ts'
import { saveArticles } from '../server/catalog/index.ts'
import { createCustomer } from '../server/customers/index.ts'
import { demoMerchant } from '../server/demo/index.ts'
import { connect, databaseOf } from '../server/kernel/database/connect.ts'
import { startEmbeddedPostgres } from '../server/kernel/database/embedded-postgres.ts'
import { migrate } from '../server/kernel/database/migrate.ts'
import { createApiKey } from '../server/kernel/identity/users.ts'
import { type Kernel, newId, perform, secretBox, silentLog, systemActor, type Work } from '../server/kernel/index.ts'
import { prepareJobs } from '../server/kernel/jobs.ts'
import { sealJournal } from '../server/kernel/seal-journal.ts'
import { receiveGoods } from '../server/stock/index.ts'
import { HttpClient } from './http-client.ts'

export const ARTICLES = 1_000
export const CUSTOMERS = 200
const PLENTY = 1_000_000_000

/** A throw-away database with a merchant, many articles and customers, and ways to put a server on it. */
export interface World {
  kernel: Kernel
  pool: pg.Pool
  postmaster: number
  url: string
  key: string
  locationId: string
  articles: string[]
  customers: { id: string; number: string }[]
  /** starts a server process; the same one for all parts unless asked anew */
  server(): Promise<RunningServer>
  restartServer(): Promise<RunningServer>
  /** instead of it one that does the background work as well */
  serverWithJobs(): Promise<RunningServer>
  play<I, O>(useCase: (work: Work, input: I) => Promise<O>, input: I): Promise<O>
  /** throws if an invariant is broken: a fast wrong answer is no figure */
  mustHold(after: string): Promise<void>
  end(): Promise<void>
}

export interface RunningServer {
  pid: number
  startSeconds: number
  client: HttpClient
  figures(): Promise<{ roundTrips: number; rss: number }>
}

export async function makeWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'tresen-bench-'))
  const log = { info: () => undefined, warn: () => undefined }
  const postgres = await startEmbeddedPostgres({
    directory,
    log,
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  })
  await migrate(postgres.url, { directory: join(import.meta.dirname, '..', 'server', 'migrations') })
  const pool = connect(postgres.url, { max: 16, name: 'tresen-bench' })
  const kernel: Kernel = {
    pool,
    database: databaseOf(pool),
    now: () => new Date(),
    log: silentLog,
    secrets: secretBox(Buffer.alloc(32, 7)),
    wake: () => undefined,
  }
  await prepareJobs(kernel, postgres.url, listeners)
  await pool.query('create extension if not exists pg_stat_statements')
  await countStatements(pool, 'none')
  const play = <I, O>(useCase: (work: Work, input: I) => Promise<O>, input: I) =>
    perform(kernel, { name: useCase.name, actor: systemActor, input }, useCase)
  const master = await masterData(kernel, play)
  let child: ChildProcess | undefined
  let running: Promise<RunningServer> | undefined
  const stopServer = async () => {
    const old = child
    child = undefined
    if (old?.exitCode === null) await new Promise((resolve) => old.once('exit', resolve).kill('SIGTERM'))
  }
  const start = async (jobs = false) => {
    const [made, server] = await startServer(postgres.url, master.key, jobs)
    child = made
    return server
  }
  return {
    kernel,
    pool,
    play,
    url: postgres.url,
    postmaster: postgres.pid,
    ...master,
    server: () => (running ??= start()),
    async restartServer() {
      await stopServer()
      running = start()
      return running
    },
    async serverWithJobs() {
      await stopServer()
      running = start(true)
      return running
    },
    async mustHold(after) {
      while (await sealJournal(pool)) {}
      const broken = (await verify(kernel.database, invariants)).filter((f) => f.broken.length > 0)
      if (broken.length > 0)
        throw new Error(
          `after ${after}: ${broken.map((f) => `${f.invariant}: ${f.broken.slice(0, 3).join('; ')}`).join('\n')}`,
        )
    },
    async end() {
      await stopServer()
      await pool.end()
      await postgres.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Counting statements costs a twentieth of PostgreSQL's CPU, which no merchant pays: it's done only where it's asked for. */
export async function countStatements(pool: pg.Pool, which: 'top' | 'none'): Promise<void> {
  await pool.query(`alter system set pg_stat_statements.track = ${which}`)
  await pool.query('select pg_reload_conf()')
}

async function masterData(kernel: Kernel, play: World['play']) {
  const { merchant, branches, locations } = demoMerchant()
  await play(saveMerchant, merchant)
  await play(saveBranch, branches[0]!)
  await play(saveStockLocation, locations[0]!)
  const locationId = locations[0]!.id
  await play(saveChannel, {
    id: newId(),
    code: 'phone',
    name: 'Telefon',
    kind: 'phone',
    priceMode: 'net',
    locations: [locationId],
    paymentMethods: {},
    active: true,
  })
  const articles = Array.from({ length: ARTICLES }, (_, i) => ({
    ...newArticle.parse({ number: `A-${i}`, nameDe: `Schraube Nr. ${i}`, listPrice: 12_500 + i * 100 }),
    id: newId(),
  }))
  await perform(kernel, { name: 'save-articles', actor: systemActor, input: {} }, (work) =>
    saveArticles(work, articles),
  )
  await play(receiveGoods, {
    locationId,
    note: 'Anfang',
    lines: articles.map((a) => ({ articleId: a.id, quantity: PLENTY })),
  })
  const customers: { id: string; number: string }[] = []
  for (let i = 0; i < CUSTOMERS; i++) customers.push(await play(createCustomer, customer(i)))
  const { key } = await perform(kernel, { name: 'create-api-key', actor: systemActor, input: {} }, (work) =>
    createApiKey(work, { name: 'bench', permissions: [...permissions] }),
  )
  return { key, locationId, articles: articles.map((a) => a.number), customers }
}

function customer(i: number) {
  const billTo = { name: `Kunde ${i} GmbH`, street: 'Am Anger 1', postalCode: '02826', city: 'Görlitz' }
  return newCustomer.parse({
    kind: 'company',
    name: billTo.name,
    email: `k${i}@kunde.example`,
    // the shop counts its accounts from 1, in the order they buy
    shopIds: { 'web-shop': String(i + 1) },
    billTo,
    mayBuyOnDeliveryNote: true,
    creditLimit: 9_000_000_000_00,
    paymentTerms: { netDays: 30, skonto: [{ days: 8, percent: 200 }] },
  })
}

async function startServer(url: string, key: string, jobs: boolean): Promise<[ChildProcess, RunningServer]> {
  const from = performance.now()
  const child = fork(join(import.meta.dirname, 'server.ts'), [url, ...(jobs ? ['jobs'] : [])], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...(process.env.BENCH_SERVER_ARGS?.split(' ') ?? [])],
  })
  const { address } = await messageOf<{ address: string }>(child)
  const client = new HttpClient(address, key)
  await client.get('/health')
  const startSeconds = (performance.now() - from) / 1000
  const figures = () => {
    child.send('figures')
    return messageOf<{ roundTrips: number; rss: number }>(child)
  }
  return [child, { pid: child.pid!, startSeconds, client, figures }]
}

function messageOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}
