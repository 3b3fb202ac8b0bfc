import { fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TresenOptions } from '../../plugins/vendure/src/index.ts'
import { type GraphQl, graphQlClient } from './graphql-client.ts'

export interface ShopProcessOptions {
  /** PostgreSQL; without it the shop keeps everything in memory */
  databaseUrl?: string
  port: number
  tokenMethod: ('cookie' | 'bearer' | 'api-key')[]
  admin: { username: string; password: string }
  /** Tresen's plugin; without it the shop is as it comes */
  plugin?: TresenOptions
}

export interface Shop {
  address: string
  admin: { username: string; password: string }
  /** the merchant in his administration */
  merchant: GraphQl
  /** everybody who was logged in has to log in again */
  forgetSessions(): Promise<void>
  /** as orders that came together leave it */
  corruptAllocated(variantId: string, allocated: number): Promise<void>
  stop(): Promise<void>
}

const admin = { username: 'verwaltung', password: 'verwaltung-demo' }

/** Starts a real Vendure beside us. It is empty: set-up-shop.ts makes a German shop of it. */
export async function startShop(
  options: Partial<Pick<ShopProcessOptions, 'databaseUrl' | 'port' | 'plugin' | 'tokenMethod'>> = {},
): Promise<Shop> {
  const given: ShopProcessOptions = { port: 0, tokenMethod: ['bearer', 'cookie', 'api-key'], admin, ...options }
  const child = fork(join(import.meta.dirname, 'shop-process.ts'), [JSON.stringify(given)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // it keeps files beside itself, and would tell its makers that it runs
    cwd: tmpdir(),
    env: { ...process.env, VENDURE_DISABLE_TELEMETRY: 'true' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-4_000)
    })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('error', reject)
    ended.then(() => reject(new Error(`Vendure didn't start:\n${said}`)))
  })
  const address = `http://127.0.0.1:${port}`
  const merchant = graphQlClient(`${address}/admin-api`)
  const tell = async (message: object) => {
    const answered = new Promise((resolve) => child.once('message', resolve))
    child.send(message)
    await answered
  }
  const logIn = () =>
    merchant(
      'mutation ($username: String!, $password: String!) { login(username: $username, password: $password) { __typename } }',
      admin,
    )
  await logIn()
  return {
    address,
    admin,
    merchant,
    async forgetSessions() {
      await tell({ sql: 'delete from session', forgetSessions: true })
      await logIn()
    },
    corruptAllocated: (variantId, allocated) =>
      tell({
        sql: `update stock_level set "stockAllocated" = ${Number(allocated)} where "productVariantId" = ${Number(variantId)}`,
      }),
    async stop() {
      child.disconnect()
      await ended
    },
  }
}
