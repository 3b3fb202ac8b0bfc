import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../tools/test-database.ts'
import { connect, dropUnsent, run, runTogether } from './connect.ts'
import { statement } from './statement.ts'

let pool: pg.Pool
let drop: () => Promise<void>
let client: pg.PoolClient

const begin = statement('test.begin', 'begin')
const commit = statement('test.commit', 'commit')
const add = statement('test.add', 'insert into noted (id, text, at, tags, data, raw) values ($1, $2, $3, $4, $5, $6)')
const all = statement<{ id: number }>('test.all', 'select * from noted order by id')

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = connect(database.url, { max: 2 })
  client = await pool.connect()
  await client.query(
    'create table noted (id int primary key, text text, at timestamptz, tags text[], data jsonb, raw bytea)',
  )
})

afterAll(async () => {
  client.release()
  await pool.end()
  await drop()
})

const settled = async (answers: Promise<unknown>[]) =>
  (await Promise.allSettled(answers)).map((a) =>
    a.status === 'fulfilled' ? 'done' : (a.reason as { code: string }).code,
  )

test('values come back as they went, through the batch and through the driver', async () => {
  const tags = ['a "quoted" one', 'back\\slash', '{brace},comma', '', 'ü€']
  const values = [1, "it's", new Date('2026-03-29T01:30:00.125Z'), tags, { n: [1, null] }, Buffer.from([0, 255])]
  const answers = await Promise.all([
    runTogether(client, begin),
    runTogether(client, add, values),
    runTogether(client, add, [2, null, null, [], null, null]),
    runTogether(client, all),
    runTogether(client, commit),
  ])
  const rows = [
    { id: 1, text: "it's", at: '2026-03-29T01:30:00.125Z', tags, data: { n: [1, null] }, raw: Buffer.from([0, 255]) },
    { id: 2, text: null, at: null, tags: [], data: null, raw: null },
  ]
  expect(answers[3]!.rows).toEqual(rows)
  expect(answers[4]!.command).toBe('COMMIT')
  expect(await run(client, all)).toEqual(rows)
  expect((await runTogether(client, all)).rows).toEqual(rows)
})

test('after a failure the rest is left out, nothing is kept, and the connection goes on', async () => {
  const fresh = statement('test.never-parsed-before', 'select 1 as one')
  const answers = [
    runTogether(client, begin),
    runTogether(client, add, [3, null, null, null, null, null]),
    runTogether(client, add, [1, null, null, null, null, null]),
    runTogether(client, fresh),
    runTogether(client, commit),
  ]
  expect(await settled(answers)).toEqual(['done', 'done', '23505', '25P02', '25P02'])
  await client.query('rollback')
  expect((await runTogether(client, fresh)).rows).toEqual([{ one: 1 }])
  expect((await run(client, all)).map((r) => r.id)).toEqual([1, 2])
})

test('what was sent behind a failure fails too, and what was not sent before a rollback is dropped', async () => {
  const first = [runTogether(client, begin), runTogether(client, add, [1, null, null, null, null, null])]
  const sent = settled(first)
  await new Promise((resolve) => process.nextTick(resolve))
  const behind = settled([runTogether(client, add, [4, null, null, null, null, null]), runTogether(client, commit)])
  expect([await sent, await behind]).toEqual([
    ['done', '23505'],
    ['25P02', '25P02'],
  ])
  const unsent = settled([runTogether(client, begin), runTogether(client, add, [5, null, null, null, null, null])])
  dropUnsent(client)
  await client.query('rollback')
  expect(await unsent).toEqual(['25P02', '25P02'])
  expect((await run(client, all)).map((r) => r.id)).toEqual([1, 2])
})

test('a commit of a transaction that failed before says so', async () => {
  await settled([runTogether(client, begin), runTogether(client, add, [1, null, null, null, null, null])])
  expect((await runTogether(client, commit)).command).toBe('ROLLBACK')
})

test('a lost connection fails all that waits for it', async () => {
  const other = await pool.connect()
  const slow = statement('test.slow', 'select pg_sleep(5)')
  const waiting = Promise.allSettled([runTogether(other, slow), runTogether(other, all)])
  await new Promise((resolve) => setTimeout(resolve, 50))
  const { processID } = other as unknown as { processID: number }
  await client.query('select pg_terminate_backend($1)', [processID])
  expect((await waiting).map((a) => a.status)).toEqual(['rejected', 'rejected'])
  other.release(true)
})
