import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import helmet from 'helmet'
import { runIfTime, workOnRun } from '../billing/index.ts'
import { closeRenderer, makeFiles, type WhichFiles } from '../documents/index.ts'
import { connect, databaseOf } from '../kernel/database/connect.ts'
import { kernelRoutes } from '../kernel/http/kernel-routes.ts'
import { sendError, sendProblem } from '../kernel/http/problem.ts'
import { serveRoutes } from '../kernel/http/serve.ts'
import { type Kernel, type Listener, type Log, secretBox } from '../kernel/index.ts'
import { dispatchEvents, prepareJobs, startJobs } from '../kernel/jobs.ts'
import { startLiveFeed } from '../kernel/live-feed.ts'
import { sealJournal } from '../kernel/seal-journal.ts'
import { onEveryRing, startWakeUp } from '../kernel/wake-up.ts'
import { deliverWebhook } from '../kernel/webhooks.ts'
import { privatePageHeaders } from '../links/index.ts'
import { type SendingPace, startSender } from '../sending/index.ts'
import { connectors, type Pace, startSync } from '../shops/index.ts'
import { fileMakers, listeners, routes } from './capabilities.ts'
import { serveOpenApi } from './open-api.ts'
import { setUpRoutes } from './set-up.ts'

export interface AppOptions {
  databaseUrl: string
  host: string
  port: number
  log: Log
  /** background work in this process */
  jobs: boolean
  now?: () => Date
  /** how quickly the shops are worked with; tests are quicker */
  shopPace?: Pace
  /** how quickly mail is tried again; tests are quicker */
  sendingPace?: SendingPace
  /** folder of the built screens; without it only the API is served */
  webDirectory?: string
  /** 32 bytes that secrets in the database are sealed with; left out: of this process alone, for throw-away databases */
  secretKey?: Buffer
}

export interface App {
  kernel: Kernel
  address: string
  close(): Promise<void>
}

// Connections are few: with those of jobs and the bell, two processes share the sixty of the embedded server.
const USE_CASES_AT_ONCE = 14
const QUESTIONS_AT_ONCE = 6
const SEAL_EVERY_MS = 2_000
const LOOK_AT_CLOCK_EVERY_MS = 30_000
const DISPATCH_EVERY_MS = 1_000

/** Brings up one server process on a migrated database: HTTP, live events, background jobs. Any number may run side by side. */
export async function startApp(options: AppOptions): Promise<App> {
  const { log } = options
  const onError = (error: Error) => log.warn({ problem: error.message }, 'a database connection was lost')
  const pool = connect(options.databaseUrl, { max: USE_CASES_AT_ONCE, planOnce: true, onError })
  const questions = connect(options.databaseUrl, { max: QUESTIONS_AT_ONCE, name: 'tresen-questions', onError })
  const bell = startWakeUp(options.databaseUrl, pool, log)
  const kernel: Kernel = {
    pool,
    database: databaseOf(questions),
    now: options.now ?? (() => new Date()),
    log,
    secrets: secretBox(options.secretKey ?? randomBytes(32)),
    wake: () => bell.ring(),
  }
  await prepareJobs(kernel, options.databaseUrl, listeners)
  const feed = startLiveFeed(kernel.database, bell, log)
  const app = await buildHttp(kernel, feed, options)
  const background = options.jobs ? await startBackground(kernel, options, bell) : undefined
  const address = await app.listen({ host: options.host, port: options.port })
  return {
    kernel,
    address,
    async close() {
      await feed.stop()
      app.server.closeAllConnections()
      await app.close()
      await background?.stop()
      await bell.close()
      await Promise.all([pool.end(), questions.end()])
    },
  }
}

/** What browsers must not do with our pages; worked out once and not for every request. */
const secure = helmet({
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'self'"],
      frameSrc: ["'self'", 'blob:'],
      frameAncestors: ["'self'"],
      connectSrc: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
  hsts: false,
  crossOriginEmbedderPolicy: false,
  frameguard: { action: 'sameorigin' },
})

