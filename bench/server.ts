import pg from 'pg'
import { startApp } from '../server/app/start-app.ts'
import { silentLog } from '../server/kernel/index.ts'

/*
 * The server under load, a process of its own: as `tresen start` runs it, but without background jobs (unless the word
 * is given), so that what is measured is the path of the requests. Counts how often it talks to PostgreSQL.
 */
let roundTrips = 0
let talking = false
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: unknown, ...args: unknown[]) {
  if (!talking) {
    talking = true
    roundTrips += 1
    setImmediate(() => {
      talking = false
    })
  }
  return query.apply(this, args)
} as typeof pg.Client.prototype.query

const jobs = process.argv[3] === 'jobs'
const app = await startApp({ databaseUrl: process.argv[2]!, host: '127.0.0.1', port: 0, log: silentLog, jobs })
process.on('message', (message) => {
  if (message === 'figures') process.send?.({ roundTrips, rss: process.memoryUsage().rss })
})
process.on('disconnect', () => process.exit())
process.on('SIGTERM', () => app.close().then(() => process.exit()))
process.send?.({ address: app.address })
