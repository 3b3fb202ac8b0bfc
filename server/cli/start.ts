import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { dayOf } from '../../common/dates.ts'
import { isSetUp, offerSetUp } from '../app/set-up.ts'
import { type App, startApp } from '../app/start-app.ts'
import { readConfiguration } from '../config.ts'
import { loadDemoHistory, loadDemoMasterData } from '../demo/index.ts'
import { createUser } from '../kernel/identity/users.ts'
import { perform, systemActor } from '../kernel/index.ts'
import { buildScreens, screensDirectory } from './build-screens.ts'
import { consoleLog, progressLine } from './console-log.ts'
import { openDatabase } from './open-database.ts'
import { secretKey } from './secret-key.ts'

/** Brings Tresen up and stays: database, screens, on first start the demo merchant or the set-up page. */
export async function start(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { empty: { type: 'boolean', default: false } } })
  const configuration = readConfiguration()
  const log = consoleLog(configuration.logLevel)
  const progress = progressLine()
  console.log(`Tresen startet (Node ${process.version})`)
  await buildScreens((text) => progress.show(text))
  const database = await openDatabase(configuration, log, (text) => progress.show(text))
  let app: App
  try {
    app = await startApp({
      databaseUrl: database.url,
      host: configuration.host,
      port: configuration.port,
      log,
      jobs: configuration.jobs,
      webDirectory: screensDirectory,
      secretKey: secretKey(configuration),
    })
  } catch (error) {
    await database.close()
    throw error
  }
  progress.done()
  const stop = stopOnSignal(async () => {
    console.log('\nTresen hält an …')
    await app.close()
    await database.close()
  })
  await firstStart(app, values.empty, progress)
  console.log(`\n  Tresen läuft:  ${app.address}\n  API:           ${app.address}/api-docs\n  Anhalten:      Strg-C\n`)
  return stop
}

async function firstStart(app: App, empty: boolean, progress: ReturnType<typeof progressLine>): Promise<void> {
  const { kernel } = app
  if (await isSetUp(kernel.database)) return
  if (empty) {
    const code = readableSecret(8)
    await offerSetUp(kernel.database, code)
    console.log(`\n  Eigene Firma einrichten: ${app.address}/set-up\n  Einrichtungs-Code:       ${code}`)
    return
  }
  console.log('  Erster Start: der Demo-Händler wird eingerichtet (eigene Firma stattdessen: npm start -- --empty)')
  await loadDemoMasterData(kernel, (done, of, what) => progress.show(`${what} ${done}/${of}`))
  await loadDemoHistory(kernel, dayOf(kernel.now()), (done, of, what) => progress.show(`${what} ${done}/${of}`))
  const password = readableSecret(14)
  await perform(kernel, { name: 'create-user', actor: systemActor, input: {} }, (work) =>
    createUser(work, { login: 'chef', name: 'Administration', role: 'administrator', password }),
  )
  progress.done()
  console.log(
    `\n  Anmeldung:     chef\n  Kennwort:      ${password}\n  (wird nur jetzt gezeigt; neues: npx tresen user password chef)`,
  )
}

/** Letters and digits that can't be mistaken for each other. */
export function readableSecret(length: number): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
}

function stopOnSignal(stop: () => Promise<void>): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false
    const once = () => {
      if (stopping) process.exit(1)
      stopping = true
      stop().then(
        () => resolve(0),
        (error) => {
          console.error(error)
          resolve(1)
        },
      )
    }
    process.on('SIGINT', once)
    process.on('SIGTERM', once)
  })
}
