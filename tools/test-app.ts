import { type Permission, permissions } from '../common/permissions.ts'
import { type App, type AppOptions, startApp } from '../server/app/start-app.ts'
import { createApiKey } from '../server/kernel/identity/users.ts'
import { type Log, silentLog } from '../server/kernel/index.ts'
import type { TestKernel } from './test-kernel.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a program without our types would read them
export type Json = any

export interface Answer {
  status: number
  body: Json
  headers: Headers
}

export interface Ask {
  body?: unknown
  /** Idempotency-Key */
  key?: string
  headers?: Record<string, string>
}

/** Somebody who talks HTTP with Tresen: with an API key, a session, or nothing. */
export type Client = (method: string, path: string, ask?: Ask) => Promise<Answer>

export function httpClient(address: string, identity: Record<string, string> = {}): Client {
  return async (method, path, { body, key, headers } = {}) => {
    const response = await fetch(`${address}${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        ...identity,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      redirect: 'manual',
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }
}

export interface TestApp {
  app: App
  address: string
  /** faults that were logged */
  faults: Record<string, unknown>[]
}

/** One server process, or a further one, on the database of a test. */
export async function testApp(tresen: Pick<TestKernel, 'url'>, options: Partial<AppOptions> = {}): Promise<TestApp> {
  const faults: Record<string, unknown>[] = []
  const log: Log = { ...silentLog, error: (facts) => faults.push(facts) }
  const app = await startApp({
    databaseUrl: tresen.url,
    host: '127.0.0.1',
    port: 0,
    log,
    jobs: false,
    secretKey: Buffer.alloc(32, 7),
    ...options,
  })
  return { app, address: app.address, faults }
}

/** A key for a program; with all permissions if none are named. */
export async function apiKey(
  { play }: Pick<TestKernel, 'play'>,
  may: readonly Permission[] = permissions,
): Promise<{ id: string; authorization: string }> {
  const { id, key } = await play(createApiKey, { name: 'Test', permissions: [...may] })
  return { id, authorization: `Bearer ${key}` }
}
