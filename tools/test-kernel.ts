import type pg from 'pg'
import { invariants, listeners } from '../server/app/capabilities.ts'
import { type Finding, verify } from '../server/app/verify.ts'
import { connect, databaseOf } from '../server/kernel/database/connect.ts'
import {
  type Actor,
  type Kernel,
  perform,
  secretBox,
  silentLog,
  systemActor,
  type Work,
} from '../server/kernel/index.ts'
import { prepareJobs } from '../server/kernel/jobs.ts'
import { testDatabase } from './test-database.ts'

export type UseCase<I, O> = (work: Work, input: I) => Promise<O>
export type Play = <I, O>(useCase: UseCase<I, O>, input: I, options?: { key?: string; actor?: Actor }) => Promise<O>

/** Tresen without HTTP on a database of its own: what use cases are tried out on. */
export interface TestKernel {
  kernel: Kernel
  url: string
  pool: pg.Pool
  /** a use case in its frame, by Tresen itself if nobody else is named */
  play: Play
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** the clock stands at noon of this day until it's set anew */
  setDay(day: string): void
  /** what verify finds broken; empty: every invariant holds */
  findBroken(): Promise<Finding[]>
  close(): Promise<void>
}

export async function testKernel(): Promise<TestKernel> {
  const { url, drop } = await testDatabase()
  return kernelOn(url, drop)
}

/** The same on a migrated database that somebody else keeps. */
export async function kernelOn(url: string, drop: () => Promise<void> = async () => undefined): Promise<TestKernel> {
  const pool = connect(url, { max: 24, name: 'tresen-tests', planOnce: true })
  let now = new Date('2026-11-24T11:00:00Z')
  const kernel: Kernel = {
    pool,
    database: databaseOf(pool),
    now: () => now,
    log: silentLog,
    secrets: secretBox(Buffer.alloc(32, 7)),
    wake: () => undefined,
  }
  await prepareJobs(kernel, url, listeners)
  return {
    kernel,
    url,
    pool,
    play: (useCase, input, { key, actor = systemActor } = {}) =>
      perform(kernel, { name: useCase.name, actor, key, input }, useCase),
    sql: async <Row extends object>(text: string, values: unknown[] = []) => (await pool.query<Row>(text, values)).rows,
    setDay(day) {
      now = new Date(`${day}T11:00:00Z`)
    },
    findBroken: async () => (await verify(kernel.database, invariants)).filter((f) => f.broken.length > 0),
    async close() {
      await pool.end()
      await drop()
    },
  }
}

/** The code of the refusal a promise ends with, or what it answered instead. */
export async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (answer) => ({ answer }),
    (error: { refusal?: { code: string } }) => error.refusal?.code ?? error,
  )
}
