import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { permissions } from '../common/permissions.ts'
import { refusalTexts } from '../common/refusal-texts.ts'
import type { Route } from '../common/route.ts'
import { routes } from '../server/app/capabilities.ts'
import { setUpRoutes } from '../server/app/set-up.ts'
import { kernelRoutes } from '../server/kernel/http/kernel-routes.ts'
import { type Answer, apiKey, type Client, httpClient, type Json, type TestApp, testApp } from '../tools/test-app.ts'
import { openTestShop } from '../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const REQUESTS_A_ROUTE = 48
const SEED = 20_261_124

let tresen: TestKernel
let server: TestApp
let client: Client
/** what is there, so that requests reach further than "not found" */
let known: string[]
let countEverything: () => Promise<string>
const countTraces = async () =>
  JSON.stringify(
    await tresen.sql(
      `select (select count(*) from kernel.journal) as journal, (select count(*) from kernel.event) as events, (select sum(last) from kernel.number_series) as numbers`,
    ),
  )

beforeAll(async () => {
  tresen = await testKernel()
  const shop = await openTestShop(tresen)
  const { authorization } = await apiKey(tresen, permissions)
  server = await testApp(tresen)
  client = httpClient(server.address, { authorization })
  const open = await shop.order()
  const { invoice } = await shop.billed()
  const note = await shop.deliver([(await shop.order()).id])
  known = [shop.warehouse, shop.branch, open.id, open.customerId, ...open.lines.flatMap((l) => [l.id, l.articleId!])]
  known.push(invoice.id, invoice.documentId, note.id, ...note.lines.map((l) => l.id))
  const tables = await tresen.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker') and (schemaname, tablename) not in (('kernel', 'login_attempt'), ('kernel', 'session'), ('links', 'throttle'))`,
  )
  const text = `select ${tables.map((t) => `(select count(*) || '/' || coalesce(sum(hashtext(t::text)), 0) from ${t.name} t)`).join(" || ' ' || ")} as counts`
  countEverything = async () => (await tresen.sql<{ counts: string }>(text))[0]!.counts
})
afterAll(async () => {
  await server.app.close()
  await tresen.close()
})

const everyRoute: Route[] = [...kernelRoutes(undefined as never), ...setUpRoutes, ...routes]
  .map((b) => b.route)
  .filter((r) => r.path !== '/api/session')

// --- what a contract allows ------------------------------------------------------------------------------------------

type Schema = Json

function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf ?? schema.oneOf) return fc.oneof(...(schema.anyOf ?? schema.oneOf).map(valid))
  switch (schema.type) {
    case 'object':
      return objectOf(schema)
    case 'array':
      return fc.array(valid(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 4, 4)),
      })
    case 'integer':
    case 'number':
      return numberOf(schema.minimum ?? -1_000_000, schema.maximum ?? 1_000_000)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema)
    default:
      return fc.jsonValue()
  }
}

function objectOf(schema: Schema): fc.Arbitrary<unknown> {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  if (fields.length === 0 && schema.additionalProperties)
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), valid(schema.additionalProperties), { maxKeys: 3 })
  return fc.record(Object.fromEntries(fields.map(([name, s]) => [name, valid(s)])), {
    requiredKeys: (schema.required ?? []) as string[],
  })
}

function numberOf(min: number, max: number): fc.Arbitrary<number> {
  const near = fc.integer({ min: Math.max(min, -5_000), max: Math.min(max, 5_000) })
  return fc.oneof(
    { weight: 4, arbitrary: near },
    fc.constantFrom(min, max),
    fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) }),
  )
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...known), fc.uuid({ version: 7 }))
  if (schema.format === 'date') return fc.constantFrom('2026-11-24', '2020-02-29', '1583-10-15', '9999-12-31')
  if (schema.format === 'date-time')
    return fc.constantFrom('2026-11-24T10:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59.999-12:00')
  if (schema.format === 'uri') return fc.constantFrom('http://127.0.0.1:9/', 'https://example.org/a?b=c')
  const words = fc.constantFrom(
    'phone',
    'web',
    'standard',
    'K-0001',
    'ART-0001',
    '%',
    "Robert'); drop table",
    'ÄÖÜ ß 🛒',
    '\\',
    '0',
  )
  if (schema.pattern && !schema.pattern.includes('u0000')) return fc.stringMatching(new RegExp(schema.pattern))
  return fc.oneof(
    words,
    fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 40), unit: 'grapheme' }),
  )
}

// --- and what it does not --------------------------------------------------------------------------------------------

const garbage = fc.constantFrom<unknown>(
  null,
  '',
  0,
  -1,
  1e308,
  0.1,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  {},
  [[[]]],
  '\u0000',
  '\ud800',
  'x'.repeat(5_000),
  '../../etc/passwd',
  { __proto__: null, toString: 1, constructor: { prototype: 1 } },
  '2026-02-30',
  'NaN',
  "'; drop table orders.sales_order; --",
)

/** A value with one place in it replaced, removed or added. */
function spoiled(value: unknown, path: readonly number[], by: unknown): unknown {
  const [turn, ...rest] = path
  if (turn === undefined || typeof value !== 'object' || value === null) return by
  const copy: Json = Array.isArray(value) ? [...value] : { ...value }
  const keys = Object.keys(copy)
  if (keys.length === 0 || turn % 7 === 6) return { ...copy, surprise: by }
  const key = keys[turn % keys.length]!
  if (turn % 5 === 4) delete copy[key]
  else copy[key] = spoiled(copy[key], rest, by)
  return copy
}

const jsonSchema = (schema: z.ZodType | undefined): Schema =>
  schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })

interface Request {
  path: string
  body: string | undefined
  headers: Record<string, string>
}

