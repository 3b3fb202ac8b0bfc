import { startApp } from '../server/app/start-app.ts'
import { silentLog } from '../server/kernel/index.ts'

/* A server process for the scenarios, to be killed: node scenarios/run-server.ts <database url>. Says its address. */

const app = await startApp({
  databaseUrl: process.argv[2]!,
  host: '127.0.0.1',
  port: 0,
  jobs: true,
  log: silentLog,
})
console.log(app.address)
process.on('disconnect', () => process.exit())