async function buildHttp(
  kernel: Kernel,
  feed: ReturnType<typeof startLiveFeed>,
  options: AppOptions,
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: 1_048_576,
    trustProxy: 'loopback',
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    // what the router itself can't read: an address with broken escapes, too long a part
    frameworkErrors: (error, request, reply) => sendError(kernel, request, reply, error),
  })
  await app.register(cookie)
  app.addHook('onRequest', (request, reply, done) => secure(request.raw, reply.raw, () => done()))
  app.setErrorHandler((error, request, reply) => sendError(kernel, request, reply, error))
  await serveOpenApi(app)
  app.get('/health', { schema: { hide: true } }, async () => {
    await kernel.pool.query('select 1')
    return { ok: true }
  })
  await app.register(async (scope) => serveRoutes(scope, kernel, [...kernelRoutes(feed), ...setUpRoutes, ...routes]))
  await serveScreens(app, options.webDirectory)
  return app
}

/**
 * The built screens, looked up at each request: they may be built anew while the server runs. Every address that is no
 * API route and no file is a screen and gets the same page; a customer's link gets the page for customers, whether it
 * opens anything or not.
 */
async function serveScreens(app: FastifyInstance, root: string | undefined): Promise<void> {
  if (root !== undefined) {
    const cacheControl = (path: string) =>
      /[\\/]links[\\/]/.test(path)
        ? privatePageHeaders['cache-control']
        : path.includes('/assets/')
          ? 'public, max-age=31536000, immutable'
          : 'no-cache'
    await app.register(fastifyStatic, {
      root,
      preCompressed: true,
      index: false,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => reply.header('cache-control', cacheControl(path)),
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    const isLink = path.startsWith('/k/')
    const isScreen = request.method === 'GET' && !path.startsWith('/api/') && (isLink || !/\.\w{1,5}$/.test(path))
    const page = isLink ? 'links/index.html' : 'index.html'
    if (!isScreen || root === undefined || !existsSync(join(root, page)))
      return sendProblem(request, reply, 'not-found', { what: isLink ? 'GET /k/' : `${request.method} ${path}` })
    return isLink
      ? reply.headers(privatePageHeaders).sendFile(page)
      : reply.header('cache-control', 'no-cache').sendFile(page)
  })
}

async function startBackground(
  kernel: Kernel,
  options: AppOptions,
  bell: ReturnType<typeof startWakeUp>,
): Promise<{ stop(): Promise<void> }> {
  const jobs = await startJobs(kernel, options.databaseUrl, {
    'make-files': async (payload) => {
      const { documentId, which } = payload as { documentId: string; which: WhichFiles }
      await makeFiles(kernel, fileMakers, documentId, which)
    },
    'deliver-webhook': async (payload, helpers) =>
      deliverWebhook(
        kernel,
        (payload as { deliveryId: string }).deliveryId,
        helpers.job.attempts >= helpers.job.max_attempts,
      ),
    'billing-run': async (payload) => workOnRun(kernel, (payload as { runId: string }).runId),
  })
  const sync = startSync(kernel, connectors, options.shopPace)
  const sender = startSender(kernel, options.sendingPace)
  const dispatch = (listener: Listener) => async () => {
    const more = await dispatchEvents(kernel, listener)
    if (listener.name === 'shops') await sync.look()
    if (listener.name === 'sending') sender.look()
    return more
  }
  const stops = [
    ...listeners.map((listener) =>
      onEveryRing(bell, DISPATCH_EVERY_MS, kernel.log, `listener ${listener.name}`, dispatch(listener)),
    ),
    sealRegularly(kernel),
    lookAtTheClock(kernel),
  ]
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
      await Promise.all([sync.stop(), sender.stop()])
      await jobs.stop()
      await closeRenderer()
    },
  }
}

/** Whether it's time for what comes by the clock. */
function lookAtTheClock(kernel: Kernel): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => runIfTime(kernel))
      .catch((error) => kernel.log.warn({ problem: String(error) }, 'the scheduled run was not started, trying again'))
  }, LOOK_AT_CLOCK_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** The journal is sealed in small batches every two seconds; more often would only make more seals. */
function sealRegularly(kernel: Kernel): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const seal = async () => {
    while (await sealJournal(kernel.pool)) {}
  }
  const timer = setInterval(() => {
    running = running
      .then(seal)
      .catch((error) => kernel.log.warn({ problem: String(error) }, 'sealing failed, trying again'))
  }, SEAL_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
    await seal().catch(() => undefined)
  }
}