function requestFor(route: Route): fc.Arbitrary<Request> {
  const part = (schema: z.ZodType | undefined) => {
    const s = jsonSchema(schema)
    return s === undefined ? fc.constant(undefined) : valid(resolved(s, s.$defs ?? {}))
  }
  const harm = fc.option(fc.tuple(fc.array(fc.nat(20), { maxLength: 4 }), garbage), { freq: 2 })
  const raw = fc.constantFrom('{', '[]', 'null', '""', '1', '{"a":1}{', '\ufeff{}', '{"__proto__":{"x":1}}')
  const headers = fc.constantFrom<Record<string, string>>(
    {},
    {},
    {},
    { 'idempotency-key': 'k' },
    { 'idempotency-key': 'with blank' },
    { 'content-type': 'text/plain' },
    { 'accept-language': 'en' },
  )
  return fc
    .record({
      params: part(route.params),
      query: part(route.query),
      body: part(route.body),
      harm,
      where: fc.nat(5),
      raw,
      isRaw: fc.nat(15),
      headers,
    })
    .map(({ params, query, body, harm, where, raw, isRaw, headers }) => {
      const [at, by] = harm ?? []
      const harmed = (value: unknown, here: boolean) => (harm && here ? spoiled(value, at!, by) : value)
      const inPath = (harmed(params, where === 0) ?? {}) as Record<string, unknown>
      const inQuery = (harmed(query, where === 1) ?? {}) as Record<string, unknown>
      const path = route.path.replace(/:(\w+)/g, (_, name: string) => encode(inPath[name] ?? 'x'))
      const search =
        typeof inQuery === 'object'
          ? Object.entries(inQuery)
              .filter(([, v]) => v !== undefined)
              .map(([k, v]) => `${encode(k)}=${encode(v)}`)
              .join('&')
          : ''
      const sent =
        route.body === undefined ? undefined : isRaw === 0 ? raw : JSON.stringify(harmed(body, where > 1) ?? null)
      return { path: search ? `${path}?${search}` : path, body: sent, headers }
    })
}

function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(text.isWellFormed() ? text.slice(0, 1_500) : 'broken') || 'x'
}

/** References put in their place, a few levels deep. */
function resolved(schema: Schema, defs: Record<string, Schema>, depth = 0): Schema {
  if (typeof schema !== 'object' || schema === null || depth > 12) return schema
  if (schema.$ref) return resolved(defs[schema.$ref.split('/').at(-1)!] ?? {}, defs, depth + 1)
  if (Array.isArray(schema)) return schema.map((s) => resolved(s, defs, depth + 1))
  return Object.fromEntries(Object.entries(schema).map(([k, v]) => [k, resolved(v, defs, depth + 1)]))
}

function expectDecent({ status, body, headers }: Answer, what: string): void {
  expect(status, `${what} ${JSON.stringify(body)?.slice(0, 300)} ${server.faults.at(-1)?.problem ?? ''}`).toBeLessThan(
    500,
  )
  if (status < 400) return
  expect(headers.get('content-type'), what).toMatch(/^application\/problem\+json/)
  expect(Object.keys(refusalTexts), what).toContain(body.code)
  expect(body, what).toMatchObject({ status, title: body.code, facts: expect.any(Object) })
  expect(body.detail.length, what).toBeGreaterThan(5)
}

describe('whatever is asked', () => {
  test.each(everyRoute.map((route): [string, Route] => [`${route.method} ${route.path}`, route]))(
    '%s answers or says what is wrong, and changes nothing when it refuses',
    async (name, route) => {
      const cheap = route.path === '/api/users' && route.method === 'POST'
      const requests = fc.sample(requestFor(route), { numRuns: cheap ? 20 : REQUESTS_A_ROUTE, seed: SEED })
      for (const [i, { path, body, headers }] of requests.entries()) {
        // every row of every table is compared for some, what each change leaves behind for all
        const look = i % 8 === 0 ? countEverything : countTraces
        const before = await look()
        const answer = await client(route.method, path, { ...(body === undefined ? {} : { body }), headers })
        expectDecent(answer, `${name} ${path} ${body?.slice(0, 600)}`)
        if (answer.status >= 400 || route.method === 'GET') expect(await look(), `${name} ${path} ${body}`).toBe(before)
      }
    },
  )

  test('addresses nobody has, methods nobody knows and bodies too large are problems too', async () => {
    for (const path of [
      '/api/nothing',
      '/api/orders/%00',
      '/api//orders',
      '/api/orders/%E0%A4%A',
      '/api/../etc',
      '/%2e%2e/x.txt',
      '/favicon.ico',
    ])
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await client(method, path)
        expectDecent(answer, `${method} ${path}`)
        expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400)
      }
    const large = await client('POST', '/api/orders', { body: JSON.stringify({ note: 'x'.repeat(1_100_000) }) })
    expect([large.status, large.body.code]).toEqual([413, 'too-large'])
  })

  test('an order of more money than there is is refused and leaves nothing behind', async () => {
    const lines = Array.from({ length: 1000 }, () => ({
      article: 'ART-0001',
      quantity: 9_000_000_000,
      unitPrice: 90_000_000_000,
    }))
    const order = { channel: 'phone', paymentMethod: 'on-invoice', customer: { customerNumber: 'K-0002' } }
    for (const many of [lines, lines.slice(0, 2), lines.slice(0, 1)]) {
      const before = await countEverything()
      const answer = await client('POST', '/api/orders', { body: { ...order, lines: many } })
      expectDecent(answer, `${many.length} lines`)
      expect(answer.status).toBe(400)
      expect(await countEverything()).toBe(before)
    }
  })

  test('after all of it every invariant holds', async () => {
    expect(await tresen.findBroken()).toEqual([])
    expect(server.faults).toEqual([])
  })
})
